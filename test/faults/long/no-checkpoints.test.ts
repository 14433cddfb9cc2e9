/**
 * A first run without checkpoints, killed when it has made everything and before it says so: the state knows nothing of it. The
 * next one finds every object again, generated secrets included, and nothing is there twice.
 */

import { afterAll, expect, test } from "vitest";
import { descendants, killHard, type Run } from "../../engine/cli.ts";
import { everything, everythingEnv } from "../../engine/declarations.ts";
import { nameOf, openProject } from "../../engine/project.ts";
import { startAic } from "../../support/aic.ts";
import { startPingOne } from "../../support/pingone.ts";
import { startProxy } from "../../support/proxy.ts";
import { writes } from "../../support/tenant.ts";

/** As docs/scale.md says it. */
const FIRST = ["up", "--yes", "--target", "**StackBinding**", "--target", "**ProviderBaseline**"];
const quick = { PULUMI_SKIP_CHECKPOINTS: "true" };

const generated = { name: "Generated", pattern: "autonomous", scopes: ["run"] };
const onAic = {
  ...everything,
  agents: {
    ...everything.agents,
    generated: { ...generated, access: [{ application: "demo-app", scopes: ["read"] }] },
  },
};
const onPingOne = {
  platform: "pingone",
  resources: { orders: { name: "Orders", scopes: { read: "Reads" } } },
  agents: {
    generated: {
      ...{ name: "Generated", pattern: "autonomous", secret: { output: true } },
      access: [{ resource: "orders", scopes: ["read"] }],
    },
  },
};

const clouds = [
  {
    cloud: "aic",
    start: startAic,
    declaration: onAic,
    scope: "run",
    // What comes last, and how often: one for each agent.
    last: { path: /\/managed\/alpha_aiagentprivilege\b/, times: 2 },
    known: ["aic:ProviderBaseline alpha"],
    says: ["aic:AiAgent alpha/generated is there, and no state has its client secret"],
  },
  {
    cloud: "pingone",
    start: startPingOne,
    declaration: onPingOne,
    scope: "read",
    last: { path: /\/grants$/, times: 1 },
    known: [],
    says: [],
  },
];

type Outputs = {
  readonly clients: Record<string, { clientId: string; authMethod: string; endpoints: { token: string } }>;
  readonly secrets: Record<string, string>;
};

/** Whether the agent gets a token with the secret that the state has. */
async function getsToken({ clients, secrets }: Outputs, scope: string): Promise<boolean> {
  const { clientId, authMethod, endpoints } = clients.generated ?? expect.unreachable();
  const client = { client_id: clientId, client_secret: secrets.generated ?? "" };
  const isPost = authMethod === "client_secret_post";
  const { ok } = await fetch(endpoints.token, {
    method: "POST",
    headers: isPost ? {} : { authorization: `Basic ${btoa(`${clientId}:${client.client_secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope, ...(isPost && client) }),
  });
  return ok;
}

const said = ({ stdout, stderr }: Run) => stdout + stderr;

test.for(clouds)("$cloud", async ({ cloud, start, declaration, scope, last, known, says }) => {
  const tenant = await start();
  afterAll(() => tenant.stop());
  let [left, kill] = [last.times, () => {}];
  const proxy = await startProxy(tenant.url, async ({ method, url }, send) => {
    const answer = await send();
    if (method !== "GET" && last.path.test(url) && --left === 0) kill();
    return answer;
  });
  afterAll(() => proxy.stop());
  const addStack = openProject({ variables: () => tenant.variables(proxy.url) }, { processes: true });
  const stack = await addStack(cloud, declaration, {}, everythingEnv);
  const before = await tenant.dump();

  expect(said(await stack.up({ env: quick, exit: 1 }))).toContain("ERR_NO_CHECKPOINT");
  const first = await tenant.count(async () => expect(said(await stack.run(FIRST))).not.toContain("not all names"));
  expect(writes(first)).toEqual([]);

  const running = stack.start(["up", "--yes", "--skip-preview"], { env: quick });
  kill = () => {
    const pid = running.child.pid as number;
    for (const id of [pid, ...descendants(pid).map((below) => below.id)]) killHard(id);
  };
  const killed = await running.ended;
  expect(killed.exitCode, said(killed)).toBe(null);
  expect(stack.resources.map(({ urn }) => nameOf(urn))).toEqual(known);

  await stack.run(["cancel", "--yes"]);
  const run = await stack.up({ env: quick });
  for (const line of says) expect(said(run)).toContain(line);
  expect(await stack.driftedProperties()).toEqual({});
  const { stdout } = await stack.run(["stack", "output", "--json", "--show-secrets"]);
  expect(await getsToken(JSON.parse(stdout), scope)).toBe(true);
  await stack.destroy();
  expect(await tenant.dump()).toStrictEqual(before);
});
