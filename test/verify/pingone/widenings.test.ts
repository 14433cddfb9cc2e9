/** Access that somebody added by hand: verify fails, a row says who gets what and where, and nothing but what is allowed passes. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Allowance } from "../../../src/verify/allowance.ts";
import { exitCode, type Report } from "../../../src/verify/index.ts";
import { PORTAL, REFUND, SUPPORT, startTenant, type Tenant, WATCHER } from "./tenant.ts";

let tenant: Tenant;
const undo: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  tenant = await startTenant();
});
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act();
});
afterAll(() => tenant.sandbox.stop());

/** Hardly a flow runs: what is found before them is enough. Nothing is changed. */
async function look(allow: Allowance[] = []): Promise<Report> {
  const allowing = <Client>(client: Client) => ({ ...client, allow });
  const { agents, applications } = tenant.plan;
  const plan = { ...tenant.plan, agents: agents.map(allowing), applications: applications.map(allowing) };
  const before = await tenant.control("dump");
  const report = await tenant.verify(plan, { cases: ["P01"] });
  expect(await tenant.control("dump")).toEqual(before);
  return report;
}
const found = ({ rows }: Report) => rows.filter(({ case: id }) => id === "preflight");
/** One row, and with it the run fails. */
function expectRow(report: Report, agent: string, code: string, sentence: string) {
  expect(found(report).map((row) => [row.agent, row.title])).toEqual([[agent, code]]);
  expect(found(report)[0]?.got).toContain(sentence);
  expect(exitCode(report)).toBe(1);
}

const scopesOf = async (resource: string, names: readonly string[]) =>
  (await tenant.admin.scopes(tenant.id(resource)).list())
    .filter(({ name }) => names.includes(String(name)))
    .map(({ id }) => ({ id }));

type Collection = ReturnType<Tenant["admin"]["below"]>;

/** Adds an object until the test is over. */
async function add(collection: Collection, body: Record<string, unknown>) {
  const { id } = await collection.create(body);
  undo.push(() => collection.delete(id));
}

/** Changes an object until the test is over. */
async function change(collection: Collection, id: string, properties: object) {
  const before = (await collection.get(id)) ?? expect.unreachable(`no object ${id}`);
  undo.push(() => collection.replace(id, before));
  await collection.replace(id, { ...before, ...properties });
}

const first = async (collection: Collection, isMeant: (row: Record<string, unknown>) => boolean) =>
  String((await collection.list()).find(isMeant)?.id);

/** Expressions of PingOne, no templates. */
const GROUPS = ["$", "{user.memberOfGroupNames}"].join("");
const NAME = ["$", "{user.username}"].join("");

test("as declared nothing is found", async () => {
  const report = await look();
  expect(found(report)).toEqual([]);
  expect(exitCode(report)).toBe(0);
});

const userId = (userName: string) => first(tenant.admin.users, ({ username }) => username === userName);
const role = async (wanted: string) => ({
  role: { id: await first(tenant.admin.roles, ({ name }) => name === wanted) },
  scope: { id: tenant.id(WATCHER), type: "APPLICATION" },
});

