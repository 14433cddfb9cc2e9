/**
 * The settings that AI agents and other applications of PingOne share: every field of the console (pingone §4.2),
 * grouped by topic, in the terms of OAuth 2.0 and OpenID Connect and, where the thing is the same, in those of AIC. Every
 * field is optional: what is not declared keeps its live value, unless it decides about access (decision 0004). Enumerations
 * are open, since PingOne learns new values. Times are in seconds.
 */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import { seconds } from "../../fields/duration.ts";
import { CIBA, DEVICE_CODE, grantTypeSet, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { address, addresses, description, nonEmptySet, redirectUris, variable } from "../../fields/text.ts";
import { jwksText, publicJwks } from "../jwks.ts";
import { composed, decisive, oneWord, property } from "./properties.ts";

/** Grant types (RFC 6749, RFC 8628, RFC 8693, CIBA) and what PingOne calls them, where lower case is not enough. */
const GRANT_TYPES: Readonly<Record<string, string>> = {
  [TOKEN_EXCHANGE]: "TOKEN_EXCHANGE",
  [CIBA]: "CIBA",
  [DEVICE_CODE]: "DEVICE_CODE",
};
const GRANT_TYPE_URNS = Object.fromEntries(Object.entries(GRANT_TYPES).map(([urn, name]) => [name, urn]));

const words = z.array(z.string());
/** The words of PingOne's enumerations, which OAuth 2.0 writes small. A word that nobody knows yet passes (pingone §3.2). */
const manyWords = z.codec(words, words, {
  decode: (names) => names.map((name) => name.toLowerCase()),
  encode: (values) => values.map((value) => value.toUpperCase()),
});
const grantTypeNames = z.codec(words, words, {
  decode: (names) => names.map((name) => GRANT_TYPE_URNS[name] ?? name.toLowerCase()),
  encode: (values) => values.map((value) => GRANT_TYPES[value] ?? value.toUpperCase()),
});

/** Groups by id. */
const groupAccess = z.codec(
  z.looseObject({ type: z.string(), groups: z.array(z.looseObject({ id: z.string() })) }),
  z.object({ match: z.enum(["any", "all"]), names: z.array(z.string()) }),
  {
    decode: ({ type, groups }) => ({
      match: type === "ALL_GROUPS" ? ("all" as const) : ("any" as const),
      names: groups.map(({ id }) => id),
    }),
    encode: ({ match, names }) => ({
      type: match === "all" ? "ALL_GROUPS" : "ANY_GROUP",
      groups: names.map((id) => ({ id })),
    }),
  },
);

const word = () =>
  z
    .string()
    .min(1)
    .transform((value) => value.toLowerCase());
const flag = () => z.boolean();
const refreshLifetime = () => seconds(60, 2_147_483_647);
const wordSet = () => z.array(word()).transform((values) => [...new Set(values)].sort());

/** https, and http for the machine that the browser runs on. */
const loginUri = address().regex(
  /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/,
  "https only, except for localhost",
);

/** The client's public keys, for `private_key_jwt` and signed request objects. */
const keys = decisive({
  /** JSON Web Key Set with public members only; PingOne keeps it as JSON text. Not beside `jwksUri`. */
  jwks: property("jwks", publicJwks(), { codec: jwksText }),
  /** https only. */
  jwksUri: property("jwksUrl", z.url({ protocol: /^https$/ })),
});

/** Lifetimes and forms of tokens. PingOne has no property for those of ID tokens and of its own API's tokens (pingone §8 G1). */
const tokens = z.strictObject({
  ...decisive({
    refreshTokenLifetime: property("refreshTokenDuration", refreshLifetime(), { absent: 2_592_000, lasting: true }),
    /** Longest time for which refresh tokens can be renewed; at least `refreshTokenLifetime`. */
    refreshTokenRollingLifetime: property("refreshTokenRollingDuration", refreshLifetime(), {
      absent: 15_552_000,
      lasting: true,
    }),
    refreshTokenGracePeriod: property("refreshTokenRollingGracePeriodDuration", seconds(0, 86_400), { absent: 0 }),
    refreshTokenReplayProtection: property("additionalRefreshTokenReplayProtectionEnabled", flag(), {
      absent: true,
      lasting: true,
    }),
  }).shape,
  /** `opaque_token` or `json_web_token`, which PingOne withdraws after 1 March 2027. */
  refreshTokenFormat: property("refreshTokenType", word(), { absent: "opaque_token", codec: oneWord }),
  /** Header `x5t` (RFC 7515 §4.1.7). */
  includeX5t: property("includeX5t", flag(), { absent: false }),
  /** Header `typ` (RFC 9068 §2.1); PingOne forces it on after 2 March 2027. */
  includeTyp: property("includeTyp", flag(), { absent: false }),
});

/** Properties about the signatures of request objects, each of which stands for a word of ours. */
const REQUEST_OBJECTS = {
  requireSignedRequestObject: "require_signed",
  supportUnsignedRequestObject: "allow_unsigned",
};

/** The authorization endpoint. */
const authorization = decisive({
  /** PKCE (RFC 7636): `optional`, `required` or `s256_required`. */
  pkce: property("pkceEnforcement", word(), { absent: "optional", lasting: true, codec: oneWord }),
  /** RFC 9126. */
  requirePushedAuthorizationRequests: property("parRequirement", flag(), {
    absent: false,
    lasting: true,
    codec: z.codec(z.string(), z.boolean(), {
      decode: (word) => word === "REQUIRED",
      encode: (required) => (required ? "REQUIRED" : "OPTIONAL"),
    }),
  }),
  /** Lifetime of a pushed authorization request's reference. */
  pushedAuthorizationRequestLifetime: property("parTimeout", seconds(1, 600), { absent: 60, lasting: true }),
  /** Signatures of request objects (RFC 9101): `default`, `require_signed` or `allow_unsigned`. */
  requestObject: composed(z.enum(["default", "require_signed", "allow_unsigned"]), {
    properties: Object.keys(REQUEST_OBJECTS),
    read: ({ requireSignedRequestObject, supportUnsignedRequestObject }) =>
      requireSignedRequestObject ? "require_signed" : supportUnsignedRequestObject ? "allow_unsigned" : "default",
    write: (body, value) => {
      for (const [key, word] of Object.entries(REQUEST_OBJECTS)) {
        if (value === undefined) delete body[key];
        else body[key] = value === word;
      }
    },
  }),
  allowRedirectUriPatterns: property("allowWildcardInRedirectUris", flag(), { absent: false }),
  /** OpenID Connect `initiate_login_uri`. */
  initiateLoginUri: property("initiateLoginUri", loginUri),
  /** Where `target_link_uri` leads. */
  targetLinkUri: property("targetLinkUri", address()),
  homePageUrl: property("homePageUrl", address()),
  loginPageUrl: property("loginPageUrl", address()),
  /** Scopes of several resources in one request. */
  multipleResources: property("requestScopesForMultipleResourcesEnabled", flag(), { absent: false }),
});

/** The device authorization grant (RFC 8628). */
const device = decisive({
  pathId: property("devicePathId", z.string().regex(/^[a-zA-Z0-9_-]{1,50}$/, "1 to 50 letters, digits, _ and -")),
  verificationUri: property("deviceCustomVerificationUri", address()),
  codeLifetime: property("deviceTimeout", seconds(1, 3_600), { absent: 600, lasting: true }),
  pollingInterval: property("devicePollingInterval", seconds(1, 60), { absent: 5, lasting: true }),
});

/** Logout and sessions. */
const logout = decisive({
  postLogoutRedirectUris: property("postLogoutRedirectUris", addresses(), { absent: [] }),
  /** Ends the user's session by ID token. */
  byIdToken: property("idpSignoff", flag(), { absent: false }),
  /** OpenID Connect Session Management 1.0. */
  sessionManagement: property("opSessionCheckEnabled", flag(), { absent: false }),
});

/** Who may use the application, in flows in which a user signs on. */
const userAccess = z.strictObject({
  /** Whether the application portal shows it. */
  portalDisplay: property("hiddenFromAppPortal", flag(), {
    absent: true,
    codec: z.codec(z.boolean(), z.boolean(), { decode: (hidden) => !hidden, encode: (shown) => !shown }),
  }),
  ...decisive({
    /** Administrators only. */
    adminOnly: property("accessControl.role", flag(), {
      absent: false,
      codec: z.codec(z.looseObject({ type: z.string() }).optional(), z.boolean(), {
        decode: () => true,
        encode: (only) => (only ? { type: "ADMIN_USERS_ONLY" } : undefined),
      }),
    }),
    /** Members of `any` or of `all` of the named groups. */
    groups: property(
      "accessControl.group",
      z.strictObject({ match: z.enum(["any", "all"]), names: nonEmptySet("name the groups") }),
      {
        codec: groupAccess,
      },
    ),
  }).shape,
});

/** An origin of CORS: scheme and host, no path; one wildcard in a subdomain label, none in the last two labels. */
const origin = variable(
  z
    .string()
    .regex(/^https?:\/\/[^/\s?#@]+$/, "an origin such as https://app.example.com")
    .regex(/^[^*]*(\*[^*]*)?$/, "an origin has one wildcard at most")
    .regex(/^(?!.*\*[^.]*(\.[^.]*)?$)/, "the wildcard stands in a label of a subdomain, such as https://*.example.com"),
);

/** Every setting. */
export const applicationSettings = {
  description: property("description", description),
  ...decisive({
    /** @default true */
    enabled: property("enabled", flag(), { absent: false, initial: true }),
    /** By short name or value, e.g. `client_credentials`. */
    grantTypes: property("grantTypes", grantTypeSet, { absent: [], codec: grantTypeNames }),
    /** `code`, `token`, `id_token`. */
    responseTypes: property("responseTypes", wordSet(), { absent: [], codec: manyWords }),
    redirectUris: property("redirectUris", redirectUris(), { absent: [] }),
    /** Token endpoint authentication method (RFC 7591), e.g. `private_key_jwt`. PingOne requires one. @default `client_secret_basic` */
    authMethod: property("tokenEndpointAuthMethod", word(), {
      absent: "client_secret_basic",
      lasting: true,
      codec: oneWord,
    }),
    /** Origins that may call from a browser: `any`, `none`, or up to 40 of them. Takes PingOne some minutes to apply. */
    corsOrigins: composed(
      z.union([
        z.enum(["any", "none"]),
        z
          .array(origin)
          .min(1)
          .max(40)
          .transform((values) => [...new Set(values)].sort()),
      ]),
      {
        properties: ["corsSettings"],
        read: ({ corsSettings }) => {
          if (!isRecord(corsSettings)) return "any";
          return corsSettings.behavior === "ALLOW_NO_ORIGINS" ? "none" : corsSettings.origins;
        },
        write: (body, value) => {
          if (value === undefined || value === "any") delete body.corsSettings;
          else if (value === "none") body.corsSettings = { behavior: "ALLOW_NO_ORIGINS" };
          else body.corsSettings = { behavior: "ALLOW_SPECIFIC_ORIGINS", origins: value };
        },
      },
    ),
  }).shape,
  keys: keys.optional(),
  tokens: tokens.optional(),
  authorization: authorization.optional(),
  device: device.optional(),
  logout: logout.optional(),
  userAccess: userAccess.optional(),
  /** UUID of the key-rotation policy whose keys sign tokens. @default the environment's */
  keyRotationPolicy: property("signing.keyRotationPolicy.id", z.uuid()),
  /** Properties that have no name here, as PingOne names them. */
  extra: z.record(z.string(), z.json()).optional(),
};
