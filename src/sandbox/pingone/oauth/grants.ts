/** The grants of PingOne's token endpoint (pingone §5.6, §5.9). Each answers the body of a token response. */
import type { JWTPayload } from "jose";
import { secondsNow } from "../../clock.ts";
import { Gap } from "../../errors.ts";
import { parameter, splitScopes } from "../../form.ts";
import type { Tenant } from "../../tenant.ts";
import { collectionOf, type Document } from "../documents.ts";
import { type Approval, poll } from "./approvals.ts";
import { grantsOf, isCustom, needsGrant, resourcesFor } from "./clients.ts";
import type { ClientRequest } from "./context.ts";
import { issueRefreshToken, type RefreshRecord, useRefreshToken } from "./refresh-tokens.ts";
import { type SignOn, signOnOf } from "./sign-on.ts";
import { type Issue, issueAccessToken, issueIdToken, readToken } from "./tokens.ts";

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
/** What an exchange takes, and what it brings (delegation §2.3). */
const TOKEN_TYPES = [ACCESS_TOKEN, ID_TOKEN];

const scopesOf = (form: URLSearchParams) => splitScopes(parameter(form, "scope"));
const userOf = ({ store }: Tenant, id: unknown) =>
  typeof id === "string" ? store.get<Document>(collectionOf("users"), id) : undefined;

/** Answers a token request by its grant type. */
export function grantToken(request: ClientRequest): Promise<object> {
  const { rules, client, form } = request;
  const grantType = parameter(form, "grant_type") ?? "";
  const grant = GRANTS.get(grantType);
  rules.require("unsupportedGrant", grant !== undefined);
  needsGrant(request, client, grant?.name ?? grantType);
  if (!grant) throw new Gap(`the grant ${grantType}`);
  return grant.answer(request);
}

type Grant = { readonly name: string; readonly answer: (request: ClientRequest) => Promise<object> };

const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ["client_credentials", { name: "CLIENT_CREDENTIALS", answer: clientCredentials }],
  ["refresh_token", { name: "REFRESH_TOKEN", answer: refresh }],
  ["urn:ietf:params:oauth:grant-type:token-exchange", { name: "TOKEN_EXCHANGE", answer: tokenExchange }],
  ["urn:openid:params:grant-type:ciba", { name: "CIBA", answer: ciba }],
  ["urn:ietf:params:oauth:grant-type:device_code", { name: "DEVICE_CODE", answer: device }],
]);

/** The value of a parameter, empty when it is missing and may be. @throws {Refusal} when it is missing */
function required({ rules, form }: ClientRequest, name: string): string {
  const value = parameter(form, name);
  rules.require("missingParameter", value !== undefined);
  return value ?? "";
}

/** Without a scope everything that is granted is asked for, which has to be of one resource (delegation §1.2, §1.4). */
async function clientCredentials(request: ClientRequest): Promise<object> {
  const { tenant, rules, client, form } = request;
  const asked = scopesOf(form);
  const granted = () =>
    grantsOf(tenant, client)
      .filter(isCustom)
      .flatMap(({ scopes }) => scopes);
  const grants = resourcesFor(request, client, asked.length ? asked : granted());
  // Nobody is signed on: scopes of OpenID Connect have nobody to be about.
  rules.require("scopeNotGranted", grants.every(isCustom));
  return bearer(await issueAccessToken(request, issueFor(request, { grants })));
}

async function tokenExchange(request: ClientRequest): Promise<object> {
  const { tenant, rules, client, form } = request;
  const subjectToken = await exchanged(request, "subject", required(request, "subject_token"));
  const actor = parameter(form, "actor_token");
  const actorToken = actor === undefined ? undefined : await exchanged(request, "actor", actor);
  const type = parameter(form, "requested_token_type") ?? ACCESS_TOKEN;
  rules.require("requestedType", TOKEN_TYPES.includes(type));
  const grants = resourcesFor(request, client, scopesOf(form));
  rules.require("customOnly", grants.every(isCustom));
  // Whatever the application may mix elsewhere (pingone §5.11).
  rules.require("severalResources", grants.length === 1);
  // `resource` is honoured and `audience` ignored (pingone §5.6).
  const isOwner = (target: string) => grants.some(({ resource }) => resource.audience === target);
  rules.require("otherTarget", form.getAll("resource").every(isOwner));
  // `sub` is what a resource maps, and need not be a user's id (delegation §2.3).
  const user = userOf(tenant, subjectToken["p1.userId"]);
  const issue = issueFor(request, { grants, user, signOn: signOnOf(subjectToken), subjectToken, actorToken });
  if (type !== ID_TOKEN) return { ...bearer(await issueAccessToken(request, issue)), issued_token_type: ACCESS_TOKEN };
  if (!user) throw new Gap("an exchange for an ID token about nobody");
  const { token, lifetime } = await issueIdToken(request, issue);
  // No token to be used as one (RFC 8693 §2.2.1).
  return { access_token: token, token_type: "N_A", expires_in: lifetime, issued_token_type: ID_TOKEN };
}

