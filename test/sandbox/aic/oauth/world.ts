/**
 * The three documented scenarios in a local tenant, provisioned through the admin API: an agent that acts for itself, one that
 * acts on behalf of a user, and a client that asks a user to approve (CIBA). Names are short; nothing else is special.
 */
import { randomUUID } from "node:crypto";
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { SandboxOptions } from "../../../../src/sandbox/index.ts";
import { type Reply, send, testTenant, userId } from "../../tenant.ts";

export const HOST = "http://127.0.0.1:8080";
export const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
export const CIBA = "urn:openid:params:grant-type:ciba";
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
export const SECRET = "canary-of-a-client-secret";

export const realmBase = (realm = "alpha"): string => `/am/oauth2/realms/root/realms/${realm}`;
export const issuer = (realm = "alpha"): string => HOST + realmBase(realm);
export const config = (realm = "alpha"): string => `/am/json/realms/root/realms/${realm}/realm-config`;

export type Form = Record<string, string | string[]>;
export type Headers = Record<string, string>;
export type KeyPair = { readonly privateKey: CryptoKey; readonly jwk: JWK };

export type World = Awaited<ReturnType<typeof createWorld>>;

/** A key as a client registers it: public members, named by its thumbprint (RFC 7638). */
export async function keyPair(alg = "ES256"): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { privateKey, jwk: { ...jwk, alg, use: "sig", kid: await calculateJwkThumbprint(jwk) } };
}

export const basic = (id: string, secret: string): Headers => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

/** An agent's complete settings, as the documentation has them clicked. */
const agentSections = (grantTypes: string[], scopes: string[]) => ({
  coreOAuth2ClientConfig: { status: "Active", scopes, userpassword: SECRET },
  advancedOAuth2ClientConfig: { grantTypes, tokenEndpointAuthMethod: "client_secret_post" },
  overrideOAuth2ClientConfig: {
    providerOverridesEnabled: true,
    statelessTokensEnabled: true,
    acceptAudienceParametersInTokenExchangeRequests: true,
    issueRefreshToken: true,
    issueRefreshTokenOnRefreshedToken: true,
  },
});

const clientSections = (grantTypes: string[], scopes: string[], tokenEndpointAuthMethod = "client_secret_post") => ({
  coreOAuth2ClientConfig: { status: "Active", scopes, userpassword: SECRET },
  advancedOAuth2ClientConfig: { grantTypes, tokenEndpointAuthMethod },
});

