/**
 * The settings that AI agents and OAuth 2.0 clients share (aic §2.3), grouped by topic, in the terms of OAuth 2.0
 * and OpenID Connect. Every field is optional. All of them are owned although nobody declares them, since each decides who gets
 * which token; only metadata keeps its live value then (decision 0004). Enumerations are open, since tenants learn new
 * values. Times are in seconds unless a field says otherwise.
 */

import { z } from "zod";
import { grantTypeSet } from "../../fields/grant-types.ts";
import { address, addresses, redirectUris, set, shownScopes, texts } from "../../fields/text.ts";
import { AIC_AUTH_METHODS, AIC_RESPONSE_TYPES, KEY_LOCATIONS, SUBJECT_TYPES } from "../../fields/words.ts";
import { sentWhole } from "../annotations.ts";
import { jwksText, publicJwks } from "../jwks.ts";
import { attribute, attributePaths, decisive, lifetime, list, refreshLifetime } from "./attributes.ts";

const core = "coreOAuth2ClientConfig";
const advanced = "advancedOAuth2ClientConfig";
const crypto = "signEncOAuth2ClientConfig";
const oidc = "coreOpenIDClientConfig";
const uma = "coreUmaClientConfig";
const override = "overrideOAuth2ClientConfig";

const text = (example?: string) =>
  z
    .string()
    .min(1)
    .meta(example === undefined ? {} : { examples: [example] });
const flag = () => z.boolean();
/** A number of milliseconds. */
const milliseconds = () => z.int().min(0).meta({ unit: "milliseconds" });
const signing = () => text("ES256");
const keyEncryption = () => text("RSA-OAEP-256");
const contentEncryption = () => text("A256GCM");
/** A script by its UUID. */
const script = () => text("01e1a3c0-038b-4c16-956a-6c9d89328cff");
const pluginType = () => text("SCRIPTED");
/** AM's word for "no script" and "no journey". */
export const EMPTY = "[Empty]";

const AUTH_METHODS = Object.keys(AIC_AUTH_METHODS) as (keyof typeof AIC_AUTH_METHODS)[];

/** Client authentication at the token endpoint. */
const authentication = decisive({
  signingAlg: attribute(`${crypto}.tokenEndpointAuthSigningAlgorithm`, signing(), "RS256").describe(
    "Signing algorithm of `private_key_jwt` (RFC 7591 `token_endpoint_auth_signing_alg`)",
  ),
  /** aic §2.6. */
  secretLabel: attribute(
    `${core}.secretLabelIdentifier`,
    z.string().regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/, "letters, digits and inner periods only"),
    null,
  ).meta({
    description: "Label of the client secret in the secret store; then no secret is in the client",
    examples: ["support.agent"],
  }),
  tlsCaSecretLabel: attribute(`${advanced}.tlsCaSecretLabelIdentifier`, text(), null).meta({
    description: "Label of the certificate authorities for mutual TLS",
    examples: ["agent.ca"],
  }),
  tlsSubjectDn: attribute(`${crypto}.mTLSSubjectDN`, text(), null).meta({
    description: "Subject of the client certificate (RFC 8705 `tls_client_auth_subject_dn`)",
    examples: ["CN=agent.example.com"],
  }),
  tlsTrustedCertificate: attribute(`${crypto}.mTLSTrustedCert`, text(), null).meta({
    description: "Self-signed client certificate, PEM",
    examples: ["-----BEGIN CERTIFICATE-----…"],
  }),
  tlsCertificateBoundAccessTokens: attribute(`${crypto}.mTLSCertificateBoundAccessTokens`, flag(), false).describe(
    "Binds access tokens to the client certificate (RFC 8705)",
  ),
});

