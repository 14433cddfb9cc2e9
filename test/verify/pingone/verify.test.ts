/** The verifier on PingOne: passes where everything is as declared, and fails with the cause where somebody changed it by hand. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exitCode, type Report } from "../../../src/verify/index.ts";
import { PINGONE_CASES } from "../../../src/verify/pingone/catalogue.ts";
import { CLERK, REFUND, RELAY, SUPPORT, startTenant, type Tenant, WATCHER } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await startTenant({ delegates: true });
});
afterEach(() => tenant.sandbox.stop());

const failed = ({ rows }: Report) =>
  rows
    .filter(({ verdict }) => verdict === "fail")
    .map(({ agent, case: id, cause, got }) => `${agent} ${id}: ${cause ?? got}`);
const only = (key: string) => ({ ...tenant.plan, agents: tenant.plan.agents.filter((agent) => agent.key === key) });

test("what is as declared passes, every refusal beside its twin, and the environment is as before", async () => {
  const before = await tenant.control("dump");
  const report = await tenant.verify();
  expect(report.rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  expect(report.findings).toEqual([]);
  expect(exitCode(report)).toBe(0);
  expect(await tenant.control("dump")).toEqual(before);
  const ran = new Set(report.rows.map(({ case: id }) => id));
  // What is of sign-ons alone has agents of its own, in sign-on.test.ts.
  const others = Object.keys(PINGONE_CASES).filter((id) => !/^N([67]\d|80)$/.test(id));
  expect([...ran].sort()).toEqual(["P01", "P02", "P03", "P04", "P06", ...others].sort());
  const exchange = report.rows.find(({ case: id }) => id === "P03");
  expect(exchange?.claims).toContain(`act.sub=${tenant.ids[SUPPORT]} aud=[https://orders.example.com]`);
});

test("exchanges that are declared one by one are followed hop by hop, and every way around them is refused", async () => {
  const { rows } = await tenant.verify({ ...tenant.plan, agents: [], assertions: [] });
  const of = (key: string, id: string) => rows.filter(({ agent, case: one }) => agent === key && one === id);
  expect(of(CLERK, "P06").map(({ title, verdict }) => `${title}: ${verdict}`)).toEqual([
    "exchange Hub for Vault, as delegated: pass",
    "exchange Hub for Shelf, as delegated: pass",
  ]);
  const gets = (id: string) => of(CLERK, id).map(({ got }) => got.split(" ").slice(0, 2).join(" "));
  for (const id of ["N14", "N15", "N17", "N21", "N22"])
    expect([id, ...gets(id)]).toEqual([id, "400 invalid_request", "200 token"]);
  expect(gets("N20")).toEqual(["200 token"]);
  expect(gets("N23")).toEqual(["400 invalid_scope"]);
  expect(of(RELAY, "N16").map(({ verdict }) => verdict)).toEqual(["pass"]);
});

test("an approval asks for scopes of OpenID Connect, too, which are no second resource", async () => {
  const { id, admin } = tenant;
  const { requestScopesForMultipleResourcesEnabled: _flag, ...row } = await admin.applications
    .get(id(REFUND))
    .then((found) => found ?? expect.unreachable());
  await admin.applications.replace(id(REFUND), { ...row, requestScopesForMultipleResourcesEnabled: false });
  const [agent] = only(REFUND).agents;
  const plan = { ...tenant.plan, agents: [{ ...agent, mixesResources: false, settings: {} }] } as typeof tenant.plan;
  const { rows } = await tenant.verify(plan);
  const approval = rows.find(({ case: one }) => one === "P04");
  expect(approval).toMatchObject({ verdict: "pass", declared: { scopes: ["orders:write", "openid", "profile"] } });
});

describe("what somebody changed by hand fails, and the cause is named", () => {
  test("the source names another client, a claim is no longer required, or forgets who acted before", async () => {
    const delegated = async () =>
      failed(await tenant.verify({ ...tenant.plan, agents: [] })).map((one) => one.slice(0, 9));
    const hub = await claim("Hub", "may_act");
    await hub.claims.replace(hub.row.id, { name: "may_act", value: JSON.stringify({ sub: "somebody-else" }) });
    expect(await delegated()).toContain("clerk P06");
    await hub.claims.replace(hub.row.id, { name: "may_act", value: String(hub.row.value) });
    const vault = await claim("Vault", "act");
    await vault.claims.replace(vault.row.id, { name: "act", value: vault.row.value, required: false });
    expect(await delegated()).toEqual(expect.arrayContaining(["clerk N14", "clerk N15", "clerk N17", "clerk N21"]));
    const flat = String(vault.row.value).replace(/, "act": [^}]*/, "");
    await vault.claims.replace(vault.row.id, { name: "act", value: flat, required: true });
    expect(await delegated()).toContain("clerk P06");
  });

  const claim = async (resource: string, name: string) => {
    const claims = tenant.admin.resourceAttributes(tenant.id(resource));
    return { claims, row: (await claims.list()).find((row) => row.name === name) ?? expect.unreachable(name) };
  };
  const change = async (key: string, properties: object) => {
    const live = await tenant.admin.applications.get(tenant.id(key));
    await tenant.admin.applications.replace(tenant.id(key), { ...live, ...properties });
  };

  test("may_act names another agent", async () => {
    const { claims, row } = await claim("Portal", "may_act");
    await claims.replace(row.id, { name: "may_act", value: JSON.stringify({ sub: "somebody-else" }) });
    const report = await tenant.verify(only(SUPPORT));
    const cause = `${SUPPORT}: may_act in tokens of Portal does not name it; run pulumi up --refresh`;
    expect(failed(report)).toEqual([
      `${SUPPORT} preflight: ${cause}`,
      `${SUPPORT} P02: ${cause}; may_act.sub somebody-else instead of ${tenant.ids[SUPPORT]}`,
      `${SUPPORT} P03: ${cause}; act.sub (none) instead of ${tenant.ids[SUPPORT]}`,
      `${SUPPORT} P03: ${cause}; act.sub (none) instead of ${tenant.ids[SUPPORT]}`,
    ]);
  });

  test("tokens say nothing of who acts", async () => {
    const { claims, row } = await claim("Orders", "act");
    await claims.delete(row.id);
    const [finding, exchange, ...more] = failed(await tenant.verify(only(SUPPORT)));
    expect(finding).toContain("tokens of Orders have no claim act");
    expect(exchange).toMatch(/P03: .*have no claim act.*act\.sub \(none\)/);
    expect(more).toEqual([]);
  });

  test("tokens name whoever the subject's token allows, whoever acts", async () => {
    const { claims, row } = await claim("Orders", "act");
    const value = ["$", "{#root.context.requestData.subjectToken.may_act}"].join("");
    await claims.replace(row.id, { name: "act", value });
    expect(failed(await tenant.verify(only(SUPPORT)))).toEqual([
      expect.stringContaining("Orders preflight: Orders: the claim act of its tokens is"),
      `${SUPPORT} N14: the token names ${tenant.ids[SUPPORT]} as the actor`,
      `${SUPPORT} N15: the token names ${tenant.ids[SUPPORT]} as the actor`,
    ]);
  });

  test("more is granted than declared", async () => {
    const grants = tenant.admin.below(tenant.id(WATCHER), "grants");
    const [grant] = await grants.list();
    const scopes = (await tenant.admin.scopes(tenant.id("Orders")).list()).map(({ id }) => ({ id }));
    await grants.replace(String(grant?.id), { resource: grant?.resource, scopes });
    const [finding, scope, ...more] = failed(await tenant.verify(only(WATCHER)));
    expect(finding).toContain("Orders grants it orders:write beyond the declaration; run pulumi up --refresh");
    expect(scope).toMatch(/^stock-watcher N03: /);
    expect(more).toEqual([]);
  });

  test("a resource is granted that nobody declared", async () => {
    const scopes = (await tenant.admin.scopes(tenant.id("Agents")).list()).map(({ id }) => ({ id }));
    const grants = tenant.admin.below(tenant.id(WATCHER), "grants");
    await grants.create({ resource: { id: tenant.id("Agents") }, scopes });
    expect(failed(await tenant.verify(only(WATCHER)))[0]).toContain(
      "it may ask for scopes of Agents, which the declaration does not say: agent:act; run pulumi up --refresh, or allow grant/Agents",
    );
  });

  test("less is granted than declared", async () => {
    const grants = tenant.admin.below(tenant.id(WATCHER), "grants");
    for (const { id } of await grants.list()) await grants.delete(id);
    const [finding, own] = failed(await tenant.verify(only(WATCHER)));
    expect(finding).toContain("Orders does not grant it orders:read; run pulumi up --refresh");
    expect(own).toMatch(/^stock-watcher P01: .*does not grant it orders:read/);
  });

  test.each([
    [
      SUPPORT,
      "grant type gone",
      { grantTypes: ["CLIENT_CREDENTIALS"] },
      "P03",
      "it lacks the grant type TOKEN_EXCHANGE",
    ],
    [WATCHER, "switched off", { enabled: false }, "P01", "it is switched off"],
    [REFUND, "grant type gone", { grantTypes: ["CLIENT_CREDENTIALS"] }, "P04", "it lacks the grant type CIBA"],
  ])("%s: %s", async (key, _what, properties, id, cause) => {
    await change(key, properties);
    const report = await tenant.verify(only(key));
    expect(failed(report).find((line) => line.includes(id))).toContain(`${key}: ${cause}`);
    expect(exitCode(report)).toBe(1);
  });

  test("no policy asks the user any more", async () => {
    const assignments = tenant.admin.below(tenant.id(REFUND), "flowPolicyAssignments");
    for (const { id } of await assignments.list()) await assignments.delete(id);
    const [finding, approval] = failed(await tenant.verify(only(REFUND)));
    expect(finding).toContain("no DaVinci flow policy is assigned that asks users");
    expect(approval).toMatch(/^refund-agent P04: .*no DaVinci flow policy.*no token was issued$/);
  });

  test("tokens live longer than declared, or are for another audience", async () => {
    const live = await tenant.admin.resources.get(tenant.id("Orders"));
    const changed = { ...live, accessTokenValiditySeconds: 7_200, audience: "https://elsewhere.example.com" };
    await tenant.admin.resources.replace(tenant.id("Orders"), changed);
    expect(failed(await tenant.verify(only(WATCHER)))).toEqual([
      expect.stringContaining("Orders: audience is https://elsewhere.example.com, not https://orders.example.com"),
      expect.stringContaining("Orders: accessTokenLifetime is 7200, not 900"),
      `${WATCHER} P01: aud [https://elsewhere.example.com] without https://orders.example.com; expires_in 7200, the lifetime is 900`,
    ]);
  });
});

