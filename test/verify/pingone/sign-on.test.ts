/** How agents that sign users in are verified: on the pages of a local tenant, as a browser would. */
import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitCode, type Report } from "../../../src/verify/index.ts";
import { codeCases } from "../../../src/verify/pingone/cases/code.ts";
import type { PingOneVerifyOptions } from "../../../src/verify/pingone/index.ts";
import { newBrowser } from "../../support/sign-on.ts";
import { GUIDE, PORTAL, SUPPORT, startTenant, type Tenant } from "./tenant.ts";

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
  const flowPolicy = (await tenant.admin.flowPolicies.list()).find(({ name }) => name === "Agent Sign On");
  const flows = tenant.admin.below(tenant.id(GUIDE), "flowPolicyAssignments");
  const { id: flow } = await flows.create({ flowPolicy: { id: flowPolicy?.id }, priority: 1 });
  const [row] = of(await tenant.verify(tenant.signOn, { cases: ["P07"] }), "P07");
  expect([row?.verdict, row?.cause]).toEqual([
    "inconclusive",
    expect.stringMatching(/^the sign-on ends with 501: .*a sign-on by a DaVinci flow policy/),
  ]);
  await flows.delete(flow);
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

describe("on a real environment a person signs on", () => {
  /** What is told, and a browser that follows it. @param before what it does before it comes back */
  function person(decision: "accept" | "decline", before: (back: URL) => Promise<unknown> = async () => {}) {
    const told: string[] = [];
    const pages: { headers: Headers; text: string }[] = [];
    const follow = async (url: URL) => {
      const browser = newBrowser(url.origin, tenant.settings.environmentId);
      await browser.authorize(Object.fromEntries(url.searchParams));
      const username = "barbara.jensen";
      const second = await browser.logIn({ username, password: tenant.sandbox.users[username]?.password ?? "" });
      const { sentTo = expect.unreachable() } = second.sentTo ? second : await browser.decide(decision);
      await before(sentTo);
      const page = await fetch(sentTo);
      pages.push({ headers: page.headers, text: await page.text() });
    };
    const progress = (line: string) => {
      told.push(line);
      const [, url] = /please sign on within \d+ s at (\S+)$/.exec(line) ?? [];
      if (url) void follow(new URL(url));
    };
    return { told, pages, options: { target: "tenant", progress } as const };
  }

  test("once for each resource: sign-on, refresh and exchange are held to the declaration, and the consent stays", async () => {
    const { told, pages, options } = person("accept");
    const { rows } = await tenant.verify(tenant.signOn, options);
    expect(rows.map(({ case: id, verdict }) => `${id} ${verdict}`)).toEqual(
      ["P01", "P01", "P07", "P08", "P07", "P08", "P03"].map((id) => `${id} pass`),
    );
    expect(told).toHaveLength(2);
    expect(pages.map(({ text }) => text)).toEqual(Array(2).fill(expect.stringContaining("You have signed on.")));
    expect(pages[0]?.headers.get("content-security-policy")).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(await tenant.control("pingone/consents")).toMatchObject({ consents: [{ user: expect.any(String) }] });
    const [{ user }] = ((await tenant.control("pingone/consents")) as { consents: [{ user: string }] }).consents;
    await tenant.control("pingone/consents", { user, consents: [] });
  });

  test("what comes without the state of the request is sent away; who declines has no token", async () => {
    const seen: number[] = [];
    const { told, pages, options } = person("decline", async (back) => {
      const forged = new URL(back);
      forged.searchParams.set("state", "x");
      for (const url of [forged, new URL("/else", back)]) seen.push((await fetch(url)).status);
    });
    const { rows } = await tenant.verify(tenant.signOn, { ...options, cases: ["P07", "P08"] });
    expect(rows[0]).toMatchObject({ verdict: "fail", cause: "no token was issued" });
    expect(told, "once for each of two resources").toHaveLength(2);
    expect(rows[0]?.got).toMatch(/^303 access_denied/);
    expect(seen.slice(0, 2)).toEqual([400, 404]);
    expect(pages[0]?.text).toContain("The sign-on was refused.");
  });

  test("a public application's users as well, where there is a way back to this machine", async () => {
    const portal = tenant.id(PORTAL);
    const live = (await tenant.admin.applications.get(portal)) ?? expect.unreachable();
    await tenant.admin.applications.replace(portal, {
      ...{ ...live, redirectUris: [tenant.callback] },
      ...{ responseTypes: ["CODE"], tokenEndpointAuthMethod: "NONE" },
    });
    const settings = { redirectUris: ["https://portal.example.com/cb", tenant.callback], responseTypes: ["code"] };
    const applications = tenant.plan.applications.map((one) => ({ ...one, authMethod: "none", settings }));
    const agents = tenant.plan.agents.filter(({ key }) => key === SUPPORT);
    const plan = { ...tenant.plan, agents, applications };
    const { rows } = await tenant.verify(plan, { ...person("accept").options, cases: ["P02", "P03"] });
    expect(rows.map(({ case: id, verdict }) => `${id} ${verdict}`)).toEqual(["P02 pass", "P03 pass", "P03 pass"]);
    await tenant.admin.applications.replace(portal, live);
  });

  const inconclusive = async (options: Partial<PingOneVerifyOptions>, callback = tenant.callback) => {
    const agents = tenant.signOn.agents.map((one) => ({
      ...one,
      settings: { ...one.settings, redirectUris: [callback] },
    }));
    const given = { ...options, target: "tenant", cases: ["P07"] } as const;
    const { rows } = await tenant.verify({ ...tenant.signOn, agents }, given);
    expect(rows.filter(({ case: id }) => id === "P07").map(({ verdict }) => verdict)).toEqual(
      Array(2).fill("inconclusive"),
    );
    return rows.filter(({ case: id }) => id === "P07").map(({ cause }) => cause);
  };

  test("nobody to tell, nobody who comes, no way back, and a port that is taken: inconclusive, with what to do", async () => {
    expect((await inconclusive({ isAttended: false }))[0]).toMatch(
      /run verify at a terminal, or say --approval-timeout/,
    );
    expect(await inconclusive({ approvalTimeout: 0.05 })).toEqual([
      "barbara.jensen did not come back from the browser within 0.05 s",
      "not asked again, since barbara.jensen did not come back from the browser within 0.05 s",
    ]);
    expect((await inconclusive({}, "https://guide.example.com/cb"))[0]).toMatch(/declare one as http:\/\/127\.0\.0\.1/);
    const other = createServer().listen(Number(new URL(tenant.callback).port), "127.0.0.1");
    await once(other, "listening");
    expect((await inconclusive({}))[0]).toMatch(/no way back .*: another program listens there: end it/);
    other.close();
  });
});

test("an interruption ends the wait for a person, and nobody listens any more", async () => {
  const interruption = new AbortController();
  const options = { target: "tenant", signal: interruption.signal, progress: () => interruption.abort() } as const;
  await expect(tenant.verify(tenant.signOn, { ...options, cases: ["P07"] })).rejects.toThrow("aborted");
  await expect(fetch(tenant.callback)).rejects.toThrow("fetch failed");
});

test("an agent that has to push its requests does so, and one that may use a refresh token again is let", async () => {
  const [agent = expect.unreachable()] = tenant.signOn.agents;
  const settings = {
    ...agent.settings,
    ...{ "authorization.requirePushedAuthorizationRequests": true, "tokens.refreshTokenGracePeriod": 60 },
  };
  const putBack = await change({ parRequirement: "REQUIRED", refreshTokenRollingGracePeriodDuration: 60 });
  const plan = { ...tenant.signOn, agents: [{ ...agent, settings }] };
  const cases = ["P07", "P08", "N03", "N61", "N62", "N63", "N64", "N65", "N77", "N78"];
  const { rows } = await tenant.verify(plan, { cases });
  expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  expect([...new Set(rows.map(({ case: id }) => id))].sort()).toEqual([...cases].sort());
  await putBack();
});
