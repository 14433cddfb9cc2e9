/** `pingone:Owner`: a person or group that may manage an application, by a role assignment (pingone §5.7). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { Holder } from "../../admin-api/pingone/environment.ts";
import { guard } from "../../drift/bearing.ts";
import { OWNER_ROLE } from "../../fields/pingone-access.ts";
import { together } from "../together.ts";
import { childBearings, childInputs, childKind, childOutputs, ifFound, type Parent } from "./child.ts";
import type { PingOneContext } from "./context.ts";
import { removeRole, rolesOf } from "./role-assignments.ts";

const TYPE = "pingone:Owner";

const schema = z
  .strictObject({
    ...childInputs,
    user: z.string().min(1).optional().describe("User name. Not beside `group`"),
    group: z.string().min(1).optional().describe("Name of a group, all of whose members get the role"),
    role: z.string().min(1).default(OWNER_ROLE).describe("Name of the role"),
  })
  .refine(({ user, group }) => (user === undefined) !== (group === undefined), "name a user or a group");
type OwnerInputs = z.infer<typeof schema>;

const outputs = z.object({
  ...childOutputs,
  assignmentId: z.string().describe("UUID of the role assignment"),
  holder: z.enum(["users", "groups"]).describe("Whether a person or a group holds the role"),
  holderId: z.string().describe("UUID of the person or group"),
});

/** Who holds a role; the name is there where it was looked up in this operation. */
type Holding = { readonly holder: Holder; readonly holderId: string; readonly name?: string };
type Found = Holding & { readonly assignment: PingOneObject };

const whereOf = (context: PingOneContext, { application }: OwnerInputs, field: string) => ({
  resource: `${TYPE} ${application}`,
  field,
  tenant: context.tenant.origin,
});

async function holdingOf(context: PingOneContext, inputs: OwnerInputs): Promise<Holding> {
  const { environmentId, user, group = "" } = inputs;
  const names = context.names(environmentId);
  const where = (field: string) => whereOf(context, inputs, field);
  if (user !== undefined) return { holder: "users", holderId: await names.userId(user, where("user")), name: user };
  return { holder: "groups", holderId: await names.idOf("groups", group, where("group")), name: group };
}

const roleIdOf = (context: PingOneContext, inputs: OwnerInputs) =>
  context.names(inputs.environmentId).idOf("roles", inputs.role, whereOf(context, inputs, "role"));

const isFor = (application: string, roleId: string) => (row: PingOneObject) =>
  isRecord(row.role) && row.role.id === roleId && isRecord(row.scope) && row.scope.id === application;

/** The assignment with this id, or one that gives the declared role on the application. */
async function assigned(
  context: PingOneContext,
  { environment, id }: Parent,
  inputs: OwnerInputs,
  holding: Holding,
  assignmentId?: string | null,
): Promise<Found | undefined> {
  const rows = await rolesOf(context, environment, holding.holder, holding.holderId);
  const roleId = await ifFound(roleIdOf(context, inputs));
  const assignment = rows.find((row) => row.id === assignmentId) ?? (roleId && rows.find(isFor(id, roleId)));
  return assignment ? { ...holding, assignment } : undefined;
}

/** The name that the person or group has now; the id of who is gone. */
async function nameOf(context: PingOneContext, { environmentId }: OwnerInputs, { holder, holderId, name }: Holding) {
  if (name !== undefined) return name;
  if (holder === "groups") return (await context.names(environmentId).namesOf("groups", [holderId]))[0];
  const environment = context.environment(environmentId);
  const get = async () => [await environment.users.get(holderId)];
  const [user] = await context.shared(`${environment.id} user ${holderId}`, get);
  return user?.username ?? holderId;
}

/** Takes the role away. @throws ERR_READ_ONLY where PingOne does not let this worker do so */
async function revoke(
  context: PingOneContext,
  { environment }: Parent,
  { holder, holderId, assignment }: Found,
  inputs: OwnerInputs,
): Promise<void> {
  const where = { resource: `${TYPE} ${inputs.application}`, tenant: context.tenant.origin };
  await removeRole(environment.roleAssignments(holder, holderId), assignment, where);
}

export const owner = childKind({
  type: TYPE,
  inputs: schema.describe("A person or group that may manage an application."),
  outputs,
  drift: {
    noun: "owner",
    fields: {
      ...childBearings,
      user: guard("somebody else may manage it"),
      group: guard("somebody else may manage it"),
      role: guard("its owner may do something else"),
    },
    gone: { class: "narrowed", means: "the owner may manage it no more" },
  },
  key: ({ user, group, role }) => [user ?? `group ${group}`, role],
  place: async (context, inputs, found) => {
    const { holderId } = found ?? (await holdingOf(context, inputs));
    return `${holderId}/${await roleIdOf(context, inputs)}`;
  },
  ownId: ({ assignmentId }) => assignmentId,
  resolve: (context, inputs) => together([holdingOf(context, inputs), roleIdOf(context, inputs)]),

  find: async (context, parent, inputs, { holder, holderId, assignmentId }) => {
    const known =
      holder && holderId ? await assigned(context, parent, inputs, { holder, holderId }, assignmentId) : undefined;
    if (known) return known;
    // Never written, or handed on by an update that was cut off.
    const declared = await ifFound(holdingOf(context, inputs));
    return declared && assigned(context, parent, inputs, declared);
  },

  decode: async (context, { assignment, ...holding }, inputs) => {
    const { holder, holderId } = holding;
    const roles = isRecord(assignment.role) ? [String(assignment.role.id)] : [];
    const [role] = await context.names(inputs.environmentId).namesOf("roles", roles);
    return {
      inputs: { [holder === "users" ? "user" : "group"]: await nameOf(context, inputs, holding), role },
      outputs: { assignmentId: assignment.id, holder, holderId },
    };
  },

  write: async (context, parent, { inputs, live }) => {
    const { environment, id } = parent;
    const holding = await holdingOf(context, inputs);
    const roleId = await roleIdOf(context, inputs);
    if (live?.holderId === holding.holderId && isFor(id, roleId)(live.assignment)) return { ...live, ...holding };
    const assignments = environment.roleAssignments(holding.holder, holding.holderId);
    const made = async () => (await assignments.list()).find(isFor(id, roleId));
    const body = { role: { id: roleId }, scope: { id, type: "APPLICATION" } };
    const assignment = (live && (await made())) ?? (await assignments.create(body, made));
    if (live) await revoke(context, parent, live, inputs);
    return { ...holding, assignment };
  },

  remove: revoke,
});
