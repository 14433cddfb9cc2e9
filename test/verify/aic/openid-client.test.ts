/**
 * A second lane: the same positive flows through a certified client library, so that the local tenant is not only good for
 * our own client. Needs the two work-arounds that AM asks for (oauth-flows §10).
 */

import { importJWK, SignJWT } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { realmPath } from "../../../src/verify/aic/endpoints.ts";
import { GRANT } from "../../../src/verify/grants.ts";
import { ASSISTANT, ASSISTANT_APP, LOGS_AGENT, LOGS_APP, REALM, SHOPPER, startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.sandbox.stop());

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

/** First work-around: AM sends `refresh_token: null` with exchanged tokens, which is no string. */
async function withoutNull(url: string, options: client.CustomFetchOptions): Promise<Response> {
  const response = await fetch(url, options as RequestInit);
  if (!response.headers.get("content-type")?.includes("json")) return response;
  const { refresh_token: token, ...body } = (await response.json()) as Record<string, unknown>;
  const shown = token === null || token === undefined ? body : { ...body, refresh_token: token };
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(JSON.stringify(shown), { status: response.status, headers });
}

/** Second work-around: explicit metadata, since discovery compares the issuer by URL, which drops a default port. */
function configured(clientId: string, method: typeof client.ClientSecretPost): client.Configuration {
  const issuer = tenant.sandbox.url + realmPath(REALM);
  const configuration = new client.Configuration(
    {
      issuer,
      token_endpoint: `${issuer}/access_token`,
      introspection_endpoint: `${issuer}/introspect`,
      backchannel_authentication_endpoint: `${issuer}/bc-authorize`,
      jwks_uri: `${issuer}/connect/jwk_uri`,
    },
    clientId,
    undefined,
    method(String(tenant.secrets[clientId])),
  );
  client.allowInsecureRequests(configuration);
  configuration[client.customFetch] = withoutNull;
  return configuration;
}

test("autonomous: a token of its own, exchanged for the application's", async () => {
  const agent = configured(LOGS_AGENT, client.ClientSecretPost);
  const own = await client.clientCredentialsGrant(agent, { scope: "monitor-system" });
  const exchanged = await client.genericGrantRequest(agent, GRANT.tokenExchange, {
    subject_token: own.access_token,
    subject_token_type: ACCESS_TOKEN,
    audience: LOGS_APP,
    scope: "logs-read logs-search",
  });
  const told = await client.tokenIntrospection(agent, exchanged.access_token);
  expect(told).toMatchObject({ active: true, sub: LOGS_AGENT, client_id: LOGS_AGENT, act: { sub: LOGS_AGENT } });
});

test("on behalf of a user: the user's token, exchanged by the agent", async () => {
  const application = configured(ASSISTANT_APP, client.ClientSecretPost);
  const users = await client.genericGrantRequest(application, GRANT.password, {
    username: "barbara.jensen",
    password: String(tenant.sandbox.users["barbara.jensen"]?.password),
    scope: "openid",
  });
  const { sub } = await client.tokenIntrospection(application, users.access_token);
  const agent = configured(ASSISTANT, client.ClientSecretPost);
  const exchanged = await client.genericGrantRequest(agent, GRANT.tokenExchange, {
    subject_token: users.access_token,
    subject_token_type: ACCESS_TOKEN,
    audience: ASSISTANT_APP,
    scope: "read-data",
  });
  const told = await client.tokenIntrospection(agent, exchanged.access_token);
  expect(told).toMatchObject({ active: true, sub, client_id: ASSISTANT, act: { sub: ASSISTANT }, scope: "read-data" });
});

test("approved by the user: CIBA with a signed request and polling", async () => {
  const agent = configured(SHOPPER, client.ClientSecretBasic);
  const { issuer } = agent.serverMetadata();
  const key = await importJWK(tenant.signingKey, "ES256");
  const parameters = {
    scope: "openid address",
    acr_values: "push",
    login_hint: "end.user",
    binding_message: "Buy a book",
  };
  const now = Math.floor(Date.now() / 1000);
  const request = await new SignJWT({ ...parameters })
    .setProtectedHeader({ alg: "ES256", kid: String(tenant.signingKey.kid) })
    .setIssuer(SHOPPER)
    .setAudience(issuer)
    .setIssuedAt(now)
    .setExpirationTime(now + 600)
    .sign(key);
  const started = await client.initiateBackchannelAuthentication(agent, { request });
  const { pending } = (await tenant.control("ciba")) as { pending: { id: string; binding_message: string }[] };
  const waiting = pending.find(({ binding_message }) => binding_message === parameters.binding_message);
  const password = tenant.sandbox.users["end.user"]?.password;
  await tenant.control(`ciba/${waiting?.id}/approve`, { username: "end.user", password });
  const tokens = await client.pollBackchannelAuthenticationGrant(agent, started);
  expect(tokens.claims()).toMatchObject({ acr: "push", aud: SHOPPER });
  const told = await client.tokenIntrospection(agent, tokens.access_token);
  expect(told).toMatchObject({ active: true, client_id: SHOPPER });
});
