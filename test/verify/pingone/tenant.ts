/** An environment that really listens, with an agent of each pattern in it, and the plan that it fulfils. */

import { connectPingOne } from "../../../src/admin-api/pingone/tenant.ts";
import { ACT_EXPRESSION, CHAIN_EXPRESSION } from "../../../src/components/pingone/delegation.ts";
import { GRANT } from "../../../src/verify/grants.ts";
import {
  type PingOneAgent,
  type PingOneDelegate,
  type PingOnePlan,
  type PingOneVerifyOptions,
  verifyPingOne,
} from "../../../src/verify/pingone/index.ts";
import { createAgreement } from "../../support/agreement.ts";
import { freePort } from "../../support/free-port.ts";
import { startTenant as startLocalTenant } from "../../support/tenant.ts";

export const SUPPORT = "support-agent";
export const WATCHER = "stock-watcher";
export const REFUND = "refund-agent";
export const PORTAL = "support-portal";

const readOrders = {
  resource: "Orders",
  audience: "https://orders.example.com",
  lifetime: 900,
  scopes: ["orders:read"],
};
const writeOrders = { ...readOrders, scopes: ["orders:write"] };
const act = { resource: "Agents", audience: "https://agents.example.com", lifetime: 900, scopes: ["agent:act"] };
const usePortal = { resource: "Portal", audience: "https://portal.example.com", lifetime: 900, scopes: ["portal:use"] };

const common = { enabled: true, authMethod: "client_secret_basic", openid: [], mixesResources: false, actsFor: [] };
const AGENTS = [
  {
    ...{ ...common, key: SUPPORT, pattern: "on-behalf-of", access: [readOrders, act] },
    ...{ grantTypes: [GRANT.clientCredentials, GRANT.tokenExchange] },
    actsFor: [{ ...usePortal, application: PORTAL }],
  },
  {
    ...{ ...common, key: WATCHER, pattern: "autonomous", access: [readOrders] },
    ...{ grantTypes: [GRANT.clientCredentials], authMethod: "client_secret_post" },
  },
  {
    ...{ ...common, key: REFUND, pattern: "approved", access: [writeOrders], grantTypes: [GRANT.ciba] },
    ...{ openid: ["openid", "profile"], mixesResources: true, policies: ["Agent Approval"] },
    settings: { "authorization.multipleResources": true },
  },
] as const satisfies PingOneAgent[];

/** Exchanges that are declared one by one: of users' tokens by a relay, and onward by a clerk, who has two targets. */
export const [RELAY, CLERK] = ["relay", "clerk"] as const;
const accessTo = (resource: string, scope: string) => ({
  ...{ resource, audience: `https://${resource.toLowerCase()}.example.com`, lifetime: 900, scopes: [scope] },
});
const [desk, hub] = [accessTo("Desk", "desk:use"), accessTo("Hub", "hub:use")];
const [vault, shelf] = [accessTo("Vault", "vault:open"), accessTo("Shelf", "shelf:look")];
const exchanging = {
  ...{ enabled: true, authMethod: "client_secret_basic", openid: [] },
  grantTypes: [GRANT.clientCredentials, GRANT.tokenExchange],
};
const relay = { ...exchanging, key: RELAY, access: [hub] };
const clerk = { ...exchanging, key: CLERK, access: [vault, shelf] };
const toHub: PingOneDelegate = {
  ...{ client: relay, from: "Desk", source: { is: "user", tokens: { ...desk, application: PORTAL } } },
  ...{ target: hub, isRequired: true, nestsAct: true, next: [CLERK] },
};
const onward = {
  client: clerk,
  from: "Hub",
  source: { is: "exchanged", by: toHub },
  nestsAct: true,
  next: [],
} as const;
const DELEGATES: PingOneDelegate[] = [
  toHub,
  { ...onward, target: vault, isRequired: true },
  { ...onward, target: shelf, isRequired: false },
];