/** The client's public keys. */
const keys = decisive({
  location: attribute(`${crypto}.publicKeyLocation`, text(), "jwks_uri").meta({
    description: "Where the keys are",
    words: KEY_LOCATIONS,
    isOpen: true,
  }),
  /** AM keeps it as JSON text (aic §5.3). */
  jwks: attribute(`${crypto}.jwkSet`, publicJwks(), null, jwksText).describe(
    "JSON Web Key Set with public members only, where the location is `jwks`",
  ),
  jwksUri: attribute(`${crypto}.jwksUri`, z.url(), null).meta({
    description: "Address of the key set, where the location is `jwks_uri`",
    examples: ["https://agent.example.com/jwks"],
  }),
  jwksCacheTimeout: attribute(`${crypto}.jwksCacheTimeout`, milliseconds(), 3_600_000).describe(
    "How long a key set that was fetched is kept",
  ),
  jwksCacheMissCacheTime: attribute(`${crypto}.jwkStoreCacheMissCacheTime`, milliseconds(), 60_000).describe(
    "How long a key that was not found is not asked for again",
  ),
  certificate: attribute(`${crypto}.clientJwtPublicKey`, text(), null).meta({
    description: "X.509 certificate, PEM, where the location is `x509`",
    examples: ["-----BEGIN CERTIFICATE-----…"],
  }),
});

/** Lifetimes, and what becomes of tokens. */
const tokens = decisive({
  accessTokenLifetime: attribute(`${core}.accessTokenLifetime`, lifetime(), 0).describe(
    "Lifetime of access tokens; 0: that of the realm's OAuth2 provider",
  ),
  refreshTokenLifetime: attribute(`${core}.refreshTokenLifetime`, refreshLifetime(), 0).meta({
    description: "Lifetime of refresh tokens; 0: that of the provider, -1: no end",
    examples: ["7d"],
  }),
  authorizationCodeLifetime: attribute(`${core}.authorizationCodeLifetime`, lifetime(), 0).meta({
    description: "Lifetime of authorization codes; 0: that of the provider",
    examples: ["2m"],
  }),
  idTokenLifetime: attribute(`${oidc}.jwtTokenLifetime`, lifetime(), 0).describe(
    "Lifetime of ID tokens; 0: that of the provider",
  ),
  refreshTokenGracePeriod: attribute(`${advanced}.refreshTokenGracePeriod`, lifetime(86_400), 0).meta({
    description: "How long a refresh token that was used still works; 0: that of the provider",
    examples: ["30s"],
  }),
  exchangeAuthLevel: attribute(`${advanced}.tokenExchangeAuthLevel`, z.int(), 0).meta({
    description: "Authentication level of exchanged tokens",
    examples: [1],
  }),
  updateAccessToken: attribute(`${advanced}.updateAccessToken`, text(), null).describe(
    "AM's attribute `updateAccessToken`",
  ),
  allowedAudiences: attribute(`${advanced}.allowedResourceServerAudienceValues`, set(), []).meta({
    description: "Audiences that an ordinary client may ask for in a token exchange; agents have privileges instead",
    examples: [["orders-api"]],
  }),
});

