/** Example stack P-a: each row of the tables of delegation §1.1, as a request; the sign-on by the forms of its pages, and once in a browser. */

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { decodeJwt } from "jose";
import { afterAll, describe, expect, test } from "vitest";
import { TOKEN_EXCHANGE } from "../../../src/fields/grant-types.ts";
import { openBrowser } from "../../../tools/pictures.ts";
import { startPingOne } from "../../support/pingone.ts";
import { newBrowser, newPkce } from "../../support/sign-on.ts";
import { summary } from "../cli.ts";
import { openProject } from "../project.ts";

const NAME = "pingone-signs-users-in";
const AGENT = "MCP Tutorial";
const REDIRECT = "http://localhost:3000/callback";
const TYPE = "urn:ietf:params:oauth:token-type:access_token";

const tenant = await startPingOne();
afterAll(() => tenant.stop());
const { admin, url, environmentId } = tenant;
const file = new URL(`../../../stacks/examples/${NAME}.yaml`, import.meta.url);
const declaration = readFileSync(file, "utf8");
const stack = await openProject(tenant)(NAME, declaration);
const before = await tenant.dump();
const { created = 0 } = summary(await stack.up());

const rowOf = async (name: string, of: "applications" | "resources") =>
  (await admin[of].list()).find((row) => row.name === name) ?? expect.unreachable(name);
const { id: agent } = await rowOf(AGENT, "applications");
const [user] = await admin.users.list('username eq "barbara.jensen"');
const person = { username: "barbara.jensen", password: tenant.sandbox.users["barbara.jensen"]?.password ?? "" };

type Answer = {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
};

const basic = (id: string, secret: unknown) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
async function post(endpoint: string, authorization: string, form: Record<string, string>): Promise<Answer> {
  const address = `${url}/${environmentId}/as/${endpoint}`;
  const response = await fetch(address, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams(form),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, body, claims: body.access_token ? decodeJwt(String(body.access_token)) : {} };
}
const token = async (form: Record<string, string>, client = agent) =>
  post("token", basic(client, (await admin.secret(client))?.secret), form);

const own = (scope = "agent", client = agent) => token({ grant_type: "client_credentials", scope }, client);
const asked = (challenge: Record<string, string>) => ({
  ...{ response_type: "code", client_id: agent, redirect_uri: REDIRECT, scope: "agent", state: "s1", ...challenge },
});
/** Signs the user in, by the forms of the pages. */
async function signIn(decision: "accept" | "decline" = "accept") {
  const pkce = newPkce();
  const browser = newBrowser(url, environmentId);
  await browser.authorize(asked(pkce.asked));
  const second = await browser.logIn(person);
  const { sentTo } = second.sentTo ? second : await browser.decide(decision);
  return { parameters: sentTo?.searchParams, verifier: pkce.verifier, consent: second.text };
}
const redeem = (code: string | null | undefined, verifier: string) =>
  token({ grant_type: "authorization_code", code: code ?? "", redirect_uri: REDIRECT, code_verifier: verifier });
async function login(): Promise<Answer> {
  const { parameters, verifier } = await signIn();
  return redeem(parameters?.get("code"), verifier);
}
const exchange = (subject: Answer, actor: Answer | undefined) =>
  token({
    ...{ grant_type: TOKEN_EXCHANGE, subject_token: String(subject.body.access_token), subject_token_type: TYPE },
    ...(actor && { actor_token: String(actor.body.access_token), actor_token_type: TYPE }),
    ...{ requested_token_type: TYPE, scope: "test" },
  });

test("is drift-free: nothing to do, and nothing to see", async () => {
  expect(summary(await stack.up())).toEqual({ unchanged: created });
  expect(summary(await stack.drift())).toEqual({ unchanged: created });
});

test("what somebody turns off, adds or rewrites by hand is drift, and put back", async () => {
  const provisioned = await tenant.dump();
  const [agreement] = await admin.agreements.list();
  const { id, name, description, reconsentPeriodDays } = agreement ?? expect.unreachable();
  await admin.agreements.replace(id, { name, description, reconsentPeriodDays, enabled: false });
  const policy = (await admin.signOnPolicies.list()).find((row) => row.name === "Agent-Consent-Login");
  const actions = admin.collection(`signOnPolicies/${policy?.id}/actions`);
  const prompt = (await actions.list()).find(({ type }) => type === "AGREEMENT");
  await actions.delete(String(prompt?.id));
  expect(await stack.driftedProperties()).toEqual({
    "pingone:Agreement agent-consent": ["enabled"],
    "pingone:SignOnPolicy agent-consent-login": ["actions[1]"],
  });
  expect(summary(await stack.up({ args: ["--refresh"] }))).toEqual({ updated: 2, unchanged: created - 2 });
  expect(await tenant.dump()).toEqual(provisioned);
});

