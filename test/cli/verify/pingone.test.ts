/** `ping-agents verify` for a PingOne environment: what the declaration asks for, and the command as a user runs it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pingOnePlanOf } from "../../../src/cli/verify/pingone-plan.ts";
import type { PingOneDeclaration } from "../../../src/components/pingone/declaration.ts";
import { ACT_EXPRESSION } from "../../../src/components/pingone/delegation.ts";
import { loadAnyDeclaration } from "../../../src/platforms.ts";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";
import { startTenant, type Tenant } from "../../verify/pingone/tenant.ts";
import { project } from "../command.ts";

const read = (text: string): PingOneDeclaration => {
  const declaration = loadAnyDeclaration(text, "test.yaml");
  return declaration.platform === "pingone" ? declaration : expect.unreachable("another platform");
};

describe("the plan", () => {
  const dev = read(readFileSync(join(projectRoot, "stacks", "pingone-dev.yaml"), "utf8"));

  test("has each agent's access with audience and lifetime, and by whose tokens it acts for users", () => {
    const { agents, scopes } = pingOnePlanOf(dev);
    const readOrders = {
      ...{ resource: "Orders API", audience: "https://orders.example.com", lifetime: 900 },
      scopes: ["orders:read"],
    };
    const [support, watcher, refund] = agents;
    expect(support).toMatchObject({
      ...{ key: "support-agent", pattern: "on-behalf-of", enabled: true, authMethod: "client_secret_basic" },
      grantTypes: ["client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"],
      access: [readOrders, { resource: "Agents API", lifetime: 3_600, scopes: ["agent:act"] }],
      actsFor: [{ resource: "Support Portal API", scopes: ["portal:use"], application: "support-portal" }],
    });
    expect(watcher).toMatchObject({ pattern: "autonomous", access: [readOrders], actsFor: [] });
    expect(refund).toMatchObject({
      ...{ pattern: "approved", grantTypes: ["urn:openid:params:grant-type:ciba"], mixesResources: true },
      ...{ access: [{ ...readOrders, scopes: ["orders:write"] }], openid: ["openid", "profile"] },
    });
    expect(scopes).toEqual(["portal:use", "orders:read", "orders:write", "agent:act", "openid", "profile"]);
  });

  test("one agent only, by key; another key is an error that says which there are", () => {
    expect(pingOnePlanOf(dev, "stock-watcher").agents.map(({ key }) => key)).toEqual(["stock-watcher"]);
    expect(() => pingOnePlanOf(dev, "nobody")).toThrow(/ERR_AGENT_UNKNOWN.*\n.*stock-watcher/);
  });

  test("has what hangs below applications and resources, and what is allowed there", () => {
    const allow = '[{ access: "grant/Other", reason: tests, owner: anna }]';
    const { agents, applications, resources } = pingOnePlanOf(
      read(`
platform: pingone
resources:
  shop-api: { name: Shop, scopes: { buy: "" }, claims: { tier: gold }, allow: [{ access: scope/sell, reason: t, owner: o }] }
applications:
  portal:
    name: Portal
    type: web
    enabled: false
    owners: [anna]
    redirectUris: [https://shop.example/cb]
    policies: { kind: sign-on, names: [Single_Factor] }
    claims: { mail: { value: email } }
    userAccess: { groups: { match: any, names: [staff] } }
    access: [{ resource: shop-api, scopes: [buy] }]
  till: { name: Till, type: web, access: [{ resource: shop-api, scopes: [buy] }] }
agents:
  clerk:
    name: Clerk
    pattern: on-behalf-of
    actsForUsersOf: [shop-api]
    allow: ${allow}
    access: [{ resource: shop-api, scopes: [buy] }]
`),
    );
    expect(applications[0]).toMatchObject({
      ...{ key: "portal", enabled: false, owners: ["anna"], policies: ["Single_Factor"], claims: { mail: "email" } },
      settings: {
        redirectUris: ["https://shop.example/cb"],
        "userAccess.groups": true,
        "userAccess.groups.names": ["staff"],
      },
    });
    expect(resources).toEqual([
      {
        ...{ name: "Shop", scopes: ["buy"], settings: { audience: "Shop" } },
        claims: { may_act: undefined, act: ACT_EXPRESSION, tier: "gold" },
        allow: [{ access: "scope/sell", reason: "t", owner: "o" }],
      },
    ]);
    // Nobody signs on to what is switched off.
    expect(agents[0]).toMatchObject({ allow: [{ access: "grant/Other" }], actsFor: [{ application: "till" }] });
  });

  test("has the tokens that an agent gets by signing users in and may exchange, and what its users consent to", () => {
    const example = read(readFileSync(join(projectRoot, "stacks", "examples", "pingone-signs-users-in.yaml"), "utf8"));
    const { agents, resources } = pingOnePlanOf(example);
    const agent = { resource: "agent", scopes: ["agent"], audience: "agent", lifetime: 3_600 };
    expect(agents).toMatchObject([
      {
        ...{ key: "mcp-tutorial", pattern: "signs-users-in", policies: ["Agent-Consent-Login"] },
        ...{ actsFor: [{ ...agent, application: "mcp-tutorial" }], agreements: ["Agent Consent"] },
        settings: { redirectUris: ["http://localhost:3000/callback"], "authorization.pkce": "s256_required" },
      },
    ]);
    expect(resources.map(({ required }) => required)).toEqual([undefined, undefined]);
  });

  test("has the users of an agent that signs them in where another exchanges their tokens", () => {
    const { delegates } = pingOnePlanOf(
      read(`
platform: pingone
resources:
  desk: { name: Desk, scopes: { ask: "" } }
  tool: { name: Tool, scopes: { use: "" } }
agents:
  guide:
    name: Guide
    pattern: signs-users-in
    redirectUris: [https://guide.example/cb]
    access: [{ resource: desk, scopes: [ask] }]
applications:
  relay: { name: Relay, type: service, delegates: [{ with: desk, resource: tool, scopes: [use] }] }
`),
    );
    expect(delegates).toMatchObject([{ source: { is: "user", tokens: { resource: "Desk", application: "guide" } } }]);
  });

  test("looks at no audience of a resource that others manage, and honours what is declared over the pattern", () => {
    const { agents } = pingOnePlanOf(
      read(`
platform: pingone
agents:
  shopper:
    name: Shopper
    pattern: autonomous
    enabled: false
    authMethod: client_secret_post
    grantTypes: [client_credentials, ciba]
    access: [{ resource: Shop, scopes: [buy] }]
`),
    );
    expect(agents).toMatchObject([
      {
        ...{ enabled: false, authMethod: "client_secret_post", access: [{ resource: "Shop", scopes: ["buy"] }] },
        grantTypes: ["client_credentials", "urn:openid:params:grant-type:ciba"],
      },
    ]);
    expect(agents[0]?.access[0]).not.toHaveProperty("audience");
  });
});

describe("the command", () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await startTenant();
  });
  afterAll(() => tenant.sandbox.stop());

  const DECLARATION = `platform: pingone
resources:
  orders:
    name: Orders
    audience: https://orders.example.com
    accessTokenLifetime: 900
    scopes: { "orders:read": "", "orders:write": "" }
    claims: { act: ${JSON.stringify(ACT_EXPRESSION)} }
agents:
  stock-watcher:
    name: stock-watcher
    pattern: autonomous
    authMethod: client_secret_post
    access: [{ resource: orders, scopes: ["orders:read"] }]
`;
  /** There are no stack outputs: everything comes from the environment. */
  const environment = () => ({
    PINGONE_API_URL: tenant.settings.apiUrl,
    PINGONE_AUTH_URL: tenant.settings.authUrl,
    PINGONE_ENVIRONMENT_ID: tenant.settings.environmentId,
    PINGONE_CLIENT_ID: tenant.settings.clientId,
    PINGONE_CLIENT_SECRET: tenant.settings.clientSecret,
    PING_AGENTS_SANDBOX_CONTROL_TOKEN: tenant.sandbox.controlToken,
  });
  const secrets = () => ({
    PING_AGENTS_CLIENT_ID_STOCK_WATCHER: tenant.id("stock-watcher"),
    PING_AGENTS_SECRET_STOCK_WATCHER: String(tenant.secrets["stock-watcher"]),
  });
  const run = (env: Record<string, string>, ...args: string[]) =>
    project({ store: DECLARATION }).run(["verify", ...args], env);

  test("ends with 0 and a table where everything is as declared", async () => {
    const { code, stdout, stderr } = await run({ ...environment(), ...secrets() });
    expect(code, stderr + stdout).toBe(0);
    expect(stdout).toContain(`environment ${tenant.settings.environmentId} (sandbox)`);
    expect(stdout).toMatch(/^\d+ passed, 0 failed, 0 inconclusive; \d+ cases$/m);
    expect(stdout).toMatch(/^stock-watcher +orders:read +Orders +itself +without a user +PASS$/m);
    expect(stdout).toMatch(/^\d+ refusals as expected \(--all lists them\)$/m);
  });

  test("ends with 2 and says what to set without ids and secrets", async () => {
    const { code, stdout } = await run(environment(), "--format", "markdown");
    expect(code).toBe(2);
    expect(stdout).toContain("set PING_AGENTS_SECRET_STOCK_WATCHER");
  });

  test("asks for a word before it goes to a real environment", async () => {
    const { code, stderr } = await run({ ...environment(), PINGONE_AUTH_URL: "https://auth.pingone.eu" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/ERR_TARGET.*\n.*https:\/\/auth\.pingone\.eu\n.*--target tenant/);
  });

  test.each([
    ["a worker that is refused", { PINGONE_CLIENT_SECRET: "wrong" }, /ERR_VERIFY_LOGIN.*\n.*PINGONE_CLIENT_ID/],
    ["another control token", { PING_AGENTS_SANDBOX_CONTROL_TOKEN: "x" }, /ERR_VERIFY_CONTROL/],
  ])("%s ends with 1 and one clear message", async (_what, wrong, message) => {
    const { code, stderr } = await run({ ...environment(), ...secrets(), ...wrong });
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
  });
});
