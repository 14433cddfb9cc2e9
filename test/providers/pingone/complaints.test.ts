/**
 * What users of Ping's Terraform provider complain about (pingone §9), each as a test that a naive implementation
 * fails. Numbers are those of that table.
 */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { plain } from "../../support/properties.ts";
import { apply } from "./operate.ts";

const AGENT = "pingone:AiAgent";
const agent = { name: "support-agent", grantTypes: ["client_credentials"], authMethod: "client_secret_basic" };
const orders = { name: "Orders API", scopes: { read: "Read", write: "Write" } };
const OTHER_POLICY = { keyRotationPolicy: { id: "88888888-8888-4888-8888-888888888888" } };

let tenant: LocalPingOne;
beforeEach(async () => {
  tenant = await startPingOne();
});
afterEach(() => tenant.stop());

const live = async (outs: Properties): Promise<PingOneObject> =>
  (await tenant.admin.applications.get(String(outs.applicationId))) ?? expect.unreachable();
const below = (outs: Properties, what: "grants" | "signOnPolicyAssignments" | "attributes") =>
  tenant.admin.below(String(outs.applicationId), what);

/** Lists of an application are sets. */
const setsOf = (application: Properties): Properties =>
  Object.fromEntries(
    Object.entries(application).map(([key, value]) => [key, Array.isArray(value) ? value.toSorted() : value]),
  );

describe("1: the previous secret expires", () => {
  const secret = { application: "support-agent", overlap: 120, output: true };

  test("and the next apply does not fail", async () => {
    const { outs } = await apply(tenant, AGENT, agent);
    const rotated = await (await apply(tenant, "pingone:Secret", secret)).update({ ...secret, rotation: "1" });
    const applicationId = String(outs.applicationId);
    expect((await tenant.admin.secret(applicationId))?.previous).toBeDefined();
    await tenant.control("clock", { advanceSeconds: 121 });
    expect((await tenant.admin.secret(applicationId))?.previous).toBeUndefined();

    expect(await rotated.read()).toEqual({ ...secret, rotation: "1" });
    const again = await rotated.update({ ...secret, rotation: "1", overlap: 240 });
    expect(again.outs.secret).toEqual(rotated.outs.secret);
  });

  test("and a run that was killed after the rotation does not rotate again, which would end the overlap", async () => {
    await apply(tenant, AGENT, agent);
    const before = await apply(tenant, "pingone:Secret", secret);
    const rotated = await before.update({ ...secret, rotation: "1" });
    const resumed = await before.update({ ...secret, rotation: "1" });
    expect(resumed.outs.secret).toEqual(rotated.outs.secret);
    expect(rotated.outs.secret).not.toEqual(before.outs.secret);
  });
});

test("2: an update keeps the signing key's rotation policy, which a PUT without it resets", async () => {
  const created = await apply(tenant, AGENT, agent);
  const found = await live(created.outs);
  await tenant.admin.applications.replace(found.id, { ...found, signing: OTHER_POLICY });
  await created.update({ ...agent, description: "changed" });
  expect(await live(created.outs)).toMatchObject({ description: "changed", signing: OTHER_POLICY });

  const { signing: _signing, ...naive } = await live(created.outs);
  expect(await tenant.admin.applications.replace(found.id, naive)).not.toMatchObject({ signing: OTHER_POLICY });
});

test("3: words and properties that nobody knows yet break no read", async () => {
  const created = await apply(tenant, AGENT, agent);
  const found = await live(created.outs);
  const strange = {
    grantTypes: ["FUTURE_GRANT"],
    tokenEndpointAuthMethod: "FUTURE_METHOD",
    refreshTokenType: "FUTURE",
  };
  const path = `/v1/environments/${tenant.environmentId}/applications`;
  const other = {
    ...found,
    id: "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a",
    name: "x",
    type: "FUTURE_APP",
    protocol: "NEW",
  };
  await tenant.control("load", {
    objects: [
      { path: `${path}/${found.id}`, body: { ...found, ...strange, future: { deep: true } } },
      { path: `${path}/${other.id}`, body: other },
    ],
  });
  expect(await created.read()).toMatchObject({ grantTypes: ["future_grant"], authMethod: "future_method" });
});

test("4: a property without a name here can be set, seen changed, and released", async () => {
  await tenant.control("pingone", { properties: ["idTokenDuration"] });
  const created = await apply(tenant, AGENT, { ...agent, extra: { idTokenDuration: 600 } });
  const found = await live(created.outs);
  expect(found).toMatchObject({ idTokenDuration: 600 });
  await tenant.admin.applications.replace(found.id, { ...found, idTokenDuration: 60 });
  expect(await created.read()).toMatchObject({ extra: { idTokenDuration: 60 } });
  await created.update(agent);
  expect(await live(created.outs)).not.toHaveProperty("idTokenDuration");

  const result = await tenant.provider(AGENT).check(undefined, { ...agent, extra: { parTimeout: 1 } });
  expect(result.failures).toEqual([{ property: "", reason: "extra.parTimeout: this property has a field of its own" }]);
});

