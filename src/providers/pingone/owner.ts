/** `pingone:Owner`: a person or group that may manage an application, by a role assignment (pingone §5.7). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { Holder } from "../../admin-api/pingone/environment.ts";
import { OWNER_ROLE } from "../../fields/pingone-access.ts";
import { childInputs, childKind, ifFound, type Parent } from "./child.ts";
import { createOnce, type PingOneContext } from "./context.ts";
import { removeRole, rolesOf } from "./role-assignments.ts";

const TYPE = "pingone:Owner";

const schema = z
  .strictObject({
    ...childInputs,
    /** User name. Not beside `group`. */
    user: z.string().min(1).optional(),
    /** Name of a group, all of whose members get the role. */
    group: z.string().min(1).optional(),
    /** Name of the role. */
    role: z.string().min(1).default(OWNER_ROLE),
  })
  .refine(({ user, group }) => (user === undefined) !== (group === undefined), "name a user or a group");
type OwnerInputs = z.infer<typeof schema>;

const outputs = z.object({ assignmentId: z.string() });

/** Everything an assignment is made of, by id. */
type Ids = { readonly holder: Holder; readonly holderId: string; readonly roleId: string };

async function idsOf(context: PingOneContext, inputs: OwnerInputs): Promise<Ids> {
  const { environmentId, user, group, role } = inputs;
  const names = context.names(environmentId);
  const where = (field: string) => ({
    resource: `${TYPE} ${inputs.application}`,
    field,
    tenant: context.tenant.origin,
  });
  const roleId = await names.idOf("roles", role, where("role"));
  if (user !== undefined) return { holder: "users", holderId: await names.userId(user, where("user")), roleId };
  return { holder: "groups", holderId: await names.idOf("groups", group ?? "", where("group")), roleId };
}

const isFor = (application: string, roleId: string) => (row: PingOneObject) =>
  isRecord(row.role) && row.role.id === roleId && isRecord(row.scope) && row.scope.id === application;

/** The holder's assignments, the one for the application among them. */
async function find(context: PingOneContext, { environment, id }: Parent, inputs: OwnerInputs) {
  const ids = await ifFound(idsOf(context, inputs));
  if (!ids) return undefined;
  const assignments = environment.roleAssignments(ids.holder, ids.holderId);
  const rows = await rolesOf(context, environment, ids.holder, ids.holderId);
  const assignment = rows.find(isFor(id, ids.roleId));
  return assignment && { assignment, assignments };
}

export const owner = childKind({
  type: TYPE,
  inputs: schema,
  outputs,
  immutable: ["user", "group", "role"],
  key: ({ user, group, role }) => [user ?? `group ${group}`, role],

  find: async (context, parent, inputs) => (await find(context, parent, inputs))?.assignment,

  decode: async (_context, { id }, { user, group, role }) => ({
    inputs: { user, group, role },
    outputs: { assignmentId: id },
  }),

  write: async (context, parent, { inputs, live }) => {
    if (live) return live;
    const { holder, holderId, roleId } = await idsOf(context, inputs);
    const assignments = parent.environment.roleAssignments(holder, holderId);
    const body = { role: { id: roleId }, scope: { id: parent.id, type: "APPLICATION" } };
    const made = async () => (await assignments.list()).find(isFor(parent.id, roleId));
    return createOnce(() => assignments.create(body), made);
  },

  remove: async (context, parent, inputs) => {
    const found = await find(context, parent, inputs);
    const where = { resource: `${TYPE} ${inputs.application}`, tenant: context.tenant.origin };
    if (found) await removeRole(found.assignments, found.assignment, where);
  },
});