/** An agent that signs users in itself, with consent, and exchanges their tokens (delegation §1.1). */
export const GUIDE = "guide";
const [ask, tools] = [accessTo("Guide", "guide:ask"), accessTo("Tools", "tools:use")];
const expression = (text: string) => ["$", `{${text}}`].join("");
const REQUEST = "#root.context.requestData";
const WHOEVER = expression(
  `(${REQUEST}.grantType == "client_credentials") ? null : ({"sub": #root.context.appConfig.clientId})`,
);
const SIGN_ON_CLAIMS = {
  Guide: { sub: expression("user.username"), may_act: WHOEVER },
  Tools: { sub: expression(`${REQUEST}.subjectToken.sub`), act: ACT_EXPRESSION },
};
const guide: PingOneAgent = {
  ...{ ...common, key: GUIDE, pattern: "signs-users-in", access: [ask, tools], openid: ["openid"] },
  grantTypes: [GRANT.authorizationCode, GRANT.refreshToken, GRANT.clientCredentials, GRANT.tokenExchange],
  ...{ actsFor: [{ ...ask, application: GUIDE }], policies: ["Consent-Login"], agreements: ["Consent"] },
};
const signOnPlan = (callback: string): PingOnePlan => ({
  agents: [
    {
      ...guide,
      settings: { redirectUris: [callback], responseTypes: ["code"], "authorization.pkce": "s256_required" },
    },
  ],
  ...{ applications: [], scopes: ["guide:ask", "tools:use"] },
  resources: [
    { ...resourceOf(ask, ask.scopes), claims: SIGN_ON_CLAIMS.Guide },
    { ...resourceOf(tools, tools.scopes), claims: SIGN_ON_CLAIMS.Tools },
  ],
});

const PLAN: PingOnePlan = {
  agents: AGENTS,
  applications: [
    {
      ...{ key: PORTAL, enabled: true, authMethod: "client_secret_basic", grantTypes: ["authorization_code"] },
      ...{ access: [usePortal], openid: [] },
    },
  ],
  resources: [
    { ...resourceOf(readOrders, ["orders:read", "orders:write"]), claims: { act: ACT_EXPRESSION } },
    { ...resourceOf(act, act.scopes), claims: { act: ACT_EXPRESSION } },
    { ...resourceOf(usePortal, usePortal.scopes), claims: { may_act: undefined } },
  ],
  scopes: ["orders:read", "orders:write", "agent:act", "portal:use"],
};

/** The same with the exchanges that are declared one by one. */
const DELEGATED: PingOnePlan = {
  ...PLAN,
  applications: [...PLAN.applications.map((one) => ({ ...one, access: [...one.access, desk] })), relay, clerk],
  delegates: DELEGATES,
  resources: [
    ...PLAN.resources,
    { ...resourceOf(desk, desk.scopes), claims: { may_act: undefined } },
    { ...resourceOf(hub, hub.scopes), claims: { may_act: undefined, act: CHAIN_EXPRESSION } },
    { ...resourceOf(vault, vault.scopes), claims: { act: CHAIN_EXPRESSION } },
    { ...resourceOf(shelf, shelf.scopes), claims: { act: CHAIN_EXPRESSION } },
  ],
};

function resourceOf({ resource: name, audience, lifetime }: typeof act, scopes: readonly string[]) {
  return { name, scopes, settings: { audience, accessTokenLifetime: lifetime } };
}

/**
 * Starts the environment; the caller stops it.
 *
 * @param options.delegates whether there are exchanges that are declared one by one. @default false
 * @param options.signsIn whether there is an agent that signs users in, with a plan of its own. @default false
 */
