/** Access below a PingOne application or resource that nobody declared: seen by a refresh, taken away by a repair, or allowed. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { OWNER, sent } from "../../support/properties.ts";
import { type Applied, apply } from "./operate.ts";

const AGENT = "pingone:AiAgent";
const BOT = "fund-bot";
/** An expression over the user, in PingOne's own notation. */
const user = (path: string) => `$\{user.${path}}`;

const declared = {
  "grant/Orders API": "scopes of Orders API: orders:read",
  "claim/email": `claim email = ${user("email")}`,
  "owner/demo.owner": "owner demo.owner",
};
const bot = { name: BOT, declaredAccess: declared, undeclared: {} };
const grant = { application: BOT, resource: "Orders API", scopes: ["orders:read"], undeclared: {} };
const orders = {
  ...{ name: "Orders API", undeclared: {}, claims: { tier: user("tier") } },
  scopes: { "orders:read": "Read", "orders:write": "Write" },
};

let tenant: LocalPingOne;
let warnings: string[];
beforeEach(async () => {
  warnings = [];
  vi.spyOn(console, "warn").mockImplementation((text) => void warnings.push(String(text)));
  tenant = await startPingOne();
  const { id } = await tenant.admin.resources.create({ name: "Safe API" });
  for (const name of ["safe:open", "safe:close"]) await tenant.admin.scopes(id).create({ name });
});
afterEach(() => tenant.stop());

const named = async (rows: Promise<PingOneObject[]>, name: string) =>
  (await rows).find((row) => row.name === name || row.username === name) ?? expect.unreachable(name);
const application = async () => (await named(tenant.admin.applications.list(), BOT)).id;
const below = async (what: "grants" | "attributes" | "signOnPolicyAssignments" | "flowPolicyAssignments") =>
  tenant.admin.below(await application(), what);

/** What somebody does in the console. */
const byHand = {
  grant: async (resource: string, ...scopes: string[]) => {
    const { id } = await named(tenant.admin.resources.list(), resource);
    const ids = await Promise.all(scopes.map((scope) => named(tenant.admin.scopes(id).list(), scope)));
    const grants = await below("grants");
    const body = { resource: { id }, scopes: ids.map((scope) => ({ id: scope.id })) };
    const known = (await grants.list()).find((row) => (row.resource as { id: string }).id === id);
    await (known ? grants.replace(known.id, body) : grants.create(body));
  },
  claim: async (name: string, value: string) => {
    const claims = await below("attributes");
    const known = (await claims.list()).find((row) => row.name === name);
    const body = { name, value, required: false };
    await (known ? claims.replace(known.id, body) : claims.create(body));
  },
  policy: async (kind: "signOn" | "flow", name: string, priority = 1) => {
    const { id } = await named(tenant.admin[`${kind}Policies`].list(), name);
    await (await below(`${kind}PolicyAssignments`)).create({ [`${kind}Policy`]: { id }, priority });
  },
  role: async (holder: "users" | "groups", name: string, role = "Application Owner") => {
    const { id } = await named(tenant.admin[holder].list(), name);
    const { id: roleId } = await named(tenant.admin.roles.list(), role);
    const scope = { id: await application(), type: "APPLICATION" };
    await tenant.admin.roleAssignments(holder, id).create({ role: { id: roleId }, scope });
  },
  ofResource: async (what: "scopes" | "resourceAttributes", name: string, body: object = {}) => {
    const { id } = await named(tenant.admin.resources.list(), "Orders API");
    const collection = tenant.admin[what](id);
    const known = (await collection.list()).find((row) => row.name === name);
    await (known ? collection.replace(known.id, { name, ...body }) : collection.create({ name, ...body }));
  },
};

/** A declared agent with all that is declared below it. */
async function declareBot(more: Properties = {}): Promise<Applied> {
  const agent = await apply(tenant, AGENT, { ...bot, ...more });
  await apply(tenant, "pingone:ScopeGrant", grant);
  await apply(tenant, "pingone:AttributeMapping", { application: BOT, name: "email", value: user("email") });
  await apply(tenant, "pingone:Owner", { application: BOT, user: "demo.owner" });
  return agent;
}
const shown = async (resource: Applied) => (await resource.read())?.undeclared;

type Case = [name: string, change: () => Promise<void>, shown: Record<string, string>];

