/** Access that somebody added by hand: verify fails, a row says who gets what and where, and nothing but what is allowed passes. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { configPath, managedPath } from "../../../src/verify/aic/snapshot.ts";
import type { Allowance } from "../../../src/verify/allowance.ts";
import { exitCode, type Report } from "../../../src/verify/index.ts";
import { ASSISTANT, ASSISTANT_APP, LOGS_AGENT, LOGS_APP, REALM, SHOPPER, startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
let ids: Record<"users" | "agents" | "applications", Record<string, string>>;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  tenant = await startTenant();
  const rows = (type: string, fields: string[]) =>
    tenant.admin.query(managedPath(REALM, type), "true", ["_id", ...fields]);
  const byName = (list: Record<string, unknown>[], name: (row: Record<string, unknown>) => unknown) =>
    Object.fromEntries(list.map((row) => [String(name(row)), String(row._id)]));
  ids = {
    users: byName(await rows("user", ["userName"]), ({ userName }) => userName),
    agents: byName(await rows("aiagent", ["oauth2ClientId"]), ({ oauth2ClientId }) => oauth2ClientId),
    applications: byName(await rows("application", ["ssoEntities"]), ({ ssoEntities }) =>
      String((ssoEntities as { oidcId?: string } | null)?.oidcId),
    ),
  };
});
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act();
});
afterAll(() => tenant.sandbox.stop());

const ref = (type: string, id: string | undefined) => ({
  _ref: `managed/${REALM}_${type}/${id}`,
  _refResourceCollection: `managed/${REALM}_${type}`,
  _refResourceId: String(id),
});

type Added = { application?: string; scopes?: string[]; type?: string; user?: string; group?: string };

/** A privilege as the console makes it. */
async function add(agent: string, id: string, { application, scopes, type = "scopes", user, group }: Added) {
  const path = `${managedPath(REALM, "aiagentprivilege")}/${id}`;
  undo.push(() => tenant.admin.write("DELETE", path));
  await tenant.admin.write("PUT", path, {
    _id: id,
    agent: ref("aiagent", ids.agents[agent]),
    permissions: scopes ? [{ type, values: scopes }] : [],
    ...(application && { resource: ref("application", ids.applications[application]) }),
    ...(user && { subjects: [ref("user", ids.users[user])] }),
    ...(group && { subjectGroups: [ref("group", group)] }),
  });
}

/** Changes an attribute until the test is over. */
async function amend(path: string, [section, name]: readonly [string, string], value: unknown) {
  const { _id, _rev, _type, ...body } = (await tenant.admin.get(path)) ?? {};
  undo.push(() => tenant.admin.write("PUT", path, body));
  await tenant.amend(path, [section, name], () => value);
}

