/** What the patterns expand to, against what Ping's documentation has an administrator click. */

import { describe, expect, test } from "vitest";
import { aicDeclarationSchema } from "../../../src/components/aic/declaration.ts";
import { agentSettings, clientSettings } from "../../../src/components/aic/patterns.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const CIBA = "urn:openid:params:grant-type:ciba";
/** Enable overrides; client-side access and refresh tokens; accept audience parameters in token exchange. */
const THREE_BOXES = {
  enabled: true,
  statelessTokensEnabled: true,
  acceptAudienceParametersInTokenExchangeRequests: true,
};
const NOTHING_BY_HAND = { scopes: [], defaultScopes: [], redirectUris: [] };

const declare = (part: object) =>
  aicDeclarationSchema.parse({ platform: "aic", realm: "alpha", tier: "development", ...part });
function agent(fields: object) {
  const { bot } = declare({ agents: { bot: { name: "Bot", ...fields } } }).agents ?? {};
  return agentSettings(bot ?? expect.unreachable());
}
function client(fields: object) {
  const { app } = declare({ applications: { app: { name: "App", ...fields } } }).applications ?? {};
  return clientSettings(app ?? expect.unreachable());
}

describe("agents", () => {
  const access = [{ application: "a", scopes: ["x"] }];
  const approved = { pattern: "approved", scopes: ["openid"], ciba: { keys: "generated" } };

  test.for<[name: string, declared: object, expanded: object]>([
    [
      "autonomous: gets a token of its own and exchanges it",
      { pattern: "autonomous", scopes: ["monitor-system"], access },
      {
        ...NOTHING_BY_HAND,
        scopes: ["monitor-system"],
        grantTypes: ["client_credentials", TOKEN_EXCHANGE],
        overrides: THREE_BOXES,
      },
    ],
    [
      "autonomous, with nothing to reach yet",
      { pattern: "autonomous" },
      { ...NOTHING_BY_HAND, grantTypes: ["client_credentials", TOKEN_EXCHANGE], overrides: THREE_BOXES },
    ],
    [
      "on behalf of a user: exchanges the user's token",
      { pattern: "on-behalf-of", access: [{ ...access[0], subjects: ["barbara.jensen"] }] },
      { ...NOTHING_BY_HAND, grantTypes: [TOKEN_EXCHANGE], overrides: THREE_BOXES },
    ],
    [
      "approved: asks the user, and exchanges nothing",
      approved,
      { ...NOTHING_BY_HAND, scopes: ["openid"], grantTypes: ["client_credentials", CIBA], overrides: {} },
    ],
    [
      "approved, with access to applications",
      { ...approved, access },
      {
        ...NOTHING_BY_HAND,
        scopes: ["openid"],
        grantTypes: ["client_credentials", CIBA, TOKEN_EXCHANGE],
        overrides: THREE_BOXES,
      },
    ],
  ])("%s", ([, declared, expanded]) => {
    expect(agent(declared)).toEqual({ name: "Bot", enabled: true, authMethod: "client_secret_post", ...expanded });
  });

  test("whatever is declared wins over the pattern, switch by switch in the overrides", () => {
    const declared = {
      ...{ enabled: false, authMethod: "private_key_jwt", grantTypes: ["token_exchange"] },
      ...{ redirectUris: ["https://bot.example.com/cb"], defaultScopes: ["a"] },
    };
    const overrides = { statelessTokensEnabled: false, issueRefreshToken: true };
    expect(agent({ pattern: "autonomous", ...declared, overrides })).toEqual({
      ...{ name: "Bot", scopes: [], ...declared, grantTypes: [TOKEN_EXCHANGE] },
      overrides: { ...THREE_BOXES, ...overrides },
    });
  });

  test("what is no setting stays out of the settings", () => {
    const settings = agent({ ...approved, access, adopt: "match", protect: true, secret: "generated" });
    for (const other of ["pattern", "access", "adopt", "protect", "secret", "ciba"])
      expect(settings).not.toHaveProperty(other);
  });
});

describe("applications", () => {
  test.for<[type: string, expanded: object]>([
    ["web", { clientType: "Confidential", grantTypes: ["authorization_code"] }],
    ["service", { clientType: "Confidential", grantTypes: ["client_credentials"] }],
    ["spa", { clientType: "Public", grantTypes: ["authorization_code"], authMethod: "none" }],
    ["native", { clientType: "Public", grantTypes: ["authorization_code"], authMethod: "none" }],
  ])("%s", ([type, expanded]) => {
    expect(client({ type })).toEqual({ enabled: true, ...expanded, metadata: { clientNames: ["App"] } });
  });

  test("whatever is declared wins over the type", () => {
    const declared = { grantTypes: ["password"], authMethod: "client_secret_post", enabled: false };
    const metadata = { clientNames: ["Shown"], contacts: ["a@example.com"] };
    expect(client({ type: "web", ...declared, metadata })).toEqual({
      clientType: "Confidential",
      ...declared,
      metadata,
    });
  });

  test("what belongs to the managed application stays out of the client", () => {
    const settings = client({
      type: "web",
      description: "d",
      owners: ["demo.owner"],
      adopt: "match",
      secret: "generated",
    });
    expect(Object.keys(settings).sort()).toEqual(["clientType", "enabled", "grantTypes", "metadata"]);
  });
});
