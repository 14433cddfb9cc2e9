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
import { PINGONE_WORDS } from "../../fields/words.ts";
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
const wordSet = (one: ReturnType<typeof word>) => z.array(one).transform((values) => [...new Set(values)].sort());

/** https, and http for the machine that the browser runs on. */
const loginUri = address().regex(
  /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/,
  "https only, except for localhost",
);

/** The client's public keys, for `private_key_jwt` and signed request objects. */
const keys = decisive({
  /** PingOne keeps it as JSON text (pingone §4.2). */
  jwks: property("jwks", publicJwks(), { codec: jwksText }).describe(
    "JSON Web Key Set with public members only; not beside `jwksUri`",
  ),
  jwksUri: property("jwksUrl", z.url({ protocol: /^https$/ })).meta({
    description: "Address of the key set, https only; not beside `jwks`",
    examples: ["https://agent.example.com/jwks"],
  }),
});

/** Lifetimes and forms of tokens. PingOne has no property for those of ID tokens and of its own API's tokens (pingone §8 G1). */
const tokens = z.strictObject({
  ...decisive({
    refreshTokenLifetime: property("refreshTokenDuration", refreshLifetime(), {
      absent: 2_592_000,
      lasting: true,
    }).meta({ description: "Lifetime of refresh tokens; of opaque ones 1,826 days at most", examples: ["30d"] }),
    refreshTokenRollingLifetime: property("refreshTokenRollingDuration", refreshLifetime(), {
      absent: 15_552_000,
      lasting: true,
    }).meta({
      description: "Longest time for which refresh tokens can be renewed; at least `refreshTokenLifetime`",
      examples: ["180d"],
    }),
    refreshTokenGracePeriod: property("refreshTokenRollingGracePeriodDuration", seconds(0, 86_400), { absent: 0 }).meta(
      { description: "How long a refresh token that was replaced still works", examples: ["60s"] },
    ),
    refreshTokenReplayProtection: property("additionalRefreshTokenReplayProtectionEnabled", flag(), {
      absent: true,
      lasting: true,
    }).describe("Additional protection against refresh tokens that are used twice"),
  }).shape,
  refreshTokenFormat: property("refreshTokenType", word(), { absent: "opaque_token", codec: oneWord }).meta({
    description: "Form of refresh tokens",
    words: PINGONE_WORDS.refreshTokenFormat,
    isOpen: true,
  }),
  includeX5t: property("includeX5t", flag(), { absent: false }).describe(
    "Puts the header `x5t` into tokens (RFC 7515 §4.1.7)",
  ),
  includeTyp: property("includeTyp", flag(), { absent: false }).describe(
    "Puts the header `typ` into tokens (RFC 9068 §2.1); PingOne forces it on after 2 March 2027",
  ),
});

/** Properties about the signatures of request objects, each of which stands for a word of ours. */
const REQUEST_OBJECTS = {
  requireSignedRequestObject: "require_signed",
  supportUnsignedRequestObject: "allow_unsigned",
};

/** The authorization endpoint. */
const authorization = decisive({
  pkce: property("pkceEnforcement", word(), { absent: "optional", lasting: true, codec: oneWord }).meta({
    description: "PKCE (RFC 7636); of spa and native applications `s256_required` unless it is declared",
    words: PINGONE_WORDS.pkce,
    isOpen: true,
  }),
  requirePushedAuthorizationRequests: property("parRequirement", flag(), {
    absent: false,
    lasting: true,
    codec: z.codec(z.string(), z.boolean(), {
      decode: (word) => word === "REQUIRED",
      encode: (required) => (required ? "REQUIRED" : "OPTIONAL"),
    }),
  }).describe("Takes pushed authorization requests only (RFC 9126)"),
  pushedAuthorizationRequestLifetime: property("parTimeout", seconds(1, 600), { absent: 60, lasting: true }).meta({
    description: "Lifetime of a pushed authorization request's reference",
    examples: ["60s"],
  }),
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
  }).meta({
    description: "Signatures of request objects (RFC 9101)",
    words: {
      default: "what PingOne does by itself",
      require_signed: "must be signed",
      allow_unsigned: "may be unsigned",
    },
  }),
  allowRedirectUriPatterns: property("allowWildcardInRedirectUris", flag(), { absent: false }).describe(
    "Whether redirect URIs may have wildcards",
  ),
  initiateLoginUri: property("initiateLoginUri", loginUri).meta({
    description:
      "Where a sign-on that somebody else starts begins (OpenID Connect `initiate_login_uri`); https, except for localhost",
    examples: ["https://app.example.com/login"],
  }),
  targetLinkUri: property("targetLinkUri", address()).meta({
    description: "Where `target_link_uri` leads",
    examples: ["https://app.example.com/home"],
  }),
  homePageUrl: property("homePageUrl", address()).meta({
    description: "The application's home page",
    examples: ["https://app.example.com"],
  }),
  loginPageUrl: property("loginPageUrl", address()).meta({
    description: "The application's sign-on page",
    examples: ["https://app.example.com/login"],
  }),
  multipleResources: property("requestScopesForMultipleResourcesEnabled", flag(), { absent: false }).describe(
    "Takes scopes of several resources in one request",
  ),
});

