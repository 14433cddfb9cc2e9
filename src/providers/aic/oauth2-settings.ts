/**
 * The settings that AI agents and OAuth 2.0 clients share (aic §2.3), grouped by topic, in the terms of OAuth 2.0
 * and OpenID Connect. Every field is optional. All of them are owned although nobody declares them, since each decides who gets
 * which token; only metadata keeps its live value then (decision 0004). Enumerations are open, since tenants learn new
 * values. Times are in seconds unless a field says otherwise.
 */

import { z } from "zod";
import { seconds } from "../../fields/duration.ts";
import { grantTypeSet } from "../../fields/grant-types.ts";
import { address, addresses, redirectUris, set, shownScopes, texts } from "../../fields/text.ts";
import { sentWhole } from "../annotations.ts";
import { jwksText, publicJwks } from "../jwks.ts";
import { attribute, attributePaths, decisive, lifetime, list } from "./attributes.ts";

const core = "coreOAuth2ClientConfig";
const advanced = "advancedOAuth2ClientConfig";
const crypto = "signEncOAuth2ClientConfig";
const oidc = "coreOpenIDClientConfig";
const uma = "coreUmaClientConfig";
const override = "overrideOAuth2ClientConfig";

const text = () => z.string().min(1);
const flag = () => z.boolean();
/** AM's word for "no script" and "no journey". */
const EMPTY = "[Empty]";
const RESPONSE_TYPES =
  "code|code id_token|code token|code token id_token|device_code|device_code id_token|id_token|token|token id_token";

const AUTH_METHODS = [
  ...(["client_secret_basic", "client_secret_post", "private_key_jwt", "none"] as const),
  ...(["tls_client_auth", "self_signed_tls_client_auth"] as const),
] as const;

/** Client authentication at the token endpoint. */
const authentication = decisive({
  /** Signing algorithm of `private_key_jwt` (RFC 7591 `token_endpoint_auth_signing_alg`). */
  signingAlg: attribute(`${crypto}.tokenEndpointAuthSigningAlgorithm`, text(), "RS256"),
  /** Label of the client secret in the secret store; then no secret is in the client (aic §2.6). Letters, digits and inner periods. */
  secretLabel: attribute(
    `${core}.secretLabelIdentifier`,
    z.string().regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/, "letters, digits and inner periods only"),
    null,
  ),
  /** Label of the certificate authorities for mutual TLS. */
  tlsCaSecretLabel: attribute(`${advanced}.tlsCaSecretLabelIdentifier`, text(), null),
  /** Subject of the client certificate (RFC 8705 `tls_client_auth_subject_dn`). */
  tlsSubjectDn: attribute(`${crypto}.mTLSSubjectDN`, text(), null),
  /** Self-signed client certificate, PEM. */
  tlsTrustedCertificate: attribute(`${crypto}.mTLSTrustedCert`, text(), null),
  /** RFC 8705 `tls_client_certificate_bound_access_tokens`. */
  tlsCertificateBoundAccessTokens: attribute(`${crypto}.mTLSCertificateBoundAccessTokens`, flag(), false),
});

/** The client's public keys. */
const keys = decisive({
  /** Where the keys are: `jwks`, `jwks_uri` or `x509`. */
  location: attribute(`${crypto}.publicKeyLocation`, text(), "jwks_uri"),
  /** JSON Web Key Set with public members only; AM keeps it as JSON text. */
  jwks: attribute(`${crypto}.jwkSet`, publicJwks(), null, jwksText),
  jwksUri: attribute(`${crypto}.jwksUri`, z.url(), null),
  /** Milliseconds. */
  jwksCacheTimeout: attribute(`${crypto}.jwksCacheTimeout`, z.int().min(0), 3_600_000),
  /** Milliseconds. */
  jwksCacheMissCacheTime: attribute(`${crypto}.jwkStoreCacheMissCacheTime`, z.int().min(0), 60_000),
  /** X.509 certificate, PEM, when the location is `x509`. */
  certificate: attribute(`${crypto}.clientJwtPublicKey`, text(), null),
});

