/** Mistakes of the user and failures of the tenant: each with a clear error, and the tenant unchanged. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { startAic } from "../support/aic.ts";
import { hands, part } from "../support/hands.ts";
import { writes } from "../support/tenant.ts";
import { summary } from "./cli.ts";
import { development, everything, everythingCount, everythingEnv } from "./declarations.ts";
import { openProject, type RunOptions, type Stack } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
let stack: Stack;
const byHand = hands(tenant);

const agent = { name: "Support Agent", pattern: "on-behalf-of", owners: ["demo.owner"] };
const toLegacyPortal = { application: "legacy-portal", scopes: ["profile"], subjects: ["barbara.jensen"] };
const withAgent = (settings: object) => ({ ...development, agents: { "support-agent": { ...agent, ...settings } } });

beforeEach(async () => {
  await tenant.reset();
  stack = await addStack("bad", development);
});

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

// What else is told of a mistake in a declaration, a setting or a name stands in test/declaration, test/infra and
// test/providers/aic/mistakes.test.ts. Here is one of each way that a refusal comes to the terminal.
test("an unknown key of the declaration", async () => {
  const output = await refused(
    `${stringify(development)}agents:\n  support-agent:\n    name: Support\n    pattern: autonomous\n    scope: [a]\n`,
  );
  expect(output).toContain("ERR_DECLARATION");
  expect(output).toContain(
    'bad.declaration.yaml:8:5 agents.support-agent.scope: unknown key "scope"; did you mean "scopes"?',
  );
});

test("a name that nobody has", async () => {
  const output = await refused(withAgent({ owners: ["nobody"] }));
  expect(output).toContain("ERR_NAME_NOT_FOUND");
  expect(output).toContain('there is no managed/alpha_user with userName "nobody"');
  expect(output).toContain("aic:AiAgent alpha/support-agent, field owners[0], tenant http://127.0.0.1");
});

test("a service account that the tenant does not know", async () => {
  const output = await refused(withAgent({}), { env: { AIC_SERVICE_ACCOUNT_ID: randomUUID() } });
  expect(output).toContain("ERR_API_UNAUTHENTICATED");
  expect(output).toContain("AIC_SERVICE_ACCOUNT_KEY is the private key that belongs to it");
});

test("no service account at all", async () => {
  const output = await refused(withAgent({}), { env: { AIC_SERVICE_ACCOUNT_ID: "", AIC_SERVICE_ACCOUNT_KEY: "" } });
  expect(output).toContain("ERR_SETTING_MISSING");
  expect(output).toContain("pulumi config set --secret ping-agents:serviceAccountKey");
});

describe("the tenant", () => {
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
    // Several resources met it at once; cause and next step are told once.
    expect(stdout.split("Diagnostics:")[1]?.match(/Next: .*run the command again/g)).toHaveLength(1);
    expect(stdout).not.toContain("<html>");
    await tenant.arm();
    await stack.up({ env: everythingEnv });
    expect(summary(await stack.drift())).toEqual({ unchanged: everythingCount });
  });

  test("cuts connections now and then, before and after the effect: no failure at all", async () => {
    stack.declare(everything);
    const cut = (drop: "before" | "after", pathPattern: string) => ({ method: "PUT", pathPattern, drop });
    await tenant.arm(cut("after", "AIAgent"), cut("before", "OAuth2Client"), cut("after", "aiagentprivilege"));
    expect(summary(await stack.up({ env: everythingEnv }))).toEqual({ created: everythingCount });
    await tenant.arm();
    expect(summary(await stack.drift())).toEqual({ unchanged: everythingCount });
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
