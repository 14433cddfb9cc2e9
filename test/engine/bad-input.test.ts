/** Mistakes of the user and failures of the tenant: each with a clear error, and the tenant unchanged. */

import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { startAic } from "../support/aic.ts";
import { hands, part } from "../support/hands.ts";
import { writes } from "../support/tenant.ts";
import { summary } from "./cli.ts";
import { development, everything, everythingCount, everythingEnv } from "./declarations.ts";
import { openProject, type RunOptions } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const stack = await addStack("bad", development);
const byHand = hands(tenant);

const agent = { name: "Support Agent", pattern: "on-behalf-of", owners: ["demo.owner"] };
const toLegacyPortal = { application: "legacy-portal", scopes: ["profile"], subjects: ["barbara.jensen"] };
const withAgent = (settings: object) => ({ ...development, agents: { "support-agent": { ...agent, ...settings } } });

beforeEach(() => tenant.reset());

/** Runs `up` on a declaration that must fail, and leave the tenant as it is; answers what the user sees. */
async function refused(declaration: string | object, options: RunOptions = {}): Promise<string> {
  const before = await tenant.dump();
  stack.declare(declaration);
  const { stdout, stderr } = await stack.up({ exit: 1, ...options });
  expect(await tenant.dump()).toStrictEqual(before);
  const said = stdout + stderr;
  expect(said).not.toMatch(/^\s+at .*\.ts:\d+/m); // an expected mistake prints no stack
  return said;
}

// What else a declaration can do wrong is refused before the engine has a part in it: test/declaration.
describe("the declaration", () => {
  test.for<[name: string, text: string, ...said: string[]]>([
    [
      "has an unknown key",
      `${stringify(development)}agents:\n  support-agent:\n    name: Support\n    pattern: autonomous\n    scope: [a]\n`,
      "ERR_DECLARATION",
      'bad.declaration.yaml:8:5 agents.support-agent.scope: unknown key "scope"; did you mean "scopes"?',
    ],
    [
      "is no YAML",
      `${stringify(development)}agents: [\n`,
      "ERR_DECLARATION",
      "bad.declaration.yaml:5:1 Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    [
      "names a user that does not exist",
      stringify(withAgent({ owners: ["nobody"] })),
      "ERR_NAME_NOT_FOUND",
      'there is no managed/alpha_user with userName "nobody"',
      "aic:AiAgent alpha/support-agent, field owners[0], tenant http://127.0.0.1",
    ],
    [
      "maps an acr value to a journey that does not exist",
      stringify({ ...development, provider: { acr: { push: "Logn" } } }),
      "ERR_NAME_NOT_FOUND",
      'realm alpha has no journey "Logn"; the nearest name is "Login"',
    ],
  ])("%s", async ([, text, ...said]) => {
    const output = await refused(text);
    for (const part of said) expect(output).toContain(part);
  });

  test("names a user whom two match", async () => {
    const body = (_id: string) => ({ _id, userName: "twin", givenName: "T", sn: "Win", mail: "twin@example.com" });
    const path = (id: string) => `/openidm/managed/alpha_user/${id}`;
    const objects = [randomUUID(), randomUUID()].map((id) => ({ path: path(id), body: body(id) }));
    await tenant.control("load", { objects });
    const output = await refused(withAgent({ owners: ["twin"] }));
    expect(output).toContain("ERR_NAME_AMBIGUOUS");
    expect(output).toContain('2 objects match managed/alpha_user with userName "twin"');
  });
});

describe("the service account", () => {
  test("has another key", async () => {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const key = JSON.stringify({ ...(await exportJWK(privateKey)), alg: "RS256" });
    const output = await refused(withAgent({}), { env: { AIC_SERVICE_ACCOUNT_KEY: key } });
    expect(output).toContain("ERR_API_UNAUTHENTICATED");
    expect(output).toContain("AIC_SERVICE_ACCOUNT_KEY is the private key that belongs to it");
  });

  test("has a key that is none", async () => {
    const output = await refused(withAgent({}), { env: { AIC_SERVICE_ACCOUNT_KEY: "{not a key}" } });
    expect(output).toContain("ERR_SETTING_INVALID");
    expect(output).not.toContain("not a key");
  });

  test("is not known to the tenant", async () => {
    const output = await refused(withAgent({}), { env: { AIC_SERVICE_ACCOUNT_ID: randomUUID() } });
    expect(output).toContain("ERR_API_UNAUTHENTICATED");
  });

  test("was switched off", async () => {
    await tenant.control("load", { objects: [await inactiveAccount()] });
    expect(await refused(withAgent({}))).toContain("ERR_API_UNAUTHENTICATED");
  });

  test("is not named at all", async () => {
    const output = await refused(withAgent({}), { env: { AIC_SERVICE_ACCOUNT_ID: "", AIC_SERVICE_ACCOUNT_KEY: "" } });
    expect(output).toContain("ERR_SETTING_MISSING");
    expect(output).toContain("pulumi config set --secret ping-agents:serviceAccountKey");
  });
});

