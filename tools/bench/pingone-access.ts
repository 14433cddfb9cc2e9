/** What it costs to read who may do what in a PingOne environment with many agents. */

import { connectPingOne } from "../../src/admin-api/pingone/tenant.ts";
import { pingOneContexts } from "../../src/providers/pingone/context.ts";
import { liveFacts } from "../../src/providers/pingone/live-access.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { load } from "./load.ts";

const AGENTS = 1_000;

/** Agents with a grant of the same resource, as PingOne lists them. */
function objects(environment: string) {
  const base = `/v1/environments/${environment}`;
  const names = Array.from({ length: AGENTS }, (_one, index) => `agent-${index}`);
  const common = { protocol: "OPENID_CONNECT", type: "AI_AGENT", enabled: true, grantTypes: ["CLIENT_CREDENTIALS"] };
  return [
    { path: `${base}/resources/shop`, body: { id: "shop", name: "Shop", type: "CUSTOM", audience: "shop" } },
    { path: `${base}/resources/shop/scopes/read`, body: { id: "read", name: "read" } },
    ...names.flatMap((id) => [
      { path: `${base}/applications/${id}`, body: { id, name: id, ...common } },
      {
        path: `${base}/applications/${id}/grants/${id}`,
        body: { id, resource: { id: "shop" }, scopes: [{ id: "read" }] },
      },
    ]),
  ];
}

/** Calls and pages that it takes to read who may do what: one for each agent, since grants have no list of all (decision 0008). */
export async function callsOfPingOneAccess(): Promise<[string, string]> {
  const sandbox = await startSandbox({});
  try {
    const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = sandbox.pingone;
    await load(sandbox, objects(environmentId));
    const settings = { environmentId, clientId, clientSecret, apiUrl: `${sandbox.url}/v1`, authUrl: sandbox.url };
    const { coalesced } = pingOneContexts(connectPingOne(settings));
    const headers = { authorization: `Bearer ${sandbox.controlToken}` };
    await fetch(`${sandbox.url}/__sandbox/requests/clear`, { method: "POST", headers });
    const { clients } = await liveFacts(coalesced, environmentId, { clients: new Map(), resources: new Map() });
    const seen = await fetch(`${sandbox.url}/__sandbox/requests`, { headers });
    const { requests } = (await seen.json()) as { requests: { path: string }[] };
    const grants = requests.filter(({ path }) => path.endsWith("/grants")).length;
    return [
      `read the access of ${clients.length} agents on PingOne`,
      `${requests.length - grants} calls and pages, and ${grants} for their grants`,
    ];
  } finally {
    await sandbox.stop();
  }
}
