/** How much of a tenant is asked for to know who may do what on it, and how it differs from a state. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { aicAccess } from "../../../src/access/aic/rows.ts";
import { connectAic } from "../../../src/admin-api/aic/tenant.ts";
import { driftOf } from "../../../src/live-drift.ts";
import { aicContexts } from "../../../src/providers/aic/context.ts";
import { liveFacts } from "../../../src/providers/aic/live-access.ts";
import { startTenant, type Tenant, writes } from "../../support/tenant.ts";
import { loadAgents, recordedAgents } from "./many-agents.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
  await loadAgents(tenant.sandbox, 1_000);
}, 60_000);
afterAll(() => tenant.stop());

test("1,000 agents with three privileges each: 20 calls and pages at most", { timeout: 60_000 }, async () => {
  const { id, jwk } = tenant.sandbox.serviceAccount;
  const settings = { tenantUrl: tenant.url, serviceAccountId: id, serviceAccountKey: JSON.stringify(jwk) };
  const { coalesced } = aicContexts(connectAic(settings));
  let access: ReturnType<typeof aicAccess> | undefined;
  const seen = await tenant.count(async () => {
    access = aicAccess(await liveFacts(coalesced, "alpha", []));
  });
  expect(seen.length).toBeLessThanOrEqual(20);
  expect(seen.filter(({ method, path }) => method !== "GET" && !path.endsWith("/access_token"))).toEqual([]);
  // A user and a group on each of three applications.
  expect(access?.agents).toHaveLength(1_000);
  expect(access?.rows).toHaveLength(6_000);
  expect(access?.people.get("group")).toMatchObject({ size: 1 });
});

test("a stack that has 200 of them is compared with it: 20 calls and pages at most, all of them reads", {
  timeout: 60_000,
}, async () => {
  const { id, jwk } = tenant.sandbox.serviceAccount;
  const env = {
    ...{ AIC_TENANT_URL: tenant.url, AIC_SERVICE_ACCOUNT_ID: id, AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(jwk) },
  };
  const settings = { tenantUrl: tenant.url, serviceAccountId: id, serviceAccountKey: JSON.stringify(jwk) };
  const resources = recordedAgents((await connectAic(settings).identity()) ?? "", 200);
  let drift: Awaited<ReturnType<typeof driftOf>> | undefined;
  const seen = await tenant.count(async () => {
    drift = await driftOf("aic", { said: { env }, resources });
  });
  expect(seen.length).toBeLessThanOrEqual(20);
  expect(writes(seen)).toEqual([]);
  expect(drift).toMatchObject({ compared: 800, findings: [], unreadable: [] });
  expect(drift?.strangers).toHaveLength(800);
});