/** The device authorization grant (RFC 8628). */
const device = decisive({
  pathId: property("devicePathId", z.string().regex(/^[a-zA-Z0-9_-]{1,50}$/, "1 to 50 letters, digits, _ and -")).meta({
    description: "Path of the address at which users enter the code",
    examples: ["support-agent"],
  }),
  verificationUri: property("deviceCustomVerificationUri", address()).meta({
    description: "Address of an own page at which users enter the code",
    examples: ["https://app.example.com/device"],
  }),
  codeLifetime: property("deviceTimeout", seconds(1, 3_600), { absent: 600, lasting: true }).meta({
    description: "Lifetime of a device code",
    examples: ["10m"],
  }),
  pollingInterval: property("devicePollingInterval", seconds(1, 60), { absent: 5, lasting: true }).meta({
    description: "Time between two questions of the device",
    examples: ["5s"],
  }),
});

/** Logout and sessions. */
const logout = decisive({
  postLogoutRedirectUris: property("postLogoutRedirectUris", addresses(), { absent: [] }).meta({
    description: "Addresses to which a user may return after logout",
    examples: [["https://app.example.com/bye"]],
  }),
  byIdToken: property("idpSignoff", flag(), { absent: false }).describe("Ends the user's session by ID token"),
  sessionManagement: property("opSessionCheckEnabled", flag(), { absent: false }).describe(
    "OpenID Connect Session Management 1.0; needs a custom domain to be useful",
  ),
});

/** Who may use the application, in flows in which a user signs on. */
const userAccess = z.strictObject({
  portalDisplay: property("hiddenFromAppPortal", flag(), {
    absent: true,
    codec: z.codec(z.boolean(), z.boolean(), { decode: (hidden) => !hidden, encode: (shown) => !shown }),
  }).describe("Whether the application portal shows it; needs `authorization.initiateLoginUri`"),
  ...decisive({
    adminOnly: property("accessControl.role", flag(), {
      absent: false,
      codec: z.codec(z.looseObject({ type: z.string() }).optional(), z.boolean(), {
        decode: () => true,
        encode: (only) => (only ? { type: "ADMIN_USERS_ONLY" } : undefined),
      }),
    }).describe("Administrators only"),
    groups: property(
      "accessControl.group",
      z.strictObject({
        match: z.enum(["any", "all"]).meta({
          description: "How many of the groups a user has to be in",
          words: { any: "one of them", all: "all of them" },
        }),
        names: nonEmptySet("name the groups").meta({ description: "Names of the groups", examples: [["customers"]] }),
      }),
      {
        codec: groupAccess,
      },
    ).describe("Members of the named groups only"),
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
    enabled: property("enabled", flag(), { absent: false, initial: true }).describe("Whether it can be used"),
    grantTypes: property("grantTypes", grantTypeSet, { absent: [], codec: grantTypeNames }).meta({
      description: "Grant types",
      examples: [["client_credentials"]],
    }),
    responseTypes: property(
      "responseTypes",
      wordSet(word().meta({ words: PINGONE_WORDS.responseTypes, isOpen: true })),
      { absent: [], codec: manyWords },
    ).meta({ description: "Response types", examples: [["code"]] }),
    redirectUris: property("redirectUris", redirectUris(), { absent: [] }).meta({
      description: "Addresses to which a user may return",
      examples: [["https://app.example.com/callback"]],
    }),
    authMethod: property("tokenEndpointAuthMethod", word(), {
      absent: "client_secret_basic",
      lasting: true,
      codec: oneWord,
    }).meta({
      description: "How the client authenticates at the token endpoint (RFC 7591)",
      words: PINGONE_WORDS.authMethod,
      isOpen: true,
    }),
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
    ).meta({
      description:
        "Origins that may call from a browser: `any`, `none`, or up to 40 of them, a wildcard in a subdomain allowed; PingOne takes minutes to apply it",
      examples: [["https://app.example.com", "https://*.example.com"]],
    }),
  }).shape,
  keys: keys.optional().describe("The client's public keys, for `private_key_jwt` and signed request objects"),
  tokens: tokens
    .optional()
    .describe(
      "Lifetimes and forms of tokens. ID Token Duration and PingOne API Access Token Duration of the console have no field: nobody knows what PingOne calls them",
    ),
  authorization: authorization.optional().describe("The authorization endpoint"),
  device: device.optional().describe("The device authorization grant (RFC 8628)"),
  logout: logout.optional().describe("Logout and sessions"),
  userAccess: userAccess.optional().describe("Who may use it, in flows in which a user signs on"),
  keyRotationPolicy: property("signing.keyRotationPolicy.id", z.uuid()).meta({
    description: "UUID of the key-rotation policy whose keys sign tokens",
    otherwise: "that of the environment",
    examples: ["00000000-0000-4000-8000-000000000000"],
  }),
  extra: z
    .record(z.string(), z.json())
    .optional()
    .meta({
      description: "Properties that have no field here, as PingOne names them",
      otherwise: "none",
      examples: [{ newProperty: true }],
    }),
};
