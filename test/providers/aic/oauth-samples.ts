/** The AIC kinds of agents, applications and the realm's OAuth2 provider by example. */

import { generateKeyPairSync } from "node:crypto";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import type { LocalAic } from "../../support/aic.ts";
import { hands, part } from "../../support/hands.ts";
import type { KindSample } from "../../support/kind-suite.ts";

const realm = "alpha";
const CORE = "coreOAuth2ClientConfig";
const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const CIBA = "urn:openid:params:grant-type:ciba";

const publicJwk = () => {
  const { x, y } = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
  return { kty: "EC", crv: "P-256", x, y, use: "sig", alg: "ES256", kid: "key-1" };
};

const agent = { type: "aic:AiAgent", inputs: { realm, clientId: "support-agent", name: "Support agent" } };
const client = { type: "aic:OAuth2Client", inputs: { realm, clientId: "billing-api", scopes: ["read", "write"] } };
const application = {
  type: "aic:Application",
  inputs: { realm, clientId: "billing-api", name: "Billing API", template: "service" },
};
const journey = {
  type: "aic:Journey",
  inputs: {
    realm,
    name: "Ask the user",
    description: "Asks",
    entry: "username",
    nodes: {
      username: { type: "ValidatedUsernameNode", displayName: "Platform Username", outcomes: { outcome: "push" } },
      push: {
        type: "PushAuthenticationSenderNode",
        properties: { messageTimeout: 60_000, mandatory: true },
        outcomes: { SENT: "success", NOT_REGISTERED: "failure" },
      },
    },
  },
};

/** What the provider of a new realm has. */
const BEFORE = { tokenSigningAlgorithm: "HS256" };

const scriptsOf = ({ admin }: LocalAic) => admin.am(realm).collection("scripts", "protocol=2.0,resource=1.0");
/** Gives the script another text. */
const rescripted = (text: string) => async (tenant: LocalAic) => {
  const scripts = scriptsOf(tenant);
  const [live] = await scripts.query('name eq "Support may act"');
  await scripts.put(String(live?._id), { ...live, script: Buffer.from(text).toString("base64") });
};
const somebodysScript = async (tenant: LocalAic): Promise<void> => {
  await scriptsOf(tenant).put("0d7a9a6e-3f0e-4e57-9d0e-2f1f6d1c7a14", {
    ...{ name: "Support may act", description: "Mine", context: "OAUTH2_MAY_ACT_NEXT_GEN" },
    ...{ language: "JAVASCRIPT", evaluatorVersion: "2.0", script: "" },
  });
};

