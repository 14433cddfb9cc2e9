/** How few calls PingOne's kinds make, however many agents there are, and that nothing which is kept for a run is old. */

import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { checked } from "../../support/kinds.ts";
import { startPingOne } from "../../support/pingone.ts";
import { OWNER, sent } from "../../support/properties.ts";

const tenant = await startPingOne();
afterAll(() => tenant.stop());
beforeEach(async () => {
  vi.spyOn(console, "warn").mockReturnValue();
  await tenant.reset();
  await tenant.calls();
});

const [AGENT, RESOURCE, GRANT] = ["pingone:AiAgent", "pingone:Resource", "pingone:ScopeGrant"] as const;
const ordersWith = (...scopes: string[]) => ({
  name: "Orders API",
  scopes: Object.fromEntries(scopes.map((scope) => [scope, ""])),
});
const agentCalled = (name: string) => ({
  ...{ name, grantTypes: ["client_credentials"] },
  ...{ undeclared: {}, declaredAccess: { "grant/Orders API": "" } },
});

/** One run of the engine: its kinds share what they know. */
function startRun() {
  const provider = tenant.run();
  const wanted = (type: string, key: string, inputs: Properties) =>
    checked(tenant, { type, inputs }, { ...OWNER, resource: key });
  const create = async (type: string, key: string, inputs: Properties) =>
    provider(type).create(await wanted(type, key, inputs));
  const grant = (name: string, agent: Properties, resource: Properties, scopes = ["read"]) =>
    create(GRANT, `${name}/orders`, {
      ...{ application: name, applicationId: agent.applicationId },
      ...{ resource: "Orders API", resourceId: resource.resourceId, scopes, undeclared: {} },
    });
  return { provider, wanted, create, grant };
}

/** The agents of these names, one after the other, with a grant each. */
async function declare(run: ReturnType<typeof startRun>, names: readonly string[], resource: Properties) {
  for (const name of names) {
    const { outs } = await run.create(AGENT, name, agentCalled(name));
    await run.grant(name, outs, resource);
  }
}

const named = (count: number, word: string) => Array.from({ length: count }, (_, index) => `${word} ${index}`);

test("an agent with a grant takes five calls, and a resource's scopes are read once a run, for ten agents and for forty", async () => {
  const { outs: resource } = await startRun().create(RESOURCE, "orders", ordersWith("read"));
  for (const count of [10, 40]) {
    await tenant.calls();
    await declare(startRun(), named(count, `One of ${count},`), resource);
    const seen = await tenant.calls();
    expect(seen.filter((call) => call === "GET resources/*/scopes")).toHaveLength(1);
    expect(seen.length - 1, seen.join("\n")).toBe(5 * count);
  }
});

test("agents that a run finds of an earlier one, whose state was lost, are looked up by one list", async () => {
  const { outs: resource } = await startRun().create(RESOURCE, "orders", ordersWith("read"));
  const names = named(30, "Agent");
  await declare(startRun(), names, resource);
  const before = await tenant.dump();
  await tenant.calls();
  await declare(startRun(), names, resource);
  expect(await tenant.dump()).toEqual(before);
  const seen = await tenant.calls();
  const pages = 2;
  expect(seen.filter((call) => call === "GET applications")).toHaveLength(pages);
});

test("a name that an application of another type has is told as such", async () => {
  await startRun().create("pingone:Application", "portal", { name: "Portal", type: "service" });
  const refused = startRun().create(AGENT, "agent", agentCalled("Portal"));
  await expect(refused).rejects.toMatchObject({ code: "ERR_NAME_TAKEN" });
});

test("an object that was deleted and made anew since the run listed it is found as it is", async () => {
  const run = startRun();
  await run.create(AGENT, "first", agentCalled("First"));
  const { outs } = await run.create(AGENT, "second", agentCalled("Second"));
  const again = startRun();
  await again.create(AGENT, "first", agentCalled("First")); // lists all
  await tenant.admin.applications.delete(String(outs.applicationId));
  const { id: anew } = await tenant.admin.applications.create({
    ...{ name: "Second", type: "AI_AGENT", protocol: "OPENID_CONNECT", tokenEndpointAuthMethod: "CLIENT_SECRET_POST" },
  });
  await expect(again.create(AGENT, "second", agentCalled("Second"))).rejects.toMatchObject({
    code: "ERR_OBJECT_EXISTS",
  });
  expect(await tenant.admin.applications.get(anew)).toMatchObject({ name: "Second", enabled: false });
});

test("the scopes that a run has changed, and those that it has not seen yet, are read anew", async () => {
  const run = startRun();
  const made = await run.create(RESOURCE, "orders", ordersWith("read"));
  const { outs: resource } = made;
  await declare(run, ["First"], resource);

  const provider = run.provider(RESOURCE);
  const update = async (olds: Properties, ...scopes: string[]) =>
    (await provider.update(made.id, sent(olds), await run.wanted(RESOURCE, "orders", ordersWith(...scopes)))).outs;
  const without = await update(resource, "write");
  await update(without, "read", "write");
  await declare(run, ["Second"], resource); // the scope has another id by now

  await tenant.admin.scopes(String(resource.resourceId)).create({ name: "audit" });
  const { outs: third } = await run.create(AGENT, "Third", agentCalled("Third"));
  const { outs } = await run.grant("Third", third, resource, ["audit"]);
  expect(outs).toMatchObject({ scopes: ["audit"] });
});
