/** `pingone:Owner`: a person or group that may manage an application, by a role assignment (pingone §5.7). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { Holder } from "../../admin-api/pingone/environment.ts";
import { PingAgentsError } from "../../errors.ts";
import type { ResourceKind } from "../kind.ts";
import {
  CHILD_IMMUTABLE,
  childId,
  childInputs,
  childView,
  ifFound,
  isOursBelow,
  type Parent,
  parentIfAny,
  parentOf,
} from "./child.ts";
import { createOnce, type PingOneContext } from "./context.ts";

const TYPE = "pingone:Owner";

const schema = z
  .strictObject({
    ...childInputs,
    /** User name. Not beside `group`. */
    user: z.string().min(1).optional(),
    /** Name of a group, all of whose members get the role. */
    group: z.string().min(1).optional(),
    /** Name of the role. */
    role: z.string().min(1).default("Application Owner"),
  })
  .refine(({ user, group }) => (user === undefined) !== (group === undefined), "name a user or a group");
type OwnerInputs = z.infer<typeof schema>;

const outputs = z.object({ assignmentId: z.string() });

type Live = { readonly parent: Parent; readonly assignment: PingOneObject; readonly own: boolean };

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

async function find(context: PingOneContext, inputs: OwnerInputs) {
  const parent = await parentIfAny(context, inputs, TYPE);
  const ids = parent && (await ifFound(idsOf(context, inputs)));
  if (!parent || !ids) return undefined;
  const assignments = parent.environment.roleAssignments(ids.holder, ids.holderId);
  const rows = await context.rows(`${parent.environment.id} roleAssignments ${ids.holderId}`, assignments);
  const assignment = rows.find(isFor(parent.id, ids.roleId));
  return assignment && { parent, assignment, assignments };
}

export const owner: ResourceKind<typeof schema, typeof outputs, Live, PingOneContext> = {
  type: TYPE,
  inputs: schema,
  outputs,
  immutable: [...CHILD_IMMUTABLE, "user", "group", "role"],
  id: (inputs) => childId(inputs, inputs.user ?? `group ${inputs.group}`, inputs.role),

  observe: async (context, inputs, outputs) => {
    const found = await find(context, inputs);
    return (
      found && {
        ...{ parent: found.parent, assignment: found.assignment },
        own: await isOursBelow(found.parent, outputs),
      }
    );
  },

  isOwn: ({ own }) => own,

  decode: async (_context, { parent, assignment }, inputs) => ({
    inputs: { ...childView(inputs, parent.id), user: inputs.user, group: inputs.group, role: inputs.role },
    outputs: { assignmentId: assignment.id },
  }),

  write: async (context, { inputs, live }) => {
    if (live) return { live };
    const parent = await parentOf(context, inputs, TYPE);
    const { holder, holderId, roleId } = await idsOf(context, inputs);
    const assignments = parent.environment.roleAssignments(holder, holderId);
    const body = { role: { id: roleId }, scope: { id: parent.id, type: "APPLICATION" } };
    const made = async () => (await assignments.list()).find(isFor(parent.id, roleId));
    const assignment = await createOnce(() => assignments.create(body), made);
    return { live: { parent, assignment, own: true } };
  },

  remove: async (context, inputs) => {
    const found = await find(context, inputs);
    if (!found) return;
    if (found.assignment.readOnly === true) {
      throw new PingAgentsError("ERR_READ_ONLY", "PingOne does not let this worker take the role away", {
        where: { resource: `${TYPE} ${inputs.application}`, tenant: context.tenant.origin },
        hint: "take it away in the console, or give the worker the same role; then run the command again",
      });
    }
    await found.assignments.delete(found.assignment.id);
  },
};