describe("5: scopes", () => {
  const grant = { application: "support-agent", resource: "Orders API", scopes: ["write", "read"] };
  const bound = async () => {
    const { outs } = await apply(tenant, AGENT, agent);
    const resource = await apply(tenant, "pingone:Resource", orders);
    return { outs, resource, granted: await apply(tenant, "pingone:ScopeGrant", grant) };
  };

  test("in another order are no change", async () => {
    const { outs, granted } = await bound();
    const [first] = await below(outs, "grants").list();
    const scopes = [first?.scopes].flat().toReversed();
    await below(outs, "grants").replace(String(first?.id), { resource: first?.resource, scopes });
    expect(await granted.read()).toEqual({ ...grant, scopes: ["read", "write"] });
  });

  test("that were made anew have another id: the stale grant is seen and repaired", async () => {
    const { outs, resource, granted } = await bound();
    const scopes = tenant.admin.scopes(String(resource.outs.resourceId));
    const stale = (await scopes.list()).find(({ name }) => name === "read") ?? expect.unreachable();
    await scopes.delete(stale.id);
    const fresh = await scopes.create({ name: "read" });
    expect(await granted.read()).toEqual({ ...grant, scopes: [stale.id, "write"].sort() });
    await granted.update(grant);
    const [repaired] = await below(outs, "grants").list();
    expect(repaired?.scopes).toContainEqual({ id: fresh.id });
    expect(await granted.read()).toEqual({ ...grant, scopes: ["read", "write"] });
  });

  test("keep their id when their description changes, so that grants stay whole", async () => {
    const { resource, granted } = await bound();
    await resource.update({ ...orders, scopes: { read: "Read anything", write: "Write" } });
    expect(await granted.read()).toEqual({ ...grant, scopes: ["read", "write"] });
  });

  test("of OpenID Connect: openid is granted implicitly and cannot be listed", async () => {
    const { outs } = await apply(tenant, AGENT, agent);
    const oidc = { application: "support-agent", resource: "openid", scopes: ["openid", "profile"] };
    const granted = await apply(tenant, "pingone:ScopeGrant", oidc);
    expect(await granted.read()).toEqual(oidc);
    const [found] = await below(outs, "grants").list();
    expect(found?.scopes).toHaveLength(1);
    const alone = await tenant.provider("pingone:ScopeGrant").check(undefined, { ...oidc, scopes: ["openid"] });
    expect(alone.failures).toMatchObject([{ reason: expect.stringMatching(/^scopes: /) }]);
  });
});

test("6: switching to DaVinci policies removes the sign-on policies, which PingOne does not mix", async () => {
  const { outs } = await apply(tenant, AGENT, agent);
  const policies = (kind: string, ...names: string[]) => ({ application: "support-agent", policies: { kind, names } });
  const before = await apply(tenant, "pingone:PolicyAssignments", policies("sign-on", "Multi_Factor", "Single_Factor"));
  const after = await before.update(policies("davinci", "Agent Sign On"));
  expect(await below(outs, "signOnPolicyAssignments").list()).toEqual([]);
  expect(await after.read()).toEqual(policies("davinci", "Agent Sign On"));
});

test("7: the core mapping of sub is overridden by adopting it, and released to what it was", async () => {
  const { outs } = await apply(tenant, AGENT, agent);
  const sub = async () => (await below(outs, "attributes").list()).find(({ name }) => name === "sub");
  const original = await sub();
  const mapping = { application: "support-agent", name: "sub", value: "constant", required: true };
  await expect(below(outs, "attributes").create({ name: "sub", value: "x", required: true })).rejects.toThrow();

  const overridden = await apply(tenant, "pingone:AttributeMapping", mapping);
  expect(await sub()).toMatchObject({ id: original?.id, value: "constant", mappingType: "CORE" });
  await overridden.delete();
  expect(await sub()).toMatchObject({ id: original?.id, value: original?.value });
});

test("8: a client secret is in the state only where that is asked for, and marked then", async () => {
  const { outs } = await apply(tenant, AGENT, agent);
  const { secret: value = "" } = (await tenant.admin.secret(String(outs.applicationId))) ?? {};
  const quiet = await apply(tenant, "pingone:Secret", { application: "support-agent" });
  expect(JSON.stringify([outs, quiet.outs])).not.toContain(value);
  const loud = await quiet.update({ application: "support-agent", output: true });
  expect(loud.outs.secret).toEqual({ "4dabf18193072939515e22adb298388d": expect.any(String), value });
});