/** Lifetimes, and what becomes of tokens. */
const tokens = decisive({
  accessTokenLifetime: attribute(`${core}.accessTokenLifetime`, lifetime(), 0),
  refreshTokenLifetime: attribute(`${core}.refreshTokenLifetime`, seconds(-1), 0),
  authorizationCodeLifetime: attribute(`${core}.authorizationCodeLifetime`, lifetime(), 0),
  idTokenLifetime: attribute(`${oidc}.jwtTokenLifetime`, lifetime(), 0),
  refreshTokenGracePeriod: attribute(`${advanced}.refreshTokenGracePeriod`, lifetime(), 0),
  /** Authentication level of exchanged tokens. */
  exchangeAuthLevel: attribute(`${advanced}.tokenExchangeAuthLevel`, z.int(), 0),
  updateAccessToken: attribute(`${advanced}.updateAccessToken`, text(), null),
  /** Audiences that an ordinary client may ask for in a token exchange. */
  allowedAudiences: attribute(`${advanced}.allowedResourceServerAudienceValues`, set(), []),
});

/** What a consent page shows, and RFC 7591 metadata. */
const metadata = z.strictObject({
  clientNames: attribute(`${core}.clientName`, texts(), []),
  displayNames: attribute(`${advanced}.name`, texts(), []),
  descriptions: attribute(`${advanced}.descriptions`, texts(), []),
  contacts: attribute(`${advanced}.contacts`, set(), []),
  clientUri: attribute(`${advanced}.clientUri`, texts(), []),
  logoUri: attribute(`${advanced}.logoUri`, texts(), []),
  policyUri: attribute(`${advanced}.policyUri`, texts(), []),
  tosUri: attribute(`${advanced}.tosURI`, texts(), []),
  /** RFC 7591 `software_id`. A client that this kit creates carries its own mark here unless declared. */
  softwareId: attribute(`${advanced}.softwareIdentity`, text(), null),
  softwareVersion: attribute(`${advanced}.softwareVersion`, text(), null),
  customProperties: attribute(`${advanced}.customProperties`, set(), []),
});

/** The authorization endpoint. */
const authorization = decisive({
  impliedConsent: attribute(`${advanced}.isConsentImplied`, flag(), false),
  /** Journey that authenticates the user; unset means the realm's. */
  journey: attribute(`${advanced}.treeName`, text(), EMPTY),
  /** RFC 9126. */
  requirePushedAuthorizationRequests: attribute(`${advanced}.require_pushed_authorization_requests`, flag(), false),
  requestUris: attribute(`${advanced}.requestUris`, addresses(), []),
  javascriptOrigins: attribute(`${advanced}.javascriptOrigins`, addresses(), []),
  mixUpMitigation: attribute(`${advanced}.mixUpMitigation`, flag(), false),
  /** RFC 8252 §7.3: any port of a loopback redirect URI. */
  loopbackRedirection: attribute(`${core}.loopbackInterfaceRedirection`, flag(), false),
  acceptedJwtIssuers: attribute(`${advanced}.acceptedJwtIssuers`, set(), []),
  responseSigningAlg: attribute(`${crypto}.authorizationResponseSigningAlgorithm`, text(), "RS256"),
  responseEncryptionAlg: attribute(`${crypto}.authorizationResponseEncryptionAlgorithm`, text(), null),
  responseEncryptionEnc: attribute(`${crypto}.authorizationResponseEncryptionMethod`, text(), null),
  requestObjectSigningAlg: attribute(`${crypto}.requestParameterSignedAlg`, text(), null),
  requestObjectEncryptionAlg: attribute(`${crypto}.requestParameterEncryptedAlg`, text(), null),
  requestObjectEncryptionEnc: attribute(
    `${crypto}.requestParameterEncryptedEncryptionAlgorithm`,
    text(),
    "A128CBC-HS256",
  ),
});

/** ID tokens and OpenID Connect claims. */
const idToken = decisive({
  signedResponseAlg: attribute(`${crypto}.idTokenSignedResponseAlg`, text(), "RS256"),
  encryptionEnabled: attribute(`${crypto}.idTokenEncryptionEnabled`, flag(), false),
  encryptedResponseAlg: attribute(`${crypto}.idTokenEncryptionAlgorithm`, text(), "RSA-OAEP-256"),
  encryptedResponseEnc: attribute(`${crypto}.idTokenEncryptionMethod`, text(), "A128CBC-HS256"),
  publicEncryptionKey: attribute(`${crypto}.idTokenPublicEncryptionKey`, text(), null),
  claims: attribute(`${oidc}.claims`, set(), []),
  defaultAcrValues: attribute(`${oidc}.defaultAcrValues`, list(), []),
  defaultMaxAge: attribute(`${oidc}.defaultMaxAge`, lifetime(), 600),
  defaultMaxAgeEnabled: attribute(`${oidc}.defaultMaxAgeEnabled`, flag(), false),
  /** `public` or `pairwise`. */
  subjectType: attribute(`${advanced}.subjectType`, text(), "public"),
  sectorIdentifierUri: attribute(`${advanced}.sectorIdentifierUri`, address(), null),
});

