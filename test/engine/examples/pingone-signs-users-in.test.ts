/** Example stack P-a: each row of the tables of delegation §1.1, by verify and where that looks at less as a request; the sign-on once in a browser. */

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { decodeJwt } from "jose";
import { afterAll, expect, test } from "vitest";
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
const token = async (form: Record<string, string>) =>
  post("token", basic(agent, (await admin.secret(agent))?.secret), form);

const asked = (challenge: Record<string, string>) => ({
  ...{ response_type: "code", client_id: agent, redirect_uri: REDIRECT, scope: "agent", state: "s1", ...challenge },
});
/** Signs the user in, by the forms of the pages. */
async function signIn() {
  const pkce = newPkce();
  const browser = newBrowser(url, environmentId);
  await browser.authorize(asked(pkce.asked));
  const second = await browser.logIn(person);
  const { sentTo } = second.sentTo ? second : await browser.decide("accept");
  return { parameters: sentTo?.searchParams, verifier: pkce.verifier, consent: second.text };
}
const redeem = (code: string | null | undefined, verifier: string) =>
  token({ grant_type: "authorization_code", code: code ?? "", redirect_uri: REDIRECT, code_verifier: verifier });
const exchange = (subject: Answer, actor: Answer) =>
  token({
    ...{ grant_type: TOKEN_EXCHANGE, subject_token: String(subject.body.access_token), subject_token_type: TYPE },
    ...{ actor_token: String(actor.body.access_token), actor_token_type: TYPE },
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

/** Runs verify. @returns its rows */
async function verify(args: string[] = [], exit = 0) {
  const env = {
    PING_AGENTS_PASSWORD_BARBARA_JENSEN: person.password,
    PING_AGENTS_SANDBOX_CONTROL_TOKEN: tenant.sandbox.controlToken,
  };
  const { stdout } = await stack.kit(["verify", NAME, "--user", person.username, "--format", "json", ...args], {
    ...{ env, exit },
  });
  type Row = {
    readonly case: string;
    readonly title: string;
    readonly verdict: string;
    readonly claims?: string;
    readonly cause?: string;
  };
  return (JSON.parse(stdout) as { rows: Row[] }).rows;
}

test("verify proves it hop by hop, tries every way around it, and takes its consents back", async () => {
  const rows = await verify();
  expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  const said = (id: string) => rows.filter((row) => row.case === id).map(({ title, claims }) => `${title}: ${claims}`);
  const gateway = "https://ig.example.com:8443/mcp";
  // Try 1: nobody is named who may act, and nobody acted. Tries 2 and 3; a token of the gateway by a sign-on has no sub to carry.
  expect(said("P01")).toEqual([
    "own token for agent: aud=[agent] scope=[agent]",
    `own token for test: aud=[${gateway}] scope=[test]`,
  ]);
  expect(said("P07")).toEqual([
    `sign-on for agent: sub=barbara.jensen may_act.sub=${agent} aud=[agent] scope=[agent]`,
    `sign-on for test: aud=[${gateway}] scope=[test]`,
  ]);
  expect(said("P08")).toHaveLength(2);
  expect(said("P03")).toEqual([
    `exchange agent for test: sub=barbara.jensen act.sub=${agent} aud=[${gateway}] scope=[test]`,
  ]);
  // An actor token of another client, none, and an own token as the user's; who declines; codes that are used, or another's.
  for (const id of ["N14", "N15", "N17", "N65", "N71", "N75"])
    expect(
      rows.some((row) => row.case === id),
      id,
    ).toBe(true);
  expect(await tenant.control("pingone/consents")).toEqual({ consents: [] });
});

test("on a real environment nobody is told to sign on where nobody is at a terminal", async () => {
  const rows = await verify(["--target", "tenant"], 2);
  const signOns = rows.filter((row) => row.case === "P07");
  const cause = "nobody is told to sign on: run verify at a terminal, or say --approval-timeout";
  expect(signOns.map((row) => [row.verdict, row.cause])).toEqual(Array(2).fill(["inconclusive", cause]));
  const [late] = await verify(["--target", "tenant", "--approval-timeout", "1"], 2).then((all) =>
    all.filter((row) => row.case === "P07"),
  );
  expect(late?.cause).toBe("barbara.jensen did not come back from the browser within 1 s");
});

test("the gateway sees user and agent: it asks with the id and secret of its resource", async () => {
  const { parameters, verifier, consent } = await signIn();
  expect(consent).toContain("The agent MCP Tutorial acts in your name.");
  const subject = await redeem(parameters?.get("code"), verifier);
  expect(subject.claims).toMatchObject({ "p1.userId": user?.id, org: expect.any(String), env: environmentId });
  const actor = await token({ grant_type: "client_credentials", scope: "agent" });
  expect(actor.claims["p1.rid"]).toBe(actor.claims.jti);
  const exchanged = await exchange(subject, actor);
  const gateway = await rowOf("test", "resources");
  const secret = await admin.collection(`resources/${gateway.id}`).get("secret");
  const form = { token: String(exchanged.body.access_token) };
  const { body } = await post("introspect", basic(gateway.id, secret?.secret), form);
  expect(body).toMatchObject({ active: true, act: { sub: agent }, sub: "barbara.jensen", client_id: agent });
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