describe("what nobody declared below an agent or application", () => {
  const cases: [
    what: string,
    make: () => Promise<void>,
    key: string,
    code: string,
    sentence: string,
    access: string,
  ][] = [
    [
      "a grant of another resource",
      async () => {
        const body = { resource: { id: tenant.id("Portal") }, scopes: await scopesOf("Portal", ["portal:use"]) };
        await add(tenant.admin.below(tenant.id(WATCHER), "grants"), body);
      },
      WATCHER,
      "resource-surplus",
      "it may ask for scopes of Portal, which the declaration does not say: portal:use",
      "grant/Portal",
    ],
    [
      "a grant to an application",
      async () => {
        const body = { resource: { id: tenant.id("Orders") }, scopes: await scopesOf("Orders", ["orders:write"]) };
        await add(tenant.admin.below(tenant.id(PORTAL), "grants"), body);
      },
      PORTAL,
      "resource-surplus",
      "it may ask for scopes of Orders, which the declaration does not say: orders:write",
      "grant/Orders",
    ],
    [
      "a scope in a declared grant",
      async () => {
        const grants = tenant.admin.below(tenant.id(WATCHER), "grants");
        const scopes = await scopesOf("Orders", ["orders:read", "orders:write"]);
        await change(grants, await first(grants, () => true), { scopes });
      },
      WATCHER,
      "scope-surplus",
      "Orders grants it orders:write beyond the declaration",
      "scope/orders:write",
    ],
    [
      "a scope of OpenID Connect in a declared grant",
      async () => {
        const grants = tenant.admin.below(tenant.id(REFUND), "grants");
        const scopes = await scopesOf("openid", ["profile", "email"]);
        const id = await first(grants, ({ resource }) => (resource as { id: string }).id === tenant.id("openid"));
        await change(grants, id, { scopes });
      },
      REFUND,
      "scope-surplus",
      "openid grants it email beyond the declaration",
      "scope/email",
    ],
    [
      "a claim",
      async () => {
        await add(tenant.admin.below(tenant.id(PORTAL), "attributes"), {
          name: "groups",
          value: GROUPS,
          required: false,
        });
      },
      PORTAL,
      "claim-undeclared",
      `the claim groups = ${GROUPS}, which nobody declared`,
      "claim/groups",
    ],
    [
      "a claim with a name that every object has",
      async () => {
        const claims = tenant.admin.below(tenant.id(PORTAL), "attributes");
        await add(claims, { name: "constructor", value: GROUPS, required: false });
      },
      PORTAL,
      "claim-undeclared",
      `the claim constructor = ${GROUPS}, which nobody declared`,
      "claim/constructor",
    ],
    [
      "another subject",
      async () => {
        const claims = tenant.admin.below(tenant.id(PORTAL), "attributes");
        const id = await first(claims, ({ name }) => name === "sub");
        await change(claims, id, { value: NAME, required: true });
      },
      PORTAL,
      "claim-undeclared",
      `its tokens have the claim sub = ${NAME}, which nobody declared`,
      "claim/sub",
    ],
    [
      "a policy",
      async () => {
        const policy = await first(tenant.admin.signOnPolicies, ({ name }) => name === "Single_Factor");
        const body = { signOnPolicy: { id: policy }, priority: 1 };
        await add(tenant.admin.below(tenant.id(PORTAL), "signOnPolicyAssignments"), body);
      },
      PORTAL,
      "policy-undeclared",
      "users sign on by the policy Single_Factor, which nobody declared",
      "policy/Single_Factor",
    ],
    [
      "an owner",
      async () =>
        add(tenant.admin.roleAssignments("users", await userId("demo.owner")), await role("Application Owner")),
      WATCHER,
      "owner-undeclared",
      "demo.owner may manage it, which nobody declared",
      "owner/demo.owner",
    ],
    [
      "a group with another role",
      async () => {
        const group = await first(tenant.admin.groups, ({ name }) => name === "customers");
        await add(tenant.admin.roleAssignments("groups", group), await role("Client Application Developer"));
      },
      WATCHER,
      "owner-undeclared",
      "group customers/Client Application Developer may manage it, which nobody declared",
      "owner/group customers/Client Application Developer",
    ],
    [
      "a flow policy",
      async () => {
        const policy = await first(tenant.admin.flowPolicies, ({ name }) => name === "Agent Approval");
        const body = { flowPolicy: { id: policy }, priority: 1 };
        await add(tenant.admin.below(tenant.id(SUPPORT), "flowPolicyAssignments"), body);
      },
      SUPPORT,
      "policy-undeclared",
      "users sign on by the policy Agent Approval, which nobody declared",
      "policy/Agent Approval",
    ],
  ];
  test.each(cases)("%s", async (_what, make, key, code, sentence, access) => {
    await make();
    const report = await look();
    expectRow(report, key, code, sentence);
    expect(found(report)[0]?.got).toContain(`or allow ${access}`);
    expect(exitCode(await look([{ access, expires: "2999-12-31" }]))).toBe(0);
    expectRow(await look([{ access, expires: "2020-01-31" }]), key, code, "it was allowed until 2020-01-31");
    expect(found(await look([{ access: `${access}x` }]))).toHaveLength(1);
  });
});