export const oauthSamples: readonly KindSample<LocalAic>[] = [
  {
    type: "aic:AiAgent",
    owner: "named",
    calls: { create: 5, update: 6, delete: 3 },
    inputs: {
      ...agent.inputs,
      description: "Answers questions",
      customAttributes: { team: "care" },
      ...{ sponsor: "care@example.com", expires: "2026-12-31", onRemove: "delete" },
      owners: ["demo.owner"],
      enabled: true,
      scopes: ["b", "a", "a"],
      grantTypes: ["client_credentials", TOKEN_EXCHANGE],
      authMethod: "client_secret_post",
      tokens: { accessTokenLifetime: 600 },
      keys: { location: "jwks", jwks: { keys: [publicJwk()] } },
      overrides: { enabled: true, statelessTokensEnabled: true, acceptAudienceParametersInTokenExchangeRequests: true },
    },
    changed: {
      ...agent.inputs,
      name: "Help agent",
      owners: ["barbara.jensen", "demo.owner"],
      enabled: false,
      scopes: [],
      clientSecret: "a secret of our own",
      overrides: { enabled: false },
    },
    byHand: {
      change: async (tenant) => {
        const byHand = hands(tenant);
        await byHand.agent("AIAgent", "support-agent", CORE, { scopes: ["a", "b", "everything"] });
        await byHand.managed("aiagent", "oauth2ClientId", "support-agent", {
          owners: [],
          customAttributes: { team: "care", pingAgentsSponsor: "somebody", pingAgentsExpires: "never" },
        });
      },
      differs: ["scopes", "owners", "sponsor", "expires"],
    },
    foreign: {
      make: async ({ admin }) => {
        const identity = {
          _id: "0d7a9a6e-3f0e-4e57-9d0e-2f1f6d1c7a11",
          oauth2ClientId: "support-agent",
          name: "Support agent",
        };
        const body = { aiAgentIdentityAttributes: identity, aiAgentIdentityUid: identity._id };
        await admin.am(realm).put("AIAgent", "support-agent", body);
      },
      differs: ["scopes", "owners", "description", "tokens.accessTokenLifetime", "sponsor", "expires"],
    },
  },
  {
    type: "aic:OAuth2Client",
    owner: "named",
    calls: { create: 3, update: 3, delete: 3 },
    inputs: {
      ...client.inputs,
      enabled: true,
      grantTypes: ["client_credentials", CIBA],
      metadata: { clientNames: ["Billing API"] },
      addedGrantTypes: [CIBA],
      keys: { location: "jwks", jwks: { keys: [publicJwk()] } },
    },
    changed: { ...client.inputs, scopes: ["read"], authMethod: "client_secret_post", clientSecret: "another secret" },
    byHand: {
      change: (tenant) =>
        hands(tenant).agent("OAuth2Client", "billing-api", CORE, { scopes: ["read"], status: "Inactive" }),
      differs: ["scopes", "enabled"],
    },
    foreign: {
      make: async ({ admin }) =>
        void (await admin.am(realm).put("OAuth2Client", "billing-api", { coreOAuth2ClientConfig: {} })),
      differs: ["scopes", "grantTypes", "metadata.clientNames"],
    },
  },
  {
    type: "aic:Application",
    owner: "named",
    calls: { create: 5, update: 4, delete: 3 },
    needs: [client],
    inputs: { ...application.inputs, description: "Bills", owners: ["demo.owner"] },
    changed: { ...application.inputs, name: "Billing", owners: ["barbara.jensen"], url: "https://billing.example.com" },
    byHand: {
      change: (tenant) =>
        hands(tenant).managed("application", "name", "Billing API", { description: "Changed", owners: [] }),
      differs: ["description", "owners"],
    },
    foreign: {
      make: async ({ admin }) => {
        const body = { name: "Billing API", templateName: "web", templateVersion: "1.0" };
        await admin.idm.create(`managed/${realm}_application`, "0d7a9a6e-3f0e-4e57-9d0e-2f1f6d1c7a12", body);
      },
      differs: ["template", "owners", "clientId", "description"],
    },
  },
  {
    type: "aic:AgentPrivilege",
    owner: "named",
    calls: { create: 6, update: 10, delete: 3 },
    needs: [client, application, agent],
    inputs: {
      ...{ realm, agent: "support-agent", application: "billing-api" },
      ...{
        scopes: ["write", "read"],
        subjects: ["end.user"],
        subjectGroups: ["customers"],
        description: "Reads bills",
      },
    },
    changed: { realm, agent: "support-agent", application: "billing-api", scopes: "all", subjects: ["barbara.jensen"] },
    byHand: {
      change: (tenant) =>
        hands(tenant).managed("aiagentprivilege", "agentOAuth2ClientId", "support-agent", {
          permissions: [],
          subjects: [],
        }),
      differs: ["scopes", "subjects"],
    },
  },
  {
    type: "aic:ProviderBaseline",
    calls: { create: 4, update: 0, delete: 0 },
    left: { realm },
    inputs: { realm },
    changed: { realm },
  },
  {
    type: "aic:GrantTypes",
    calls: { create: 5, update: 7, delete: 6 },
    left: { realm, tier: "development", grantTypes: ["client_credentials"], baseline: ["client_credentials"] },
    inputs: { realm, grantTypes: ["client_credentials", TOKEN_EXCHANGE], baseline: ["client_credentials"] },
    changed: { realm, grantTypes: [CIBA, "urn:example:grant"], baseline: ["client_credentials", CIBA] },
    byHand: {
      change: (tenant) =>
        hands(tenant).provider((document) => {
          const section = part(document, "advancedOAuth2Config");
          section.grantTypes = (section.grantTypes as string[]).filter((type) => type !== TOKEN_EXCHANGE);
        }),
      differs: ["grantTypes"],
    },
  },
  {
    type: "aic:ProviderSetting",
    calls: { create: 5, update: 5, delete: 6 },
    left: { realm, tier: "development", setting: "tokenSigningAlgorithm", value: "HS256", baseline: BEFORE },
    inputs: { realm, setting: "tokenSigningAlgorithm", value: "RS256", baseline: BEFORE },
    changed: { realm, setting: "tokenSigningAlgorithm", value: "ES256", baseline: BEFORE },
    byHand: {
      change: (tenant) =>
        hands(tenant).provider((document) => {
          part(document, "advancedOAuth2Config").tokenSigningAlgorithm = "HS512";
        }),
      differs: ["value"],
    },
  },
  {
    type: "aic:AcrMapping",
    calls: { create: 6, update: 6, delete: 7 },
    inputs: { realm, acr: "push", journey: "Login", baseline: {} },
    needs: [journey],
    changed: { realm, acr: "push", journey: journey.inputs.name, baseline: {} },
    byHand: {
      change: (tenant) =>
        hands(tenant).provider((document) => {
          part(document, "advancedOIDCConfig").loaMapping = { push: journey.inputs.name };
        }),
      differs: ["journey"],
    },
  },
  {
    type: "aic:Journey",
    owner: "named",
    calls: { create: 8, update: 12, delete: 8 },
    inputs: journey.inputs,
    changed: {
      ...journey.inputs,
      description: "Asks twice",
      nodes: {
        username: journey.inputs.nodes.username,
        push: {
          ...journey.inputs.nodes.push,
          properties: { mandatory: true },
          outcomes: { SENT: "wait", NOT_REGISTERED: "failure" },
        },
        wait: { type: "PollingWaitNode", properties: { secondsToWait: 3 }, outcomes: { DONE: "success" } },
      },
    },
    byHand: {
      change: async ({ admin }) => {
        const { _rev, ...tree }: Properties = (await admin.am(realm).trees.get(journey.inputs.name)) ?? {};
        await admin.am(realm).trees.put(journey.inputs.name, { ...tree, description: "Somebody was here" });
      },
      differs: ["description"],
    },
    foreign: {
      make: async ({ admin }) => {
        const tree = {
          entryNodeId: "0d7a9a6e-3f0e-4e57-9d0e-2f1f6d1c7a13",
          nodes: {},
          enabled: true,
          description: "Mine",
        };
        await admin.am(realm).trees.put(journey.inputs.name, tree);
      },
      differs: ["description", "entry", "nodes.username"],
    },
  },
  {
    type: "aic:Script",
    owner: "named",
    calls: { create: 3, update: 3, delete: 6 },
    inputs: {
      ...{ realm, name: "Support may act", description: "Names the gateway", context: "OAUTH2_MAY_ACT_NEXT_GEN" },
      script: { mayAct: { client: "gateway" } },
    },
    changed: {
      ...{ realm, name: "Support may act", context: "OAUTH2_MAY_ACT_NEXT_GEN" },
      script: { mayAct: { client: "gateway-2" } },
    },
    byHand: { change: rescripted("token.setMayAct({client_id: everybody});"), differs: ["script"] },
    foreign: { make: somebodysScript, differs: ["description", "script"] },
  },
  {
    type: "aic:Script",
    owner: "named",
    calls: { create: 3, update: 3, delete: 6 },
    inputs: {
      ...{ realm, name: "Support may act", context: "OAUTH2_MAY_ACT_NEXT_GEN" },
      // What values could say is compared as the text that it was declared as.
      script: 'token.setMayAct({ client_id: "gateway", sub: "gateway" });\n',
    },
    changed: {
      ...{ realm, name: "Support may act", context: "OAUTH2_MAY_ACT_NEXT_GEN" },
      script: 'token.setMayAct({ client_id: "gateway–2", sub: token.getField("sub") });\n',
    },
    byHand: { change: rescripted('token.setMayAct({client_id:"gateway",sub:"gateway"});'), differs: ["script"] },
    foreign: { make: somebodysScript, differs: ["script"] },
  },
];
