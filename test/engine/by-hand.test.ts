/** What somebody changes by hand in an AIC tenant, setting by setting: drift, a finding where it is access, and taken back. */

import { afterAll, expect, test } from "vitest";
import { aicPlanOf } from "../../src/cli/verify/aic-plan.ts";
import { aicDeclarationSchema } from "../../src/components/aic/declaration.ts";
import { managed, relation } from "../../src/providers/aic/relations.ts";
import { verify } from "../../src/verify/aic/index.ts";
import { startAic } from "../support/aic.ts";
import { type Grant, hands, part } from "../support/hands.ts";
import { type ByHand, findings, tellByHand } from "./by-hand.ts";
import { development } from "./declarations.ts";
import { openProject } from "./project.ts";

const BOT = "pay-bot";
const ASKS = "ask-bot";
const AUDIT = "audit-bot";
const APP = "pay-app";
const JOURNEY = "Pay Approval";
const SECRET = "esv-pay-key";
const env = { PAY_PASSWORD: "a-password-of-the-user-1", PAY_KEY: "a-key" };
const URI = "https://somebody.example/callback";
const KEYS = { keys: [{ kty: "EC", crv: "P-256", x: "eA", y: "eQ", kid: "somebody" }] };

const declaration = {
  ...development,
  users: {
    "pay.user": { givenName: "Pay", sn: "User", mail: "pay@example.com", password: { env: "PAY_PASSWORD" } },
  },
  groups: { "pay-team": { members: ["pay.user"] } },
  esvSecrets: { [SECRET]: { value: { env: "PAY_KEY" } } },
  esvVariables: { "esv-pay-mode": { value: "one" } },
  journeys: { [JOURNEY]: { pattern: "push-approval" }, Second: { pattern: "push-registration" } },
  provider: { grantTypes: ["ciba", "token_exchange"], acr: { pay: JOURNEY, other: "Second" } },
  applications: {
    [APP]: {
      ...{ name: "Pay App", type: "web", owners: ["demo.owner"] },
      ...{ redirectUris: ["https://pay.example/callback"], scopes: ["pay.read", "pay.write"] },
    },
    "audit-app": { name: "Audit App", type: "service", scopes: ["audit.read"] },
    "lone-app": { name: "Lone App", type: "web", scopes: ["lone.read"] },
  },
  agents: {
    [BOT]: {
      ...{ name: "Pay Bot", pattern: "on-behalf-of", owners: ["demo.owner"] },
      access: [{ application: APP, scopes: ["pay.read"], subjects: ["barbara.jensen"] }],
    },
    [ASKS]: {
      ...{ name: "Ask Bot", pattern: "approved", scopes: ["openid"], ciba: { keys: "generated" } },
      ...{ sponsor: "care@example.com", expires: "2099-12-31" },
    },
    [AUDIT]: {
      ...{ name: "Audit Bot", pattern: "autonomous" },
      access: [{ application: "audit-app", scopes: ["audit.read"] }],
    },
  },
};

const tenant = await startAic();
afterAll(() => tenant.stop());
const stack = await openProject(tenant)("by-hand", declaration, {}, env);
const by = hands(tenant);
const am = tenant.admin.am("alpha");
const { environment } = tenant.admin;

type Json = Record<string, unknown>;
const core = "coreOAuth2ClientConfig";
const advanced = "advancedOAuth2ClientConfig";
const signing = "signEncOAuth2ClientConfig";
const overrides = "overrideOAuth2ClientConfig";