const BELOW_AN_APPLICATION: Case[] = [
  [
    "a grant",
    () => byHand.grant("Safe API", "safe:open", "safe:close"),
    { "grant/Safe API": "scopes of Safe API: safe:close, safe:open" },
  ],
  ["a claim", () => byHand.claim("groups", user("memberOf")), { "claim/groups": `claim groups = ${user("memberOf")}` }],
  ["who the user is", () => byHand.claim("sub", user("email")), { "claim/sub": `claim sub = ${user("email")}` }],
  ["a policy", () => byHand.policy("signOn", "Single_Factor"), { "policy/Single_Factor": "policy Single_Factor" }],
  [
    "a DaVinci policy",
    () => byHand.policy("flow", "Agent Sign On"),
    { "policy/Agent Sign On": "policy Agent Sign On" },
  ],
  ["an owner", () => byHand.role("users", "end.user"), { "owner/end.user": "owner end.user" }],
  ["a group of owners", () => byHand.role("groups", "customers"), { "owner/group customers": "owner group customers" }],
  [
    "another role of an owner",
    () => byHand.role("users", "demo.owner", "Client Application Developer"),
    {
      "owner/demo.owner/Client Application Developer": "demo.owner has the role Client Application Developer",
    },
  ],
];

const OF_A_RESOURCE: Case[] = [
  ["a scope", () => byHand.ofResource("scopes", "orders:delete"), { "scope/orders:delete": "scope orders:delete" }],
  [
    "a claim",
    () => byHand.ofResource("resourceAttributes", "may_act", { value: "all" }),
    { "claim/may_act": "claim may_act = all" },
  ],
  [
    "who the user is",
    () => byHand.ofResource("resourceAttributes", "sub", { value: "admin" }),
    { "claim/sub": "claim sub = admin" },
  ],
];

const OF_A_GRANT: Case[] = [
  [
    "a scope",
    () => byHand.grant("Orders API", "orders:read", "orders:write"),
    { "scope/orders:write": "scope orders:write" },
  ],
];

const POLICIES = { application: BOT, policies: { kind: "sign-on", names: ["Multi_Factor"] }, undeclared: {} };
const OF_POLICIES: Case[] = [
  ["a policy", () => byHand.policy("signOn", "Single_Factor", 2), { "policy/Single_Factor": "policy Single_Factor" }],
  [
    "a policy of the other kind in the place of ours",
    async () => {
      const assignments = await below("signOnPolicyAssignments");
      for (const { id } of await assignments.list()) await assignments.delete(id);
      await byHand.policy("flow", "Agent Sign On");
    },
    { "policy/Agent Sign On": "policy Agent Sign On" },
  ],
];

/** Where access is owned as a set: what is declared, and how it is made. */
const SETS: [type: string, make: (more: Properties) => Promise<Applied>, inputs: Properties, cases: Case[]][] = [
  ["below an application", declareBot, bot, BELOW_AN_APPLICATION],
  ["of a resource", (more) => apply(tenant, "pingone:Resource", { ...orders, ...more }), orders, OF_A_RESOURCE],
  [
    "of a grant",
    async (more) => {
      await apply(tenant, AGENT, bot);
      return apply(tenant, "pingone:ScopeGrant", { ...grant, ...more });
    },
    grant,
    OF_A_GRANT,
  ],
  [
    "of a list of policies",
    async (more) => {
      await apply(tenant, AGENT, bot);
      return apply(tenant, "pingone:PolicyAssignments", { ...POLICIES, ...more });
    },
    POLICIES,
    OF_POLICIES,
  ],
];

