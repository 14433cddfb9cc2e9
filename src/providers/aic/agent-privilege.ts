/** `aic:AgentPrivilege`: a subject mapping, that is which agent may act for whom, on which application, with which scopes (aic §3). */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { PingAgentsError } from "../../errors.ts";
import { clientIdSchema, privilegeFields, realmSchema } from "../../fields/aic.ts";
import type { Properties } from "../pulumi-values.ts";
import { unwrap } from "./attributes.ts";
import { type AicContext, withRelations } from "./context.ts";
import { needsAiAgents } from "./feature.ts";
import { deterministicId } from "./ids.ts";
import { managedKind, replacements } from "./managed-kind.ts";
import { managed, relatedIds, relation } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  /** Client id of the agent. */
  agent: clientIdSchema,
  ...privilegeFields,
  /** Tells two privileges of one agent on one application apart. @default "" */
  name: z.string().default(""),
  subjects: privilegeFields.subjects.default([]),
  subjectGroups: privilegeFields.subjectGroups.default([]),
  /** Id of the agent's identity, where it is known already; saves a look-up. */
  agentIdentityId: z.uuid().optional(),
  /** Id of the managed application, where it is known already; saves a look-up. */
  applicationId: z.string().min(1).optional(),
});
type AgentPrivilegeInputs = z.infer<typeof schema>;

const outputs = z.object({
  /** UUID of the privilege in IDM. */
  privilegeId: z.string(),
});

const RELATIONS = ["agent", "resource", "subjects", "subjectGroups"] as const;
const FIELDS = ["_id", "description", "permissions", "resourceData", "agentOAuth2ClientId", ...RELATIONS];
const label = ({ realm, agent, application, name }: AgentPrivilegeInputs) =>
  [realm, agent, application, ...(name ? [name] : [])].join("/");

export const agentPrivilege = managedKind({
  type: "aic:AgentPrivilege",
  inputs: schema,
  outputs,
  immutable: ["realm", "agent", "application", "name"],
  notShown: ["name"],
  ownId: true,
  collection: "aiagentprivilege",
  fields: FIELDS,
  id: label,
  objectId: ({ realm, agent, application, name }) =>
    deterministicId("aiagentprivilege", realm, agent, application, name),
  knownId: ({ privilegeId }) => privilegeId,
  isOwn: () => true, // found under the id that only this declaration leads to

  decode: async ({ names }, live, { realm }) => {
    const link =
      isRecord(live.resourceData) && isRecord(live.resourceData.ssoEntities) ? live.resourceData.ssoEntities : {};
    const [agentIdentityId] = relatedIds(live.agent);
    const [applicationId] = relatedIds(live.resource);
    return {
      inputs: {
        realm,
        agent: live.agentOAuth2ClientId,
        application: link.oidcId,
        description: live.description ?? undefined,
        scopes: decodeScopes(live.permissions),
        subjects: await names.namesOf(managed(realm, "user"), "userName", relatedIds(live.subjects)),
        subjectGroups: relatedIds(live.subjectGroups).sort(), // a group's id is its name (aic §3.1)
        agentIdentityId,
        applicationId,
      },
      outputs: { privilegeId: live._id },
    };
  },

  encode: async (context, { inputs }) => encode(inputs, await resolve(context, inputs)),

  send: async (context, { realm, collection, id }, live, body) => {
    const { idm } = context.tenant;
    const create = () => idm.create(collection, id, body, { fields: FIELDS });
    const written = live ?? (await needsAiAgents(context, realm, create));
    // Whether a tenant takes all relations in one body is not recorded (aic §12.6): what is not there is patched.
    const current = await withRelations(context, collection, written, "subjects", FIELDS);
    const operations = replacements(changes(body, current));
    if (operations.length === 0) return current;
    for (const operation of operations) await idm.patch(collection, id, [operation]);
    return (await context.managed(collection, id, FIELDS)) ?? current;
  },
});

/** Looks up every name before anything is written. */
async function resolve({ tenant, names }: AicContext, inputs: AgentPrivilegeInputs) {
  const { realm, agent, application } = inputs;
  const where = (field: string) => ({ resource: `aic:AgentPrivilege ${label(inputs)}`, field, tenant: tenant.origin });
  const identity = async () => {
    const document = await tenant.am(realm).get("AIAgent", agent);
    if (document) return String(unwrap(document.aiAgentIdentityUid));
    throw new PingAgentsError("ERR_NAME_NOT_FOUND", `there is no AI agent "${agent}" in realm ${realm}`, {
      where: where("agent"),
      hint: "declare the agent, or correct its client id",
    });
  };
  const [agentIdentityId, applicationId, subjects, subjectGroups] = await Promise.all([
    inputs.agentIdentityId ?? identity(),
    inputs.applicationId ?? names.applicationOf(realm, application, where("application")),
    names.idsOf(managed(realm, "user"), "userName", inputs.subjects, where("subjects")),
    names.idsOf(managed(realm, "group"), "name", inputs.subjectGroups, where("subjectGroups")),
  ]);
  return { agentIdentityId, applicationId, subjects, subjectGroups };
}

type Resolved = Awaited<ReturnType<typeof resolve>>;

function encode(inputs: AgentPrivilegeInputs, ids: Resolved) {
  const { realm, scopes } = inputs;
  return {
    description: inputs.description ?? null,
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
