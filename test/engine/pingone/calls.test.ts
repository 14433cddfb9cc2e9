/** The engine asks for five calls for an agent of PingOne with a grant, counted by the sandbox: what a component hands on is not looked up. */

import { afterAll, expect, test } from "vitest";
import { startPingOne } from "../../support/pingone.ts";
import { summary } from "../cli.ts";
import { openProject } from "../project.ts";

const tenant = await startPingOne();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);

const AGENTS = 20;
const agent = (index: number) => ({
  name: `Agent ${index}`,
  ...{ pattern: "autonomous", access: [{ resource: "orders", scopes: ["orders:read"] }] },
});
const declaration = {
  ...{ platform: "pingone", environment: tenant.environmentId },
  resources: { orders: { name: "Orders API", scopes: { "orders:read": "Read orders" } } },
  agents: Object.fromEntries(Array.from({ length: AGENTS }, (_, index) => [`agent-${index}`, agent(index)])),
};

test("twenty agents with a grant each take five calls an agent, and nothing lists the applications", async () => {
  const stack = await addStack("many", declaration);
  await tenant.calls();
  expect(summary(await stack.up())).toMatchObject({ created: 3 * AGENTS + 3 });
  const seen = await tenant.calls();
  const own = seen.filter((call) => /applications/.test(call));
  expect(own.length, seen.join("\n")).toBe(5 * AGENTS);
  expect(seen).not.toContain("GET applications");
});
