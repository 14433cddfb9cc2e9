/** What access costs where there are many agents: calls to a tenant, time and memory of the commands. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectAic } from "../../src/admin-api/aic/tenant.ts";
import { aicContexts } from "../../src/providers/aic/context.ts";
import { liveFacts } from "../../src/providers/aic/live-access.ts";
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

/** Calls and pages that it takes to read who may do what. */
export async function callsOfAccess(): Promise<[string, string]> {
  const sandbox = await startSandbox({});
  try {
    await loadAgents(sandbox);
    const { id, jwk } = sandbox.serviceAccount;
    const settings = { tenantUrl: sandbox.url, serviceAccountId: id, serviceAccountKey: JSON.stringify(jwk) };
    const facts = () => liveFacts(aicContexts(connectAic(settings)).coalesced, "alpha", []);
    const control = (method: string, call: string) =>
      fetch(`${sandbox.url}/__sandbox/${call}`, {
        method,
        headers: { authorization: `Bearer ${sandbox.controlToken}` },
      });
    await control("POST", "requests/clear");
    const { agents: found } = await facts();
    const { requests } = (await (await control("GET", "requests")).json()) as { requests: object[] };
    return [
      `read the access of ${found.length} agents with ${TARGETS} privileges each`,
      `${requests.length} calls and pages (budget 20)`,
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
