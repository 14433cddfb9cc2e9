/** Declarations of PingOne: what is refused, where, and in which words. */

import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { DeclarationError } from "../../../src/declaration/load.ts";
import { loadAnyDeclaration } from "../../../src/platforms.ts";

const portal = { name: "Portal API", scopes: { use: "Use it" } };
const agent = { name: "Agent", pattern: "autonomous", access: [{ resource: "portal", scopes: ["use"] }] };
const declared = (agents: object, resources: object = { portal }) =>
  stringify({ platform: "pingone", resources, agents });

function mistakesIn(text: string) {
  try {
    loadAnyDeclaration(text, "x.yaml");
  } catch (error) {
    if (error instanceof DeclarationError) return error.mistakes;
    throw error;
  }
  return [];
}

test("grant types are written with their short names and kept as their values", () => {
  const text = declared({ bot: { ...agent, grantTypes: ["token_exchange", "ciba"] } });
  const { agents } = loadAnyDeclaration(text, "x.yaml");
  expect(agents?.bot?.grantTypes).toEqual([
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:openid:params:grant-type:ciba",
  ]);
});

describe("is refused, with its place", () => {
  test.each([
    ["a platform that does not exist", "platform: pingtwo\n", "platform", "aic or pingone"],
    ["a word of AIC's", "platform: pingone\nrealm: alpha\n", "realm", 'unknown key "realm"'],
    ["an agent without a pattern", declared({ bot: { name: "Bot" } }), "agents.bot.pattern", "is missing"],
    [
      "a misspelt field",
      declared({ bot: { ...agent, redirectUri: [] } }),
      "agents.bot.redirectUri",
      'did you mean "redirectUris"',
    ],
    [
      "an agent on behalf of nobody",
      declared({ bot: { ...agent, pattern: "on-behalf-of" } }),
      "agents.bot",
      "actsForUsersOf",
    ],
    [
      "an autonomous agent that acts for users",
      declared({ bot: { ...agent, actsForUsersOf: ["portal"] } }),
      "agents.bot.actsForUsersOf",
      "only an agent on-behalf-of",
    ],
    [
      "a resource that is not there",
      declared({ bot: { ...agent, pattern: "on-behalf-of", actsForUsersOf: ["portall"] } }),
      "agents.bot.actsForUsersOf[0]",
      'no resource "portall"',
    ],
    [
      "no scopes at all",
      declared({ bot: { ...agent, access: [{ resource: "portal", scopes: [] }] } }),
      "agents.bot.access[0].scopes",
      "name the scopes",
    ],
    [
      "a refresh token that lives too short",
      declared({ bot: { ...agent, tokens: { refreshTokenLifetime: 5 } } }),
      "agents.bot.tokens.refreshTokenLifetime",
      "60",
    ],
    [
      "an overlap that PingOne would not take",
      declared({ bot: { ...agent, secret: { rotation: "2", overlap: 60 } } }),
      "agents.bot.secret.overlap",
      "120",
    ],
    [
      "a policy twice",
      declared({ bot: { ...agent, policies: { kind: "sign-on", names: ["MFA", "MFA"] } } }),
      "agents.bot.policies.names",
      "a policy is assigned once",
    ],
    [
      "a claim that PingOne sets itself",
      declared({ bot: { ...agent, claims: { acr: { value: "high" } } } }),
      "agents.bot.claims.acr",
      "PingOne sets this claim itself",
    ],
    [
      "a claim that goes nowhere",
      declared({ bot: { ...agent, claims: { email: { value: "mail", idToken: false, userInfo: false } } } }),
      "agents.bot.claims.email.userInfo",
      "to the ID token, to UserInfo, or both",
    ],
    [
      "a claim whose expression PingOne would take for a text",
      declared({ bot: { ...agent, claims: { email: { value: "#root.user.email" } } } }),
      "agents.bot.claims.email.value",
      "{#root.user.email}",
    ],
    [
      "a claim of access tokens whose expression PingOne would take for a text",
      declared({ bot: agent }, { portal: { ...portal, claims: { a: "( #root.user.id == null)?null:'a'" } } }),
      "resources.portal.claims.a",
      "{( #root.user.id == null)?null:'a'}",
    ],
    [
      "a claim for no scopes",
      declared({ bot: { ...agent, claims: { email: { value: "mail", scopes: [] } } } }),
      "agents.bot.claims.email.scopes",
      "name the scopes, or leave this out",
    ],
    [
      "a claim of access tokens without a value",
      declared({ bot: agent }, { portal: { ...portal, claims: { a: "" } } }),
      "resources.portal.claims.a",
      "must not be empty",
    ],
    [
      "a grant of openid alone",
      declared({ bot: { ...agent, access: [{ resource: "openid", scopes: ["openid"] }] } }),
      "agents.bot.access[0].scopes",
      "openid alone needs no grant",
    ],
    [
      "a resource under its key and its name",
      declared({ bot: { ...agent, access: [...agent.access, { resource: "Portal API", scopes: ["use"] }] } }),
      "agents.bot.access[1]",
      "a second entry for Portal API",
    ],
    [
      "an application with the key of an agent",
      stringify({ platform: "pingone", agents: { bot: agent }, applications: { bot: { name: "App", type: "web" } } }),
      "agents.bot",
      "an application has this key",
    ],
    [
      "a client without authentication that its pattern cannot do with",
      declared({ bot: { ...agent, authMethod: "none" } }),
      "agents.bot.authMethod",
      "the grant type client_credentials needs a client that authenticates",
    ],
    [
      "private_key_jwt without a key",
      declared({ bot: { ...agent, authMethod: "private_key_jwt" } }),
      "agents.bot.keys",
      "exactly one of jwks and jwksUri",
    ],
    [
      "a redirect URI with a fragment",
      stringify({
        platform: "pingone",
        applications: { app: { name: "A", type: "web", redirectUris: ["https://a/#b"] } },
      }),
      "applications.app.redirectUris[0]",
      "no fragment",
    ],
  ])("%s", (_what, text, field, message) => {
    const mistakes = mistakesIn(text);
    expect(mistakes).toContainEqual(expect.objectContaining({ field, message: expect.stringContaining(message) }));
    expect(mistakes[0]?.line).toBeGreaterThanOrEqual(1);
  });

  test.for<[what: string, text: string, field: string, message: string]>([
    ["agents of one name", declared({ bot: agent, two: agent }), "agents.two.name", "agents.bot has this name already"],
    [
      "an agent with the name of an application",
      stringify({
        platform: "pingone",
        applications: { app: { name: "Agent", type: "web" } },
        resources: { portal },
        agents: { bot: agent },
      }),
      "agents.bot.name",
      "applications.app has this name already",
    ],
    [
      "resources of one name",
      declared({}, { portal, other: portal }),
      "resources.other.name",
      "resources.portal has this name already",
    ],
    [
      "resources of one audience",
      declared({}, { portal: { ...portal, audience: "a" }, other: { name: "Other", audience: "a" } }),
      "resources.other.audience",
      "resources.portal has this audience already",
    ],
    [
      "a resource with the name of another for its audience",
      declared({}, { portal, other: { name: "Other", audience: "Portal API" } }),
      "resources.other.audience",
      "resources.portal has this audience already",
    ],
  ])("%s", ([, text, field, message]) => {
    expect(mistakesIn(text)).toMatchObject([{ field, message }]);
  });

  test("two agents that may both exchange the tokens of one resource", () => {
    const acting = { ...agent, pattern: "on-behalf-of", actsForUsersOf: ["portal"] };
    expect(mistakesIn(declared({ one: acting, two: { ...acting, name: "Two" } }))).toMatchObject([
      { field: "agents.two.actsForUsersOf[0]", message: "tokens of portal name one already: may_act holds one agent" },
    ]);
  });
});