/** A privilege for an agent that nobody declared. */
const privilege = (title: string, finding: string, grant: Partial<Grant>): ByHand => ({
  ...{ title: `a privilege ${title}`, resource: `aic:AiAgent ${BOT}`, property: "undeclared" },
  change: () => by.grant({ agent: BOT, application: "Pay App", ...grant }),
  finding: `${BOT} may get ${finding}`,
});
/** A privilege that is declared, changed. */
const granted = (title: string, agent: string, property: string, finding: string, changes: () => Promise<Json>) => ({
  ...{ title, resource: `aic:AgentPrivilege ${agent}`, property, finding },
  change: async () => {
    const id = stack.resources.find(({ urn }) => urn.endsWith(`aic:AgentPrivilege::${agent}`))?.outputs?.privilegeId;
    await by.managed("aiagentprivilege", "_id", String(id), await changes());
  },
});
const TYPES = { AiAgent: "AIAgent", OAuth2Client: "OAuth2Client" } as const;
/** An attribute of an agent or client. @param finding `false`: stricter than declared, so no access */
function setting(
  kind: keyof typeof TYPES,
  id: string,
  [section, name, value]: readonly [string, string, unknown],
  property: string,
  finding: string | false = `${id}: ${property}`,
): ByHand {
  return {
    ...{ title: `${name} of ${id}`, resource: `aic:${kind} ${id}`, property },
    change: async () => {
      if (section !== overrides) return by.agent(TYPES[kind], id, section, { [name]: value });
      // This block is not wrapped.
      const { _rev, ...document } = (await am.get(TYPES[kind], id)) ?? expect.unreachable(id);
      await am.put(TYPES[kind], id, { ...document, [section]: { ...part(document, section), [name]: value } });
    },
    finding: finding || undefined,
  };
}
/** An attribute of a managed object. */
const managedObject = (
  title: string,
  resource: string,
  property: string,
  [type, field, value]: readonly [string, string, string],
  changes: () => Promise<Json> | Json,
): ByHand => ({
  ...{ title, resource, property },
  change: async () => by.managed(type, field, value, await changes()),
});
/** What stands of an agent's life. */
const life = (property: string, customAttributes: Json) =>
  managedObject(
    `${property} of an agent`,
    `aic:AiAgent ${ASKS}`,
    property,
    ["aiagent", "oauth2ClientId", ASKS],
    () => ({ customAttributes }),
  );
const userRelation = async (userName: string) =>
  relation(managed("alpha", "user"), String((await by.find("user", "userName", userName))?._id));
const tree = (changes: Json) => async () => {
  const { _rev, ...document } = (await am.trees.get(JOURNEY)) ?? expect.unreachable(JOURNEY);
  await am.trees.put(JOURNEY, { ...document, ...changes });
};
const base64 = (text: string) => Buffer.from(text).toString("base64");
const variable = async () => {
  const { description } = (await environment.getVariable("esv-pay-mode")) ?? expect.unreachable();
  await environment.putVariable("esv-pay-mode", { valueBase64: base64("two"), description, expressionType: "string" });
};