/** What a consent page shows, and RFC 7591 metadata. */
const metadata = z.strictObject({
  clientNames: attribute(`${core}.clientName`, texts(), []).meta({
    description:
      "Names of the client (RFC 7591 `client_name`); an application has its name here unless they are declared",
    examples: [["Support Agent"]],
  }),
  displayNames: attribute(`${advanced}.name`, texts(), []).meta({
    description: "Names that a consent page shows",
    examples: [["Support Agent"]],
  }),
  descriptions: attribute(`${advanced}.descriptions`, texts(), []).meta({
    description: "Descriptions that a consent page shows",
    examples: [["Answers customer questions"]],
  }),
  contacts: attribute(`${advanced}.contacts`, set(), []).meta({
    description: "E-mail addresses of people who are responsible",
    examples: [["team@example.com"]],
  }),
  clientUri: attribute(`${advanced}.clientUri`, texts(), []).meta({
    description: "Addresses of the client's page",
    examples: [["https://agent.example.com"]],
  }),
  logoUri: attribute(`${advanced}.logoUri`, texts(), []).meta({
    description: "Addresses of the client's logo",
    examples: [["https://agent.example.com/logo.png"]],
  }),
  policyUri: attribute(`${advanced}.policyUri`, texts(), []).meta({
    description: "Addresses of the client's privacy policy",
    examples: [["https://agent.example.com/privacy"]],
  }),
  tosUri: attribute(`${advanced}.tosURI`, texts(), []).meta({
    description: "Addresses of the client's terms of service",
    examples: [["https://agent.example.com/terms"]],
  }),
  softwareId: attribute(`${advanced}.softwareIdentity`, text(), null).meta({
    description:
      "RFC 7591 `software_id`; a client that the kit creates carries the kit's mark here unless it is declared",
    examples: ["support-agent"],
  }),
  softwareVersion: attribute(`${advanced}.softwareVersion`, text(), null).meta({
    description: "RFC 7591 `software_version`",
    examples: ["2.1"],
  }),
  customProperties: attribute(`${advanced}.customProperties`, set(), []).meta({
    description: "Properties that scripts can read, `name=value`",
    examples: [["team=support"]],
  }),
});

/** The authorization endpoint. */
const authorization = decisive({
  impliedConsent: attribute(`${advanced}.isConsentImplied`, flag(), false).describe("Asks no user for consent"),
  journey: attribute(`${advanced}.treeName`, text(), EMPTY).meta({
    description: "Journey that authenticates the user; [Empty]: the realm's",
    examples: ["Login"],
  }),
  requirePushedAuthorizationRequests: attribute(
    `${advanced}.require_pushed_authorization_requests`,
    flag(),
    false,
  ).describe("Takes pushed authorization requests only (RFC 9126)"),
  requestUris: attribute(`${advanced}.requestUris`, addresses(), []).meta({
    description: "Addresses from which request objects are taken",
    examples: [["https://app.example.com/request"]],
  }),
  javascriptOrigins: attribute(`${advanced}.javascriptOrigins`, addresses(), []).meta({
    description: "Origins of scripts in browsers that may call (CORS)",
    examples: [["https://app.example.com"]],
  }),
  mixUpMitigation: attribute(`${advanced}.mixUpMitigation`, flag(), false).describe(
    "Has authorization responses name issuer and client, against mix-up attacks",
  ),
  loopbackRedirection: attribute(`${core}.loopbackInterfaceRedirection`, flag(), false).describe(
    "Takes any port of a loopback redirect URI (RFC 8252)",
  ),
  acceptedJwtIssuers: attribute(`${advanced}.acceptedJwtIssuers`, set(), []).meta({
    description: "Issuers of JWTs that the JWT bearer grant takes",
    examples: [["https://issuer.example.com"]],
  }),
  responseSigningAlg: attribute(`${crypto}.authorizationResponseSigningAlgorithm`, signing(), "RS256").describe(
    "Signing algorithm of authorization responses as JWTs",
  ),
  responseEncryptionAlg: attribute(
    `${crypto}.authorizationResponseEncryptionAlgorithm`,
    keyEncryption(),
    null,
  ).describe("Key encryption of authorization responses as JWTs"),
  responseEncryptionEnc: attribute(
    `${crypto}.authorizationResponseEncryptionMethod`,
    contentEncryption(),
    null,
  ).describe("Content encryption of authorization responses as JWTs"),
  requestObjectSigningAlg: attribute(`${crypto}.requestParameterSignedAlg`, signing(), null).describe(
    "Signing algorithm of request objects",
  ),
  requestObjectEncryptionAlg: attribute(`${crypto}.requestParameterEncryptedAlg`, keyEncryption(), null).describe(
    "Key encryption of request objects",
  ),
  requestObjectEncryptionEnc: attribute(
    `${crypto}.requestParameterEncryptedEncryptionAlgorithm`,
    contentEncryption(),
    "A128CBC-HS256",
  ).describe("Content encryption of request objects"),
});

