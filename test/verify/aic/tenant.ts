/** A local tenant that really listens, with the documentation's three scenarios in it as an administrator would have clicked them. */

import { randomBytes, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { RunningSandbox } from "../../../src/sandbox/index.ts";
import { type Admin, createAdmin } from "../../../src/verify/aic/admin.ts";
import { type Plan, type VerifyOptions, verify } from "../../../src/verify/aic/index.ts";
import { configPath, managedPath, section } from "../../../src/verify/aic/snapshot.ts";
import { machineClock } from "../../../src/verify/clock.ts";
import { GRANT } from "../../../src/verify/grants.ts";
import { call } from "../../../src/verify/http.ts";
import type { Credentials, Report } from "../../../src/verify/index.ts";
import { publicPart } from "../../../src/verify/jwt.ts";
import { type Tenant as LocalTenant, startTenant as startLocalTenant } from "../../support/tenant.ts";

export const REALM = "alpha";
const JOURNEY = "Agent Push Sender";
const SUCCESS = "70e691a5-1e33-4ac3-a356-e7b6d60d92e0";

export const LOGS_AGENT = "bot-traffic-analyzer-agent";
export const LOGS_APP = "web-server-logs-api-app";
export const ASSISTANT = "digital-assistant-ai-agent";
export const ASSISTANT_APP = "digital-assistant-web-app";
export const SHOPPER = "ai-agent";
export const CRM_AGENT = "crm-agent";
export const EXTENSION = "gateway-extension";

const logsApplication = {
  clientId: LOGS_APP,
  authMethod: "client_secret_basic",
  scopes: ["logs-read", "logs-search"],
  grantTypes: [GRANT.clientCredentials],
} as const;

const assistantApplication = {
  clientId: ASSISTANT_APP,
  authMethod: "client_secret_post",
  scopes: ["openid", "read-data", "write-data", "admin-action"],
  grantTypes: ["authorization_code", GRANT.password],
} as const;

const RESTOCK = "supply-chain:restock";
const TOOL = "supply-chain-mcp-tool";
const GATEWAY = "agent-gateway";
/** Ids of the scripts that shape the tokens of {@link CRM_AGENT}. */
const [MAY_ACT, AUDIENCE] = ["29cbd0f5-6a5c-4bb0-8f4f-2f9a2f0b7a01", "29cbd0f5-6a5c-4bb0-8f4f-2f9a2f0b7a02"];

/** An agent whose own token an application exchanges (delegation §1.5). */
const crmAgent = {
  clientId: CRM_AGENT,
  type: "AIAgent",
  pattern: "autonomous",
  authMethod: "client_secret_basic",
  scopes: [RESTOCK, "crm:read"],
  grantTypes: [GRANT.clientCredentials],
  access: [],
  audience: GATEWAY,
  mayAct: EXTENSION,
  settings: {
    "overrides.accessTokenMayActScript": MAY_ACT,
    "overrides.accessTokenModificationPluginType": "SCRIPTED",
    "overrides.accessTokenModificationScript": AUDIENCE,
  },
} as const;

/** The three scenarios, and the published delegation, as a plan. */
const PLAN: Plan = {
  realm: REALM,
  acr: ["push"],
  applications: [logsApplication, assistantApplication],
  agents: [
    {
      clientId: LOGS_AGENT,
      type: "AIAgent",
      pattern: "autonomous",
      authMethod: "client_secret_post",
      scopes: ["monitor-system"],
      grantTypes: [GRANT.clientCredentials, GRANT.tokenExchange],
      access: [{ application: logsApplication, scopes: ["logs-read", "logs-search"], subjects: [], subjectGroups: [] }],
    },
    {
      clientId: ASSISTANT,
      type: "AIAgent",
      pattern: "on-behalf-of",
      authMethod: "client_secret_post",
      scopes: [],
      grantTypes: [GRANT.tokenExchange],
      access: [
        {
          application: assistantApplication,
          scopes: ["read-data"],
          subjects: ["barbara.jensen"],
          subjectGroups: ["customers"],
        },
      ],
    },
    {
      clientId: SHOPPER,
      type: "OAuth2Client",
      pattern: "approved",
      authMethod: "client_secret_basic",
      scopes: ["openid", "prices", "address", "payment"],
      grantTypes: ["authorization_code", GRANT.clientCredentials, GRANT.ciba],
      access: [],
      ciba: { acr: "push", journey: JOURNEY, users: ["end.user"] },
      name: "AI Agent",
      settings: { "keys.location": "jwks", "keys.jwks": undefined },
    },
    crmAgent,
    {
      clientId: EXTENSION,
      type: "OAuth2Client",
      pattern: "autonomous",
      authMethod: "client_secret_basic",
      scopes: [RESTOCK],
      grantTypes: [GRANT.clientCredentials, GRANT.tokenExchange],
      access: [],
      settings: { "tokens.allowedAudiences": [TOOL] },
      delegates: [{ with: crmAgent, audience: TOOL, scopes: [RESTOCK] }],
    },
  ],
};

export type Tenant = {
  readonly sandbox: RunningSandbox;
  readonly admin: Admin;
  readonly secrets: Readonly<Record<string, string>>;
  readonly signingKey: JWK;
  readonly credentials: Credentials;
  readonly plan: Plan;
  readonly privilegeOfAssistant: string;
  /** Runs the verifier. */
  verify(plan?: Plan, options?: Partial<VerifyOptions>): Promise<Report>;
  readonly control: LocalTenant["control"];
  /** Changes one attribute of a configuration object and leaves it so, as a hand in the console does. */
  amend(path: string, at: readonly [string, string], edit: (before: unknown) => unknown): Promise<void>;
};

/** Starts a tenant and provisions {@link PLAN}. Stop it with `sandbox.stop()`. */
export async function startTenant(options: { dataDir?: string; rulesOff?: readonly string[] } = {}): Promise<Tenant> {
  const { sandbox, control } = await startLocalTenant(options);
  const admin = createAdmin(call, sandbox.url, sandbox.serviceAccount, machineClock());
  const secrets = Object.fromEntries(
    [LOGS_AGENT, LOGS_APP, ASSISTANT, ASSISTANT_APP, SHOPPER, CRM_AGENT, EXTENSION].map((id) => [
      id,
      randomBytes(24).toString("base64url"),
    ]),
  );
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  const published = await publicPart(jwk);
  const signingKey: JWK = { ...jwk, ...(published.kid && { kid: published.kid }) };

  const amend: Tenant["amend"] = async (path, [name, attribute], edit) => {
    const { _id, _rev, _type, ...body } = (await admin.get(path)) ?? {};
    const before = section(body, name)[attribute];
    await admin.write("PUT", path, { ...body, [name]: { ...section(body, name), [attribute]: edit(before) } });
  };
  const provider = `${configPath(REALM)}/services/oauth-oidc`;
  await amend(provider, ["advancedOAuth2Config", "grantTypes"], (list) => [...(list as string[]), GRANT.tokenExchange]);

  const owner = await userId(admin, "demo.owner");
  const application = async (clientId: string, name: string, templateName: string) => {
    const id = randomUUID();
    const owners = [reference("user", owner)];
    const link = { templateName, templateVersion: "1.0", ssoEntities: { oidcId: clientId }, owners };
    await admin.write("PUT", `${managedPath(REALM, "application")}/${id}`, { _id: id, name, ...link });
    return id;
  };
  for (const { clientId, scopes, grantTypes, authMethod } of [logsApplication, assistantApplication]) {
    await admin.write("PUT", `${configPath(REALM)}/agents/OAuth2Client/${clientId}`, {
      coreOAuth2ClientConfig: { status: "Active", scopes, userpassword: secrets[clientId] },
      advancedOAuth2ClientConfig: { grantTypes, tokenEndpointAuthMethod: authMethod },
    });
  }
  const logsId = await application(LOGS_APP, "Web Server Logs API App", "service");
  const assistantId = await application(ASSISTANT_APP, "Digital Assistant Web App", "web");

  const agent = async (
    clientId: string,
    name: string,
    scopes: readonly string[],
    grantTypes: readonly string[],
    { authMethod = "client_secret_post", ...overrides }: Readonly<Record<string, string>> = {},
  ) => {
    const id = randomUUID();
    await admin.write("PUT", `${configPath(REALM)}/agents/AIAgent/${clientId}`, {
      coreOAuth2ClientConfig: { status: "Active", scopes, userpassword: secrets[clientId] },
      advancedOAuth2ClientConfig: { grantTypes, tokenEndpointAuthMethod: authMethod },
      overrideOAuth2ClientConfig: {
        providerOverridesEnabled: true,
        statelessTokensEnabled: true,
        acceptAudienceParametersInTokenExchangeRequests: true,
        ...overrides,
      },
      aiAgentIdentityAttributes: { _id: id, oauth2ClientId: clientId, name },
      aiAgentIdentityUid: id,
    });
    return id;
  };
  const privilege = async (agentId: string, resource: string, scopes: readonly string[], relations: object = {}) => {
    const path = `${managedPath(REALM, "aiagentprivilege")}/${randomUUID()}`;
    await admin.write("PUT", path, {
      permissions: [{ type: "scopes", values: scopes }],
      agent: reference("aiagent", agentId),
      resource: reference("application", resource),
      ...relations,
    });
    return path;
  };
  const grants = [GRANT.clientCredentials, GRANT.tokenExchange];
  const logsAgent = await agent(LOGS_AGENT, "Bot Traffic Analyzer Agent", ["monitor-system"], grants);
  await privilege(logsAgent, logsId, ["logs-read", "logs-search"]);
  const assistant = await agent(ASSISTANT, "Digital Assistant AI Agent", [], [GRANT.tokenExchange]);
  const privilegeOfAssistant = await privilege(assistant, assistantId, ["read-data"], {
    subjects: [reference("user", await userId(admin, "barbara.jensen"))],
    subjectGroups: [reference("group", "customers")],
  });

  const script = async (id: string, name: string, context: string, text: string) => {
    const body = { name, context, language: "JAVASCRIPT", evaluatorVersion: "2.0", script: btoa(text) };
    await admin.write("PUT", `/am/json/realms/root/realms/${REALM}/scripts/${id}`, body);
  };
  const mayAct = `token.setMayAct(${JSON.stringify({ client_id: EXTENSION, sub: EXTENSION })});`;
  await script(MAY_ACT, "may act", "OAUTH2_MAY_ACT_NEXT_GEN", mayAct);
  const audience = `accessToken.setField("aud", "${GATEWAY}");`;
  await script(AUDIENCE, "audience", "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN", audience);
  await agent(CRM_AGENT, "CRM Agent", crmAgent.scopes, crmAgent.grantTypes, {
    authMethod: crmAgent.authMethod,
    accessTokenMayActScript: MAY_ACT,
    accessTokenModificationPluginType: "SCRIPTED",
    accessTokenModificationScript: AUDIENCE,
  });
  await admin.write("PUT", `${configPath(REALM)}/agents/OAuth2Client/${EXTENSION}`, {
    coreOAuth2ClientConfig: { status: "Active", scopes: [RESTOCK], userpassword: secrets[EXTENSION] },
    advancedOAuth2ClientConfig: {
      grantTypes: grants,
      tokenEndpointAuthMethod: "client_secret_basic",
      allowedResourceServerAudienceValues: [TOOL],
    },
  });
  await application(EXTENSION, "Agent Gateway Extension", "service");
  const accepts = ["advancedOAuth2Config", "acceptAudienceParametersInTokenExchangeRequests"] as const;
  await amend(provider, accepts, () => true);

  await admin.write("PUT", `${configPath(REALM)}/agents/OAuth2Client/${SHOPPER}`, {
    coreOAuth2ClientConfig: {
      status: "Active",
      scopes: ["openid", "prices", "address", "payment"],
      userpassword: secrets[SHOPPER],
    },
    advancedOAuth2ClientConfig: {
      grantTypes: ["authorization_code", GRANT.clientCredentials, GRANT.ciba],
      tokenEndpointAuthMethod: "client_secret_basic",
    },
    signEncOAuth2ClientConfig: { publicKeyLocation: "jwks", jwkSet: JSON.stringify({ keys: [published] }) },
  });
  await application(SHOPPER, "AI Agent", "web");
  const tree = { entryNodeId: SUCCESS, nodes: {}, staticNodes: {}, enabled: true };
  await admin.write(
    "PUT",
    `${configPath(REALM)}/authentication/authenticationtrees/trees/${encodeURIComponent(JOURNEY)}`,
    tree,
  );
  await amend(provider, ["advancedOIDCConfig", "loaMapping"], () => ({ push: JOURNEY }));

  const credentials: Credentials = {
    clientSecret: async (clientId) => secrets[clientId],
    password: async (userName) => sandbox.users[userName]?.password,
    privateKey: async (clientId) => (clientId === SHOPPER ? signingKey : undefined),
  };
  return {
    sandbox,
    admin,
    secrets,
    signingKey,
    credentials,
    plan: PLAN,
    privilegeOfAssistant,
    control,
    amend,
    verify: (plan = PLAN, more = {}) =>
      verify(plan, {
        tenant: sandbox.url,
        target: "sandbox",
        serviceAccount: sandbox.serviceAccount,
        controlToken: sandbox.controlToken,
        credentials,
        ...more,
      }),
  };
}

function reference(type: string, id: string) {
  const collection = `managed/${REALM}_${type}`;
  return { _ref: `${collection}/${id}`, _refResourceCollection: collection, _refResourceId: id };
}

async function userId(admin: Admin, userName: string): Promise<string> {
  const [user] = await admin.query(managedPath(REALM, "user"), `userName eq ${JSON.stringify(userName)}`, ["_id"]);
  return String(user?._id);
}
