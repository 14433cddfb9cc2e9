/** `aic:AgentPrivilege`: a subject mapping, that is which agent may act for whom, on which application, with which scopes (aic §3). */

import { z } from "zod";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { PingAgentsError } from "../../errors.ts";
import { set } from "../fields.ts";
import type { ResourceKind } from "../kind.ts";
import { unwrap } from "./attributes.ts";
import { type AicContext, withRelations } from "./context.ts";
import { needsAiAgents } from "./feature.ts";
import { deterministicId } from "./ids.ts";
import { clientIdSchema, realmSchema } from "./realm.ts";
import { managed, relatedIds, relation } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  /** Client id of the agent. */
  agent: clientIdSchema,
  /** OAuth 2.0 client id of the application, which is also the audience of the token exchange. */
  application: z.string().min(1),
  /** Tells two privileges of one agent on one application apart. @default "" */
  name: z.string().default(""),
  description: z.string().optional(),
  /** Scopes the agent may get, or `all` of the application's; an empty list is refused, because on the wire it means all. */
  scopes: z.union([z.literal("all"), set().refine((scopes) => scopes.length > 0, 'name the scopes, or write "all"')]),
  /** User names. No subjects and no groups: the agent acts for itself. */
  subjects: set().default([]),
  /** Group names. */
  subjectGroups: set().default([]),
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
const collection = (realm: string) => managed(realm, "aiagentprivilege");
const ownId = ({ realm, agent, application, name }: AgentPrivilegeInputs) =>
  deterministicId("aiagentprivilege", realm, agent, application, name);
const label = ({ realm, agent, application, name }: AgentPrivilegeInputs) =>
  [realm, agent, application, ...(name ? [name] : [])].join("/");

type Body = ReturnType<typeof encode>;

export const agentPrivilege: ResourceKind<typeof schema, typeof outputs, IdmObject, AicContext> = {
  type: "aic:AgentPrivilege",
  inputs: schema,
  outputs,
  immutable: ["realm", "agent", "application", "name"],
  notShown: ["name"],
  ownId: true,
  id: label,
  observe: (context, inputs) => context.managed(collection(inputs.realm), ownId(inputs), FIELDS),
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

  write: async (context, { inputs, live }) => {
    const body = encode(inputs, await resolve(context, inputs));
    const { idm } = context.tenant;
    const id = ownId(inputs);
    const type = collection(inputs.realm);
    const create = () => idm.create(type, id, body, { fields: FIELDS });
    const written = live ?? (await needsAiAgents(context, inputs.realm, create));
    // Whether a tenant takes all relations in one body is not recorded (aic §12.6): what is not there is patched.
    const current = await withRelations(context, type, written, "subjects", FIELDS);
    const operations = changes(body, current);
    if (operations.length === 0) return { live: current };
    for (const operation of operations) await idm.patch(type, id, [operation]);
    return { live: (await context.managed(type, id, FIELDS)) ?? current };
  },

  remove: async ({ tenant }, inputs) => {
    await tenant.idm.delete(collection(inputs.realm), ownId(inputs));
  },
};

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

/** An empty permission list means every scope of the application (aic §3.1). */
function decodeScopes(permissions: unknown): "all" | string[] {
  const values = (Array.isArray(permissions) ? permissions : []).flatMap((one) => (isRecord(one) ? one.values : []));
  return values.length ? [...new Set(values.map(String))].sort() : "all";
}

/** One patch operation per property that differs; edges are compared by what they refer to. */
function changes(body: Body, live: IdmObject) {
  const sorted = (value: unknown) => JSON.stringify(relatedIds(value).sort());
  const same = {
    description: (body.description ?? null) === (live.description ?? null),
    permissions: JSON.stringify(decodeScopes(body.permissions)) === JSON.stringify(decodeScopes(live.permissions)),
  };
  const stale = (key: keyof Body) =>
    key === "description" || key === "permissions" ? !same[key] : sorted(body[key]) !== sorted(live[key]);
  return (Object.keys(body) as (keyof Body)[])
    .filter(stale)
    .map((key) => ({ operation: "replace" as const, field: `/${key}`, value: body[key] }));
}