/** ID tokens and OpenID Connect claims. */
const idToken = decisive({
  signedResponseAlg: attribute(`${crypto}.idTokenSignedResponseAlg`, signing(), "RS256").describe(
    "Signing algorithm of ID tokens",
  ),
  encryptionEnabled: attribute(`${crypto}.idTokenEncryptionEnabled`, flag(), false).describe("Encrypts ID tokens"),
  encryptedResponseAlg: attribute(`${crypto}.idTokenEncryptionAlgorithm`, keyEncryption(), "RSA-OAEP-256").describe(
    "Key encryption of ID tokens",
  ),
  encryptedResponseEnc: attribute(`${crypto}.idTokenEncryptionMethod`, contentEncryption(), "A128CBC-HS256").describe(
    "Content encryption of ID tokens",
  ),
  publicEncryptionKey: attribute(`${crypto}.idTokenPublicEncryptionKey`, text(), null).meta({
    description: "Public key that ID tokens are encrypted for",
    examples: ["-----BEGIN PUBLIC KEY-----…"],
  }),
  claims: attribute(`${oidc}.claims`, set(), []).meta({
    description: "Claims that ID tokens have beside those of the scopes",
    examples: [["email"]],
  }),
  defaultAcrValues: attribute(`${oidc}.defaultAcrValues`, list(), []).meta({
    description: "Acr values of requests that ask for none; the first is the most wanted",
    examples: [["push"]],
  }),
  defaultMaxAge: attribute(`${oidc}.defaultMaxAge`, lifetime(), 600).describe(
    "Age of a sign-on after which the user signs on again, where the request says none",
  ),
  defaultMaxAgeEnabled: attribute(`${oidc}.defaultMaxAgeEnabled`, flag(), false).describe(
    "Whether `defaultMaxAge` counts",
  ),
  subjectType: attribute(`${advanced}.subjectType`, text(), "public").meta({
    description: "How `sub` names the user",
    words: SUBJECT_TYPES,
    isOpen: true,
  }),
  sectorIdentifierUri: attribute(`${advanced}.sectorIdentifierUri`, address(), null).meta({
    description: "Address whose host groups clients that see one pairwise `sub`",
    examples: ["https://apps.example.com/clients.json"],
  }),
});

/** The UserInfo endpoint. */
const userinfo = decisive({
  responseFormat: attribute(`${crypto}.userinfoResponseFormat`, text("JSON"), "JSON").describe("Form of the answer"),
  signedResponseAlg: attribute(`${crypto}.userinfoSignedResponseAlg`, signing(), null).describe(
    "Signing algorithm of the answer",
  ),
  encryptedResponseAlg: attribute(`${crypto}.userinfoEncryptedResponseAlg`, keyEncryption(), null).describe(
    "Key encryption of the answer",
  ),
  encryptedResponseEnc: attribute(
    `${crypto}.userinfoEncryptedResponseEncryptionAlgorithm`,
    contentEncryption(),
    "A128CBC-HS256",
  ).describe("Content encryption of the answer"),
});

/** Token introspection (RFC 7662, RFC 9701). */
const introspection = decisive({
  responseFormat: attribute(`${crypto}.tokenIntrospectionResponseFormat`, text("JSON"), "JSON").describe(
    "Form of the answer",
  ),
  signedResponseAlg: attribute(`${crypto}.tokenIntrospectionSignedResponseAlg`, signing(), "RS256").describe(
    "Signing algorithm of the answer",
  ),
  encryptedResponseAlg: attribute(
    `${crypto}.tokenIntrospectionEncryptedResponseAlg`,
    keyEncryption(),
    "RSA-OAEP-256",
  ).describe("Key encryption of the answer"),
  encryptedResponseEnc: attribute(
    `${crypto}.tokenIntrospectionEncryptedResponseEncryptionAlgorithm`,
    contentEncryption(),
    "A128CBC-HS256",
  ).describe("Content encryption of the answer"),
  policySets: attribute(`${advanced}.introspectionPolicySets`, set(), []).meta({
    description: "Policy sets that introspection evaluates",
    examples: [["oauth2Scopes"]],
  }),
});