/** A token of an exchange: an access token or an ID token of this environment, whichever the request says that it is. */
async function exchanged(request: ClientRequest, which: "subject" | "actor", token: string): Promise<JWTPayload> {
  const { rules, form } = request;
  const type = form.get(`${which}_token_type`) ?? "";
  rules.require(`${which}Type`, TOKEN_TYPES.includes(type));
  const { claims, isValid } = await readToken(request, token);
  // Of the two only an access token names its client in `client_id`.
  const isOfType = (type === ID_TOKEN) === (claims.client_id === undefined);
  rules.require(`${which}Invalid`, isValid && isOfType);
  return claims;
}

/** What a token is issued for, as far as its request says it. */
function issueFor({ client, form }: ClientRequest, more: Pick<Issue, "grants"> & Partial<Issue>): Issue {
  return {
    client,
    grantType: parameter(form, "grant_type") ?? "",
    scope: parameter(form, "scope"),
    user: undefined,
    ...more,
  };
}

async function refresh(request: ClientRequest): Promise<object> {
  const { rules, client, form } = request;
  const used = useRefreshToken(request, client, required(request, "refresh_token"));
  // The use of the token must be kept although a check below may fail: so no transaction is around this.
  const asked = scopesOf(form);
  const scopes = asked.length ? asked : used.scopes;
  const isWithin = scopes.every((scope) => used.scopes.includes(scope));
  rules.require("refreshScope", isWithin);
  return userTokens(request, { user: used.user, scopes, signOn: used.signOn, before: used });
}

async function ciba(request: ClientRequest): Promise<object> {
  return approved(request, poll(request, request.client, "ciba", required(request, "auth_req_id")));
}

async function device(request: ClientRequest): Promise<object> {
  return approved(request, poll(request, request.client, "device", required(request, "device_code")));
}

function approved(request: ClientRequest, { user = "", scopes, acr }: Approval): Promise<object> {
  const signOn = { ...(acr !== undefined && { acr }), auth_time: secondsNow(request.tenant) };
  return userTokens(request, { user, scopes, signOn });
}

/** What a user agreed to. */
type Agreed = {
  /** Id of the user. */
  readonly user: string;
  /** None stand for all that the application may ask for. */
  readonly scopes: readonly string[];
  readonly signOn: SignOn;
  /** The refresh token in place of which the next is issued. */
  readonly before?: RefreshRecord;
};

/** The tokens of a user who signed on or approved. */
export async function userTokens(
  request: ClientRequest,
  { user: userId, scopes, signOn, before }: Agreed,
): Promise<object> {
  const { tenant, rules, client } = request;
  const user = userOf(tenant, userId);
  if (!user) throw rules.refusal("denied");
  rules.require("denied", user.enabled !== false);
  const granted = () => grantsOf(tenant, client).flatMap(({ scopes: held }) => held);
  const grants = resourcesFor(request, client, scopes.length ? scopes : granted());
  const issue = issueFor(request, { grants, user, signOn });
  const accessToken = await issueAccessToken(request, issue);
  const renewed = { user: user.id, scopes: before?.scopes ?? scopes, signOn, accessToken: accessToken.id };
  const refreshToken = issueRefreshToken(tenant, client, renewed, before);
  return {
    ...bearer(accessToken),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(scopes.includes("openid") && { id_token: (await issueIdToken(request, issue)).token }),
  };
}

const bearer = ({ token, scope, lifetime }: { token: string; scope: string; lifetime: number }) => ({
  access_token: token,
  token_type: "Bearer",
  expires_in: lifetime,
  scope,
});