/** Hardly a flow runs: what is found before them is enough. Nothing is changed. */
async function look(allow: Allowance[] = [], realm: Allowance[] = []): Promise<Report> {
  const agents = tenant.plan.agents.map((agent) => ({ ...agent, allow }));
  const before = await tenant.control("dump");
  const report = await tenant.verify({ ...tenant.plan, allow: realm, agents }, { cases: ["F01"] });
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

test("as declared nothing is found", async () => {
  const report = await look();
  expect(found(report)).toEqual([]);
  expect(exitCode(report)).toBe(0);
});

const ID = "11111111-2222-4333-8444-555555555555";

describe("a privilege that nobody declared", () => {
  const cases: [string, string, Added, string][] = [
    [
      "for another user",
      ASSISTANT,
      { application: ASSISTANT_APP, scopes: ["read-data", "write-data"], user: "demo.owner" },
      `read-data, write-data on ${ASSISTANT_APP} for user demo.owner`,
    ],
    [
      "for more of a declared user",
      ASSISTANT,
      { application: ASSISTANT_APP, scopes: ["admin-action"], user: "barbara.jensen" },
      `admin-action on ${ASSISTANT_APP} for user barbara.jensen`,
    ],
    [
      "equal to the declared one",
      LOGS_AGENT,
      { application: LOGS_APP, scopes: ["logs-read", "logs-search"] },
      `logs-read, logs-search on ${LOGS_APP} for itself`,
    ],
    [
      "for a group",
      ASSISTANT,
      { application: ASSISTANT_APP, scopes: ["read-data"], group: "customers" },
      `read-data on ${ASSISTANT_APP} for group customers`,
    ],
    ["for itself", ASSISTANT, { application: ASSISTANT_APP, scopes: ["read-data"] }, `read-data on ${ASSISTANT_APP}`],
    [
      "for every scope",
      ASSISTANT,
      { application: ASSISTANT_APP, user: "demo.owner" },
      `every scope on ${ASSISTANT_APP} for user demo.owner`,
    ],
    [
      "on another application",
      LOGS_AGENT,
      { application: ASSISTANT_APP, scopes: ["read-data"] },
      `read-data on ${ASSISTANT_APP} for itself`,
    ],
    [
      "on no application yet",
      LOGS_AGENT,
      { scopes: ["logs-read"], user: "end.user" },
      "logs-read on no application for user end.user",
    ],
    [
      "with permissions of another type",
      ASSISTANT,
      { application: ASSISTANT_APP, scopes: ["everything"], type: "actions", user: "demo.owner" },
      `permissions of the type actions on ${ASSISTANT_APP} for user demo.owner`,
    ],
  ];
  test.each(cases)("%s", async (_what, agent, added, sentence) => {
    await add(agent, ID, added);
    const report = await look();
    expectRow(report, agent, "privilege-undeclared", `${agent} may get ${sentence}`);
    expect(found(report)[0]?.got).toContain(`(privilege ${ID})`);
    expect(exitCode(await look([{ access: ID }]))).toBe(0);
  });

  test("that is allowed, until the allowance expires", async () => {
    await add(ASSISTANT, ID, { application: ASSISTANT_APP, user: "demo.owner" });
    expect(found(await look([{ access: ID, expires: "2999-12-31" }]))).toEqual([]);
    const expired = await look([{ access: ID, expires: "2020-01-31" }]);
    expectRow(expired, ASSISTANT, "privilege-undeclared", "it was allowed until 2020-01-31");
    expect(found(await look([{ access: "22222222-2222-4333-8444-555555555555" }]))).toHaveLength(1);
  });

  test("beside a declared one that somebody narrowed: each is told for itself", async () => {
    await add(ASSISTANT, ID, { application: ASSISTANT_APP, user: "demo.owner" });
    undo.push(() => set([{ type: "scopes", values: ["read-data"] }]));
    const set = (value: unknown) =>
      tenant.admin.write("PATCH", tenant.privilegeOfAssistant, [
        { operation: "replace", field: "/permissions", value },
      ]);
    await set([{ type: "scopes", values: ["write-data"] }]);
    const titles = found(await look()).map(({ title }) => title);
    expect(titles.sort()).toEqual(["privilege-narrower", "privilege-undeclared", "privilege-wider"]);
  });
});

test("a declared privilege with permissions of another type", async () => {
  const set = (value: unknown) =>
    tenant.admin.write("PATCH", tenant.privilegeOfAssistant, [{ operation: "replace", field: "/permissions", value }]);
  undo.push(() => set([{ type: "scopes", values: ["read-data"] }]));
  await set([
    { type: "scopes", values: ["read-data"] },
    { type: "actions", values: ["delete"] },
  ]);
  expectRow(await look(), ASSISTANT, "privilege-type-undeclared", "permissions of the type actions");
});

describe("a setting that somebody widened", () => {
  const key = {
    kty: "EC",
    crv: "P-256",
    x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    y: "x_FEzRu9m36HLN",
    kid: "k",
  };
  const core = "coreOAuth2ClientConfig";
  const advanced = "advancedOAuth2ClientConfig";
  const signing = "signEncOAuth2ClientConfig";
  const override = "overrideOAuth2ClientConfig";
  const agent = ["AIAgent", ASSISTANT] as const;
  const application = ["OAuth2Client", ASSISTANT_APP] as const;
  const asking = ["OAuth2Client", SHOPPER] as const;
  test.each([
    [agent, core, "accessTokenLifetime", 315_360_000, "tokens.accessTokenLifetime is 315360000"],
    [agent, core, "scopes", ["admin-action"], "scopes has admin-action"],
    [agent, core, "secretLabelIdentifier", "somebody.else", "authentication.secretLabel is somebody.else"],
    [agent, signing, "jwkSet", JSON.stringify({ keys: [key] }), "keys.jwks has the key k"],
    [agent, signing, "mTLSSubjectDN", "CN=somebody", "authentication.tlsSubjectDn is CN=somebody"],
    [
      agent,
      advanced,
      "allowedResourceServerAudienceValues",
      ["legacy-portal"],
      "tokens.allowedAudiences has legacy-portal",
    ],
    [agent, advanced, "isConsentImplied", true, "authorization.impliedConsent is true"],
    [agent, advanced, "tokenExchangeAuthLevel", 99, "tokens.exchangeAuthLevel is 99"],
    [
      application,
      core,
      "redirectionUris",
      ["https://somebody.example/cb"],
      "redirectUris has https://somebody.example/cb",
    ],
    [application, core, "defaultScopes", ["admin-action"], "defaultScopes has admin-action"],
    [application, core, "clientType", "Public", "clientType is Public, not Confidential"],
    [application, core, "refreshTokenLifetime", -1, "tokens.refreshTokenLifetime is -1"],
    [application, advanced, "javascriptOrigins", ["https://x.example"], "authorization.javascriptOrigins has"],
    [asking, advanced, "treeName", "Login", "authorization.journey is Login, not [Empty]"],
    [asking, advanced, "subjectType", "pairwise", "idToken.subjectType is pairwise"],
    [asking, signing, "jwksUri", "https://somebody.example/keys", "keys.jwksUri is https://somebody.example/keys"],
  ])("%s %s.%s", async ([type, id], section, name, value, sentence) => {
    const path = `${configPath(REALM)}/agents/${type}/${id}`;
    await amend(path, [section, name], { inherited: false, value });
    expectRow(await look(), id, "setting-widened", `${id}: ${sentence}`);
  });

  test("in the override block", async () => {
    const path = `${configPath(REALM)}/agents/AIAgent/${LOGS_AGENT}`;
    await amend(path, [override, "accessTokenMayActScript"], "39c08084-1238-43e8-857f-2e11005eac49");
    expectRow(await look(), LOGS_AGENT, "setting-widened", "overrides.accessTokenMayActScript is 39c08084");
  });

  test("a grant type more, and one that is shorter or stricter is no finding", async () => {
    const path = `${configPath(REALM)}/agents/OAuth2Client/${LOGS_APP}`;
    const wider = ["client_credentials", "password"];
    await amend(path, ["coreOAuth2ClientConfig", "accessTokenLifetime"], { inherited: false, value: 60 });
    expect(found(await look())).toEqual([]);
    await amend(path, ["advancedOAuth2ClientConfig", "grantTypes"], { inherited: false, value: wider });
    expectRow(await look(), LOGS_APP, "setting-widened", "grantTypes has password");
  });
});

describe("what the realm lets others do", () => {
  const provider = `${configPath(REALM)}/services/oauth-oidc`;
  test.each([
    ["advancedOIDCConfig", "loaMapping", { push: "Agent Push Sender", weak: "Login" }, "acr-undeclared", "acr/weak"],
    ["clientDynamicRegistrationConfig", "allowDynamicRegistration", true, "registration-open", "registration"],
    [
      "clientDynamicRegistrationConfig",
      "dynamicClientRegistrationScript",
      "39c08084-1238-43e8-857f-2e11005eac49",
      "script-undeclared",
      "script/dynamicClientRegistrationScript",
    ],
    [
      "coreOAuth2Config",
      "accessTokenMayActScript",
      "39c08084-1238-43e8-857f-2e11005eac49",
      "script-undeclared",
      "script/accessTokenMayActScript",
    ],
  ])("%s.%s", async (section, name, value, code, access) => {
    await amend(provider, [section, name], value);
    const report = await look();
    expectRow(report, `realm ${REALM}`, code, `allow ${access} under provider`);
    expect(found(await look([], [{ access }]))).toEqual([]);
  });

  test("a scope more on the allow-list", async () => {
    const { advancedOAuth2Config } = (await tenant.admin.get(provider)) as {
      advancedOAuth2Config: { supportedScopes: string[] };
    };
    const scopes = [...advancedOAuth2Config.supportedScopes, "admin-action|Everything"];
    await amend(provider, ["advancedOAuth2Config", "supportedScopes"], scopes);
    expectRow(await look(), `realm ${REALM}`, "scope-listed", "may ask for the scope admin-action");
  });

  test("another acr value is others' own affair where no agent of the plan asks users", async () => {
    await amend(provider, ["advancedOIDCConfig", "loaMapping"], { push: "Agent Push Sender", weak: "Login" });
    const agents = tenant.plan.agents.filter(({ ciba }) => !ciba);
    expect(found(await tenant.verify({ ...tenant.plan, agents }, { cases: ["F01"] }))).toEqual([]);
  });
});

test("a second managed application that is linked with a declared client", async () => {
  const path = `${managedPath(REALM, "application")}/${ID}`;
  undo.push(() => tenant.admin.write("DELETE", path));
  await tenant.admin.write("PUT", path, {
    ...{ _id: ID, name: "Second", templateName: "web", templateVersion: "1.0", ssoEntities: { oidcId: ASSISTANT_APP } },
  });
  const report = await look();
  expect(found(report).map(({ title, agent }) => [agent, title])).toEqual([[ASSISTANT_APP, "application-undeclared"]]);
  expect(found(report)[0]?.got).toMatch(/the managed application .+ is linked with its client, too/);
  const applications = tenant.plan.applications.map((one) => ({ ...one, name: "Digital Assistant Web App" }));
  expectRow(
    await tenant.verify({ ...tenant.plan, applications }, { cases: ["F01"] }),
    ASSISTANT_APP,
    "application-undeclared",
    `Second (${ID})`,
  );
});

describe("an agent that is declared as switched off", () => {
  const plan = () => ({
    ...tenant.plan,
    agents: tenant.plan.agents.map((one) => (one.clientId === LOGS_AGENT ? { ...one, enabled: false } : one)),
  });
  const path = `${configPath(REALM)}/agents/AIAgent/${LOGS_AGENT}`;

  test("gets no token, and nothing else is tried of it", async () => {
    await amend(path, ["coreOAuth2ClientConfig", "status"], { inherited: false, value: "Inactive" });
    const report = await tenant.verify(plan());
    const rows = report.rows.filter(({ agent }) => agent === LOGS_AGENT);
    expect(rows.map(({ case: id, verdict, got }) => [id, verdict, got])).toEqual([
      ["F05", "pass", expect.stringContaining("400 invalid_client")],
    ]);
    expect(exitCode(report)).toBe(0);
  });

  test("fails when it gets one, and preflight says why", async () => {
    const report = await tenant.verify(plan(), { cases: ["F05"] });
    expect(report.rows.map(({ case: id, title, verdict }) => [id, title, verdict])).toEqual([
      ["preflight", "client-enabled", "fail"],
      ["F05", "switched off as declared", "fail"],
    ]);
  });

  test("an application: no user's token of it is expected", async () => {
    const off = `${configPath(REALM)}/agents/OAuth2Client/${ASSISTANT_APP}`;
    await amend(off, ["coreOAuth2ClientConfig", "status"], { inherited: false, value: "Inactive" });
    const disabled = <One extends { clientId: string }>(one: One) =>
      one.clientId === ASSISTANT_APP ? { ...one, enabled: false } : one;
    const { rows } = await tenant.verify({
      ...tenant.plan,
      applications: tenant.plan.applications.map(disabled),
      agents: tenant.plan.agents.map((agent) => ({
        ...agent,
        access: agent.access.map((entry) => ({ ...entry, application: disabled(entry.application) })),
      })),
    });
    expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(rows.find(({ case: id }) => id === "F05")?.agent).toBe(ASSISTANT_APP);
    expect(rows.filter(({ agent }) => agent === ASSISTANT).map(({ flow }) => flow)).not.toContain("user-token");
  });
});

test("each scope that an agent must not get is asked for alone", async () => {
  const { rows } = await tenant.verify(tenant.plan, { cases: ["X06", "C07"] });
  const asked = (agent: string, id: string) =>
    rows
      .filter((row) => row.agent === agent && row.case === id)
      .map(({ title }) => title.split(": ")[1]?.split(",")[0]);
  expect(asked(ASSISTANT, "X06")).toEqual([
    ...["write-data", "admin-action", "logs-read", "logs-search", "monitor-system", "prices", "address", "payment"],
  ]);
  expect(asked(LOGS_AGENT, "C07")).toEqual(expect.arrayContaining(["logs-read", "logs-search", "payment"]));
});

test("a scope that is granted by another privilege is issued although the declared one refuses it in a bundle", async () => {
  await add(ASSISTANT, ID, { application: ASSISTANT_APP, scopes: ["admin-action"], user: "barbara.jensen" });
  const { rows } = await tenant.verify(tenant.plan, { cases: ["X06"] });
  const failed = rows.filter(({ case: id, verdict }) => id === "X06" && verdict === "fail");
  expect(failed.map(({ title }) => title)).toEqual([expect.stringContaining("admin-action")]);
});

test("of many such scopes the first are asked for, and the report says how many were not", async () => {
  const scopes = Array.from({ length: 30 }, (_, index) => `scope-${index}`);
  const other = { clientId: "other", authMethod: "client_secret_basic", scopes, grantTypes: [], declared: false };
  const agents = tenant.plan.agents.filter(({ clientId }) => clientId === LOGS_AGENT);
  const report = await tenant.verify({ ...tenant.plan, agents, applications: [other] }, { cases: ["X06"] });
  expect(report.rows.filter(({ case: id }) => id === "X06")).toHaveLength(20);
  expect(report.notes.join("\n")).toContain(`more scopes that ${LOGS_AGENT} must not get`);
});