/** Logout. */
const logout = decisive({
  postLogoutRedirectUris: attribute(`${oidc}.postLogoutRedirectUri`, addresses(), []).meta({
    description: "Addresses to which a user may return after logout",
    examples: [["https://app.example.com/bye"]],
  }),
  backchannelLogoutUri: attribute(`${oidc}.backchannel_logout_uri`, address(), null).meta({
    description: "Address that is told of a logout",
    examples: ["https://app.example.com/logout"],
  }),
  backchannelLogoutSessionRequired: attribute(`${oidc}.backchannel_logout_session_required`, flag(), false).describe(
    "Has the logout token name the session",
  ),
  clientSessionUri: attribute(`${oidc}.clientSessionUri`, address(), null).meta({
    description: "Address that is told when the session changes",
    examples: ["https://app.example.com/session"],
  }),
});

/** User-Managed Access. */
const umaSettings = decisive({
  claimsRedirectionUris: attribute(`${uma}.claimsRedirectionUris`, addresses(), []).meta({
    description: "Addresses to which a requesting party returns after claims were gathered",
    examples: [["https://app.example.com/claims"]],
  }),
});

const plugin = "org.forgerock.oauth2.core.plugins.registry";

/**
 * Overrides of the realm's OAuth2 provider. `enabled` makes **every** field of the block live at once, also those never
 * set, so the block is always sent whole: what is not declared takes the default given here (oauth-flows §2).
 */
