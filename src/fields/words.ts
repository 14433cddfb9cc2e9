/** Words of enumerations with what each means, on either cloud. */

/** Where a client's public keys are (aic §2.5). */
export const KEY_LOCATIONS = {
  jwks: "in `keys.jwks`",
  jwks_uri: "at `keys.jwksUri`",
  x509: "in `keys.certificate`",
} as const;

/** How `sub` names a user (OpenID Connect Core §8). */
export const SUBJECT_TYPES = {
  public: "the same for all clients",
  pairwise: "another one for each sector",
} as const;

/** Client authentication at a token endpoint (aic §2.5; RFC 7591, RFC 8705). */
export const AIC_AUTH_METHODS = {
  client_secret_basic: "the secret in the header (HTTP Basic)",
  client_secret_post: "the secret in the form",
  private_key_jwt: "a JWT that the client's key signed",
  none: "a public client",
  tls_client_auth: "a certificate of a known authority",
  self_signed_tls_client_auth: "a certificate that the client signed itself",
} as const;

/** What an authorization request may ask AM for (aic §2.1). */
export const AIC_RESPONSE_TYPES = [
  ...["code", "code id_token", "code token", "code token id_token", "device_code", "device_code id_token"],
  ...["id_token", "token", "token id_token"],
];

/** Signature algorithms of JWTs (RFC 7518 §3.1, RFC 8037 §3.1). */
export const SIGNING_ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
  ...["HS256", "HS384", "HS512", "EdDSA"],
] as const;

/** Words of enumerations that PingOne keeps open (pingone §3.2, §4.2). */
export const PINGONE_WORDS = {
  authMethod: {
    none: "a public client",
    client_secret_basic: "the secret in the header (HTTP Basic)",
    client_secret_post: "the secret in the form",
    client_secret_jwt: "a JWT that the secret signed",
    private_key_jwt: "a JWT that the client's key signed",
  },
  responseTypes: {
    code: "an authorization code; needs the grant type `authorization_code`",
    token: "an access token; needs the grant type `implicit`",
    id_token: "an ID token; without `code` it needs the grant type `implicit`",
  },
  refreshTokenFormat: {
    opaque_token: "a text without a meaning",
    json_web_token: "a JWT, which PingOne withdraws after 1 March 2027",
  },
  pkce: { optional: "taken where it is sent", required: "must be sent", s256_required: "must be sent, by SHA-256" },
} as const;
