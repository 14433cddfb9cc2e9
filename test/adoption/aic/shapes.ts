/** Agents of many shapes, made in a realm by raw calls of its API, as people and other tools make them. */

import { randomUUID } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { CIBA, TOKEN_EXCHANGE } from "../../../src/fields/grant-types.ts";
import type { LocalAic } from "../../support/aic.ts";
import { type Grant, hands, part } from "../../support/hands.ts";

type Section = Readonly<Record<string, unknown>>;

/** An agent as it is made. */
export type Shape = {
  /** Client id; its secret is `secret-of-` and this. */
  readonly id: string;
  readonly core?: Section;
  readonly advanced?: Section;
  readonly override?: Section;
  readonly openid?: Section;
  readonly signing?: Section;
  readonly identity?: Section;
  /** User names. */
  readonly owners?: readonly string[];
  readonly grants?: readonly Omit<Grant, "agent">[];
  /** What no declaration can say of it. @default it can be taken in */
  readonly leftOut?: string;
};

const EXCHANGES = {
  ...{ providerOverridesEnabled: true, statelessTokensEnabled: true },
  acceptAudienceParametersInTokenExchangeRequests: true,
};
const own = (...more: string[]) => ({ grantTypes: ["client_credentials", ...more] });
const post = { tokenEndpointAuthMethod: "client_secret_post" };

/** A public key, named by its thumbprint. */
async function publicKey(alg: string) {
  const { publicKey: key } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(key);
  return { ...jwk, use: "sig", alg, kid: await calculateJwkThumbprint(jwk) };
}

const jwkSet = async (...algs: string[]) => JSON.stringify({ keys: await Promise.all(algs.map(publicKey)) });

/** Shapes of every sort. */
export async function shapes(): Promise<Shape[]> {
  const published = { publicKeyLocation: "jwks", jwkSet: await jwkSet("ES256") };
  return [
    // What AM and the console make by themselves.
    { id: "as-am-makes-it" },
    { id: "own-token", advanced: own() },
    { id: "own-token-post", advanced: { ...own(), ...post } },
    { id: "no-scopes-but-openid", core: { scopes: ["openid"] }, advanced: own() },
    // What the patterns stand for.
    { id: "autonomous", advanced: { ...own(TOKEN_EXCHANGE), ...post }, override: EXCHANGES },
    {
      ...{ id: "autonomous-reads", core: { scopes: ["monitor"] }, override: EXCHANGES },
      advanced: { ...own(TOKEN_EXCHANGE), ...post },
      grants: [{ application: "Logs", scopes: ["logs-read"] }],
    },
    {
      ...{ id: "autonomous-all", advanced: { ...own(TOKEN_EXCHANGE), ...post }, override: EXCHANGES },
      grants: [{ application: "Logs" }],
    },
    {
      ...{ id: "on-behalf", advanced: { grantTypes: [TOKEN_EXCHANGE], ...post }, override: EXCHANGES },
      grants: [{ application: "Shop", scopes: ["orders"], users: ["barbara.jensen"] }],
    },
    {
      ...{ id: "on-behalf-of-group", advanced: { grantTypes: [TOKEN_EXCHANGE], ...post }, override: EXCHANGES },
      grants: [
        { application: "Shop", scopes: ["orders", "returns"], groups: ["customers"], description: "All customers" },
      ],
    },
    {
      ...{ id: "approved", core: { scopes: ["openid", "pay"] }, signing: published },
      advanced: { ...own(CIBA), ...post },
    },
    {
      ...{ id: "approved-rsa", core: { scopes: ["openid"] }, advanced: { ...own(CIBA), ...post } },
      signing: { publicKeyLocation: "jwks", jwkSet: await jwkSet("RS256", "ES256") },
    },
    {
      ...{ id: "approved-and-reaches", core: { scopes: ["openid"] }, signing: published },
      ...{ advanced: { ...own(CIBA, TOKEN_EXCHANGE), ...post }, override: EXCHANGES },
      grants: [
        { application: "Shop", scopes: ["orders"], users: ["barbara.jensen"] },
        { application: "Logs", scopes: ["logs-read"] },
      ],
    },
    // What people add.
    { id: "described", advanced: own(), identity: { description: "Answers questions" } },
    { id: "attributed", advanced: own(), identity: { customAttributes: { team: "care", region: "eu" } } },
    { id: "owned", advanced: own(), owners: ["demo.owner"] },
    { id: "owned-by-two", advanced: own(), owners: ["demo.owner", "barbara.jensen"] },
    { id: "switched-off", core: { status: "Inactive" }, advanced: own() },
    { id: "short-lived", core: { accessTokenLifetime: 300, refreshTokenLifetime: -1 }, advanced: own("refresh_token") },
    {
      ...{ id: "signs-users-on", core: { scopes: ["openid"], redirectionUris: ["https://a.example.com/cb"] } },
      advanced: { ...own("authorization_code", "refresh_token"), responseTypes: ["code"], isConsentImplied: true },
    },
    { id: "asks-by-push", core: { scopes: ["openid"] }, advanced: own(), openid: { defaultAcrValues: ["push"] } },
    {
      id: "labelled",
      core: { secretLabelIdentifier: "labelled" },
      advanced: own(),
    },
    {
      ...{ id: "by-key", advanced: { ...own(), tokenEndpointAuthMethod: "private_key_jwt" } },
      signing: { publicKeyLocation: "jwks_uri", jwksUri: "https://a.example.com/jwks" },
    },
    { id: "by-certificate", advanced: { ...own(), tokenEndpointAuthMethod: "self_signed_tls_client_auth" } },
    { id: "public", core: { clientType: "Public" }, advanced: { tokenEndpointAuthMethod: "none" } },
    {
      ...{ id: "named", core: { clientName: ["Named", "Second"] } },
      advanced: { ...own(), name: ["Shown"], contacts: ["team@example.com"], softwareIdentity: "their-software" },
    },
    { id: "versioned", advanced: { ...own(), softwareIdentity: "theirs", softwareVersion: "2.1" } },
    { id: "other-algorithms", advanced: own(), signing: { idTokenSignedResponseAlg: "ES256" } },
    { id: "no-refresh", advanced: own(), override: { providerOverridesEnabled: true, issueRefreshToken: false } },
    { id: "pushed", advanced: { ...own("authorization_code"), require_pushed_authorization_requests: true } },
    { id: "deny-by-default", advanced: { grantTypes: [] } },
    { id: "UPPER_case-01", advanced: own() },
    {
      ...{ id: "several-on-one", advanced: { grantTypes: [TOKEN_EXCHANGE], ...post }, override: EXCHANGES },
      grants: [
        { application: "Shop", scopes: ["orders"], users: ["barbara.jensen"] },
        { application: "Shop", scopes: ["returns"], users: ["demo.owner"] },
        { application: "Shop", scopes: ["returns"], groups: ["customers"] },
      ],
    },
    {
      ...{ id: "several-applications", advanced: { ...own(TOKEN_EXCHANGE), ...post }, override: EXCHANGES },
      grants: [{ application: "Logs", scopes: ["logs-read"] }, { application: "Shop" }, { application: "Odd" }],
    },
    {
      ...{ id: "exchanges-without-overrides", advanced: { ...own(TOKEN_EXCHANGE), ...post } },
      grants: [{ application: "Logs", scopes: ["logs-read"] }],
    },
    {
      ...{ id: "reaches-and-cannot", advanced: own() },
      grants: [{ application: "Logs", scopes: ["logs-read"], description: "Not in use yet" }],
    },
    ...["a", "b", "c"].map((letter) => ({ id: `alike-${letter}`, core: { scopes: [letter] }, advanced: own() })),
    // What the schema lacks.
    {
      ...{ id: "for-itself-and-others", advanced: { ...own(TOKEN_EXCHANGE), ...post }, override: EXCHANGES },
      grants: [
        { application: "Shop", scopes: ["orders"], users: ["barbara.jensen"] },
        { application: "Logs", scopes: ["logs-read"] },
      ],
      leftOut: "an autonomous agent acts for itself",
    },
    {
      ...{ id: "twice-the-same", advanced: { ...own(TOKEN_EXCHANGE), ...post }, override: EXCHANGES },
      grants: [
        { application: "Logs", scopes: ["logs-read"] },
        { application: "Logs", scopes: ["logs-read"], description: "Again" },
      ],
      leftOut: "two privileges on logs allow the same",
    },
  ];
}

