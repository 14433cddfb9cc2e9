/** A tenant with many agents, as it lists them, and what a state has of them. */

import type { Recorded } from "../../../src/providers/drift.ts";
import type { RunningSandbox } from "../../../src/sandbox/index.ts";
import { load } from "../../../tools/bench/parts/load.ts";

const TARGETS = 3;
const AGENT_PATH = "/am/json/realms/root/realms/alpha/realm-config/agents";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

const targets = Array.from({ length: TARGETS }, (_one, index) => `api-${index}`);
const agents = (count: number) => Array.from({ length: count }, (_one, index) => `agent-${index}`);
const reference = (path: string) => ({ _ref: `managed/alpha_${path}` });

/** Agents with a privilege for each of three applications, for a user and a group, as a tenant lists them. */
function objects(count: number) {
  const client = (_id: string, scopes: readonly string[], grantType: string, more: object = {}) => ({
    ...{ _id, coreOAuth2ClientConfig: { status: "Active", scopes }, ...more },
    advancedOAuth2ClientConfig: { grantTypes: [grantType] },
  });
  const hubs: [string, object][] = [
    ["/openidm/managed/alpha_user/user", { _id: "user", userName: "user" }],
    ["/openidm/managed/alpha_group/group", { _id: "group", name: "group", members: [reference("user/user")] }],
    ...targets.flatMap((id): [string, object][] => [
      [`${AGENT_PATH}/OAuth2Client/${id}`, client(id, ["read", "write"], "client_credentials")],
      [`/openidm/managed/alpha_application/${id}`, { _id: id, name: id, ssoEntities: { oidcId: id } }],
    ]),
  ];
  const people = { subjects: [reference("user/user")], subjectGroups: [reference("group/group")] };
  const own = agents(count).flatMap((id): [string, object][] => [
    [`${AGENT_PATH}/AIAgent/${id}`, client(id, [], EXCHANGE, { aiAgentIdentityUid: id })],
    [`/openidm/managed/alpha_aiagent/${id}`, { _id: id, name: id, oauth2ClientId: id, owners: people.subjects }],
    ...targets.map((target): [string, object] => {
      const _id = `${id}-${target}`;
      const relations = { agent: reference(`aiagent/${id}`), resource: reference(`application/${target}`), ...people };
      const computed = { agentOAuth2ClientId: id, resourceData: { ssoEntities: { oidcId: target } } };
      const permissions = [{ type: "scopes", values: ["read"] }];
      return [`/openidm/managed/alpha_aiagentprivilege/${_id}`, { _id, permissions, ...relations, ...computed }];
    }),
  ]);
  return [...hubs, ...own].map(([path, body]) => ({ path, body }));
}

/** Puts agents into a local tenant. */
export const loadAgents = (sandbox: RunningSandbox, count: number): Promise<void> => load(sandbox, objects(count));

/** What a state has of them. */
export function recordedAgents(tenant: string, count: number): Recorded[] {
  const own = (resource: string, inputs: object, outputs: object) => {
    const owner = { stack: "k3v9x0q1w2e4", name: "bench/bench", resource, tenant };
    const given = { realm: "alpha", ...inputs };
    return {
      urn: `urn:pulumi:bench::bench::x::${resource}`,
      name: resource,
      id: resource,
      inputs: given,
      outputs: { ...given, ...outputs, __owner: owner },
    };
  };
  const granted = { scopes: ["read"], name: "", subjects: ["user"], subjectGroups: ["group"] };
  return agents(count).flatMap((agent) => {
    const privileges = Object.fromEntries(targets.map((id) => [`${agent}/${id}`, { application: id, ...granted }]));
    const inputs = {
      clientId: agent,
      name: agent,
      owners: ["user"],
      grantTypes: [EXCHANGE],
      privileges,
      undeclared: {},
    };
    return [
      { type: "aic:AiAgent", ...own(agent, inputs, { identityId: agent }) },
      ...targets.map((id) => {
        const outputs = { privilegeId: `${agent}-${id}` };
        return {
          type: "aic:AgentPrivilege",
          ...own(`${agent}/${id}`, { agent, ...privileges[`${agent}/${id}`] }, outputs),
        };
      }),
    ];
  });
}