export async function startTenant({ delegates = false, signsIn = false } = {}) {
  const { sandbox, control } = await startLocalTenant();
  const { url, pingone, users, controlToken } = sandbox;
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = pingone;
  const settings = { environmentId, clientId, clientSecret, apiUrl: `${url}/v1`, authUrl: url };
  const admin = connectPingOne(settings).environment();
  const plan = delegates ? DELEGATED : PLAN;
  const callback = `http://127.0.0.1:${await freePort()}/callback`;
  const ids: Record<string, string> = {};
  const secrets: Record<string, string> = {};

  const application = async (key: string, body: object) => {
    const { id } = await admin.applications.create({
      ...{ name: key, type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true },
      ...{ tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", ...body },
    });
    ids[key] = id;
    secrets[key] = (await admin.secret(id))?.secret ?? "";
  };
  const resource = async (
    name: string,
    scopes: readonly string[],
    claims: Record<string, string> = {},
    required?: boolean,
  ) => {
    const audience = `https://${name.toLowerCase()}.example.com`;
    const { id } = await admin.resources.create({ name, audience, accessTokenValiditySeconds: 900 });
    for (const scope of scopes) await admin.scopes(id).create({ name: scope });
    const attributes = admin.resourceAttributes(id);
    for (const [claim, value] of Object.entries(claims)) {
      const body = { name: claim, value, ...(claim === "act" && required && { required }) };
      // Every resource has a subject from the start.
      const [own] = claim === "sub" ? (await attributes.list()).filter(({ name }) => name === claim) : [];
      await (own ? attributes.replace(own.id, body) : attributes.create(body));
    }
    ids[name] = id;
  };
  const grant = async (key: string, name: string, scopes: readonly string[]) => {
    const rows = await admin.scopes(String(ids[name])).list();
    const chosen = rows.filter((row) => scopes.includes(String(row.name))).map(({ id }) => ({ id }));
    await admin.below(String(ids[key]), "grants").create({ resource: { id: ids[name] }, scopes: chosen });
  };

  await application(SUPPORT, { grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"] });
  await application(WATCHER, { grantTypes: ["CLIENT_CREDENTIALS"], tokenEndpointAuthMethod: "CLIENT_SECRET_POST" });
  await application(REFUND, { grantTypes: ["CIBA"], requestScopesForMultipleResourcesEnabled: true });
  await application(PORTAL, { type: "WEB_APP", grantTypes: ["AUTHORIZATION_CODE"] });
  await resource("Portal", usePortal.scopes, { may_act: JSON.stringify({ sub: ids[SUPPORT] }) });
  await resource("Orders", ["orders:read", "orders:write"], { act: ACT_EXPRESSION });
  await resource("Agents", act.scopes, { act: ACT_EXPRESSION });
  ids.openid = String((await admin.resources.list()).find(({ name }) => name === "openid")?.id);
  await grant(PORTAL, "Portal", usePortal.scopes);
  await grant(SUPPORT, "Orders", readOrders.scopes);
  await grant(SUPPORT, "Agents", act.scopes);
  await grant(WATCHER, "Orders", readOrders.scopes);
  await grant(REFUND, "Orders", writeOrders.scopes);
  await grant(REFUND, "openid", ["profile"]);
  if (delegates) {
    for (const key of [RELAY, CLERK])
      await application(key, { type: "WEB_APP", grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"] });
    const mayAct = (key: string) => ({ may_act: JSON.stringify({ sub: ids[key] }) });
    await resource("Desk", desk.scopes, mayAct(RELAY));
    await resource("Hub", hub.scopes, { ...mayAct(CLERK), act: CHAIN_EXPRESSION }, true);
    await resource("Vault", vault.scopes, { act: CHAIN_EXPRESSION }, true);
    await resource("Shelf", shelf.scopes, { act: CHAIN_EXPRESSION });
    await grant(PORTAL, "Desk", desk.scopes);
    await grant(RELAY, "Hub", hub.scopes);
    await grant(CLERK, "Vault", vault.scopes);
    await grant(CLERK, "Shelf", shelf.scopes);
  }
  if (signsIn) {
    const grantTypes = ["AUTHORIZATION_CODE", "REFRESH_TOKEN", "CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"];
    const signingOn = {
      grantTypes,
      responseTypes: ["CODE"],
      redirectUris: [callback],
      pkceEnforcement: "S256_REQUIRED",
    };
    await application(GUIDE, signingOn);
    await resource("Guide", ask.scopes, SIGN_ON_CLAIMS.Guide);
    await resource("Tools", tools.scopes, SIGN_ON_CLAIMS.Tools);
    await grant(GUIDE, "Guide", ask.scopes);
    await grant(GUIDE, "Tools", tools.scopes);
    const { assign } = await createAgreement(admin, control, { en: ["Consent", "The guide acts in your name."] });
    await assign(String(ids[GUIDE]));
  }
  const policy = (await admin.flowPolicies.list()).find(({ name }) => name === "Agent Approval");
  const assignments = admin.below(String(ids[REFUND]), "flowPolicyAssignments");
  await assignments.create({ flowPolicy: { id: policy?.id }, priority: 1 });

  return {
    ...{ sandbox, admin, ids, secrets, settings, control, plan, callback, signOn: signOnPlan(callback) },
    id: (name: string) => String(ids[name]),
    verify: (given: PingOnePlan = plan, options: Partial<PingOneVerifyOptions> = {}) =>
      verifyPingOne(given, {
        ...{ target: "sandbox", authUrl: url, controlToken, user: "barbara.jensen" },
        worker: {
          ...{ apiUrl: settings.apiUrl, environmentId, issuer: `${url}/${environmentId}/as` },
          client: { clientId, secret: clientSecret, authMethod: "client_secret_basic" },
        },
        credentials: {
          clientId: async (key) => ids[key],
          clientSecret: async (key) => secrets[key],
          password: async (name) => users[name]?.password,
          privateKey: async () => undefined,
        },
        ...options,
      }),
  };
}

export type Tenant = Awaited<ReturnType<typeof startTenant>>;
