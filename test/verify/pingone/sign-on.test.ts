/** How agents that sign users in are verified: on the pages of a local tenant, as a browser would. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { exitCode, type Report } from "../../../src/verify/index.ts";
import { codeCases } from "../../../src/verify/pingone/cases/code.ts";
import { GUIDE, startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant({ signsIn: true });
});
afterAll(() => tenant.sandbox.stop());

const of = ({ rows }: Report, id: string) => rows.filter((row) => row.case === id);

/** An application as it is, with something changed. */
async function change(properties: object) {
  const live = await tenant.admin.applications.get(tenant.id(GUIDE));
  await tenant.admin.applications.replace(tenant.id(GUIDE), { ...live, ...properties });
  return () => tenant.admin.applications.replace(tenant.id(GUIDE), live ?? {});
}
const failed = ({ rows }: Report) =>
  rows.flatMap(({ case: id, cause, got, verdict }) => (verdict === "fail" ? [`${id}: ${cause ?? got}`] : []));

test("what is as declared passes, and nobody has consented to anything afterwards", async () => {
  const before = await tenant.control("dump");
  const report = await tenant.verify(tenant.signOn);
  expect(report.rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  expect(exitCode(report)).toBe(0);
  expect(of(report, "P07").map(({ title, claims }) => [title, claims])).toEqual([
    [
      "sign-on for Guide",
      `sub=barbara.jensen may_act.sub=${tenant.id(GUIDE)} aud=[https://guide.example.com] scope=[openid,guide:ask]`,
    ],
    ["sign-on for Tools", "aud=[https://tools.example.com] scope=[openid,tools:use]"],
  ]);
  const refused = codeCases.cases.flatMap((one) => ("provoke" in one ? [one.id] : []));
  expect(report.rows.map((row) => row.case)).toEqual(expect.arrayContaining(refused));
  expect(of(report, "P08").map(({ title }) => title)).toEqual(["refresh for Guide", "refresh for Tools"]);
  expect(of(report, "P03").map(({ title, claims }) => [title, claims])).toEqual([
    [
      "exchange Guide for Tools",
      `sub=barbara.jensen act.sub=${tenant.id(GUIDE)} aud=[https://tools.example.com] scope=[tools:use]`,
    ],
  ]);
  expect(await tenant.control("dump")).toEqual(before);
  expect(await tenant.control("pingone/consents")).toEqual({ consents: [] });
});

test("what somebody changed by hand fails, and the cause is named", async () => {
  const putBack = await change({ grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"], responseTypes: [] });
  const report = await tenant.verify(tenant.signOn, { cases: ["P07", "P03"] });
  expect(failed(report)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^P07: .*lacks the grant type AUTHORIZATION_CODE.*no token was issued/),
    ]),
  );
  await putBack();

  const protect = await change({ additionalRefreshTokenReplayProtectionEnabled: false });
  expect(failed(await tenant.verify(tenant.signOn, { cases: ["N77", "N78", "N79"] }))).toEqual([
    expect.stringContaining("tokens.refreshTokenReplayProtection is false"),
    "N78: status 200 instead of 400",
    "N79: the token counts as active",
  ]);
  await protect();

  const claims = tenant.admin.resourceAttributes(tenant.id("Guide"));
  const mayAct = (await claims.list()).find(({ name }) => name === "may_act") ?? expect.unreachable();
  await claims.replace(mayAct.id, { name: "may_act", value: JSON.stringify({ sub: "somebody-else" }) });
  expect(failed(await tenant.verify(tenant.signOn, { cases: ["P07", "P03"] }))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^P07: may_act.sub somebody-else/),
      expect.stringMatching(/^P03: act/),
    ]),
  );
  await claims.replace(mayAct.id, { name: "may_act", value: String(mayAct.value) });

  const assignments = tenant.admin.below(tenant.id(GUIDE), "signOnPolicyAssignments");
  const [assigned = expect.unreachable()] = await assignments.list();
  await assignments.delete(assigned.id);
  expect(failed(await tenant.verify(tenant.signOn, { cases: ["P07"] }))).toEqual([
    "P07: acr Single_Factor is none of [Consent-Login]",
    "P07: acr Single_Factor is none of [Consent-Login]",
  ]);
  await assignments.create({ signOnPolicy: assigned.signOnPolicy, priority: 1 });
});

test("a user who is refused at the page is not tried again", async () => {
  const credentials = {
    clientId: async (key: string) => tenant.ids[key],
    clientSecret: async (key: string) => tenant.secrets[key],
    password: async () => "wrong",
    privateKey: async () => undefined,
  };
  await tenant.control("requests/clear", {});
  const { rows } = await tenant.verify(tenant.signOn, { credentials, cases: ["P07"] });
  expect(rows.map(({ verdict, cause }) => [verdict, cause])).toEqual([
    ["inconclusive", "the sign-on page refuses barbara.jensen: Wrong user name or password."],
    ["inconclusive", expect.stringContaining("not tried again, so that no account is locked")],
  ]);
  const { requests } = (await tenant.control("requests")) as { requests: { method: string; path: string }[] };
  expect(requests.filter(({ method, path }) => method === "POST" && path.endsWith("/signon"))).toHaveLength(1);
});

test("an agent that has to push its requests does so, and one that may use a refresh token again is let", async () => {
  const [agent = expect.unreachable()] = tenant.signOn.agents;
  const settings = {
    ...agent.settings,
    ...{ "authorization.requirePushedAuthorizationRequests": true, "tokens.refreshTokenGracePeriod": 60 },
  };
  const putBack = await change({ parRequirement: "REQUIRED", refreshTokenRollingGracePeriodDuration: 60 });
  const plan = { ...tenant.signOn, agents: [{ ...agent, settings }] };
  const cases = ["P07", "P09", "N03", "N61", "N62", "N63", "N64", "N65", "N77", "N78"];
  const { rows } = await tenant.verify(plan, { cases });
  expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  expect([...new Set(rows.map(({ case: id }) => id))].sort()).toEqual([...cases].sort());
  await putBack();
});
