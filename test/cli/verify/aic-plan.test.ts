/** The declaration of the documented scenarios as what the verifier is to prove. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aicPlanOf } from "../../../src/cli/verify/aic-plan.ts";
import { aicDeclarationSchema } from "../../../src/components/aic/declaration.ts";
import { parseDeclaration } from "../../../src/declaration/load.ts";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const CIBA = "urn:openid:params:grant-type:ciba";
const read = (text: string) => parseDeclaration(text, "test.yaml").check(aicDeclarationSchema);
const dev = read(readFileSync(new URL("../../../stacks/dev.yaml", import.meta.url), "utf8"));
const agents = (user?: string) => Object.fromEntries(aicPlanOf(dev, { user }).agents.map((one) => [one.clientId, one]));

describe("stacks/dev.yaml", () => {
  test("an autonomous agent: own token and exchange", () => {
    expect(agents()["bot-traffic-analyzer-agent"]).toMatchObject({
      type: "AIAgent",
      pattern: "autonomous",
      scopes: ["monitor-system"],
      authMethod: "client_secret_post",
      grantTypes: expect.arrayContaining(["client_credentials", EXCHANGE]),
      access: [{ application: { clientId: "web-server-logs-api-app" }, scopes: ["logs-read", "logs-search"] }],
    });
  });

  test("an agent on behalf of a user: subjects, groups, and how the application gets the user's token", () => {
    expect(agents()["digital-assistant-ai-agent"]).toMatchObject({
      pattern: "on-behalf-of",
      access: [
        {
          application: { grantTypes: expect.arrayContaining(["password"]), authMethod: "client_secret_post" },
          scopes: ["read-data"],
          subjects: ["barbara.jensen"],
          subjectGroups: ["customers"],
        },
      ],
    });
  });

  test("an application that asks users: an agent of its own, with acr, journey and user", () => {
    expect(agents("end.user")["ai-agent"]).toMatchObject({
      type: "OAuth2Client",
      pattern: "approved",
      authMethod: "client_secret_basic",
      grantTypes: expect.arrayContaining(["client_credentials", CIBA]),
      ciba: { acr: "push", journey: "Agent Push Sender", users: ["end.user"] },
    });
  });

  test("one agent only, by name; another name is an error that says which there are", () => {
    expect(aicPlanOf(dev, { agent: "ai-agent" }).agents).toHaveLength(1);
    expect(() => aicPlanOf(dev, { agent: "nobody" })).toThrow(/ERR_AGENT_UNKNOWN.*\n.*bot-traffic-analyzer-agent/);
  });
});

test("settings that decide about access, keys and labels, what is switched off, and what is allowed", () => {
  const allow = "{ access: id-1, reason: tests, owner: anna, expires: 2026-12-31 }";
  const plan = aicPlanOf(
    read(`
platform: aic
realm: alpha
tier: development
provider:
  acr: { push: Sender, strong: Login }
  allow: [{ access: acr/weak, reason: the bank's own, owner: anna }]
applications:
  shop: { name: Shop, type: web, redirectUris: [https://shop.example/cb], secret: { esv: esv-shop }, enabled: false }
  portal: { name: Portal, type: spa, ciba: { keys: generated } }
agents:
  buyer:
    name: Buyer
    pattern: autonomous
    tokens: { refreshTokenLifetime: 60 }
    overrides: { accessTokenMayActScript: some-script }
    access: [{ application: shop, scopes: all }]
    allow: [${allow}]
`),
  );
  expect(plan).toMatchObject({
    acr: ["push", "strong"],
    allow: [{ access: "acr/weak" }],
    applications: [
      {
        ...{ clientId: "shop", name: "Shop", enabled: false },
        settings: { redirectUris: ["https://shop.example/cb"], "authentication.secretLabel": "shop" },
      },
    ],
    agents: [
      {
        allow: [{ access: "id-1", expires: "2026-12-31" }],
        settings: { "tokens.refreshTokenLifetime": 60, "overrides.accessTokenMayActScript": "some-script" },
        access: [{ application: { enabled: false } }],
      },
      {
        clientId: "portal",
        settings: { clientType: "Public", "keys.location": "jwks", "keys.jwks": undefined },
      },
    ],
  });
  expect(plan.agents[1]?.settings).toHaveProperty("keys.jwks");
});

test("an AI agent that asks users, and an application that is not declared", () => {
  const { agents } = aicPlanOf(
    read(`
platform: aic
realm: alpha
tier: development
provider: { acr: { push: Sender } }
users:
  anna: { givenName: Anna, sn: A, mail: anna@example.com }
agents:
  shopper:
    name: Shopper
    pattern: approved
    scopes: [openid, pay]
    tokens: { accessTokenLifetime: 300 }
    ciba: { keys: generated }
    access: [{ application: shop, scopes: all, subjects: [anna] }]
`),
  );
  expect(agents).toMatchObject([
    {
      type: "AIAgent",
      pattern: "approved",
      accessTokenLifetime: 300,
      ciba: { acr: "push", journey: "Sender", users: ["anna"] },
      access: [{ application: { clientId: "shop", declared: false }, scopes: "all", subjects: ["anna"] }],
    },
  ]);
});
