/** The fields that the console has for an agent, each with values to set, to change, and to change by hand (pingone §4.2). */

import type { Properties } from "../../../src/providers/pulumi-values.ts";

/** A field of ours and the property behind it. */
export type Row = {
  readonly console: string;
  /** Dotted path of the field. */
  readonly field: string;
  /** Dotted path of the property. */
  readonly property: string;
  /** What is declared first and what PingOne then holds, then the second declaration, then a change by hand. */
  readonly first: readonly [unknown, unknown];
  readonly second: readonly [unknown, unknown];
  readonly byHand: readonly [unknown, unknown];
  /** What PingOne holds when the field is declared no more. */
  readonly unset?: unknown;
  /** What else must be declared. */
  readonly beside?: Properties;
};

const flag = (console: string, field: string, property: string, unset: unknown = undefined, inverted = false): Row => ({
  ...{ console, field, property, unset },
  first: [true, !inverted],
  second: [false, inverted],
  byHand: [true, !inverted],
});
const plain = (
  console: string,
  field: string,
  property: string,
  [first, second, third]: readonly [unknown, unknown, unknown],
  unset?: unknown,
): Row => ({
  ...{ console, field, property, unset },
  ...{ first: [first, first], second: [second, second], byHand: [third, third] },
});
const urls = (name: string): readonly [string, string, string] => [
  `https://agent.example.com/${name}`,
  `https://agent.example.com/${name}/2`,
  `https://other.example.com/${name}`,
];
const lists = (name: string): readonly [string[], string[], string[]] => [
  [`https://a.example.com/${name}`, `https://b.example.com/${name}`],
  [`https://a.example.com/${name}`],
  [`https://c.example.com/${name}`],
];

const jwks = (kid: string) => ({ keys: [{ kty: "EC", kid, crv: "P-256", x: "eA", y: "eQ" }] });
const jwksRow = (kid: string) => [jwks(kid), JSON.stringify(jwks(kid))] as const;
const request = (word: string, signed: boolean) => [word, signed] as const;