test("an agent that is declared as switched off gets nothing, and fails when it does", async () => {
  const plan = { ...tenant.plan, agents: only(WATCHER).agents.map((agent) => ({ ...agent, enabled: false })) };
  expect(failed(await tenant.verify(plan))[0]).toContain("it is switched on, and declared off");
  const live = await tenant.admin.applications.get(tenant.id(WATCHER));
  await tenant.admin.applications.replace(tenant.id(WATCHER), { ...live, enabled: false });
  const { rows } = await tenant.verify(plan);
  expect(rows.find(({ case: id }) => id === "P05")).toMatchObject({
    verdict: "pass",
    got: expect.stringContaining("401"),
  });
});

describe("what cannot be proven is inconclusive, not passed", () => {
  test.each([
    ["no secret", "clientSecret", `set PING_AGENTS_SECRET_STOCK_WATCHER`],
    ["no client id", "clientId", `set PING_AGENTS_CLIENT_ID_STOCK_WATCHER`],
  ])("%s", async (_what, missing, hint) => {
    const nothing = { clientId: async () => "x", clientSecret: async () => "x", password: async () => undefined };
    const credentials = { ...nothing, privateKey: async () => undefined, [missing]: async () => undefined };
    const report = await tenant.verify(only(WATCHER), { credentials });
    const own = report.rows.filter(({ agent }) => agent === WATCHER);
    expect(new Set(own.map(({ verdict }) => verdict))).toEqual(new Set(["inconclusive"]));
    expect(own[0]?.cause).toContain(hint);
    expect(exitCode(report)).toBe(2);
  });

  test("an application by which users sign on, which is not declared", async () => {
    const agents = only(SUPPORT).agents.map((agent) => ({
      ...agent,
      actsFor: agent.actsFor.map(({ application: _none, ...tokens }) => tokens),
    }));
    const { rows } = await tenant.verify({ ...tenant.plan, agents });
    const cause = "no declared application gets users' tokens of Portal";
    const exchanges = rows.filter(({ agent, flow }) => agent === SUPPORT && flow === "exchange");
    expect(exchanges.every((row) => row.cause === cause)).toBe(true);
  });
});

