/** `aic:AgentPrivilege`: a subject mapping, that is which agent may act for whom, on which application, with which scopes (aic §3). */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { guard, label, reach } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { PingAgentsError, type Where } from "../../errors.ts";
import { clientIdSchema, privilegeFields, realmSchema } from "../../fields/aic.ts";
import { isOf, isOfStack, markIn, type Owner, withMark, withoutMark } from "../owner.ts";
import { type Properties, UNKNOWN } from "../pulumi-values.ts";
import { together } from "../together.ts";
import { unwrap } from "./attributes.ts";
import { type AicContext, withRelations } from "./context.ts";
import { needsAiAgents } from "./feature.ts";
import { deterministicId } from "./ids.ts";
import { describedMark, managedKind, plainDescription, replacements } from "./managed-kind.ts";
import { managed, relatedIds, relation } from "./relations.ts";

/** What a privilege of an agent allows. */
export const privilegeSchema = z.strictObject({
  ...privilegeFields,
  name: z.string().default("").describe("Tells two privileges of one agent on one application apart"),
  subjects: privilegeFields.subjects.default([]),
  subjectGroups: privilegeFields.subjectGroups.default([]),
});
export type Privilege = z.infer<typeof privilegeSchema>;

const schema = z.strictObject({
  realm: realmSchema,
  agent: clientIdSchema.describe("Client id of the agent"),
  ...privilegeSchema.shape,
  agentIdentityId: z
    .uuid()
    .optional()
    .describe(
      "Id of the agent's identity, where it is known already: saves a look-up, and gives an agent that somebody made anew no access",
    ),
  applicationId: z
    .string()
    .min(1)
    .optional()
    .describe("Id of the managed application, where it is known already; saves a look-up"),
});
type AgentPrivilegeInputs = z.infer<typeof schema>;

const outputs = z.object({
  privilegeId: z.string().describe("UUID of the privilege in IDM"),
});

const RELATIONS = ["agent", "resource", "subjects", "subjectGroups"] as const;
/** What is read of a privilege. */
export const PRIVILEGE_FIELDS = [
  "_id",
  "description",
  "permissions",
  "resourceData",
  "agentOAuth2ClientId",
  ...RELATIONS,
];
const idOf = ({ realm, agent, application, name }: AgentPrivilegeInputs) =>
  [realm, agent, application, ...(name ? [name] : [])].join("/");

export const agentPrivilege = managedKind({
  type: "aic:AgentPrivilege",
  inputs: schema.describe("Which agent may act for whom, on which application, with which scopes."),
  outputs,
  immutable: ["realm", "agent", "application", "name"],
  notShown: ["name"],
  refusesTaken: true,
  collection: "aiagentprivilege",
  fields: PRIVILEGE_FIELDS,
  drift: {
    noun: "privilege",
    fields: {
      realm: identity,
      description: label(),
      agent: guard("the privilege is another agent's"),
      agentIdentityId: guard("the privilege is another agent's"),
      application: guard("the agent reaches another application"),
      applicationId: guard("the agent reaches another application"),
      scopes: reach("the agent may get further scopes", "the agent may get fewer scopes", { empty: "most" }),
      // Without a person and a group the agent acts for itself.
      subjects: reach("the agent may act for further people", "the agent may act for fewer people", { empty: "most" }),
      subjectGroups: reach("the agent may act for further groups", "the agent may act for fewer groups"),
    },
  },
  id: idOf,
  objectId: privilegeIdOf,
  knownId: ({ privilegeId }) => privilegeId,
  rival: findEqual,
  resolve,
  mark: (live, { inputs, outputs, owner }) =>
    describedMark(live, { known: outputs.privilegeId, given: privilegeIdOf(inputs), owner }),

  decode: async (context, live, inputs) => ({
    inputs: await decodePrivilege(context, inputs.realm, live),
    outputs: { privilegeId: live._id },
  }),

  encode: async (_context, { inputs, previous, live, owner }, ids) =>
    encode(inputs, withMark(plainDescription(inputs.description, previous?.description, live), owner), ids),

  send: async (context, { realm, collection, id }, live, body) => {
    const { idm } = context.tenant;
    const create = () => idm.create(collection, id, body, { fields: PRIVILEGE_FIELDS });
    const written = live ?? (await needsAiAgents(context, realm, create));
    // Whether a tenant takes all relations in one body is not recorded (aic §12.6): what is not there is patched.
    const current = await withRelations(context, collection, written, "subjects", PRIVILEGE_FIELDS);
    const operations = replacements(changes(body, current));
    if (operations.length === 0) return current;
    for (const operation of operations) await idm.patch(collection, id, [operation]);
    return (await context.managed(collection, id, PRIVILEGE_FIELDS)) ?? current;
  },
});

type PrivilegeKey = Pick<AgentPrivilegeInputs, "realm" | "agent" | "application" | "name">;

/** The id of the privilege of a declaration: that of one which was taken over is in its outputs. */
export function privilegeIdOf({ realm, agent, application, name }: PrivilegeKey): string {
  return deterministicId("aiagentprivilege", realm, agent, application, name);
}