describe.each(SETS)("access %s", (what, make, inputs, cases) => {
  beforeEach(async () => {
    if (what !== "of a resource") await apply(tenant, "pingone:Resource", orders);
  });
  const entry = (access: string, expires: string) => ({ access, reason: "a trial", owner: "ann", expires });
  const allow = (accesses: object, expires: string) => Object.keys(accesses).map((access) => entry(access, expires));

  test.each(cases)("%s: is seen, and taken away", async (_name, change, expected) => {
    const resource = await make({});
    expect(await shown(resource)).toEqual({});
    const before = await tenant.dump();
    await change();
    expect(await shown(resource)).toEqual(expected);

    const repaired = await (await resource.refreshed()).update(inputs);
    expect(await tenant.dump()).toEqual(before);
    expect(await repaired.read()).toEqual(await resource.read());
    expect(await shown(repaired)).toEqual({});
    expect(warnings).toEqual([]);
  });

  test.each(cases.slice(0, 1))("%s that is allowed: shows nothing, and stays", async (_name, change, expected) => {
    const rules = { allow: allow(expected, "2999-12-31") };
    const resource = await make(rules);
    await change();
    const found = await tenant.dump();
    expect(await shown(resource)).toEqual({});
    await (await resource.refreshed()).update({ ...inputs, ...rules });
    expect(await tenant.dump()).toEqual(found);
    expect(warnings).toEqual([]);
  });

  test.each(cases.slice(0, 1))(
    "%s that was allowed: shows until when, and is taken away",
    async (_name, change, expected) => {
      const rules = { allow: allow(expected, "2026-01-31") };
      const resource = await make(rules);
      const before = await tenant.dump();
      await change();
      const [[access = "", text] = []] = Object.entries(expected);
      expect(await shown(resource)).toEqual({ [access]: `${text}; ann allowed it until 2026-01-31` });
      await (await resource.refreshed()).update({ ...inputs, ...rules });
      expect(await tenant.dump()).toEqual(before);
    },
  );

  test.each(cases.slice(0, 1))(
    "%s that is only reported: shows each time, and stays",
    async (_name, change, expected) => {
      const rules = { undeclaredAccess: "report" };
      const resource = await make(rules);
      await change();
      const found = await tenant.dump();
      const updated = await (await resource.refreshed()).update({ ...inputs, ...rules });
      expect(await tenant.dump()).toEqual(found);
      expect(await shown(updated)).toEqual(expected);
      for (const access of Object.keys(expected)) expect(warnings.join()).toContain(access);
    },
  );
});

describe("a state of before access was owned", () => {
  test("is told what is there at its first update; the next one takes away what a refresh has shown", async () => {
    await apply(tenant, "pingone:Resource", orders);
    const old = await apply(tenant, AGENT, { name: BOT });
    await byHand.role("users", "end.user");
    const found = await tenant.dump();
    const first = await (await old.refreshed()).update({ ...bot, declaredAccess: {} });
    expect(await tenant.dump()).toEqual(found);
    expect(warnings.join()).toContain("owner/end.user: owner end.user");

    await (await first.refreshed()).update({ ...bot, declaredAccess: {} });
    expect(await tenant.dump()).not.toEqual(found);
    expect(await shown(first)).toEqual({});
  });
});

test("what came after the refresh stays until the next one", async () => {
  await apply(tenant, "pingone:Resource", orders);
  const agent = await declareBot();
  await byHand.role("users", "end.user");
  const seen = await agent.refreshed();
  await byHand.claim("groups", user("memberOf"));
  const repaired = await seen.update(bot);
  expect(Object.keys((await shown(repaired)) as object)).toEqual(["claim/groups"]);
  expect(warnings.join()).toContain("claim/groups");
});

test("a resource that somebody renames is the same grant", async () => {
  await apply(tenant, "pingone:Resource", orders);
  const agent = await (await declareBot()).refreshed();
  const { id, ...live } = await named(tenant.admin.resources.list(), "Orders API");
  const { name: _name, description, audience } = live;
  await tenant.admin.resources.replace(id, { name: "Renamed API", description, audience });
  expect(await shown(agent)).toEqual({});
});

test("what another stack grants is named with the stack, and never taken away", async () => {
  await apply(tenant, "pingone:Resource", orders);
  const agent = await declareBot();
  const owner = { ...OWNER, stack: "0123456789ab", name: "bank/prod", resource: "their-grant" };
  await apply(tenant, "pingone:ScopeGrant", { application: BOT, resource: "Safe API", scopes: ["safe:open"] }, owner);
  const found = await tenant.dump();
  const theirs = 'scopes of Safe API: safe:open; granted by "their-grant" of stack bank/prod (0123456789ab)';
  expect(await shown(agent)).toEqual({ "grant/Safe API": theirs });
  const updated = await (await agent.refreshed()).update(bot);
  expect(await tenant.dump()).toEqual(found);
  expect(warnings.join()).toContain(theirs);
  expect(await shown(updated)).toEqual({ "grant/Safe API": theirs });
});

test("a program that says nothing of access owns none of it", async () => {
  await apply(tenant, "pingone:Resource", orders);
  const agent = await apply(tenant, AGENT, { name: BOT });
  await byHand.grant("Safe API", "safe:open");
  expect(await agent.read()).not.toHaveProperty("undeclared");
});