test("a real environment is not provoked or changed: what must work runs, and the user decides", async () => {
  const before = await tenant.control("dump");
  const told: string[] = [];
  const person = { username: "barbara.jensen", password: tenant.sandbox.users["barbara.jensen"]?.password };
  const clock = {
    now: () => Math.floor(Date.now() / 1000),
    // Nobody waits: meanwhile the user approves on the phone.
    async wait() {
      const { pending } = (await tenant.control("pingone/approvals")) as { pending: { id: string }[] };
      for (const { id } of pending) await tenant.control(`pingone/approvals/${id}/approve`, person);
    },
  };
  const report = await tenant.verify(tenant.plan, { target: "tenant", clock, progress: (line) => told.push(line) });
  expect(report.rows.map(({ agent, case: id, verdict }) => `${agent} ${id} ${verdict}`)).toEqual([
    ...[`${SUPPORT} P01 pass`, `${SUPPORT} P01 pass`, `${SUPPORT} P02 inconclusive`],
    ...[`${SUPPORT} P03 inconclusive`, `${SUPPORT} P03 inconclusive`],
    ...[`${WATCHER} P01 pass`, `${REFUND} P04 pass`],
    ...[`${RELAY} P06 inconclusive`, `${CLERK} P06 inconclusive`, `${CLERK} P06 inconclusive`],
  ]);
  expect(told[0]).toMatch(/^barbara\.jensen: please approve "ping-agents \w+" on your phone$/);
  expect(report.notes[0]).toContain("a real environment is not provoked");
  expect(await tenant.control("dump")).toEqual(before);
});

test("a worker that is refused ends the run with what to set", async () => {
  const { apiUrl, environmentId, clientId } = tenant.settings;
  const issuer = `${tenant.sandbox.url}/${environmentId}/as`;
  const client = { clientId, secret: "wrong-canary", authMethod: "client_secret_basic" } as const;
  const failure = tenant.verify(tenant.plan, { worker: { apiUrl, environmentId, issuer, client } });
  await expect(failure).rejects.toThrow(/ERR_VERIFY_LOGIN: .*\n.*PINGONE_CLIENT_SECRET/);
  await expect(failure).rejects.not.toThrow("wrong-canary");
});