describe("delegates", () => {
  const resources = {
    gateway: { name: "Gateway", scopes: { restock: "", look: "" } },
    tool: { name: "Tool", scopes: { restock: "", look: "" } },
    shelf: { name: "Shelf", scopes: { restock: "" } },
  };
  const restock = { with: "gateway", resource: "tool", scopes: ["restock"] };
  const other = { name: "Other", type: "service", delegates: [restock] };
  const mistakes = (applications: object, agents: object = {}) =>
    mistakesIn(stringify({ platform: "pingone", resources, applications, agents })).map(
      ({ field, message }) => `${field}: ${message}`,
    );
  const ofExtension = (more: object) =>
    mistakes({ extension: { name: "Extension", type: "service", delegates: [restock], ...more } });

  test("give the client what they take", () => {
    const text = stringify({ platform: "pingone", resources, applications: { other } });
    expect(mistakesIn(text)).toEqual([]);
    const agents = { bot: { name: "Bot", pattern: "on-behalf-of", delegates: [restock] } };
    expect(mistakes({}, agents)).toEqual([]);
  });

  test.each([
    [
      "a resource that is not there",
      { delegates: [{ ...restock, with: "gatewy" }] },
      'applications.extension.delegates[0].with: no resource "gatewy" in this file; did you mean "gateway"?',
    ],
    [
      "a resource by its name",
      { delegates: [{ ...restock, resource: "Tool" }] },
      'applications.extension.delegates[0].resource: no resource "Tool" in this file',
    ],
    [
      "a scope that the resource does not have",
      { delegates: [{ ...restock, scopes: ["restok"] }] },
      'applications.extension.delegates[0].scopes[0]: "restok" is no scope of tool; did you mean "restock"?',
    ],
    [
      "one pair twice",
      { delegates: [restock, { ...restock, scopes: ["look"] }] },
      "applications.extension.delegates[1]: a second entry for these two: put all scopes into one",
    ],
    [
      "a scope of two resources",
      { delegates: [restock, { ...restock, resource: "shelf" }] },
      'applications.extension.delegates[1].scopes[0]: "restock" is a scope of tool and of shelf',
    ],
    [
      "a scope of a resource that it reaches otherwise",
      { access: [{ resource: "Shelf", scopes: ["restock"] }] },
      'applications.extension.delegates[0].scopes[0]: "restock" is a scope of shelf and of tool',
    ],
    ["a public client", { type: "spa" }, "applications.extension.delegates: a spa is a public client"],
    [
      "a client without the exchange",
      { grantTypes: ["client_credentials"] },
      "applications.extension.grantTypes: delegates needs token_exchange: add it",
    ],
    [
      "two words on one resource",
      { delegates: [restock, { ...restock, with: "shelf", required: false }] },
      "applications.extension.delegates[1].required: extension says otherwise of tool",
    ],
  ])("%s is refused", (_what, more, message) => {
    expect(ofExtension(more)).toContainEqual(expect.stringContaining(message));
  });

  test("two actors are told apart where each signs its users in itself, and nowhere else", () => {
    const at = "applications.other.delegates[0].with: tokens of gateway name extension, too";
    const extension = { name: "Extension", type: "service", delegates: [restock] };
    expect(mistakes({ extension, other })).toContainEqual(expect.stringContaining(at));
    const signsIn = { type: "web", redirectUris: ["https://a.example.com/cb"] };
    const access = [{ resource: "gateway", scopes: ["look"] }];
    const both = { extension: { ...extension, ...signsIn, access }, other: { ...other, ...signsIn, access } };
    expect(mistakes(both)).toEqual([]);
    expect(mistakes({ ...both, other })).toContainEqual(expect.stringContaining(at));
    const bot = { name: "Bot", pattern: "on-behalf-of", actsForUsersOf: ["gateway"] };
    expect(mistakes({ other }, { bot })).toContainEqual(expect.stringContaining("tokens of gateway name bot, too"));
  });
});