const overrides = sentWhole(
  decisive({
    enabled: attribute(`${override}.providerOverridesEnabled`, flag(), false).describe(
      "Master switch: every field of the block is in force, also those never set",
    ),
    statelessTokensEnabled: attribute(`${override}.statelessTokensEnabled`, flag(), false).describe(
      "Client-side (stateless, JWT) access and refresh tokens",
    ),
    acceptAudienceParametersInTokenExchangeRequests: attribute(
      `${override}.acceptAudienceParametersInTokenExchangeRequests`,
      flag(),
      false,
    ).describe("Without it `audience` of a token exchange is silently ignored"),
    accessTokenMayActScript: attribute(`${override}.accessTokenMayActScript`, script(), EMPTY).describe(
      "Script that writes `may_act` into access tokens",
    ),
    accessTokenModificationPluginType: attribute(
      `${override}.accessTokenModificationPluginType`,
      pluginType(),
      "PROVIDER",
    ).describe("What changes access tokens before they are issued"),
    accessTokenModificationScript: attribute(`${override}.accessTokenModificationScript`, script(), EMPTY).describe(
      "Script that changes access tokens before they are issued",
    ),
    authorizeEndpointDataProviderClass: attribute(
      `${override}.authorizeEndpointDataProviderClass`,
      text("org.example.DataProvider"),
      `${plugin}.DefaultEndpointDataProvider`,
    ).describe("Class that adds data to authorization responses"),
    authorizeEndpointDataProviderPluginType: attribute(
      `${override}.authorizeEndpointDataProviderPluginType`,
      pluginType(),
      "PROVIDER",
    ).describe("What adds data to authorization responses"),
    authorizeEndpointDataProviderScript: attribute(
      `${override}.authorizeEndpointDataProviderScript`,
      script(),
      EMPTY,
    ).describe("Script that adds data to authorization responses"),
    clientsCanSkipConsent: attribute(`${override}.clientsCanSkipConsent`, flag(), false).describe(
      "Whether clients with implied consent skip the consent page",
    ),
    enableApplicationContext: attribute(`${override}.enableApplicationContext`, flag(), false).describe(
      "AM's attribute `enableApplicationContext`",
    ),
    enableRemoteConsent: attribute(`${override}.enableRemoteConsent`, flag(), false).describe(
      "Has a remote service ask for consent",
    ),
    evaluateScopeClass: attribute(
      `${override}.evaluateScopeClass`,
      text("org.example.ScopeEvaluator"),
      `${plugin}.DefaultScopeEvaluator`,
    ).describe("Class that says what the scopes of a token bring"),
    evaluateScopePluginType: attribute(`${override}.evaluateScopePluginType`, pluginType(), "PROVIDER").describe(
      "What says what the scopes of a token bring",
    ),
    evaluateScopeScript: attribute(`${override}.evaluateScopeScript`, script(), EMPTY).describe(
      "Script that says what the scopes of a token bring",
    ),
    issueRefreshToken: attribute(`${override}.issueRefreshToken`, flag(), true).describe("Issues refresh tokens"),
    issueRefreshTokenOnRefreshedToken: attribute(
      `${override}.issueRefreshTokenOnRefreshedToken`,
      flag(),
      true,
    ).describe("Issues a new refresh token with each refresh"),
    oidcClaimsPluginType: attribute(`${override}.oidcClaimsPluginType`, pluginType(), "PROVIDER").describe(
      "What makes the claims of ID tokens and UserInfo",
    ),
    oidcClaimsScript: attribute(`${override}.oidcClaimsScript`, script(), EMPTY).describe(
      "Script that makes the claims of ID tokens and UserInfo",
    ),
    oidcMayActScript: attribute(`${override}.oidcMayActScript`, script(), EMPTY).describe(
      "Script that writes `may_act` into ID tokens",
    ),
    overrideableOIDCClaims: attribute(`${override}.overrideableOIDCClaims`, set(), []).meta({
      description: "Claims of ID tokens that scripts may replace",
      examples: [["email"]],
    }),
    remoteConsentServiceId: attribute(`${override}.remoteConsentServiceId`, text(), null).meta({
      description: "Remote service that asks for consent",
      examples: ["consent"],
    }),
    scopesPolicySet: attribute(`${override}.scopesPolicySet`, text(), "oauth2Scopes").meta({
      description: "Policy set that decides about scopes",
      examples: ["agentScopes"],
    }),
    tlsClientCertificateChainValidationEnabled: attribute(
      `${override}.tlsClientCertificateChainValidationEnabled`,
      flag(),
      false,
    ).describe("Validates the chain of client certificates"),
    tokenEncryptionEnabled: attribute(`${override}.tokenEncryptionEnabled`, flag(), false).describe(
      "Encrypts client-side tokens",
    ),
    useForceAuthnForMaxAge: attribute(`${override}.useForceAuthnForMaxAge`, flag(), false).describe(
      "Has the user sign on again where `max_age` is over",
    ),
    usePolicyEngineForScope: attribute(`${override}.usePolicyEngineForScope`, flag(), false).describe(
      "Has policies decide about scopes",
    ),
    useTokenIntrospectionClaimForJWT: attribute(`${override}.useTokenIntrospectionClaimForJWT`, flag(), false).describe(
      "Puts introspection answers as JWTs into the claim `token_introspection`",
    ),
    validateScopeClass: attribute(
      `${override}.validateScopeClass`,
      text("org.example.ScopeValidator"),
      `${plugin}.DefaultScopeValidator`,
    ).describe("Class that validates requested scopes"),
    validateScopePluginType: attribute(`${override}.validateScopePluginType`, pluginType(), "PROVIDER").describe(
      "What validates requested scopes",
    ),
    validateScopeScript: attribute(`${override}.validateScopeScript`, script(), EMPTY).describe(
      "Script that validates requested scopes",
    ),
  }),
);

/** AM's status of a client. */
const status = z.codec(z.string(), z.boolean(), {
  decode: (text) => text === "Active",
  encode: (enabled) => (enabled ? "Active" : "Inactive"),
});