describe("an application that somebody else made", () => {
  const found = async () => {
    await apply(tenant, "pingone:Resource", orders);
    const own = { name: BOT, type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true, assignActorRoles: false };
    await tenant.admin.applications.create({ ...own, tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC" });
    await byHand.grant("Orders API", "orders:read");
    await byHand.role("users", "demo.owner");
  };
  const adopting = (adopt: string, more: Properties = {}) => apply(tenant, AGENT, { ...bot, adopt, ...more });

  test("is taken over as it is where all below it is declared", async () => {
    await found();
    const agent = await adopting("match");
    expect(await shown(agent)).toEqual({});
    await apply(tenant, "pingone:ScopeGrant", { ...grant, adopt: "match" });
    await apply(tenant, "pingone:Owner", { application: BOT, user: "demo.owner", adopt: "match" });
  });

  test.each<[name: string, change: () => Promise<void>, shown: string]>([
    ["a grant more", () => byHand.grant("Safe API", "safe:open"), "scopes of Safe API: safe:open"],
    [
      "more scopes than are declared",
      () => byHand.grant("Orders API", "orders:read", "orders:write"),
      "scopes of Orders API: orders:read, orders:write; declared is scopes of Orders API: orders:read",
    ],
    ["an owner more", () => byHand.role("users", "end.user"), "owner end.user"],
  ])("with %s is not taken over as it is, and loses it where it is overwritten", async (_name, change, text) => {
    await found();
    await change();
    const before = await tenant.dump();
    for (const policy of ["never", "match"]) {
      const refused = await adopting(policy).catch((error: Error) => error);
      expect(refused).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
      expect((refused as Error).message).toContain(text);
      expect(await tenant.dump()).toEqual(before);
    }
    const agent = await adopting("overwrite");
    await apply(tenant, "pingone:ScopeGrant", { ...grant, adopt: "overwrite" });
    expect(await shown(agent)).toEqual({});
    expect(await (await apply(tenant, "pingone:ScopeGrant", grant)).read()).toMatchObject({ scopes: ["orders:read"] });
  });
});

test("sentences of a take-over that are said no more are no change", async () => {
  const unsaid = Object.fromEntries(Object.keys(declared).map((key) => [key, ""]));
  const check = async (olds: Properties) => {
    const news = { ...bot, declaredAccess: { ...unsaid, "grant/Safe API": "" } };
    return (await tenant.provider(AGENT).check(sent(olds), sent(news))).inputs.declaredAccess;
  };
  expect(await check(bot)).toEqual({ ...declared, "grant/Safe API": "" });
  expect(await check({ ...bot, declaredAccess: unsaid })).toEqual({ ...unsaid, "grant/Safe API": "" });
});

describe("owners that nobody can look for", () => {
  test("because the worker may not read people: it is said once, and all else is seen", async () => {
    await apply(tenant, "pingone:Resource", orders);
    const agent = await apply(tenant, AGENT, { ...bot, declaredAccess: {} });
    await byHand.claim("groups", user("memberOf"));
    await byHand.role("users", "end.user");
    const refused = { pathPattern: "/users$", status: 403, headers: { "correlation-id": "c-1" }, times: 10 };
    await tenant.control("faults", { faults: [refused] });
    expect(await shown(agent)).toEqual({ "claim/groups": `claim groups = ${user("memberOf")}` });
    expect(await shown(agent)).toEqual({ "claim/groups": `claim groups = ${user("memberOf")}` });
    expect(warnings).toEqual([expect.stringContaining("the worker may not read them")]);
  });

  test("because they are more than 200: their roles are not asked for", async () => {
    const agent = await apply(tenant, AGENT, { ...bot, declaredAccess: {} });
    const base = `/v1/environments/${tenant.environmentId}/users`;
    const people = Array.from({ length: 200 }, (_, index) => ({
      path: `${base}/${crypto.randomUUID()}`,
      body: { username: `user-${index}` },
    }));
    await tenant.control("load", { objects: people });
    await tenant.calls();
    expect(await shown(agent)).toEqual({});
    expect((await tenant.calls()).filter((call) => call.includes("users/"))).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("more than 200")]);
  });
});

test("calls: a refresh lists what its children list anyhow, and all holders of roles once", async () => {
  await apply(tenant, "pingone:Resource", orders);
  const agent = await declareBot();
  await tenant.calls();
  await agent.read();
  const holders = 3 + 1; // the documentation's people, and the group
  expect((await tenant.calls()).sort()).toEqual(
    [
      ...["/v1/roles", "applications", "groups", "resources", "users"].map((path) => `GET ${path}`),
      ...["attributes", "grants", "metadata", "flowPolicyAssignments", "signOnPolicyAssignments"].map(
        (path) => `GET applications/*/${path}`,
      ),
      ...Array.from({ length: holders }, (_, index) => `GET ${index ? "users" : "groups"}/*/roleAssignments`),
    ].sort(),
  );
});