/** Every field that the console has for an agent (pingone §4.2). */
export const rows: readonly Row[] = [
  plain("Description", "description", "description", ["one", "two", "three"]),
  flag("Enable toggle", "enabled", "enabled", true),
  {
    ...{ console: "Response Type", field: "responseTypes", property: "responseTypes", unset: undefined },
    first: [
      ["code", "id_token"],
      ["CODE", "ID_TOKEN"],
    ],
    second: [["token"], ["TOKEN"]],
    byHand: [["code"], ["CODE"]],
    beside: { grantTypes: ["authorization_code", "implicit"] },
  },
  {
    ...{ console: "Grant Type", field: "grantTypes", property: "grantTypes", unset: undefined },
    first: [
      ["authorization_code", "client_credentials", "implicit", "refresh_token"],
      ["AUTHORIZATION_CODE", "CLIENT_CREDENTIALS", "IMPLICIT", "REFRESH_TOKEN"],
    ],
    second: [
      [
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:openid:params:grant-type:ciba",
      ],
      ["DEVICE_CODE", "TOKEN_EXCHANGE", "CIBA"],
    ],
    byHand: [["client_credentials"], ["CLIENT_CREDENTIALS"]],
  },
  {
    ...{ console: "PKCE Enforcement", field: "authorization.pkce", property: "pkceEnforcement", unset: "OPTIONAL" },
    ...{
      first: ["s256_required", "S256_REQUIRED"],
      second: ["required", "REQUIRED"],
      byHand: ["optional", "OPTIONAL"],
    },
  },
  {
    ...{ console: "Refresh Token Format", field: "tokens.refreshTokenFormat", property: "refreshTokenType" },
    first: ["json_web_token", "JSON_WEB_TOKEN"],
    second: ["opaque_token", "OPAQUE_TOKEN"],
    byHand: ["json_web_token", "JSON_WEB_TOKEN"],
  },
  plain("Refresh Token Duration", "tokens.refreshTokenLifetime", "refreshTokenDuration", [60, 3600, 90], 2_592_000),
  plain(
    "Refresh Token Rolling Duration",
    "tokens.refreshTokenRollingLifetime",
    "refreshTokenRollingDuration",
    [5_000_000, 6_000_000, 7_000_000],
    15_552_000,
  ),
  plain(
    "Refresh Token Rolling Grace Period",
    "tokens.refreshTokenGracePeriod",
    "refreshTokenRollingGracePeriodDuration",
    [10, 20, 30],
  ),
  flag(
    "Additional Refresh Token Replay Protection",
    "tokens.refreshTokenReplayProtection",
    "additionalRefreshTokenReplayProtectionEnabled",
    true,
  ),
  plain("Redirect URIs", "redirectUris", "redirectUris", lists("callback")),
  flag("Allow Redirect URI Patterns", "authorization.allowRedirectUriPatterns", "allowWildcardInRedirectUris"),
  {
    ...{ console: "Token Endpoint Authentication Method", field: "authMethod", property: "tokenEndpointAuthMethod" },
    first: ["client_secret_post", "CLIENT_SECRET_POST"],
    second: ["none", "NONE"],
    byHand: ["client_secret_jwt", "CLIENT_SECRET_JWT"],
    unset: "CLIENT_SECRET_BASIC",
  },
  {
    ...{ console: "Private Key JWT: keys", field: "keys.jwks", property: "jwks" },
    ...{ first: jwksRow("one"), second: jwksRow("two"), byHand: jwksRow("three") },
  },
  plain("Private Key JWT: address of keys", "keys.jwksUri", "jwksUrl", urls("jwks")),
  {
    ...{ console: "Require Pushed Authorization Request", property: "parRequirement", unset: "OPTIONAL" },
    field: "authorization.requirePushedAuthorizationRequests",
    ...{ first: [true, "REQUIRED"], second: [false, "OPTIONAL"], byHand: [true, "REQUIRED"] },
  },
  plain(
    "Pushed Authorization Request Reference Timeout",
    "authorization.pushedAuthorizationRequestLifetime",
    "parTimeout",
    [120, 600, 1],
    60,
  ),
  plain("Initiate Login URI", "authorization.initiateLoginUri", "initiateLoginUri", urls("login")),
  plain("Target Link URI", "authorization.targetLinkUri", "targetLinkUri", urls("target")),
  plain("Signoff URLs", "logout.postLogoutRedirectUris", "postLogoutRedirectUris", lists("signed-off")),
  {
    console: "Request Parameter Signature Requirement: signed",
    ...{ field: "authorization.requestObject", property: "requireSignedRequestObject" },
    ...{
      first: request("require_signed", true),
      second: request("default", false),
      byHand: request("require_signed", true),
    },
  },
  {
    console: "Request Parameter Signature Requirement: unsigned",
    ...{ field: "authorization.requestObject", property: "supportUnsignedRequestObject" },
    ...{
      first: request("allow_unsigned", true),
      second: request("default", false),
      byHand: request("allow_unsigned", true),
    },
  },
  flag("Token Header Options: x5t", "tokens.includeX5t", "includeX5t"),
  flag("Token Header Options: typ", "tokens.includeTyp", "includeTyp"),
  flag("OpenID Connect Session Management", "logout.sessionManagement", "opSessionCheckEnabled"),
  flag(
    "Request scopes to access multiple resources",
    "authorization.multipleResources",
    "requestScopesForMultipleResourcesEnabled",
    false,
  ),
  flag("Terminate User Session by ID Token", "logout.byIdToken", "idpSignoff", false),
  {
    ...{ console: "CORS", field: "corsOrigins", property: "corsSettings" },
    first: [
      ["https://*.example.com", "https://a.example.org"],
      { behavior: "ALLOW_SPECIFIC_ORIGINS", origins: ["https://*.example.com", "https://a.example.org"] },
    ],
    second: ["any", undefined],
    byHand: ["none", { behavior: "ALLOW_NO_ORIGINS" }],
  },
  plain(
    "Signing key",
    "keyRotationPolicy",
    "signing.keyRotationPolicy.id",
    [
      "11111111-1111-4111-8111-111111111111",
      "22222222-2222-4222-8222-222222222222",
      "33333333-3333-4333-8333-333333333333",
    ],
    "99999999-9999-4999-8999-999999999999",
  ),
  plain("Device path", "device.pathId", "devicePathId", ["support", "support-2", "other"]),
  plain("Device verification URI", "device.verificationUri", "deviceCustomVerificationUri", urls("device")),
  plain("Device timeout", "device.codeLifetime", "deviceTimeout", [60, 3_600, 1], 600),
  plain("Device polling interval", "device.pollingInterval", "devicePollingInterval", [1, 60, 7], 5),
  plain("Home page", "authorization.homePageUrl", "homePageUrl", urls("home")),
  plain("Sign-on page", "authorization.loginPageUrl", "loginPageUrl", urls("sign-on")),
  flag("Application Portal Display", "userAccess.portalDisplay", "hiddenFromAppPortal", false, true),
  {
    ...{ console: "Admin Only Access", field: "userAccess.adminOnly", property: "accessControl.role" },
    ...{ first: [true, { type: "ADMIN_USERS_ONLY" }], second: [false, undefined] },
    byHand: [true, { type: "ADMIN_USERS_ONLY" }],
  },
  plain("(no property of ours)", "extra.idTokenDuration", "idTokenDuration", [60, 120, 180]),
];
