/** The settings of applications and resources that decide about access (pingone §4.2, §5.3), as verify reads and compares them. */
import { isObject, type Json, textsOf } from "../http.ts";
import type { Settings, Watched, Widening } from "../widened.ts";

type Place = Watched & { readonly read: (body: Json) => unknown };

const word = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);
const at = (property: string, widens: Widening, usual: unknown = null): Place => ({
  ...{ widens, usual },
  read: (body) => body[property],
});
const words = (property: string, widens: Widening, usual: unknown): Place => ({
  ...{ widens, usual },
  read: ({ [property]: value }) => (Array.isArray(value) ? value.map(word) : word(value)),
});
const flag = (widens: Widening, usual: boolean, read: (body: Json) => boolean): Place => ({ widens, usual, read });

/** The group or role that a user must have. */
const required = ({ accessControl }: Json, what: string): Json | undefined => {
  const found = isObject(accessControl) ? accessControl[what] : undefined;
  return isObject(found) ? found : undefined;
};

/** PingOne's words for grant types, where lower case is not enough. */
const URNS: Readonly<Record<string, string>> = {
  token_exchange: "urn:ietf:params:oauth:grant-type:token-exchange",
  ciba: "urn:openid:params:grant-type:ciba",
  device_code: "urn:ietf:params:oauth:grant-type:device_code",
};

/** By name in the declaration; what is usual is what an application has that nobody configured further. */
export const WATCHED: Readonly<Record<string, Place>> = {
  grantTypes: {
    ...{ widens: "members", usual: [] },
    read: ({ grantTypes }) => textsOf(grantTypes).map((name) => URNS[name.toLowerCase()] ?? name.toLowerCase()),
  },
  responseTypes: words("responseTypes", "members", []),
  redirectUris: at("redirectUris", "members", []),
  authMethod: words("tokenEndpointAuthMethod", "other", "client_secret_basic"),
  "keys.jwks": at("jwks", "keys"),
  "keys.jwksUri": at("jwksUrl", "other"),
  "tokens.refreshTokenLifetime": at("refreshTokenDuration", "more", 2_592_000),
  "tokens.refreshTokenRollingLifetime": at("refreshTokenRollingDuration", "more", 15_552_000),
  "tokens.refreshTokenGracePeriod": at("refreshTokenRollingGracePeriodDuration", "more", 0),
  "tokens.refreshTokenReplayProtection": at("additionalRefreshTokenReplayProtectionEnabled", "off", true),
  "authorization.pkce": words("pkceEnforcement", "other", "optional"),
  "authorization.requirePushedAuthorizationRequests": flag("off", false, (body) => body.parRequirement === "REQUIRED"),
  "authorization.allowRedirectUriPatterns": at("allowWildcardInRedirectUris", "on", false),
  "authorization.initiateLoginUri": at("initiateLoginUri", "other"),
  "authorization.targetLinkUri": at("targetLinkUri", "other"),
  "authorization.loginPageUrl": at("loginPageUrl", "other"),
  "authorization.multipleResources": at("requestScopesForMultipleResourcesEnabled", "on", false),
  "device.verificationUri": at("deviceCustomVerificationUri", "other"),
  "logout.postLogoutRedirectUris": at("postLogoutRedirectUris", "members", []),
  "userAccess.groups": flag("off", false, (body) => groupsOf(body) !== undefined),
  "userAccess.groups.names": { widens: "members", usual: [], read: () => undefined },
  "userAccess.adminOnly": flag("off", false, (body) => required(body, "role") !== undefined),
};

/** Ids of the groups of which users of an application have to be; undefined where they need not. */
export function groupsOf(body: Json): string[] | undefined {
  const group = required(body, "group");
  const groups = Array.isArray(group?.groups) ? group.groups.filter(isObject) : [];
  return group && groups.map(({ id }) => String(id));
}

/** The same of a resource. */
export const WATCHED_OF_RESOURCES: Readonly<Record<string, Place>> = {
  audience: at("audience", "other"),
  accessTokenLifetime: at("accessTokenValiditySeconds", "more", 3_600),
  introspectionAuthMethod: words("introspectEndpointAuthMethod", "other", "client_secret_basic"),
};

/** Reads them from the body of an object. */
export function settingsOf(watched: Readonly<Record<string, Place>>, body: Json): Settings {
  return Object.fromEntries(Object.entries(watched).map(([name, { read }]) => [name, read(body)]));
}