/** Who the client is, and what it may ask for. */
const client = decisive({
  enabled: attribute(`${core}.status`, flag(), "Active", status).describe(
    "false: authentication fails, and its tokens stop validating",
  ),
  clientType: attribute(`${core}.clientType`, z.enum(["Confidential", "Public"]), "Confidential").meta({
    description: "Whether the client can keep a secret (RFC 6749 §2.1)",
    words: { Confidential: "it can", Public: "it cannot, as in a browser or on a device" },
  }),
  grantTypes: attribute(`${advanced}.grantTypes`, grantTypeSet, ["authorization_code"]).meta({
    description: "Grant types; the realm's provider must offer them, too",
    examples: [["client_credentials"]],
  }),
  scopes: attribute(`${core}.scopes`, shownScopes(), []).meta({
    description: "Scopes that may be asked for: `name`, or `name|text shown`",
    examples: [["openid", "read-data|Read your data"]],
  }),
  defaultScopes: attribute(`${core}.defaultScopes`, shownScopes(), []).meta({
    description: "Scopes of a request that names none",
    examples: [["openid"]],
  }),
  redirectUris: attribute(`${core}.redirectionUris`, redirectUris(), []).meta({
    description: "Addresses to which a user may return",
    examples: [["https://app.example.com/callback"]],
  }),
  responseTypes: attribute(`${advanced}.responseTypes`, set(), AIC_RESPONSE_TYPES).meta({
    description: "Response types that may be asked for",
    examples: [["code"]],
  }),
  authMethod: attribute(`${advanced}.tokenEndpointAuthMethod`, z.enum(AUTH_METHODS), "client_secret_basic").meta({
    description: "How the client authenticates at the token endpoint (RFC 7591)",
    words: AIC_AUTH_METHODS,
  }),
});

/** Every attribute that has a name of ours. */
const named = {
  ...client.shape,
  authentication: authentication.optional().describe("Client authentication at the token endpoint"),
  keys: keys.optional().describe("The client's public keys"),
  tokens: tokens.optional().describe("Lifetimes, and what becomes of tokens"),
  metadata: metadata
    .optional()
    .describe("What a consent page shows, and RFC 7591 metadata; what nobody declares keeps its live value"),
  authorization: authorization.optional().describe("The authorization endpoint"),
  idToken: idToken.optional().describe("ID tokens and OpenID Connect claims"),
  userinfo: userinfo.optional().describe("The UserInfo endpoint"),
  introspection: introspection.optional().describe("Token introspection (RFC 7662, RFC 9701)"),
  logout: logout.optional().describe("Logout"),
  uma: umaSettings.optional().describe("User-Managed Access"),
  overrides: overrides
    .optional()
    .describe(
      "Overrides of the realm's OAuth2 provider; once enabled, every field of the block is in force. Patterns that exchange tokens switch on the first three",
    ),
};

const PATHS = attributePaths(z.strictObject(named));

/** Attributes that have no name of ours: `{section: {attribute: value}}`, as AM names them. */
const extra = z.record(z.string(), z.record(z.string(), z.json())).superRefine((sections, { addIssue }) => {
  for (const [section, values] of Object.entries(sections)) {
    for (const attribute of Object.keys(values)) {
      const path = `${section}.${attribute}`;
      const name = attribute === "userpassword" ? "clientSecret" : PATHS.get(path);
      if (name) addIssue({ code: "custom", path: [section, attribute], message: `is declared as ${name}` });
    }
  }
});

/** The fields of an AI agent and of an OAuth 2.0 client that live in the six sections of the AM document. */
export const oauth2Settings = {
  ...named,
  extra: extra.optional().meta({
    description: "Attributes that have no field here: `{ section: { attribute: value } }`, as AM names them",
    otherwise: "none",
    examples: [{ advancedOAuth2ClientConfig: { newAttribute: ["a"] } }],
  }),
};