const rows: ByHand[] = [
  privilege("for another user", "pay.read on pay-app for user end.user", {
    ...{ scopes: ["pay.read"], users: ["end.user"] },
  }),
  privilege("for a group", "pay.read on pay-app for group customers", {
    ...{ scopes: ["pay.read"], groups: ["customers"] },
  }),
  privilege("for itself", "pay.write on pay-app for itself", { scopes: ["pay.write"] }),
  privilege("to all scopes", "every scope on pay-app for user barbara.jensen", { users: ["barbara.jensen"] }),
  privilege("on another application", "audit.read on audit-app for user barbara.jensen", {
    ...{ application: "Audit App", scopes: ["audit.read"], users: ["barbara.jensen"] },
  }),
  granted("another type of permission", `${AUDIT}/audit-app`, "scopes", "permissions of the type roles", async () => ({
    permissions: [
      { type: "scopes", values: ["audit.read"] },
      { type: "roles", values: ["admin"] },
    ],
  })),
  granted("one user more", `${BOT}/${APP}`, "subjects", "names the undeclared user end.user", async () => ({
    subjects: [await userRelation("barbara.jensen"), await userRelation("end.user")],
  })),

  setting("AiAgent", BOT, [core, "redirectionUris", [URI]], "redirectUris"),
  setting("AiAgent", BOT, [core, "scopes", ["pay.all"]], "scopes"),
  setting("AiAgent", BOT, [core, "defaultScopes", ["pay.all"]], "defaultScopes"),
  setting("AiAgent", BOT, [core, "accessTokenLifetime", 315_360_000], "tokens.accessTokenLifetime"),
  setting("AiAgent", BOT, [core, "refreshTokenLifetime", -1], "tokens.refreshTokenLifetime"),
  setting("AiAgent", BOT, [signing, "jwkSet", JSON.stringify(KEYS)], "keys.jwks"),
  setting("AiAgent", BOT, [signing, "publicKeyLocation", "jwks"], "keys.location"),
  setting(
    "AiAgent",
    BOT,
    [advanced, "allowedResourceServerAudienceValues", ["legacy-portal"]],
    "tokens.allowedAudiences",
  ),
  setting("AiAgent", BOT, [advanced, "isConsentImplied", true], "authorization.impliedConsent"),
  setting("AiAgent", BOT, [advanced, "tokenEndpointAuthMethod", "client_secret_basic"], "authMethod", BOT),
  setting("AiAgent", BOT, [overrides, "clientsCanSkipConsent", true], "overrides.clientsCanSkipConsent"),
  setting("AiAgent", ASKS, [core, "secretLabelIdentifier", "somebody.else"], "authentication.secretLabel"),
  setting("AiAgent", ASKS, [advanced, "treeName", "Login"], "authorization.journey"),
  setting("AiAgent", ASKS, [signing, "jwkSet", JSON.stringify(KEYS)], "keys.jwks", false),
  setting("AiAgent", ASKS, [advanced, "grantTypes", ["client_credentials", "password"]], "grantTypes"),
  setting("AiAgent", AUDIT, [core, "status", "Inactive"], "enabled", `${AUDIT} is not Active`),
  managedObject("owners of an agent", `aic:AiAgent ${BOT}`, "owners", ["aiagent", "oauth2ClientId", BOT], async () => ({
    owners: [await userRelation("end.user")],
  })),
  managedObject(
    "custom attributes of an agent",
    `aic:AiAgent ${BOT}`,
    "customAttributes",
    ["aiagent", "oauth2ClientId", BOT],
    () => ({ customAttributes: { mayPay: "true" } }),
  ),
  life("sponsor", { pingAgentsSponsor: "somebody", pingAgentsExpires: "2099-12-31" }),
  life("expires", { pingAgentsSponsor: "somebody", pingAgentsExpires: "2999-12-31" }),

  setting("OAuth2Client", APP, [core, "redirectionUris", [URI]], "redirectUris"),
  setting("OAuth2Client", APP, [core, "clientType", "Public"], "clientType"),
  setting("OAuth2Client", APP, [core, "scopes", ["pay.read", "pay.write", "pay.all"]], "scopes"),
  setting("OAuth2Client", APP, [advanced, "javascriptOrigins", [URI]], "authorization.javascriptOrigins"),
  setting("OAuth2Client", "audit-app", [advanced, "grantTypes", ["client_credentials", "password"]], "grantTypes"),
  managedObject(
    "owners of an application",
    `aic:Application ${APP}`,
    "owners",
    ["application", "name", "Pay App"],
    async () => ({ owners: [await userRelation("end.user")] }),
  ),
  managedObject(
    "link of an application",
    "aic:Application lone-app",
    "clientId",
    ["application", "name", "Lone App"],
    () => ({ ssoEntities: { oidcId: "somebodys" } }),
  ),

  {
    ...{ title: "a grant type of the realm", resource: "aic:GrantTypes alpha", property: "grantTypes" },
    change: () =>
      by.provider((document) => {
        const section = part(document, "advancedOAuth2Config");
        section.grantTypes = (section.grantTypes as string[]).filter((type) => !type.endsWith("token-exchange"));
      }),
    finding: "token-exchange",
  },
  {
    ...{ title: "the journey of an acr value", resource: "aic:AcrMapping alpha/other", property: "journey" },
    change: () =>
      by.provider((document) => {
        const section = part(document, "advancedOIDCConfig");
        section.loaMapping = { ...(section.loaMapping as Json), other: JOURNEY };
      }),
  },
  {
    ...{ title: "a journey that is switched off", resource: `aic:Journey alpha/${JOURNEY}`, property: "enabled" },
    change: tree({ enabled: false }),
  },
  {
    ...{ title: "a journey that must run", resource: `aic:Journey alpha/${JOURNEY}`, property: "mustRun" },
    change: tree({ mustRun: true }),
  },
  {
    ...{ title: "a node", resource: `aic:Journey alpha/${JOURNEY}`, property: "nodes.push.properties.mandatory" },
    change: () => by.node(JOURNEY, "PushAuthenticationSenderNode", { mandatory: false }),
  },
  {
    ...{ title: "the value of a secret", resource: `aic:EsvSecret ${SECRET}`, property: "value" },
    change: async () => void (await environment.addSecretVersion(SECRET, base64("their secret"))),
  },
  {
    ...{ title: "the value of a variable", resource: "aic:EsvVariable esv-pay-mode", property: "value" },
    change: variable,
  },
  managedObject(
    "members of a group",
    "aic:Group alpha/pay-team",
    "members",
    ["group", "name", "pay-team"],
    async () => ({
      members: [await userRelation("pay.user"), await userRelation("end.user")],
    }),
  ),
];

