/**
 * A provider process that is killed with SIGKILL after any of its calls, for a kind of each cloud. All kinds go through the
 * same in the test's own process (test/providers): there the connection is cut instead; here it is proved that this is no other.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";
import { startAic } from "../support/aic.ts";
import { type CrashSample, crashEverywhere, type Victim } from "../support/crash.ts";
import type { KindTenant } from "../support/kinds.ts";
import { startPingOne } from "../support/pingone.ts";

const program = fileURLToPath(new URL("operation.ts", import.meta.url));

const startOperation = (env: Readonly<Record<string, string>>, operation: object) => {
  const child = spawn(process.execPath, [program], {
    env: pulumiEnvironment({ ...process.env, ...env }),
    stdio: ["pipe", "ignore", "inherit"],
  });
  child.stdin.end(JSON.stringify(operation));
  return { child, ended: once(child, "close") };
};

// Node keeps what it compiled where a process ends by itself, which the others never do.
beforeAll(() => startOperation({}, { type: "aic:AiAgent", method: "check", args: [{}, {}] }).ended);

const processKilled: Victim = (tenant, type, operation, proxy) => {
  const { child, ended } = startOperation(tenant.variables(proxy.url), { type, ...operation });
  return { ended, die: () => void child.kill("SIGKILL") };
};

const agent = { realm: "alpha", clientId: "killed-agent", name: "Killed agent", scopes: ["read"] };
const api = { name: "Killed API", scopes: { read: "", write: "" } };

const rows: readonly (CrashSample & { readonly start: () => Promise<KindTenant> })[] = [
  {
    start: startAic,
    type: "aic:AiAgent",
    calls: { create: 5, update: 6, delete: 3 },
    inputs: { ...agent, owners: ["demo.owner"] },
    changed: { ...agent, owners: ["end.user"], scopes: ["write"] },
  },
  {
    start: startPingOne,
    type: "pingone:Resource",
    calls: { create: 5, update: 6, delete: 4 },
    inputs: api,
    changed: { ...api, scopes: { read: "Reads" } },
  },
];

test.for(rows)("$type", async ({ start, ...sample }) => {
  const tenant = await start();
  try {
    const { create, update, delete: deletion } = sample.calls;
    const points = await crashEverywhere(tenant, sample, await tenant.dump(), processKilled);
    expect(points).toBe(create + update + deletion);
  } finally {
    await tenant.stop();
  }
});