describe("a setting that somebody widened", () => {
  test.each([
    [PORTAL, { redirectUris: ["https://somebody.example/cb"] }, "redirectUris has https://somebody.example/cb"],
    [PORTAL, { grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"] }, "grantTypes has refresh_token"],
    [PORTAL, { responseTypes: ["CODE"] }, "responseTypes has code"],
    [PORTAL, { allowWildcardInRedirectUris: true }, "authorization.allowRedirectUriPatterns is true, not false"],
    [PORTAL, { pkceEnforcement: "REQUIRED" }, "authorization.pkce is required, not optional"],
    [PORTAL, { refreshTokenRollingGracePeriodDuration: 86_400 }, "tokens.refreshTokenGracePeriod is 86400"],
    [PORTAL, { additionalRefreshTokenReplayProtectionEnabled: false }, "tokens.refreshTokenReplayProtection is false"],
    [
      PORTAL,
      { postLogoutRedirectUris: ["https://x.example/"] },
      "logout.postLogoutRedirectUris has https://x.example/",
    ],
    [PORTAL, { tokenEndpointAuthMethod: "CLIENT_SECRET_POST" }, "authMethod is client_secret_post"],
    [WATCHER, { grantTypes: ["CLIENT_CREDENTIALS", "CIBA"] }, "grantTypes has urn:openid:params:grant-type:ciba"],
    [SUPPORT, { requestScopesForMultipleResourcesEnabled: true }, "authorization.multipleResources is true"],
    [
      SUPPORT,
      { jwks: JSON.stringify({ keys: [{ kty: "EC", crv: "P-256", x: "a", y: "b", kid: "k" }] }) },
      "has the key k",
    ],
  ])("%s %o", async (key, properties, sentence) => {
    await change(tenant.admin.applications, tenant.id(key), properties);
    expectRow(await look(), key, "setting-widened", sentence);
  });

  test("a declared limit to groups that is gone, or that lets more groups in", async () => {
    const settings = { "userAccess.groups": true, "userAccess.groups.names": ["staff"] };
    const applications = tenant.plan.applications.map((one) => ({ ...one, settings }));
    const report = () => tenant.verify({ ...tenant.plan, applications }, { cases: ["P01"] });
    expectRow(await report(), PORTAL, "setting-widened", "userAccess.groups is false, not true");
    const groups = [{ id: await first(tenant.admin.groups, ({ name }) => name === "customers") }];
    await change(tenant.admin.applications, tenant.id(PORTAL), {
      accessControl: { group: { type: "ANY_GROUP", groups } },
    });
    expectRow(await report(), PORTAL, "setting-widened", "userAccess.groups.names has customers");
  });
});

describe("a resource", () => {
  test("with a scope or claim that nobody declared", async () => {
    await add(tenant.admin.scopes(tenant.id("Orders")), { name: "orders:delete" });
    expectRow(await look(), "Orders", "scope-undeclared", "it has the scope orders:delete, which nobody declared");
    await add(tenant.admin.resourceAttributes(tenant.id("Agents")), { name: "role", value: "admin" });
    expect(found(await look()).map(({ got }) => got)).toEqual(
      expect.arrayContaining([expect.stringContaining("Agents: its tokens have the claim role = admin")]),
    );
  });

  test.each([
    [{ accessTokenValiditySeconds: 2_592_000 }, "accessTokenLifetime is 2592000, not 900"],
    [{ introspectEndpointAuthMethod: "NONE" }, "introspectionAuthMethod is none, not client_secret_basic"],
  ])("%o", async (properties, sentence) => {
    await change(tenant.admin.resources, tenant.id("Portal"), properties);
    expectRow(await look(), "Portal", "setting-widened", sentence);
  });
});

describe("what is declared as switched off", () => {
  test.each([WATCHER, PORTAL])("%s gets no token, and nothing else is tried of it", async (key) => {
    const off = <Client extends { key: string }>(client: Client) =>
      client.key === key ? { ...client, enabled: false } : client;
    const { agents, applications } = tenant.plan;
    const plan = { ...tenant.plan, agents: agents.map(off), applications: applications.map(off) };
    const report = await tenant.verify(plan, { cases: ["P05"] });
    expect(report.rows.map(({ agent, case: id, title, verdict }) => [agent, id, title, verdict])).toEqual([
      [key, "preflight", "agent-enabled", "fail"],
      [key, "P05", "switched off as declared", "fail"],
    ]);
    await change(tenant.admin.applications, tenant.id(key), { enabled: false });
    const { rows } = await tenant.verify(plan);
    expect(rows.filter(({ agent }) => agent === key).map(({ case: id, verdict }) => [id, verdict])).toEqual([
      ["P05", "pass"],
    ]);
  });
});

test("what the environment has stopped gets no token, as expected, and fails when it gets one", async () => {
  const id = tenant.id(WATCHER);
  await tenant.admin.setMetadata(id, { pingAgents: { stopped: "2026-11-26T10:00:00.000Z" } });
  undo.push(() => tenant.admin.setMetadata(id, {}));
  const report = await tenant.verify(tenant.plan, { cases: ["P05"] });
  expect(report.rows.map(({ title, verdict }) => [title, verdict])).toEqual([
    ["agent-enabled", "fail"],
    ["stopped, gets no token", "fail"],
  ]);
  expect(report.rows[0]?.got).toContain("it is switched on, and stopped");
  await change(tenant.admin.applications, id, { enabled: false });
  const { rows } = await tenant.verify();
  const own = rows.filter(({ agent }) => agent === WATCHER);
  expect(own.map(({ case: one, verdict, claims }) => [one, verdict, claims])).toEqual([
    ["P05", "pass", "stopped since 2026-11-26T10:00:00.000Z"],
  ]);
  expect(exitCode({ ...report, rows })).toBe(0);
});

test("each scope that an agent must not get is asked for alone, those of its own resources first", async () => {
  const { rows } = await tenant.verify(tenant.plan, { cases: ["N03"] });
  const asked = rows.filter(({ agent, flow }) => agent === WATCHER && flow === "client-credentials");
  expect(asked.map(({ title }) => title.split(": ")[1])).toEqual(["orders:write", "agent:act", "portal:use"]);
  expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
});