describe("9: under load", () => {
  test("creates that are refused with 429 are repeated, and nothing is made twice", async () => {
    const struck = { method: "POST", pathPattern: "/applications$", status: 429, times: 5 };
    await tenant.control("faults", { faults: [struck] });
    const names = Array.from({ length: 20 }, (_, index) => `agent ${index}`);
    await Promise.all(names.map((name) => apply(tenant, AGENT, { ...agent, name })));
    const made = await tenant.admin.applications.list('type eq "AI_AGENT"');
    expect(made.map(({ name }) => String(name)).sort()).toEqual(names.toSorted());
  });

  test.each([
    ["the answer to a create is lost: what was made is found, not made again", { drop: "after" }],
    ["a create met an outage, and is repeated when it is shown not to have happened", { status: 503 }],
    ["a create failed in the service, and is repeated", { status: 500, body: { id: "x", code: "UNEXPECTED_ERROR" } }],
    ["a connection is cut before a create", { drop: "before" }],
  ] as const)("%s", async (_what, fault) => {
    for (const [type, inputs, path] of [
      [AGENT, agent, "applications"],
      ["pingone:Resource", orders, "resources"],
      ["pingone:ScopeGrant", { application: "support-agent", resource: "Orders API", scopes: ["read"] }, "grants"],
      ["pingone:Owner", { application: "support-agent", user: "demo.owner" }, "roleAssignments"],
    ] as const) {
      const struck = { method: "POST", pathPattern: `/${path}$`, ...fault };
      await tenant.control("faults", { faults: [struck] });
      const created = await apply(tenant, type, inputs);
      expect(await created.read()).toMatchObject(inputs);
    }
    expect(await tenant.admin.applications.list('type eq "AI_AGENT"')).toHaveLength(1);
  });

  test("who cannot look whether a create has happened does not repeat it, and one that never comes through is given up", async () => {
    const posts = async (...faults: object[]) => {
      await tenant.control("faults", { faults });
      await expect(apply(tenant, AGENT, agent)).rejects.toThrow("ERR_API_OUTAGE");
      await tenant.control("faults", { faults: [] });
      return (await tenant.calls()).filter((call) => call === "POST applications").length;
    };
    await tenant.calls();
    const outage = { pathPattern: "/applications$", status: 502, times: 1_000 };
    expect(await posts(outage)).toBe(1);
    expect(await posts({ ...outage, method: "POST" })).toBe(4);
  });

  test("children of a new application that are not there yet are waited for, and of others not", async () => {
    await tenant.control("pingone", { lag: 2 });
    const { outs } = await apply(tenant, AGENT, agent);
    expect(tenant.pauses).toEqual([250, 500]);
    tenant.pauses.length = 0;
    expect(await tenant.admin.below(String(outs.applicationId), "attributes").get("nothing")).toBeUndefined();
    await tenant.control("pingone", { lag: 0 });
    tenant.pauses.length = 0;
    expect(await tenant.admin.metadata("0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a")).toEqual({});
    expect(tenant.pauses).toEqual([]);
  });
});

test("10: an agent made in the console is taken over as it is, and then nothing differs", async () => {
  await tenant.admin.applications.create({
    ...{ name: "console agent", type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true, assignActorRoles: false },
    ...{ grantTypes: ["TOKEN_EXCHANGE", "CIBA", "AUTHORIZATION_CODE"], responseTypes: ["CODE"] },
    ...{
      tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC",
      redirectUris: ["https://b.example.com", "https://a.example.com"],
    },
    ...{ accessControl: { role: { type: "ADMIN_USERS_ONLY" } }, refreshTokenDuration: 3_600 },
  });
  const inputs = {
    name: "console agent",
    enabled: true,
    grantTypes: [
      "urn:openid:params:grant-type:ciba",
      "authorization_code",
      "urn:ietf:params:oauth:grant-type:token-exchange",
    ],
    responseTypes: ["CODE"],
    authMethod: "client_secret_basic",
    redirectUris: ["https://a.example.com", "https://b.example.com"],
    userAccess: { adminOnly: true, portalDisplay: true },
    tokens: { refreshTokenLifetime: 3_600 },
    adopt: "match",
  };
  const [before] = await tenant.admin.applications.list('type eq "AI_AGENT"');
  const adopted = await apply(tenant, AGENT, inputs);
  expect(setsOf(await live(adopted.outs))).toEqual({ ...setsOf(before ?? {}), updatedAt: expect.any(String) });
  const { inputs: canonical } = await tenant.provider(AGENT).check(undefined, inputs);
  expect(await adopted.read()).toEqual(plain(canonical));
});

test("names are matched in their exact spelling (#1127)", async () => {
  await apply(tenant, "pingone:Resource", { name: "orders api", scopes: { read: "" } });
  const { outs } = await apply(tenant, AGENT, agent);
  const grant = { application: "support-agent", resource: "Orders API", scopes: ["read"] };
  await expect(apply(tenant, "pingone:ScopeGrant", grant)).rejects.toThrow("ERR_NAME_NOT_FOUND");
  await apply(tenant, "pingone:Resource", orders);
  await apply(tenant, "pingone:ScopeGrant", grant);
  expect(await below(outs, "grants").list()).toHaveLength(1);
});
