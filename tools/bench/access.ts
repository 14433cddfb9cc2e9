/** What access and drift cost where there are many agents: calls to a tenant, time and memory of the commands. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectAic } from "../../src/admin-api/aic/tenant.ts";
import { driftOf } from "../../src/live-drift.ts";
import { aicContexts } from "../../src/providers/aic/context.ts";
import { liveFacts } from "../../src/providers/aic/live-access.ts";
import type { Recorded } from "../../src/providers/drift.ts";
import { type RunningSandbox, startSandbox } from "../../src/sandbox/index.ts";
import { load } from "./load.ts";

const AGENTS = 1_000;
const DECLARED = 500;
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
export const loadAgents = (sandbox: RunningSandbox, count = AGENTS): Promise<void> => load(sandbox, objects(count));

/** What a state has of them. */
export function recordedAgents(tenant: string, count = AGENTS): Recorded[] {
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

/** What a tenant was asked for meanwhile. */
async function requestsOf({ url, controlToken }: RunningSandbox, work: () => Promise<unknown>): Promise<number> {
  const control = (method: string, call: string) =>
    fetch(`${url}/__sandbox/${call}`, { method, headers: { authorization: `Bearer ${controlToken}` } });
  await control("POST", "requests/clear");
  await work();
  return ((await (await control("GET", "requests")).json()) as { requests: object[] }).requests.length;
}

/** Calls and pages that it takes to read who may do what, and to compare a state. */
export async function callsOfAgents(): Promise<[string, string][]> {
  const sandbox = await startSandbox({});
  try {
    await loadAgents(sandbox);
    const { id, jwk } = sandbox.serviceAccount;
    const settings = { tenantUrl: sandbox.url, serviceAccountId: id, serviceAccountKey: JSON.stringify(jwk) };
    const tenant = connectAic(settings);
    const read = await requestsOf(sandbox, () => liveFacts(aicContexts(tenant).coalesced, "alpha", []));
    const resources = recordedAgents((await tenant.identity()) ?? "");
    const env = {
      AIC_TENANT_URL: sandbox.url,
      AIC_SERVICE_ACCOUNT_ID: id,
      AIC_SERVICE_ACCOUNT_KEY: settings.serviceAccountKey,
    };
    const compared = await requestsOf(sandbox, () => driftOf("aic", { said: { env }, resources }));
    const many = `${AGENTS} agents with ${TARGETS} privileges each`;
    return [
      [`read the access of ${many}`, `${read} calls and pages (budget 20)`],
      [`drift of ${many}`, `${compared} calls and pages (budget 20)`],
    ];
  } finally {
    await sandbox.stop();
  }
}

/** A declaration of many agents. */
function manyAgents(count = DECLARED): string {
  return JSON.stringify({
    ...{ platform: "aic", realm: "alpha", tier: "production" },
    applications: Object.fromEntries(
      targets.map((id) => [id, { name: id, type: "service", scopes: ["read", "write"] }]),
    ),
    agents: Object.fromEntries(
      agents(count).map((id) => {
        const access = targets.map((application) => ({ application, scopes: ["read"], subjectGroups: ["group"] }));
        return [id, { name: id, pattern: "on-behalf-of", access }];
      }),
    ),
  });
}

/** Time of the processor and memory of a command about many agents. */
export function costOfCommand(command: "access" | "validate"): [string, string] {
  const folder = mkdtempSync(join(tmpdir(), "ping-agents-bench-"));
  try {
    mkdirSync(join(folder, "stacks"));
    writeFileSync(join(folder, "stacks", "dev.yaml"), manyAgents());
    const program = fileURLToPath(new URL("../../bin/ping-agents.mjs", import.meta.url));
    const report = `process.on("exit", () => process.stderr.write("used " + JSON.stringify(process.resourceUsage())));`;
    const args = ["--import", `data:text/javascript,${encodeURIComponent(report)}`, program, command, "dev"];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 });
    if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(/used (\{.*\})/.exec(stderr)?.[1] ?? "");
    const seconds = (userCPUTime + systemCPUTime) / 1e6;
    const figure = `${seconds.toFixed(1)} s of CPU and ${(maxRSS / 1024).toFixed(0)} MB (budget 2 s, 300 MB)`;
    return [`${command} ${DECLARED} agents with ${TARGETS} targets each`, figure];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