async function inactiveAccount() {
  const { serviceAccount } = tenant.sandbox;
  const account = (await tenant.dump())["managed/svcacct"]?.[serviceAccount.id];
  const { body } = { body: {}, ...(account as object) };
  return { path: `/openidm/managed/svcacct/${serviceAccount.id}`, body: { ...body, accountStatus: "Inactive" } };
}

describe("the tenant", () => {
  test("does not answer", async () => {
    const output = await refused(withAgent({}), { env: { AIC_TENANT_URL: "http://127.0.0.1:9" } });
    expect(output).toContain("ERR_API_UNREACHABLE");
    expect(output).toContain("check AIC_TENANT_URL and the network");
  });

  test("is addressed without TLS", async () => {
    const output = await refused(withAgent({}), { env: { AIC_TENANT_URL: "http://tenant.example.com" } });
    expect(output).toContain("ERR_INSECURE_TENANT_URL");
  });

  test("has no AI agents", async () => {
    await tenant.control("feature", { aiagent: false });
    const output = await refused(withAgent({ access: [toLegacyPortal] }));
    expect(output).toContain("npx ping-agents enable");
    expect(new Set(output.match(/ERR_\w+/g))).toEqual(new Set(["ERR_AI_AGENTS_DISABLED"]));
  });

  test("answers with the gateway's page half-way, and the next up comes through", async () => {
    stack.declare(everything);
    await tenant.arm({ pathPattern: "^/openidm", status: 503, after: 6, times: 1_000 });
    const { stdout } = await stack.up({ exit: 1, env: everythingEnv });
    expect(stdout).toContain("ERR_API_OUTAGE");
    expect(stdout).toContain("run the command again");
    expect(stdout).not.toContain("<html>");
    await tenant.arm();
    await stack.up({ env: everythingEnv });
    expect(summary(await stack.drift())).toEqual({ unchanged: everythingCount });
    await stack.destroy();
  });

  test("cuts connections now and then, before and after the effect: no failure at all", async () => {
    stack.declare(everything);
    const cut = (drop: "before" | "after", pathPattern: string) => ({ method: "PUT", pathPattern, drop });
    await tenant.arm(cut("after", "AIAgent"), cut("before", "OAuth2Client"), cut("after", "aiagentprivilege"));
    expect(summary(await stack.up({ env: everythingEnv }))).toEqual({ created: everythingCount });
    await tenant.arm();
    expect(summary(await stack.drift())).toEqual({ unchanged: everythingCount });
    await stack.destroy();
  });
});

describe("outside development", () => {
  const declaration = {
    ...{ ...development, tier: "production" },
    journeys: { "Agent Push Sender": { pattern: "push-approval" } },
    provider: { grantTypes: ["token_exchange"], acr: { push: "Agent Push Sender" } },
  };

  test("static configuration that is not there is asked to be promoted", async () => {
    const output = await refused(declaration);
    expect(output).toContain("ERR_STATIC_CONFIGURATION");
    expect(output).toContain("promote this from development first");
  });

  test("static configuration that is there is enough, is watched, and nothing is written", async () => {
    const promotion = await addStack("promotion", { ...declaration, tier: "development" });
    await promotion.up();
    stack.declare(declaration);
    const seen = await tenant.count(() => stack.up());
    expect(writes(seen)).toEqual([]);

    await byHand.provider((document) => {
      part(document, "advancedOIDCConfig").loaMapping = { push: "Login" };
    });
    expect(await stack.driftedProperties()).toEqual({ "aic:AcrMapping alpha/push": ["journey"] });
    expect(await refused(declaration, { args: ["--refresh"] })).toContain("ERR_STATIC_CONFIGURATION");
    expect(writes(await tenant.count(() => stack.destroy()))).toEqual([]);
  });
});
