/** The main job on PingOne, on the real engine: provision, nothing to do, drift by property, repair, removal, all as before. */

import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import { startPingOne } from "../../support/pingone.ts";
import { summary } from "../cli.ts";
import { openProject } from "../project.ts";

const declaration = new URL("../../../stacks/pingone-dev.yaml", import.meta.url);

const tenant = await startPingOne();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const stack = await addStack("pingone-dev", readFileSync(declaration, "utf8"));
const before = await tenant.dump();

const named = async (rows: Promise<PingOneObject[]>, name: string) =>
  (await rows).find((row) => row.name === name) ?? expect.unreachable(name);
const agent = (name: string) => named(tenant.admin.applications.list(), name);

test("up provisions what pingone-dev.yaml declares; secrets are in the state only encrypted", async () => {
  const run = await stack.up();
  expect(summary(run)).toEqual({ created: 27 });
  for (const { id } of await tenant.admin.applications.list('type eq "AI_AGENT"')) {
    const { secret = "" } = (await tenant.admin.secret(id)) ?? {};
    expect(secret).not.toBe("");
    for (const text of [stack.stateText, run.stdout, run.stderr]) expect(text).not.toContain(secret);
  }
});

test("a second up has nothing to do, a preview asks for nothing, and a refresh writes nothing", async () => {
  expect(summary(await stack.up())).toEqual({ unchanged: 27 });
  await tenant.calls();
  expect(summary(await stack.preview())).toEqual({ unchanged: 27 });
  expect(await tenant.calls()).toEqual([]);
  expect(summary(await stack.drift())).toEqual({ unchanged: 27 });
  expect((await tenant.calls()).filter((call) => !call.startsWith("GET "))).toEqual([]);
});

test("what was changed by hand is drift by property, is repaired, and nothing else is touched", async () => {
  const provisioned = await tenant.dump();
  const support = await agent("Support Agent");
  await tenant.admin.applications.replace(support.id, { ...support, description: "by hand", includeX5t: true });
  const refund = await agent("Refund Agent");
  const policies = tenant.admin.below(refund.id, "flowPolicyAssignments");
  for (const { id } of await policies.list()) await policies.delete(id);
  const watcher = await agent("Stock Watcher");
  const grants = tenant.admin.below(watcher.id, "grants");
  const [grant] = await grants.list();
  const orders = await named(tenant.admin.resources.list(), "Orders API");
  const scopes = (await tenant.admin.scopes(orders.id).list()).map(({ id }) => ({ id }));
  await grants.replace(String(grant?.id), { resource: grant?.resource, scopes });
  const portal = await named(tenant.admin.resources.list(), "Support Portal API");
  const claims = tenant.admin.resourceAttributes(portal.id);
  const mayAct = await named(claims.list(), "may_act");
  await claims.replace(mayAct.id, { name: "may_act", value: '{"sub":"somebody-else"}' });

  expect(await stack.driftedProperties()).toEqual({
    "pingone:AiAgent support-agent": ["description"],
    "pingone:PolicyAssignments refund-agent/policies": expect.arrayContaining(["policies.names[0]"]),
    "pingone:Resource portal-api": ["claims.may_act"],
    "pingone:ScopeGrant stock-watcher/orders-api": [`undeclared["scope/orders:write"]`],
  });
  expect(summary(await stack.up({ args: ["--refresh"] }))).toEqual({ updated: 4, unchanged: 23 });
  expect(await agent("Support Agent")).toMatchObject({ includeX5t: true });
  const repaired = await agent("Support Agent");
  const { includeX5t: _byHand, ...own } = repaired;
  await tenant.admin.applications.replace(repaired.id, own);
  expect(await tenant.dump()).toEqual(provisioned);
});

test("what somebody deleted is seen as deleted, and made again", async () => {
  const { id } = await agent("Stock Watcher");
  await tenant.admin.applications.delete(id);
  await stack.up({ args: ["--refresh"] });
  expect((await agent("Stock Watcher")).id).not.toBe(id);
  expect(summary(await stack.drift())).toEqual({ unchanged: 27 });
});

test("destroy leaves the environment as it was", async () => {
  expect(summary(await stack.destroy())).toEqual({ deleted: 27 });
  expect(await tenant.dump()).toEqual(before);
});