/** The UserInfo endpoint. */
const userinfo = decisive({
  responseFormat: attribute(`${crypto}.userinfoResponseFormat`, text(), "JSON"),
  signedResponseAlg: attribute(`${crypto}.userinfoSignedResponseAlg`, text(), null),
  encryptedResponseAlg: attribute(`${crypto}.userinfoEncryptedResponseAlg`, text(), null),
  encryptedResponseEnc: attribute(`${crypto}.userinfoEncryptedResponseEncryptionAlgorithm`, text(), "A128CBC-HS256"),
});

/** Token introspection (RFC 7662, RFC 9701). */
const introspection = decisive({
  responseFormat: attribute(`${crypto}.tokenIntrospectionResponseFormat`, text(), "JSON"),
  signedResponseAlg: attribute(`${crypto}.tokenIntrospectionSignedResponseAlg`, text(), "RS256"),
  encryptedResponseAlg: attribute(`${crypto}.tokenIntrospectionEncryptedResponseAlg`, text(), "RSA-OAEP-256"),
  encryptedResponseEnc: attribute(
    `${crypto}.tokenIntrospectionEncryptedResponseEncryptionAlgorithm`,
    text(),
    "A128CBC-HS256",
  ),
  policySets: attribute(`${advanced}.introspectionPolicySets`, set(), []),
});

/** Logout. */
const logout = decisive({
  postLogoutRedirectUris: attribute(`${oidc}.postLogoutRedirectUri`, addresses(), []),
  backchannelLogoutUri: attribute(`${oidc}.backchannel_logout_uri`, address(), null),
  backchannelLogoutSessionRequired: attribute(`${oidc}.backchannel_logout_session_required`, flag(), false),
  clientSessionUri: attribute(`${oidc}.clientSessionUri`, address(), null),
});

/** User-Managed Access. */
const umaSettings = decisive({
  claimsRedirectionUris: attribute(`${uma}.claimsRedirectionUris`, addresses(), []),
});

const plugin = "org.forgerock.oauth2.core.plugins.registry";

/**
 * Overrides of the realm's OAuth2 provider. `enabled` makes **every** field of the block live at once, also those never
 * set, so the block is always sent whole: what is not declared takes the default given here (oauth-flows §2).
 */
