/** The grants of PingOne's token endpoint (pingone §5.6, §5.9). Each answers the body of a token response. */
import type { JWTPayload } from "jose";
import { parameter, splitScopes } from "../../form.ts";
import type { Tenant } from "../../tenant.ts";
import { collectionOf, type Document } from "../documents.ts";
import { type Approval, poll } from "./approvals.ts";
import { grantsOf, needsGrant, resourcesFor } from "./clients.ts";
import { issueRefreshToken, type RefreshRecord, useRefreshToken } from "./refresh-tokens.ts";
import { demand, OAuthRefusal } from "./rules.ts";
import { type Issue, issueAccessToken, issueIdToken, readToken } from "./tokens.ts";

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

/** A token request of an authenticated application. */
export type TokenRequest = {
  readonly tenant: Tenant;
  readonly issuer: string;
  readonly client: Document;
  readonly form: URLSearchParams;
};

const scopesOf = (form: URLSearchParams) => splitScopes(parameter(form, "scope"));
const userOf = ({ store }: Tenant, id: string | undefined) =>
  id === undefined ? undefined : store.get<Document>(collectionOf("users"), id);

/** Answers a token request by its grant type. */
export function grantToken(request: TokenRequest): Promise<object> {
  const grant = GRANTS[request.form.get("grant_type") ?? ""];
  demand("unsupportedGrant", grant);
  needsGrant(request.client, grant.name);
  return grant.answer(request);
}

const GRANTS: Readonly<Record<string, { name: string; answer: (request: TokenRequest) => Promise<object> }>> = {
  client_credentials: { name: "CLIENT_CREDENTIALS", answer: clientCredentials },
  refresh_token: { name: "REFRESH_TOKEN", answer: refresh },
  "urn:ietf:params:oauth:grant-type:token-exchange": { name: "TOKEN_EXCHANGE", answer: tokenExchange },
  "urn:openid:params:grant-type:ciba": { name: "CIBA", answer: ciba },
  "urn:ietf:params:oauth:grant-type:device_code": { name: "DEVICE_CODE", answer: device },
};

async function clientCredentials({ tenant, issuer, client, form }: TokenRequest): Promise<object> {
  const grants = resourcesFor(tenant, client, scopesOf(form));
  // Nobody is signed on: scopes of OpenID Connect have nobody to be about.
  demand(
    "scopeNotGranted",
    grants.every(({ resource }) => resource.type === "CUSTOM"),
  );
  return bearer(await issueAccessToken(tenant, { issuer, client, grants, user: undefined }));
}

async function tokenExchange({ tenant, issuer, client, form }: TokenRequest): Promise<object> {
  demand("missingParameter", form.get("subject_token"));
  demand("subjectType", form.get("subject_token_type") === ACCESS_TOKEN);
  const subjectToken = await readToken(tenant, issuer, form.get("subject_token") ?? "");
  demand("subjectInvalid", subjectToken);
  const actorToken = await actorOf(tenant, issuer, form);
  const grants = resourcesFor(tenant, client, scopesOf(form));
  demand("customOnly", grants.every(({ resource }) => resource.type === "CUSTOM") && grants.length === 1);
  // `resource` is honoured and `audience` ignored (pingone §5.6).
  const targets = form.getAll("resource");
  demand(
    "otherTarget",
    targets.every((target) => grants.some(({ resource }) => resource.audience === target)),
  );
  const { sub } = subjectToken;
  const user = userOf(tenant, sub);
  const issue: Issue = { issuer, client, grants, user, subject: sub, subjectToken, actorToken };
  return { ...bearer(await issueAccessToken(tenant, issue)), issued_token_type: ACCESS_TOKEN };
}

async function actorOf(tenant: Tenant, issuer: string, form: URLSearchParams): Promise<JWTPayload | undefined> {
  const given = form.get("actor_token");
  if (!given) return undefined;
  demand("actorType", form.get("actor_token_type") === ACCESS_TOKEN);
  const token = await readToken(tenant, issuer, given);
  demand("actorInvalid", token);
  return token;
}

async function refresh({ tenant, issuer, client, form }: TokenRequest): Promise<object> {
  demand("missingParameter", form.get("refresh_token"));
  const used = useRefreshToken(tenant, client, form.get("refresh_token") ?? "");
  // The use of the token must be kept although a check below may fail: so no transaction is around this.
  const scopes = scopesOf(form).length ? scopesOf(form) : used.scopes;
  demand(
    "refreshScope",
    scopes.every((scope) => used.scopes.includes(scope)),
  );
  return userTokens({ tenant, issuer, client, form }, used.user, scopes, used);
}

async function ciba(request: TokenRequest): Promise<object> {
  demand("missingParameter", request.form.get("auth_req_id"));
  return approved(request, poll(request.tenant, request.client, "ciba", request.form.get("auth_req_id") ?? ""));
}

async function device(request: TokenRequest): Promise<object> {
  demand("missingParameter", request.form.get("device_code"));
  return approved(request, poll(request.tenant, request.client, "device", request.form.get("device_code") ?? ""));
}

const approved = (request: TokenRequest, { user = "", scopes }: Approval) => userTokens(request, user, scopes);

/** The tokens of a user who signed on or approved. */
export async function userTokens(
  { tenant, issuer, client }: TokenRequest,
  userId: string,
  scopes: readonly string[],
  before?: RefreshRecord,
): Promise<object> {
  const user = userOf(tenant, userId);
  if (!user || user.enabled === false) throw new OAuthRefusal("denied");
  const grants = scopes.length ? resourcesFor(tenant, client, scopes) : grantsOf(tenant, client);
  const issue: Issue = { issuer, client, grants, user };
  const refreshToken = issueRefreshToken(tenant, client, user.id, scopes, before);
  return {
    ...bearer(await issueAccessToken(tenant, issue)),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(scopes.includes("openid") && { id_token: await issueIdToken(tenant, issue) }),
  };
}

const bearer = ({ token, scope, lifetime }: { token: string; scope: string; lifetime: number }) => ({
  access_token: token,
  token_type: "Bearer",
  expires_in: lifetime,
  scope,
});
