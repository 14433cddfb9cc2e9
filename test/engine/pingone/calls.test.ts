/** How few calls the kit makes for many agents of PingOne, as the engine asks for them. */

import { afterAll, expect, test } from "vitest";
import { startPingOne } from "../../support/pingone.ts";
import { summary } from "../cli.ts";
import { openProject } from "../project.ts";

const tenant = await startPingOne();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);

const agents = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `agent-${index}`,
      { name: `Agent ${index}`, pattern: "autonomous", access: [{ resource: "orders", scopes: ["orders:read"] }] },
    ]),
  );
const declaration = (count: number) => ({
  ...{ platform: "pingone", environment: tenant.environmentId },
  resources: { orders: { name: "Orders API", scopes: { "orders:read": "Read orders" } } },
  agents: agents(count),
});
/** Without a checkpoint for every step, which takes most of the time and is not what this test looks at. */
const quick = { PULUMI_SKIP_CHECKPOINTS: "true", PULUMI_EXPERIMENTAL: "true" };

test("ten agents with a grant each, and forty more, take five calls an agent, and the scopes of the resource are read once a run", async () => {
  const stack = await addStack("many", declaration(0));
  await stack.up();
  for (const [count, more] of [
    [10, 10],
    [50, 40],
  ] as const) {
    stack.declare(declaration(count));
    await tenant.calls();
    expect(summary(await stack.up({ env: quick }))).toMatchObject({ created: 3 * more });
    const seen = await tenant.calls();
    expect(seen.filter((call) => call === "GET resources/*/scopes")).toHaveLength(1);
    expect(seen.length - 1, seen.join("\n")).toBe(5 * more);
  }
});