/** One tenant for a file of tests; {@link provision} makes it as new before each. */
export async function createWorld(options: SandboxOptions = {}) {
  const tenant = await testTenant(options);
  const keys = { registered: await keyPair(), second: await keyPair(), stranger: await keyPair() };
  const expectOk = (reply: Reply): Reply => {
    if (reply.status >= 300) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
    return reply;
  };

  const post = (path: string, form: Form, headers: Headers = {}, realm = "alpha"): Promise<Reply> => {
    const body = new URLSearchParams(
      Object.entries(form).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one])),
    );
    return send(tenant, `${realmBase(realm)}/${path}`, { method: "POST", body, headers });
  };
  const get = (path: string, headers: Headers = {}, realm = "alpha"): Promise<Reply> =>
    send(tenant, `${realmBase(realm)}/${path}`, { headers });

  const put = async (path: string, body: object) => expectOk(await tenant.call("PUT", path, body));

  /** Reads a document, changes it and writes it back, as an administrator does. */
  const amend = async (path: string, change: (document: Reply["body"]) => void): Promise<void> => {
    const { body } = expectOk(await tenant.call("GET", path));
    const { _rev, ...document } = body;
    change(document);
    await put(path, document);
  };
  const amendProvider = (change: (document: Reply["body"]) => void, realm = "alpha") =>
    amend(`${config(realm)}/services/oauth-oidc`, change);
  /** Sets one attribute of an agent or client, e.g. `set("AIAgent/logs-agent", "coreOAuth2ClientConfig", "status", "Inactive")`. */
  const set = (place: string, section: string, attribute: string, value: unknown) =>
    amend(`${config()}/agents/${place}`, (document) => {
      document[section][attribute] = value;
    });

  async function application(clientId: string, sections: object, realm = "alpha"): Promise<string> {
    const id = randomUUID();
    await put(`${config(realm)}/agents/OAuth2Client/${clientId}`, sections);
    const body = { name: clientId, templateName: "web", templateVersion: "1.0", ssoEntities: { oidcId: clientId } };
    await put(`/openidm/managed/${realm}_application/${id}`, body);
    return id;
  }

  async function agent(clientId: string, sections: object, realm = "alpha"): Promise<string> {
    const id = randomUUID();
    const identity = { _id: id, oauth2ClientId: clientId, name: clientId };
    const body = { ...sections, aiAgentIdentityAttributes: identity, aiAgentIdentityUid: id };
    await put(`${config(realm)}/agents/AIAgent/${clientId}`, body);
    return id;
  }

  const ref = (type: string, id: string) => ({ _ref: `managed/alpha_${type}/${id}` });

  async function privilege(agentId: string, applicationId: string, rest: object): Promise<string> {
    const id = randomUUID();
    const relations = { agent: ref("aiagent", agentId), resource: ref("application", applicationId) };
    await put(`/openidm/managed/alpha_aiagentprivilege/${id}`, { ...relations, ...rest });
    return id;
  }
  const scopesOf = (...values: string[]) => (values.length ? [{ type: "scopes", values }] : []);

  async function publish(...published: JWK[]): Promise<void> {
    await set("OAuth2Client/approved", "signEncOAuth2ClientConfig", "jwkSet", JSON.stringify({ keys: published }));
  }

  const ids = {
    barbara: "",
    owner: "",
    logsPrivilege: "",
    assistantPrivilege: "",
    logsApi: "",
    webApp: "",
    logsAgent: "",
  };

  async function provision(): Promise<void> {
    tenant.tenant.clock.reset();
    expectOk(await tenant.control("reset", {}));
    expectOk(await tenant.control("rules", { off: options.rulesOff ?? [] }));
    ids.barbara = await userId(tenant, "barbara.jensen");
    ids.owner = await userId(tenant, "demo.owner");
    const nodes = { [randomUUID()]: { nodeType: "UsernameCollectorNode", displayName: "Name", connections: {} } };
    for (const journey of ["Push Journey", "Other Journey"]) {
      const body = { entryNodeId: Object.keys(nodes)[0], nodes };
      await put(`${config()}/authentication/authenticationtrees/trees/${encodeURIComponent(journey)}`, body);
    }
    await amendProvider((document) => {
      document.advancedOAuth2Config.grantTypes.push(EXCHANGE);
      document.advancedOIDCConfig.loaMapping = { push: "Push Journey", other: "Other Journey" };
    });
    ids.logsApi = await application("logs-api", clientSections(["client_credentials"], ["logs-read", "logs-search"]));
    ids.webApp = await application(
      "web-app",
      clientSections(["authorization_code", "password", "refresh_token"], ["openid", "read-data", "write-data"]),
    );
    const bystander = clientSections(["client_credentials", EXCHANGE], ["openid", "logs-read"]);
    await application("bystander", bystander);
    ids.logsAgent = await agent("logs-agent", agentSections([EXCHANGE, "client_credentials"], ["monitor-system"]));
    const assistant = await agent("assistant", agentSections([EXCHANGE, "client_credentials"], ["monitor-system"]));
    const second = await agent("second-agent", agentSections([EXCHANGE, "client_credentials"], ["monitor-system"]));
    ids.logsPrivilege = await privilege(ids.logsAgent, ids.logsApi, {
      permissions: scopesOf("logs-read", "logs-search"),
    });
    const onBehalf = { permissions: scopesOf("read-data"), subjects: [ref("user", ids.barbara)] };
    ids.assistantPrivilege = await privilege(assistant, ids.webApp, onBehalf);
    await privilege(second, ids.webApp, onBehalf);
    await application(
      "approved",
      clientSections(
        ["client_credentials", "refresh_token", CIBA],
        ["openid", "prices", "address"],
        "client_secret_basic",
      ),
    );
    await set("OAuth2Client/approved", "coreOAuth2ClientConfig", "clientName", ["en|Approved App"]);
    await set("OAuth2Client/approved", "signEncOAuth2ClientConfig", "publicKeyLocation", "jwks");
    await publish(keys.registered.jwk, keys.second.jwk);
    await application("other-approved", clientSections([CIBA], ["openid"], "client_secret_basic"));
  }

  const credentials = (id: string) => ({ client_id: id, client_secret: SECRET });
  const ownToken = (id: string, form: Form = {}) =>
    post("access_token", { grant_type: "client_credentials", ...credentials(id), scope: "monitor-system", ...form });
  const userToken = (form: Form = {}) =>
    post("access_token", {
      grant_type: "password",
      ...credentials("web-app"),
      username: "barbara.jensen",
      password: tenant.users["barbara.jensen"]?.password ?? "",
      scope: "openid",
      ...form,
    });
  const accessTokenOf = async (reply: Promise<Reply>): Promise<string> => expectOk(await reply).body.access_token;
  const exchange = (id: string, form: Form, headers: Headers = {}) => {
    const all: Form = { grant_type: EXCHANGE, ...credentials(id), subject_token_type: ACCESS_TOKEN, ...form };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0 || value === ""));
    return post("access_token", sent, headers);
  };
  /** The autonomous agent's exchange of its own token. */
  const autonomous = async (form: Form = {}) => {
    const subject_token = await accessTokenOf(ownToken("logs-agent"));
    return exchange("logs-agent", { subject_token, audience: "logs-api", scope: "logs-read", ...form });
  };
  /** The assistant's exchange of the user's token. */
  const onBehalf = async (form: Form = {}, id = "assistant") => {
    const subject_token = await accessTokenOf(userToken());
    return exchange(id, { subject_token, audience: "web-app", scope: "read-data", ...form });
  };

  const nowSeconds = () => Math.floor(tenant.tenant.clock.now() / 1000);
  /** A signed request; a claim or header member given as undefined is left out. */
  const requestJwt = (
    claims: Record<string, unknown> = {},
    header: Record<string, unknown> = {},
    key: CryptoKey | Uint8Array = keys.registered.privateKey,
  ) =>
    new SignJWT({
      iss: "approved",
      aud: issuer(),
      exp: nowSeconds() + 600,
      iat: nowSeconds(),
      nbf: nowSeconds() - 10,
      jti: randomUUID(),
      scope: "openid address",
      acr_values: "push",
      login_hint: "barbara.jensen",
      binding_message: "Share your address?",
      ...claims,
    })
      .setProtectedHeader({ alg: "ES256", kid: keys.registered.jwk.kid ?? "", ...header })
      .sign(key);
  const start = (request: string, form: Form = {}) =>
    post("bc-authorize", { request, ...form }, basic("approved", SECRET));
  const startOk = async (): Promise<string> => expectOk(await start(await requestJwt())).body.auth_req_id;
  const poll = (auth_req_id: string, id = "approved") =>
    post("access_token", { grant_type: CIBA, auth_req_id }, basic(id, SECRET));
  const pending = async (): Promise<Reply["body"][]> => (await tenant.control("ciba")).body.pending;
  const answer = async (how: "approve" | "deny", username = "barbara.jensen", password?: string): Promise<Reply> => {
    const [request] = await pending();
    const body = { username, password: password ?? tenant.users[username]?.password ?? "" };
    return tenant.control(`ciba/${request?.id}/${how}`, body);
  };
  const advance = async (advanceSeconds: number) => expectOk(await tenant.control("clock", { advanceSeconds }));

  return {
    tenant,
    keys,
    ids,
    provision,
    post,
    get,
    put,
    amendProvider,
    set,
    application,
    agent,
    privilege,
    scopesOf,
    ref,
    publish,
    ownToken,
    userToken,
    accessTokenOf,
    exchange,
    autonomous,
    onBehalf,
    nowSeconds,
    requestJwt,
    start,
    startOk,
    poll,
    pending,
    answer,
    advance,
  };
}

/** Claims of a JWT, unverified. */
export function claimsOf(token: string): Reply["body"] {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}