const overrides = sentWhole(
  decisive({
    /** Master switch `providerOverridesEnabled`. */
    enabled: attribute(`${override}.providerOverridesEnabled`, flag(), false),
    /** Client-side (stateless, JWT) access and refresh tokens. */
    statelessTokensEnabled: attribute(`${override}.statelessTokensEnabled`, flag(), false),
    /** Without it `audience` of a token exchange is silently ignored. */
    acceptAudienceParametersInTokenExchangeRequests: attribute(
      `${override}.acceptAudienceParametersInTokenExchangeRequests`,
      flag(),
      false,
    ),
    accessTokenMayActScript: attribute(`${override}.accessTokenMayActScript`, text(), EMPTY),
    accessTokenModificationPluginType: attribute(`${override}.accessTokenModificationPluginType`, text(), "PROVIDER"),
    accessTokenModificationScript: attribute(`${override}.accessTokenModificationScript`, text(), EMPTY),
    authorizeEndpointDataProviderClass: attribute(
      `${override}.authorizeEndpointDataProviderClass`,
      text(),
      `${plugin}.DefaultEndpointDataProvider`,
    ),
    authorizeEndpointDataProviderPluginType: attribute(
      `${override}.authorizeEndpointDataProviderPluginType`,
      text(),
      "PROVIDER",
    ),
    authorizeEndpointDataProviderScript: attribute(`${override}.authorizeEndpointDataProviderScript`, text(), EMPTY),
    clientsCanSkipConsent: attribute(`${override}.clientsCanSkipConsent`, flag(), false),
    enableApplicationContext: attribute(`${override}.enableApplicationContext`, flag(), false),
    enableRemoteConsent: attribute(`${override}.enableRemoteConsent`, flag(), false),
    evaluateScopeClass: attribute(`${override}.evaluateScopeClass`, text(), `${plugin}.DefaultScopeEvaluator`),
    evaluateScopePluginType: attribute(`${override}.evaluateScopePluginType`, text(), "PROVIDER"),
    evaluateScopeScript: attribute(`${override}.evaluateScopeScript`, text(), EMPTY),
    issueRefreshToken: attribute(`${override}.issueRefreshToken`, flag(), true),
    issueRefreshTokenOnRefreshedToken: attribute(`${override}.issueRefreshTokenOnRefreshedToken`, flag(), true),
    oidcClaimsPluginType: attribute(`${override}.oidcClaimsPluginType`, text(), "PROVIDER"),
    oidcClaimsScript: attribute(`${override}.oidcClaimsScript`, text(), EMPTY),
    oidcMayActScript: attribute(`${override}.oidcMayActScript`, text(), EMPTY),
    overrideableOIDCClaims: attribute(`${override}.overrideableOIDCClaims`, set(), []),
    remoteConsentServiceId: attribute(`${override}.remoteConsentServiceId`, text(), null),
    scopesPolicySet: attribute(`${override}.scopesPolicySet`, text(), "oauth2Scopes"),
    tlsClientCertificateChainValidationEnabled: attribute(
      `${override}.tlsClientCertificateChainValidationEnabled`,
      flag(),
      false,
    ),
    tokenEncryptionEnabled: attribute(`${override}.tokenEncryptionEnabled`, flag(), false),
    useForceAuthnForMaxAge: attribute(`${override}.useForceAuthnForMaxAge`, flag(), false),
    usePolicyEngineForScope: attribute(`${override}.usePolicyEngineForScope`, flag(), false),
    useTokenIntrospectionClaimForJWT: attribute(`${override}.useTokenIntrospectionClaimForJWT`, flag(), false),
    validateScopeClass: attribute(`${override}.validateScopeClass`, text(), `${plugin}.DefaultScopeValidator`),
    validateScopePluginType: attribute(`${override}.validateScopePluginType`, text(), "PROVIDER"),
    validateScopeScript: attribute(`${override}.validateScopeScript`, text(), EMPTY),
  }),
);

/** AM's status of a client. */
const status = z.codec(z.string(), z.boolean(), {
  decode: (text) => text === "Active",
  encode: (enabled) => (enabled ? "Active" : "Inactive"),
});

/** Who the client is, and what it may ask for. */
const client = decisive({
  /** `false` sets the status to `Inactive`: authentication fails and its tokens stop validating. @default true on creation */
  enabled: attribute(`${core}.status`, flag(), "Active", status),
  /** `Confidential` or `Public`. */
  clientType: attribute(`${core}.clientType`, z.enum(["Confidential", "Public"]), "Confidential"),
  /** By short name or value, e.g. `client_credentials`. The realm's provider must have them, too. */
  grantTypes: attribute(`${advanced}.grantTypes`, grantTypeSet, ["authorization_code"]),
  /** Scopes the client may ask for: `name`, or `name|text shown`. */
  scopes: attribute(`${core}.scopes`, shownScopes(), []),
  defaultScopes: attribute(`${core}.defaultScopes`, shownScopes(), []),
  redirectUris: attribute(`${core}.redirectionUris`, redirectUris(), []),
  responseTypes: attribute(`${advanced}.responseTypes`, set(), RESPONSE_TYPES.split("|")),
  /** Token endpoint authentication method (RFC 7591; aic §2.5). */
  authMethod: attribute(`${advanced}.tokenEndpointAuthMethod`, z.enum(AUTH_METHODS), "client_secret_basic"),
});

/** Every attribute that has a name of ours. */
const named = {
  ...client.shape,
  authentication: authentication.optional(),
  keys: keys.optional(),
  tokens: tokens.optional(),
  metadata: metadata.optional(),
  authorization: authorization.optional(),
  idToken: idToken.optional(),
  userinfo: userinfo.optional(),
  introspection: introspection.optional(),
  logout: logout.optional(),
  uma: umaSettings.optional(),
  overrides: overrides.optional(),
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
export const oauth2Settings = { ...named, extra: extra.optional() };