/** A privilege in the terms of the inputs. */
export async function decodePrivilege({ names }: AicContext, realm: string, live: IdmObject) {
  const link =
    isRecord(live.resourceData) && isRecord(live.resourceData.ssoEntities) ? live.resourceData.ssoEntities : {};
  const [agentIdentityId] = relatedIds(live.agent);
  const [applicationId] = relatedIds(live.resource);
  return {
    realm,
    agent: live.agentOAuth2ClientId,
    application: link.oidcId,
    description: withoutMark(live.description),
    scopes: decodeScopes(live.permissions),
    subjects: await names.namesOf(managed(realm, "user"), "userName", relatedIds(live.subjects)),
    subjectGroups: relatedIds(live.subjectGroups).sort(), // a group's id is its name (aic §3.1)
    agentIdentityId,
    applicationId,
  };
}

/** Whether a privilege that somebody else made allows what is declared. */
export function isEqual(declared: Privilege, found: Awaited<ReturnType<typeof decodePrivilege>>): boolean {
  const allows = ({ application, scopes, subjects, subjectGroups }: typeof declared | typeof found) => {
    return { application, scopes, subjects, subjectGroups };
  };
  const described = declared.description === undefined || declared.description === found.description;
  return described && isDeepStrictEqual(allows(declared), allows(found));
}

/** The privilege that somebody else gave the agent and that is what is declared, or was when a run of ours took it over. */
async function findEqual(context: AicContext, inputs: AgentPrivilegeInputs, owner: Owner | undefined) {
  const identityId = inputs.agentIdentityId ?? (await identityOf(context, inputs));
  const rows = await context.privilegesOf(inputs.realm, identityId, PRIVILEGE_FIELDS);
  const taken = rows.find(({ description }) => isOf(markIn(description), owner));
  if (taken) return taken;
  for (const row of rows.filter(({ description }) => !isOfStack(markIn(description), owner))) {
    if (isEqual(inputs, await decodePrivilege(context, inputs.realm, row))) return row;
  }
  return undefined;
}

const whereIn = (inputs: AgentPrivilegeInputs, field: string, { tenant }: AicContext): Where => ({
  ...{ resource: `aic:AgentPrivilege ${idOf(inputs)}`, field, tenant: tenant.origin },
});

/** The id of the agent's identity. @throws ERR_NAME_NOT_FOUND */
async function identityOf(context: AicContext, inputs: AgentPrivilegeInputs): Promise<string> {
  const { realm, agent } = inputs;
  if (context.names.expected.has(`AIAgent ${realm}`, agent)) return UNKNOWN;
  const document = await context.agent(realm, "AIAgent", agent);
  if (document) return String(unwrap(document.aiAgentIdentityUid));
  throw new PingAgentsError("ERR_NAME_NOT_FOUND", `there is no AI agent "${agent}" in realm ${realm}`, {
    where: whereIn(inputs, "agent", context),
    hint: "declare the agent, or correct its client id",
  });
}

/** Looks up every name before anything is written. */
async function resolve(context: AicContext, inputs: AgentPrivilegeInputs) {
  const { names } = context;
  const { realm, application } = inputs;
  const where = (field: string) => whereIn(inputs, field, context);
  const [agentIdentityId, applicationId, subjects, subjectGroups] = await together([
    inputs.agentIdentityId ?? identityOf(context, inputs),
    inputs.applicationId ?? names.applicationOf(realm, application, where("application")),
    names.idsOf(managed(realm, "user"), "userName", inputs.subjects, where("subjects")),
    names.idsOf(managed(realm, "group"), "name", inputs.subjectGroups, where("subjectGroups")),
  ]);
  return { agentIdentityId, applicationId, subjects, subjectGroups };
}

type Resolved = Awaited<ReturnType<typeof resolve>>;

function encode(inputs: AgentPrivilegeInputs, description: string, ids: Resolved) {
  const { realm, scopes } = inputs;
  return {
    description,
    permissions: scopes === "all" ? [] : [{ type: "scopes", values: scopes }],
    agent: relation(managed(realm, "aiagent"), ids.agentIdentityId),
    resource: relation(managed(realm, "application"), ids.applicationId),
    subjects: ids.subjects.map((id) => relation(managed(realm, "user"), id)),
    subjectGroups: ids.subjectGroups.map((id) => relation(managed(realm, "group"), id)),
  };
}

/**
 * An empty permission list means every scope of the application (aic §3.1). Only scopes are recorded: a permission of another
 * type, or of none of its values, is shown with its type, as no declaration can say it.
 */
function decodeScopes(permissions: unknown): "all" | string[] {
  const list = Array.isArray(permissions) ? permissions : [];
  const valuesOf = (one: unknown) => {
    if (!isRecord(one)) return [`(${JSON.stringify(one)})`];
    const values = Array.isArray(one.values) ? one.values.map(String) : [];
    if (one.type === "scopes") return values;
    return (values.length ? values : ["all"]).map((value) => `(${String(one.type)}: ${value})`);
  };
  const values = list.flatMap(valuesOf);
  return values.length ? [...new Set(values)].sort() : "all";
}

/** The properties that differ; edges are compared by what they refer to. */
function changes(body: Properties, live: IdmObject): Properties {
  const comparable = (key: string, value: unknown) => {
    if (key === "description") return value ?? null;
    return key === "permissions" ? decodeScopes(value) : relatedIds(value).sort();
  };
  const stale = ([key, value]: [string, unknown]) =>
    !isDeepStrictEqual(comparable(key, value), comparable(key, live[key]));
  return Object.fromEntries(Object.entries(body).filter(stale));
}