/** What is declared, as the verifier proves it; before it logs in anybody. */
const proven = (declared: object) =>
  verify(aicPlanOf(aicDeclarationSchema.parse(declared)), {
    ...{ tenant: tenant.url, target: "sandbox", controlToken: tenant.sandbox.controlToken, cases: ["F01"] },
    serviceAccount: tenant.sandbox.serviceAccount,
    credentials: {
      clientSecret: async () => undefined,
      password: async () => undefined,
      privateKey: async () => undefined,
    },
  });

/** Everything in the tenant; of a secret of the environment the value, for nothing takes back a version. */
async function content() {
  const versions = `environment/secrets/${SECRET}/versions`;
  const { "environment/secrets": _versioned, [versions]: values = {}, ...rest } = await tenant.content();
  return { ...rest, value: (Object.values(values).at(-1) as Json).secret };
}

await tellByHand({
  ...{ cloud: "aic", tenant, stack, rows, content, verify: () => proven(declaration) },
  renewed: /^(activeVersion|loadedVersion)$/,
  outside: [
    ["what a consent page shows", () => by.agent("AIAgent", BOT, advanced, { contacts: ["somebody@example.com"] })],
    ["where a journey's editor draws a node", tree({ uiConfig: { categories: "[]" } })],
    ["the mail address of a demo user", () => by.managed("user", "userName", "pay.user", { telephoneNumber: "1" })],
  ],
});

test("what is allowed is no drift and no finding, and a repair leaves it", async () => {
  const why = { reason: "a trial", owner: "ann" };
  const access = await by.grant({ agent: BOT, application: "Pay App", users: ["end.user"] });
  await by.provider((document) => {
    const section = part(document, "advancedOIDCConfig");
    section.loaMapping = { ...(section.loaMapping as Json), theirs: "Login" };
  });
  const before = await content();
  const allowing = {
    ...declaration,
    provider: { ...declaration.provider, allow: [{ access: "acr/theirs", ...why }] },
    agents: { ...declaration.agents, [BOT]: { ...declaration.agents[BOT], allow: [{ access, ...why }] } },
  };
  expect(findings(await proven(declaration))).toHaveLength(2);
  await stack.declare(allowing).up({ args: ["--refresh"] });
  expect(await content()).toEqual(before);
  expect(await stack.driftedProperties()).toEqual({});
  expect(findings(await proven(allowing))).toEqual([]);
});