/** The secret of a client. */
export const secretOf = (id: string) => `secret-of-${id}`;

/** Fills a realm, with the applications that the agents reach. */
export async function fill(tenant: LocalAic, all: readonly Shape[]): Promise<void> {
  const byHand = hands(tenant);
  const am = tenant.admin.am("alpha");
  const { idm } = tenant.admin;
  await byHand.provider((document) => {
    const types = part(document, "advancedOAuth2Config").grantTypes as string[];
    types.push(TOKEN_EXCHANGE);
    part(document, "advancedOIDCConfig").loaMapping = { push: "Login" };
  });
  const application = async (clientId: string, name: string, templateName: string, scopes: string[]) => {
    const _id = randomUUID();
    await am.put("OAuth2Client", clientId, {
      coreOAuth2ClientConfig: { scopes, clientName: [name], userpassword: secretOf(clientId) },
      advancedOAuth2ClientConfig: { ...own(), ...post },
    });
    const body = { _id, name, templateName, templateVersion: "1.0", ssoEntities: { oidcId: clientId } };
    await idm.create("managed/alpha_application", _id, { ...body, description: `The ${name}` });
  };
  await application("logs", "Logs", "service", ["logs-read", "logs-search"]);
  await application("shop", "Shop", "web", ["orders", "returns"]);
  await application("odd", "Odd", "wsfed", ["anything"]);
  for (const shape of all) {
    const _id = randomUUID();
    await am.put("AIAgent", shape.id, {
      aiAgentIdentityUid: _id,
      aiAgentIdentityAttributes: { _id, oauth2ClientId: shape.id, name: `Agent ${shape.id}`, ...shape.identity },
      coreOAuth2ClientConfig: { userpassword: secretOf(shape.id), ...shape.core },
      ...(shape.advanced && { advancedOAuth2ClientConfig: shape.advanced }),
      ...(shape.override && { overrideOAuth2ClientConfig: shape.override }),
      ...(shape.openid && { coreOpenIDClientConfig: shape.openid }),
      ...(shape.signing && { signEncOAuth2ClientConfig: shape.signing }),
    });
    if (shape.owners) {
      const users = await Promise.all(shape.owners.map((name) => byHand.find("user", "userName", name)));
      const owners = users.map((user) => ({ _ref: `managed/alpha_user/${user?._id}` }));
      await byHand.managed("aiagent", "oauth2ClientId", shape.id, { owners });
    }
    for (const grant of shape.grants ?? []) await byHand.grant({ agent: shape.id, ...grant });
  }
}