describe("Try", () => {
  test("1: the agent's own token names no user, and nobody who may act", async () => {
    const { claims } = await own();
    expect(claims).toMatchObject({
      ...{ aud: ["agent"], client_id: agent, env: environmentId, scope: "agent" },
      ...{ org: expect.any(String), iss: `${url}/${environmentId}/as`, "p1.rid": claims.jti },
    });
    expect(claims).not.toHaveProperty("sub");
    expect(claims).not.toHaveProperty("may_act");
  });

  test("2: the user signs on and consents, and the token names the agent", async () => {
    const { parameters, verifier, consent } = await signIn();
    expect(consent).toContain("The agent MCP Tutorial acts in your name.");
    const { claims, body } = await redeem(parameters?.get("code"), verifier);
    expect(claims).toMatchObject({
      ...{ aud: ["agent"], sub: "barbara.jensen", "p1.userId": user?.id, client_id: agent },
      ...{ may_act: { sub: agent }, acr: "Agent-Consent-Login" },
      ...{ auth_time: expect.any(Number), sid: expect.any(String) },
    });
    const renewed = await token({ grant_type: "refresh_token", refresh_token: String(body.refresh_token) });
    expect(renewed.claims).toMatchObject({ sub: "barbara.jensen", may_act: { sub: agent }, sid: claims.sid });
  });

  test("3: the agent exchanges it, and the gateway sees user and agent", async () => {
    const subject = await login();
    const exchanged = await exchange(subject, await own());
    const { acr, auth_time, sid, exp } = subject.claims;
    expect(exchanged.claims).toMatchObject({
      ...{ aud: ["https://ig.example.com:8443/mcp"], act: { sub: agent }, sub: "barbara.jensen" },
      ...{ "p1.userId": user?.id, acr, auth_time, sid, exp },
    });
    expect(exchanged.claims).not.toHaveProperty("may_act");

    const gateway = await rowOf("test", "resources");
    const secret = await admin.collection(`resources/${gateway.id}`).get("secret");
    const form = { token: String(exchanged.body.access_token) };
    const { body } = await post("introspect", basic(gateway.id, secret?.secret), form);
    expect(body).toMatchObject({ active: true, act: { sub: agent }, sub: "barbara.jensen", client_id: agent });
  });
});

describe("Refused or empty", () => {
  test("the actor token of another client, none, and an own token as the user's: a token without act", async () => {
    const other = await admin.applications.create({
      ...{ name: "Another", type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true },
      ...{
        grantTypes: ["CLIENT_CREDENTIALS"],
        tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC",
        assignActorRoles: false,
      },
    });
    const resource = await rowOf("agent", "resources");
    const scopes = (await admin.scopes(resource.id).list()).map(({ id }) => ({ id }));
    await admin.below(other.id, "grants").create({ resource: { id: resource.id }, scopes });
    const subject = await login();
    for (const [of, actor] of [
      [subject, await own("agent", other.id)],
      [subject, undefined],
      [await own(), await own()],
    ] as const) {
      const { status, claims } = await exchange(of, actor);
      expect([status, claims.aud]).toEqual([200, ["https://ig.example.com:8443/mcp"]]);
      expect(claims).not.toHaveProperty("act");
    }
    await admin.applications.delete(other.id);
  });

  test("a user who declines: no code", async () => {
    await tenant.control("clock", { advanceSeconds: 181 * 86_400 });
    const { parameters } = await signIn("decline");
    expect([parameters?.get("code"), parameters?.get("error")]).toEqual([null, "access_denied"]);
  });

  test("a code without its verifier, and one that was used", async () => {
    const { parameters, verifier } = await signIn();
    const code = parameters?.get("code");
    expect((await redeem(code, "x".repeat(43))).body.error).toBe("invalid_grant");
    expect((await redeem(code, verifier)).body.error, "used up").toBe("invalid_grant");
  });
});

test("a text that changes is a new revision, which everybody is asked to consent to", async () => {
  expect((await signIn()).consent).toBe("");
  const changed = declaration.replace("acts in your name.", "acts for you, and buys what it likes.");
  expect(summary(await stack.declare(changed).up())).toEqual({ updated: 1, unchanged: created - 1 });
  expect((await signIn()).consent).toContain("buys what it likes");
  await stack.declare(declaration).up();
});

test("the same in a browser: from the agent to the pages, and back with a code", async () => {
  const pkce = newPkce();
  const callback = createServer((_request, response) => response.end("<title>Back</title>"));
  await once(callback.listen(3000, "localhost"), "listening");
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/${environmentId}/as/authorize?${new URLSearchParams(asked(pkce.asked))}`);
    await page.getByLabel("User name").fill(person.username);
    await page.getByLabel("Password").fill(person.password);
    await page.getByRole("button", { name: "Sign on" }).click();
    await page.getByRole("heading", { name: "Agent Consent" }).waitFor();
    await page.getByRole("button", { name: "Agree" }).click();
    await page.waitForURL(`${REDIRECT}**`);
    const { claims } = await redeem(new URL(page.url()).searchParams.get("code"), pkce.verifier);
    expect(claims).toMatchObject({ sub: "barbara.jensen", acr: "Agent-Consent-Login" });
  } finally {
    await browser.close();
    callback.close();
  }
});

test("all but the agreement is gone when it is destroyed: PingOne keeps what somebody has consented to, switched off", async () => {
  const { stdout } = await stack.destroy();
  expect(stdout).toContain("stays, switched off");
  const [agreement] = await admin.agreements.list();
  expect(agreement).toMatchObject({ name: "Agent Consent", enabled: false });
  expect(agreement?.description).toContain("released by ping-agents");
  const after = Object.entries((await tenant.dump()) as Record<string, unknown>).filter(
    ([collection]) => !collection.includes("agreements"),
  );
  expect(Object.fromEntries(after)).toEqual(before);
});

test("declared again, the agreement is taken over where that is allowed", async () => {
  const adopting = declaration.replace("  agent-consent:\n", "  agent-consent:\n    adopt: overwrite\n");
  expect(summary(await stack.declare(adopting).up())).toEqual({ created });
  expect(await admin.agreements.list()).toMatchObject([{ name: "Agent Consent", enabled: true }]);
});
