/** What the resources of Advanced Identity Cloud take and have. Made by npm run schema from the schemas of their kinds. Do not edit. */

import type { Args } from "../resource.ts";

/** Any JSON. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface Privilege {
  /** Client id of the application, also the audience of the token exchange. @example "web-server-logs-api-app" */
  readonly application: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Scopes the agent may get; `all` of the application must be written out. @example ["logs-read","logs-search"] */
  readonly scopes: "all" | readonly string[];
  /**
   * User names the agent may act for.
   *
   * @default none; without subjects and groups the agent acts for itself
   * @example ["barbara.jensen"]
   */
  readonly subjects?: readonly string[] | undefined;
  /**
   * Groups whose members the agent may act for.
   *
   * @default none
   * @example ["customers"]
   */
  readonly subjectGroups?: readonly string[] | undefined;
  /** Tells two privileges of one agent on one application apart. @default "" */
  readonly name?: string | undefined;
}

export interface Allow {
  /** What is allowed, as a refresh names it. @example "07707883-48f5-46cd-b6be-d740f87aeded" */
  readonly access: string;
  /** Why it may stay. @example "migration, INC-1234" */
  readonly reason: string;
  /** Who answers for it. @example "jane.doe" */
  readonly owner: string;
  /**
   * The last day on which it may stay, YYYY-MM-DD in UTC.
   *
   * @default it may stay for ever
   * @example "2026-12-31"
   */
  readonly expires?: string | undefined;
}

export interface Authentication {
  /**
   * Signing algorithm of `private_key_jwt` (RFC 7591 `token_endpoint_auth_signing_alg`).
   *
   * @default "RS256"
   * @example "ES256"
   */
  readonly signingAlg?: string | undefined;
  /**
   * Label of the client secret in the secret store; then no secret is in the client.
   *
   * @default none
   * @example "support.agent"
   */
  readonly secretLabel?: string | undefined;
  /**
   * Label of the certificate authorities for mutual TLS.
   *
   * @default none
   * @example "agent.ca"
   */
  readonly tlsCaSecretLabel?: string | undefined;
  /**
   * Subject of the client certificate (RFC 8705 `tls_client_auth_subject_dn`).
   *
   * @default none
   * @example "CN=agent.example.com"
   */
  readonly tlsSubjectDn?: string | undefined;
  /**
   * Self-signed client certificate, PEM.
   *
   * @default none
   * @example "-----BEGIN CERTIFICATE-----…"
   */
  readonly tlsTrustedCertificate?: string | undefined;
  /** Binds access tokens to the client certificate (RFC 8705). @default false */
  readonly tlsCertificateBoundAccessTokens?: boolean | undefined;
}

export interface Key {
  /** Key type. */
  readonly kty: "EC" | "RSA" | "OKP";
  /** Id of the key. @example "2026-11" */
  readonly kid: string;
  /** What the key is for. @default any */
  readonly use?: "sig" | "enc" | undefined;
  /**
   * Algorithm.
   *
   * @default none
   * @example "ES256"
   */
  readonly alg?: string | undefined;
  /**
   * Operations that the key is for.
   *
   * @default any
   * @example ["verify"]
   */
  readonly key_ops?: readonly string[] | undefined;
  /**
   * Curve, of EC and OKP.
   *
   * @default none
   * @example "P-256"
   */
  readonly crv?: string | undefined;
  /**
   * Coordinate of the public point, of EC and OKP.
   *
   * @default none
   * @example "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"
   */
  readonly x?: string | undefined;
  /**
   * Coordinate of the public point, of EC.
   *
   * @default none
   * @example "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"
   */
  readonly y?: string | undefined;
  /**
   * Modulus, of RSA, base64url.
   *
   * @default none
   * @example "0vx7agoebGcQ…"
   */
  readonly n?: string | undefined;
  /**
   * Exponent, of RSA, base64url.
   *
   * @default none
   * @example "AQAB"
   */
  readonly e?: string | undefined;
  /**
   * Certificate chain.
   *
   * @default none
   * @example ["MIIDQjCCAiqg…"]
   */
  readonly x5c?: readonly string[] | undefined;
  /**
   * SHA-1 thumbprint of the certificate.
   *
   * @default none
   * @example "dGhpcyBpcyBhIFNIQTEgdGVzdA"
   */
  readonly x5t?: string | undefined;
  /**
   * SHA-256 thumbprint of the certificate.
   *
   * @default none
   * @example "dGhpcyBpcyBhIFNIQS0yNTYgdGVzdA"
   */
  readonly "x5t#S256"?: string | undefined;
  /**
   * Where the certificate is.
   *
   * @default none
   * @example "https://agent.example.com/cert.pem"
   */
  readonly x5u?: string | undefined;
}

export interface Jwks {
  /** The keys. */
  readonly keys: readonly Key[];
}

export interface Keys {
  /**
   * Where the keys are. `jwks` (in `keys.jwks`), `jwks_uri` (at `keys.jwksUri`), `x509` (in `keys.certificate`).
   *
   * @default "jwks_uri"
   */
  readonly location?: "jwks" | "jwks_uri" | "x509" | (string & Record<never, never>) | undefined;
  /** JSON Web Key Set with public members only, where the location is `jwks`. @default none */
  readonly jwks?: Jwks | undefined;
  /**
   * Address of the key set, where the location is `jwks_uri`.
   *
   * @default none
   * @example "https://agent.example.com/jwks"
   */
  readonly jwksUri?: string | undefined;
  /** How long a key set that was fetched is kept, in milliseconds. @default 3600000 */
  readonly jwksCacheTimeout?: number | undefined;
  /** How long a key that was not found is not asked for again, in milliseconds. @default 60000 */
  readonly jwksCacheMissCacheTime?: number | undefined;
  /**
   * X.509 certificate, PEM, where the location is `x509`.
   *
   * @default none
   * @example "-----BEGIN CERTIFICATE-----…"
   */
  readonly certificate?: string | undefined;
}

export interface Tokens {
  /**
   * Lifetime of access tokens; 0: that of the realm's OAuth2 provider, in seconds.
   *
   * @default 0
   * @example "15m"
   */
  readonly accessTokenLifetime?: number | string | undefined;
  /**
   * Lifetime of refresh tokens; 0: that of the provider, -1: no end, in seconds.
   *
   * @default 0
   * @example "7d"
   */
  readonly refreshTokenLifetime?: number | string | undefined;
  /**
   * Lifetime of authorization codes; 0: that of the provider, in seconds.
   *
   * @default 0
   * @example "2m"
   */
  readonly authorizationCodeLifetime?: number | string | undefined;
  /**
   * Lifetime of ID tokens; 0: that of the provider, in seconds.
   *
   * @default 0
   * @example "15m"
   */
  readonly idTokenLifetime?: number | string | undefined;
  /**
   * How long a refresh token that was used still works; 0: that of the provider, in seconds.
   *
   * @default 0
   * @example "30s"
   */
  readonly refreshTokenGracePeriod?: number | string | undefined;
  /**
   * Authentication level of exchanged tokens.
   *
   * @default 0
   * @example 1
   */
  readonly exchangeAuthLevel?: number | undefined;
  /** AM's attribute `updateAccessToken`. @default none */
  readonly updateAccessToken?: string | undefined;
  /**
   * Audiences that an ordinary client may ask for in a token exchange; agents have privileges instead.
   *
   * @default []
   * @example ["orders-api"]
   */
  readonly allowedAudiences?: readonly string[] | undefined;
}

export interface Metadata {
  /**
   * Names of the client (RFC 7591 `client_name`); an application has its name here unless they are declared.
   *
   * @default []
   * @example ["Support Agent"]
   */
  readonly clientNames?: readonly string[] | undefined;
  /**
   * Names that a consent page shows.
   *
   * @default []
   * @example ["Support Agent"]
   */
  readonly displayNames?: readonly string[] | undefined;
  /**
   * Descriptions that a consent page shows.
   *
   * @default []
   * @example ["Answers customer questions"]
   */
  readonly descriptions?: readonly string[] | undefined;
  /**
   * E-mail addresses of people who are responsible.
   *
   * @default []
   * @example ["team@example.com"]
   */
  readonly contacts?: readonly string[] | undefined;
  /**
   * Addresses of the client's page.
   *
   * @default []
   * @example ["https://agent.example.com"]
   */
  readonly clientUri?: readonly string[] | undefined;
  /**
   * Addresses of the client's logo.
   *
   * @default []
   * @example ["https://agent.example.com/logo.png"]
   */
  readonly logoUri?: readonly string[] | undefined;
  /**
   * Addresses of the client's privacy policy.
   *
   * @default []
   * @example ["https://agent.example.com/privacy"]
   */
  readonly policyUri?: readonly string[] | undefined;
  /**
   * Addresses of the client's terms of service.
   *
   * @default []
   * @example ["https://agent.example.com/terms"]
   */
  readonly tosUri?: readonly string[] | undefined;
  /**
   * RFC 7591 `software_id`; a client that the kit creates carries the kit's mark here unless it is declared.
   *
   * @default none
   * @example "support-agent"
   */
  readonly softwareId?: string | undefined;
  /**
   * RFC 7591 `software_version`.
   *
   * @default none
   * @example "2.1"
   */
  readonly softwareVersion?: string | undefined;
  /**
   * Properties that scripts can read, `name=value`.
   *
   * @default []
   * @example ["team=support"]
   */
  readonly customProperties?: readonly string[] | undefined;
}

export interface Authorization {
  /** Asks no user for consent. @default false */
  readonly impliedConsent?: boolean | undefined;
  /**
   * Journey that authenticates the user; [Empty]: the realm's.
   *
   * @default "[Empty]"
   * @example "Login"
   */
  readonly journey?: string | undefined;
  /** Takes pushed authorization requests only (RFC 9126). @default false */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
  /**
   * Addresses from which request objects are taken.
   *
   * @default []
   * @example ["https://app.example.com/request"]
   */
  readonly requestUris?: readonly string[] | undefined;
  /**
   * Origins of scripts in browsers that may call (CORS).
   *
   * @default []
   * @example ["https://app.example.com"]
   */
  readonly javascriptOrigins?: readonly string[] | undefined;
  /** Has authorization responses name issuer and client, against mix-up attacks. @default false */
  readonly mixUpMitigation?: boolean | undefined;
  /** Takes any port of a loopback redirect URI (RFC 8252). @default false */
  readonly loopbackRedirection?: boolean | undefined;
  /**
   * Issuers of JWTs that the JWT bearer grant takes.
   *
   * @default []
   * @example ["https://issuer.example.com"]
   */
  readonly acceptedJwtIssuers?: readonly string[] | undefined;
  /**
   * Signing algorithm of authorization responses as JWTs.
   *
   * @default "RS256"
   * @example "ES256"
   */
  readonly responseSigningAlg?: string | undefined;
  /**
   * Key encryption of authorization responses as JWTs.
   *
   * @default none
   * @example "RSA-OAEP-256"
   */
  readonly responseEncryptionAlg?: string | undefined;
  /**
   * Content encryption of authorization responses as JWTs.
   *
   * @default none
   * @example "A256GCM"
   */
  readonly responseEncryptionEnc?: string | undefined;
  /**
   * Signing algorithm of request objects.
   *
   * @default none
   * @example "ES256"
   */
  readonly requestObjectSigningAlg?: string | undefined;
  /**
   * Key encryption of request objects.
   *
   * @default none
   * @example "RSA-OAEP-256"
   */
  readonly requestObjectEncryptionAlg?: string | undefined;
  /**
   * Content encryption of request objects.
   *
   * @default "A128CBC-HS256"
   * @example "A256GCM"
   */
  readonly requestObjectEncryptionEnc?: string | undefined;
}

export interface IdToken {
  /**
   * Signing algorithm of ID tokens.
   *
   * @default "RS256"
   * @example "ES256"
   */
  readonly signedResponseAlg?: string | undefined;
  /** Encrypts ID tokens. @default false */
  readonly encryptionEnabled?: boolean | undefined;
  /**
   * Key encryption of ID tokens.
   *
   * @default "RSA-OAEP-256"
   * @example "RSA-OAEP-256"
   */
  readonly encryptedResponseAlg?: string | undefined;
  /**
   * Content encryption of ID tokens.
   *
   * @default "A128CBC-HS256"
   * @example "A256GCM"
   */
  readonly encryptedResponseEnc?: string | undefined;
  /**
   * Public key that ID tokens are encrypted for.
   *
   * @default none
   * @example "-----BEGIN PUBLIC KEY-----…"
   */
  readonly publicEncryptionKey?: string | undefined;
  /**
   * Claims that ID tokens have beside those of the scopes.
   *
   * @default []
   * @example ["email"]
   */
  readonly claims?: readonly string[] | undefined;
  /**
   * Acr values of requests that ask for none; the first is the most wanted.
   *
   * @default []
   * @example ["push"]
   */
  readonly defaultAcrValues?: readonly string[] | undefined;
  /**
   * Age of a sign-on after which the user signs on again, where the request says none, in seconds.
   *
   * @default 600
   * @example "15m"
   */
  readonly defaultMaxAge?: number | string | undefined;
  /** Whether `defaultMaxAge` counts. @default false */
  readonly defaultMaxAgeEnabled?: boolean | undefined;
  /**
   * How `sub` names the user. `public` (the same for all clients), `pairwise` (another one for each sector).
   *
   * @default "public"
   */
  readonly subjectType?: "public" | "pairwise" | (string & Record<never, never>) | undefined;
  /**
   * Address whose host groups clients that see one pairwise `sub`.
   *
   * @default none
   * @example "https://apps.example.com/clients.json"
   */
  readonly sectorIdentifierUri?: string | undefined;
}

export interface Userinfo {
  /**
   * Form of the answer.
   *
   * @default "JSON"
   * @example "JSON"
   */
  readonly responseFormat?: string | undefined;
  /**
   * Signing algorithm of the answer.
   *
   * @default none
   * @example "ES256"
   */
  readonly signedResponseAlg?: string | undefined;
  /**
   * Key encryption of the answer.
   *
   * @default none
   * @example "RSA-OAEP-256"
   */
  readonly encryptedResponseAlg?: string | undefined;
  /**
   * Content encryption of the answer.
   *
   * @default "A128CBC-HS256"
   * @example "A256GCM"
   */
  readonly encryptedResponseEnc?: string | undefined;
}

export interface Introspection {
  /**
   * Form of the answer.
   *
   * @default "JSON"
   * @example "JSON"
   */
  readonly responseFormat?: string | undefined;
  /**
   * Signing algorithm of the answer.
   *
   * @default "RS256"
   * @example "ES256"
   */
  readonly signedResponseAlg?: string | undefined;
  /**
   * Key encryption of the answer.
   *
   * @default "RSA-OAEP-256"
   * @example "RSA-OAEP-256"
   */
  readonly encryptedResponseAlg?: string | undefined;
  /**
   * Content encryption of the answer.
   *
   * @default "A128CBC-HS256"
   * @example "A256GCM"
   */
  readonly encryptedResponseEnc?: string | undefined;
  /**
   * Policy sets that introspection evaluates.
   *
   * @default []
   * @example ["oauth2Scopes"]
   */
  readonly policySets?: readonly string[] | undefined;
}

export interface Logout {
  /**
   * Addresses to which a user may return after logout.
   *
   * @default []
   * @example ["https://app.example.com/bye"]
   */
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /**
   * Address that is told of a logout.
   *
   * @default none
   * @example "https://app.example.com/logout"
   */
  readonly backchannelLogoutUri?: string | undefined;
  /** Has the logout token name the session. @default false */
  readonly backchannelLogoutSessionRequired?: boolean | undefined;
  /**
   * Address that is told when the session changes.
   *
   * @default none
   * @example "https://app.example.com/session"
   */
  readonly clientSessionUri?: string | undefined;
}

export interface Uma {
  /**
   * Addresses to which a requesting party returns after claims were gathered.
   *
   * @default []
   * @example ["https://app.example.com/claims"]
   */
  readonly claimsRedirectionUris?: readonly string[] | undefined;
}

export interface Overrides {
  /** Master switch: every field of the block is in force, also those never set. @default false */
  readonly enabled?: boolean | undefined;
  /** Client-side (stateless, JWT) access and refresh tokens. @default false */
  readonly statelessTokensEnabled?: boolean | undefined;
  /** Without it `audience` of a token exchange is silently ignored. @default false */
  readonly acceptAudienceParametersInTokenExchangeRequests?: boolean | undefined;
  /**
   * Script that writes `may_act` into access tokens.
   *
   * @default "[Empty]"
   * @example "01e1a3c0-038b-4c16-956a-6c9d89328cff"
   */
  readonly accessTokenMayActScript?: string | undefined;
  /**
   * What changes access tokens before they are issued.
   *
   * @default "PROVIDER"
   * @example "SCRIPTED"
   */
  readonly accessTokenModificationPluginType?: string | undefined;
  /**
   * Script that changes access tokens before they are issued.
   *
   * @default "[Empty]"
   * @example "01e1a3c0-038b-4c16-956a-6c9d89328cff"
   */
  readonly accessTokenModificationScript?: string | undefined;
  /**
   * Class that adds data to authorization responses.
   *
   * @default "org.forgerock.oauth2.core.plugins.registry.DefaultEndpointDataProvider"
   * @example "org.example.DataProvider"
   */
  readonly authorizeEndpointDataProviderClass?: string | undefined;
  /**
   * What adds data to authorization responses.
   *
   * @default "PROVIDER"
   * @example "SCRIPTED"
   */
  readonly authorizeEndpointDataProviderPluginType?: string | undefined;
  /**
   * Script that adds data to authorization responses.
   *
   * @default "[Empty]"
   * @example "01e1a3c0-038b-4c16-956a-6c9d89328cff"
   */
  readonly authorizeEndpointDataProviderScript?: string | undefined;
  /** Whether clients with implied consent skip the consent page. @default false */
  readonly clientsCanSkipConsent?: boolean | undefined;
  /** AM's attribute `enableApplicationContext`. @default false */
  readonly enableApplicationContext?: boolean | undefined;
  /** Has a remote service ask for consent. @default false */
  readonly enableRemoteConsent?: boolean | undefined;
  /**
   * Class that says what the scopes of a token bring.
   *
   * @default "org.forgerock.oauth2.core.plugins.registry.DefaultScopeEvaluator"
   * @example "org.example.ScopeEvaluator"
   */
  readonly evaluateScopeClass?: string | undefined;
  /**
   * What says what the scopes of a token bring.
   *
   * @default "PROVIDER"
   * @example "SCRIPTED"
   */
  readonly evaluateScopePluginType?: string | undefined;
  /**
   * Script that says what the scopes of a token bring.
   *
   * @default "[Empty]"
   * @example "01e1a3c0-038b-4c16-956a-6c9d89328cff"
   */
  readonly evaluateScopeScript?: string | undefined;
  /** Issues refresh tokens. @default true */
  readonly issueRefreshToken?: boolean | undefined;
  /** Issues a new refresh token with each refresh. @default true */
  readonly issueRefreshTokenOnRefreshedToken?: boolean | undefined;
  /**
   * What makes the claims of ID tokens and UserInfo.
   *
   * @default "PROVIDER"
   * @example "SCRIPTED"
   */
  readonly oidcClaimsPluginType?: string | undefined;
  /**
   * Script that makes the claims of ID tokens and UserInfo.
   *
   * @default "[Empty]"
   * @example "01e1a3c0-038b-4c16-956a-6c9d89328cff"
   */
  readonly oidcClaimsScript?: string | undefined;
  /**
   * Script that writes `may_act` into ID tokens.
   *
   * @default "[Empty]"
   * @example "01e1a3c0-038b-4c16-956a-6c9d89328cff"
   */
  readonly oidcMayActScript?: string | undefined;
  /**
   * Claims of ID tokens that scripts may replace.
   *
   * @default []
   * @example ["email"]
   */
  readonly overrideableOIDCClaims?: readonly string[] | undefined;
  /**
   * Remote service that asks for consent.
   *
   * @default none
   * @example "consent"
   */
  readonly remoteConsentServiceId?: string | undefined;
  /**
   * Policy set that decides about scopes.
   *
   * @default "oauth2Scopes"
   * @example "agentScopes"
   */
  readonly scopesPolicySet?: string | undefined;
  /** Validates the chain of client certificates. @default false */
  readonly tlsClientCertificateChainValidationEnabled?: boolean | undefined;
  /** Encrypts client-side tokens. @default false */
  readonly tokenEncryptionEnabled?: boolean | undefined;
  /** Has the user sign on again where `max_age` is over. @default false */
  readonly useForceAuthnForMaxAge?: boolean | undefined;
  /** Has policies decide about scopes. @default false */
  readonly usePolicyEngineForScope?: boolean | undefined;
  /** Puts introspection answers as JWTs into the claim `token_introspection`. @default false */
  readonly useTokenIntrospectionClaimForJWT?: boolean | undefined;
  /**
   * Class that validates requested scopes.
   *
   * @default "org.forgerock.oauth2.core.plugins.registry.DefaultScopeValidator"
   * @example "org.example.ScopeValidator"
   */
  readonly validateScopeClass?: string | undefined;
  /**
   * What validates requested scopes.
   *
   * @default "PROVIDER"
   * @example "SCRIPTED"
   */
  readonly validateScopePluginType?: string | undefined;
  /**
   * Script that validates requested scopes.
   *
   * @default "[Empty]"
   * @example "01e1a3c0-038b-4c16-956a-6c9d89328cff"
   */
  readonly validateScopeScript?: string | undefined;
}

/** What `AiAgent` takes. */
export interface AiAgentInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * OAuth 2.0 client id: letters, digits, dash, underscore.
   * Another one is another object: it replaces the resource.
   *
   * @example "support-agent"
   */
  readonly clientId: string;
  /** What people read. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Free map of strings on the identity, by which scripts and policies may decide. @default none */
  readonly customAttributes?: Readonly<Record<string, string>> | undefined;
  /** User names of the owners. @default none */
  readonly owners?: readonly string[] | undefined;
  /** Who answers for the agent: a person or a team. @default none */
  readonly sponsor?: string | undefined;
  /** Its last day, YYYY-MM-DD in UTC. Nothing ends by itself: `validate` and `verify` say so. @default none */
  readonly expires?: string | undefined;
  /** What becomes of the object when the resource is deleted. @default "delete" */
  readonly onRemove?: "delete" | "disable" | "retain" | undefined;
  /**
   * Since when it is stopped (ISO 8601, UTC). Only a refresh sets it: `ping-agents stop` is what stops an agent.
   *
   * @default none
   */
  readonly stopped?: string | undefined;
  /** The privileges that are declared, by the names of their resources. */
  readonly privileges?: Readonly<Record<string, Privilege>> | undefined;
  /**
   * What a repair does about access that is not declared. `remove` (it is drift, and a repair takes it away),
   * `report` (it is drift each time, and stays).
   *
   * @default "remove"
   */
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  /** Access that may stay although it is not declared. @default none */
  readonly allow?: readonly Allow[] | undefined;
  /**
   * Declared as empty, so that what a refresh finds is drift: the access that is not declared, by what `allow` calls
   * it, as a sentence each.
   *
   * @default access that is not declared is not looked for
   */
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  /**
   * A secret of your own. Without it one is generated, unless a secret label or the authentication method makes it
   * needless.
   */
  readonly clientSecret?: string | undefined;
  /** Any text; a change generates a new secret, and the old one ends at once: AM keeps one a client. */
  readonly secretRotation?: string | undefined;
  /**
   * Grant types that the realm's OAuth2 provider offers because of this stack. Its clients carry them, so that
   * another stack which needs them, too, does not take them for the realm's own (decision 0002).
   *
   * @default nothing is carried
   */
  readonly addedGrantTypes?: readonly string[] | undefined;
  /** false: authentication fails, and its tokens stop validating. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Whether the client can keep a secret (RFC 6749 §2.1). `Confidential` (it can), `Public` (it cannot, as in a
   * browser or on a device).
   *
   * @default "Confidential"
   */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /**
   * Grant types; the realm's provider must offer them, too.
   *
   * @default ["authorization_code"]
   * @example ["client_credentials"]
   */
  readonly grantTypes?:
    | readonly (
        | "authorization_code"
        | "client_credentials"
        | "implicit"
        | "password"
        | "refresh_token"
        | "token_exchange"
        | "ciba"
        | "device_code"
        | "jwt_bearer"
        | "saml2_bearer"
        | "uma_ticket"
        | `urn:${string}`
      )[]
    | undefined;
  /**
   * Scopes that may be asked for: `name`, or `name|text shown`.
   *
   * @default []
   * @example ["openid","read-data|Read your data"]
   */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Scopes of a request that names none.
   *
   * @default []
   * @example ["openid"]
   */
  readonly defaultScopes?: readonly string[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * Response types that may be asked for.
   *
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   * @example ["code"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `client_secret_basic` (the secret in the header
   * (HTTP Basic)), `client_secret_post` (the secret in the form), `private_key_jwt` (a JWT that the client's key
   * signed), `none` (a public client), `tls_client_auth` (a certificate of a known authority),
   * `self_signed_tls_client_auth` (a certificate that the client signed itself).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  /** Client authentication at the token endpoint. */
  readonly authentication?: Authentication | undefined;
  /** The client's public keys. */
  readonly keys?: Keys | undefined;
  /** Lifetimes, and what becomes of tokens. */
  readonly tokens?: Tokens | undefined;
  /** What a consent page shows, and RFC 7591 metadata; what nobody declares keeps its live value. */
  readonly metadata?: Metadata | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** ID tokens and OpenID Connect claims. */
  readonly idToken?: IdToken | undefined;
  /** The UserInfo endpoint. */
  readonly userinfo?: Userinfo | undefined;
  /** Token introspection (RFC 7662, RFC 9701). */
  readonly introspection?: Introspection | undefined;
  /** Logout. */
  readonly logout?: Logout | undefined;
  /** User-Managed Access. */
  readonly uma?: Uma | undefined;
  /**
   * Overrides of the realm's OAuth2 provider; once enabled, every field of the block is in force. Patterns that
   * exchange tokens switch on the first three.
   */
  readonly overrides?: Overrides | undefined;
  /**
   * Attributes that have no field here: `{ section: { attribute: value } }`, as AM names them.
   *
   * @default none
   * @example {"advancedOAuth2ClientConfig":{"newAttribute":["a"]}}
   */
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
}

export interface AiAgentPrivilege {
  /** Client id of the application, also the audience of the token exchange. @example "web-server-logs-api-app" */
  readonly application: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Scopes the agent may get; `all` of the application must be written out. @example ["logs-read","logs-search"] */
  readonly scopes: "all" | readonly string[];
  /**
   * User names the agent may act for.
   *
   * @default none; without subjects and groups the agent acts for itself
   * @example ["barbara.jensen"]
   */
  readonly subjects: readonly string[];
  /**
   * Groups whose members the agent may act for.
   *
   * @default none
   * @example ["customers"]
   */
  readonly subjectGroups: readonly string[];
  /** Tells two privileges of one agent on one application apart. @default "" */
  readonly name: string;
}

export interface AiAgentTokens {
  /**
   * Lifetime of access tokens; 0: that of the realm's OAuth2 provider, in seconds.
   *
   * @default 0
   * @example "15m"
   */
  readonly accessTokenLifetime?: number | undefined;
  /**
   * Lifetime of refresh tokens; 0: that of the provider, -1: no end, in seconds.
   *
   * @default 0
   * @example "7d"
   */
  readonly refreshTokenLifetime?: number | undefined;
  /**
   * Lifetime of authorization codes; 0: that of the provider, in seconds.
   *
   * @default 0
   * @example "2m"
   */
  readonly authorizationCodeLifetime?: number | undefined;
  /**
   * Lifetime of ID tokens; 0: that of the provider, in seconds.
   *
   * @default 0
   * @example "15m"
   */
  readonly idTokenLifetime?: number | undefined;
  /**
   * How long a refresh token that was used still works; 0: that of the provider, in seconds.
   *
   * @default 0
   * @example "30s"
   */
  readonly refreshTokenGracePeriod?: number | undefined;
  /**
   * Authentication level of exchanged tokens.
   *
   * @default 0
   * @example 1
   */
  readonly exchangeAuthLevel?: number | undefined;
  /** AM's attribute `updateAccessToken`. @default none */
  readonly updateAccessToken?: string | undefined;
  /**
   * Audiences that an ordinary client may ask for in a token exchange; agents have privileges instead.
   *
   * @default []
   * @example ["orders-api"]
   */
  readonly allowedAudiences?: readonly string[] | undefined;
}

export interface AiAgentIdToken {
  /**
   * Signing algorithm of ID tokens.
   *
   * @default "RS256"
   * @example "ES256"
   */
  readonly signedResponseAlg?: string | undefined;
  /** Encrypts ID tokens. @default false */
  readonly encryptionEnabled?: boolean | undefined;
  /**
   * Key encryption of ID tokens.
   *
   * @default "RSA-OAEP-256"
   * @example "RSA-OAEP-256"
   */
  readonly encryptedResponseAlg?: string | undefined;
  /**
   * Content encryption of ID tokens.
   *
   * @default "A128CBC-HS256"
   * @example "A256GCM"
   */
  readonly encryptedResponseEnc?: string | undefined;
  /**
   * Public key that ID tokens are encrypted for.
   *
   * @default none
   * @example "-----BEGIN PUBLIC KEY-----…"
   */
  readonly publicEncryptionKey?: string | undefined;
  /**
   * Claims that ID tokens have beside those of the scopes.
   *
   * @default []
   * @example ["email"]
   */
  readonly claims?: readonly string[] | undefined;
  /**
   * Acr values of requests that ask for none; the first is the most wanted.
   *
   * @default []
   * @example ["push"]
   */
  readonly defaultAcrValues?: readonly string[] | undefined;
  /**
   * Age of a sign-on after which the user signs on again, where the request says none, in seconds.
   *
   * @default 600
   * @example "15m"
   */
  readonly defaultMaxAge?: number | undefined;
  /** Whether `defaultMaxAge` counts. @default false */
  readonly defaultMaxAgeEnabled?: boolean | undefined;
  /**
   * How `sub` names the user. `public` (the same for all clients), `pairwise` (another one for each sector).
   *
   * @default "public"
   */
  readonly subjectType?: "public" | "pairwise" | (string & Record<never, never>) | undefined;
  /**
   * Address whose host groups clients that see one pairwise `sub`.
   *
   * @default none
   * @example "https://apps.example.com/clients.json"
   */
  readonly sectorIdentifierUri?: string | undefined;
}

/** What a `AiAgent` has. */
export interface AiAgentOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * OAuth 2.0 client id: letters, digits, dash, underscore.
   * Another one is another object: it replaces the resource.
   *
   * @example "support-agent"
   */
  readonly clientId: string;
  /** What people read. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Free map of strings on the identity, by which scripts and policies may decide. @default none */
  readonly customAttributes?: Readonly<Record<string, string>> | undefined;
  /** User names of the owners. @default none */
  readonly owners?: readonly string[] | undefined;
  /** Who answers for the agent: a person or a team. @default none */
  readonly sponsor?: string | undefined;
  /** Its last day, YYYY-MM-DD in UTC. Nothing ends by itself: `validate` and `verify` say so. @default none */
  readonly expires?: string | undefined;
  /** What becomes of the object when the resource is deleted. @default "delete" */
  readonly onRemove?: "delete" | "disable" | "retain" | undefined;
  /**
   * Since when it is stopped (ISO 8601, UTC). Only a refresh sets it: `ping-agents stop` is what stops an agent.
   *
   * @default none
   */
  readonly stopped?: string | undefined;
  /** The privileges that are declared, by the names of their resources. */
  readonly privileges?: Readonly<Record<string, AiAgentPrivilege>> | undefined;
  /**
   * What a repair does about access that is not declared. `remove` (it is drift, and a repair takes it away),
   * `report` (it is drift each time, and stays).
   *
   * @default "remove"
   */
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  /** Access that may stay although it is not declared. @default none */
  readonly allow?: readonly Allow[] | undefined;
  /**
   * Declared as empty, so that what a refresh finds is drift: the access that is not declared, by what `allow` calls
   * it, as a sentence each.
   *
   * @default access that is not declared is not looked for
   */
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  /**
   * A secret of your own. Without it one is generated, unless a secret label or the authentication method makes it
   * needless.
   */
  readonly clientSecret?: string | undefined;
  /** Any text; a change generates a new secret, and the old one ends at once: AM keeps one a client. */
  readonly secretRotation?: string | undefined;
  /**
   * Grant types that the realm's OAuth2 provider offers because of this stack. Its clients carry them, so that
   * another stack which needs them, too, does not take them for the realm's own (decision 0002).
   *
   * @default nothing is carried
   */
  readonly addedGrantTypes?: readonly string[] | undefined;
  /** false: authentication fails, and its tokens stop validating. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Whether the client can keep a secret (RFC 6749 §2.1). `Confidential` (it can), `Public` (it cannot, as in a
   * browser or on a device).
   *
   * @default "Confidential"
   */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /**
   * Grant types; the realm's provider must offer them, too.
   *
   * @default ["authorization_code"]
   * @example ["client_credentials"]
   */
  readonly grantTypes?:
    | readonly (
        | "authorization_code"
        | "client_credentials"
        | "implicit"
        | "password"
        | "refresh_token"
        | "token_exchange"
        | "ciba"
        | "device_code"
        | "jwt_bearer"
        | "saml2_bearer"
        | "uma_ticket"
        | `urn:${string}`
      )[]
    | undefined;
  /**
   * Scopes that may be asked for: `name`, or `name|text shown`.
   *
   * @default []
   * @example ["openid","read-data|Read your data"]
   */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Scopes of a request that names none.
   *
   * @default []
   * @example ["openid"]
   */
  readonly defaultScopes?: readonly string[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * Response types that may be asked for.
   *
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   * @example ["code"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `client_secret_basic` (the secret in the header
   * (HTTP Basic)), `client_secret_post` (the secret in the form), `private_key_jwt` (a JWT that the client's key
   * signed), `none` (a public client), `tls_client_auth` (a certificate of a known authority),
   * `self_signed_tls_client_auth` (a certificate that the client signed itself).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  /** Client authentication at the token endpoint. */
  readonly authentication?: Authentication | undefined;
  /** The client's public keys. */
  readonly keys?: Keys | undefined;
  /** Lifetimes, and what becomes of tokens. */
  readonly tokens?: AiAgentTokens | undefined;
  /** What a consent page shows, and RFC 7591 metadata; what nobody declares keeps its live value. */
  readonly metadata?: Metadata | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** ID tokens and OpenID Connect claims. */
  readonly idToken?: AiAgentIdToken | undefined;
  /** The UserInfo endpoint. */
  readonly userinfo?: Userinfo | undefined;
  /** Token introspection (RFC 7662, RFC 9701). */
  readonly introspection?: Introspection | undefined;
  /** Logout. */
  readonly logout?: Logout | undefined;
  /** User-Managed Access. */
  readonly uma?: Uma | undefined;
  /**
   * Overrides of the realm's OAuth2 provider; once enabled, every field of the block is in force. Patterns that
   * exchange tokens switch on the first three.
   */
  readonly overrides?: Overrides | undefined;
  /**
   * Attributes that have no field here: `{ section: { attribute: value } }`, as AM names them.
   *
   * @default none
   * @example {"advancedOAuth2ClientConfig":{"newAttribute":["a"]}}
   */
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  /** UUID of the identity in IDM. */
  readonly identityId: string;
  /** The client secret, unless the client has none of its own or it is not known here. */
  readonly secret?: string | undefined;
  /** Whether the client has kept the secret of the time before it was adopted, which nobody here knows. */
  readonly secretKept?: boolean | undefined;
}

/** What `AgentPrivilege` takes. */
export interface AgentPrivilegeInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Client id of the agent.
   * Another one is another object: it replaces the resource.
   *
   * @example "support-agent"
   */
  readonly agent: string;
  /**
   * Client id of the application, also the audience of the token exchange.
   * Another one is another object: it replaces the resource.
   *
   * @example "web-server-logs-api-app"
   */
  readonly application: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Scopes the agent may get; `all` of the application must be written out. @example ["logs-read","logs-search"] */
  readonly scopes: "all" | readonly string[];
  /**
   * User names the agent may act for.
   *
   * @default none; without subjects and groups the agent acts for itself
   * @example ["barbara.jensen"]
   */
  readonly subjects?: readonly string[] | undefined;
  /**
   * Groups whose members the agent may act for.
   *
   * @default none
   * @example ["customers"]
   */
  readonly subjectGroups?: readonly string[] | undefined;
  /**
   * Tells two privileges of one agent on one application apart.
   * Another one is another object: it replaces the resource.
   *
   * @default ""
   */
  readonly name?: string | undefined;
  /**
   * Id of the agent's identity, where it is known already: saves a look-up, and gives an agent that somebody made
   * anew no access.
   */
  readonly agentIdentityId?: string | undefined;
  /** Id of the managed application, where it is known already; saves a look-up. */
  readonly applicationId?: string | undefined;
}

/** What a `AgentPrivilege` has. */
export interface AgentPrivilegeOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Client id of the agent.
   * Another one is another object: it replaces the resource.
   *
   * @example "support-agent"
   */
  readonly agent: string;
  /**
   * Client id of the application, also the audience of the token exchange.
   * Another one is another object: it replaces the resource.
   *
   * @example "web-server-logs-api-app"
   */
  readonly application: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Scopes the agent may get; `all` of the application must be written out. @example ["logs-read","logs-search"] */
  readonly scopes: "all" | readonly string[];
  /**
   * User names the agent may act for.
   *
   * @default none; without subjects and groups the agent acts for itself
   * @example ["barbara.jensen"]
   */
  readonly subjects: readonly string[];
  /**
   * Groups whose members the agent may act for.
   *
   * @default none
   * @example ["customers"]
   */
  readonly subjectGroups: readonly string[];
  /**
   * Tells two privileges of one agent on one application apart.
   * Another one is another object: it replaces the resource.
   *
   * @default ""
   */
  readonly name: string;
  /**
   * Id of the agent's identity, where it is known already: saves a look-up, and gives an agent that somebody made
   * anew no access.
   */
  readonly agentIdentityId?: string | undefined;
  /** Id of the managed application, where it is known already; saves a look-up. */
  readonly applicationId?: string | undefined;
  /** UUID of the privilege in IDM. */
  readonly privilegeId: string;
}

/** What `OAuth2Client` takes. */
export interface OAuth2ClientInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * OAuth 2.0 client id; another one is another object.
   * Another one is another object: it replaces the resource.
   *
   * @example "support-agent"
   */
  readonly clientId: string;
  /**
   * A secret of your own. Without it one is generated, unless a secret label or the authentication method makes it
   * needless.
   */
  readonly clientSecret?: string | undefined;
  /** Any text; a change generates a new secret, and the old one ends at once: AM keeps one a client. */
  readonly secretRotation?: string | undefined;
  /**
   * Grant types that the realm's OAuth2 provider offers because of this stack. Its clients carry them, so that
   * another stack which needs them, too, does not take them for the realm's own (decision 0002).
   *
   * @default nothing is carried
   */
  readonly addedGrantTypes?: readonly string[] | undefined;
  /** false: authentication fails, and its tokens stop validating. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Whether the client can keep a secret (RFC 6749 §2.1). `Confidential` (it can), `Public` (it cannot, as in a
   * browser or on a device).
   *
   * @default "Confidential"
   */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /**
   * Grant types; the realm's provider must offer them, too.
   *
   * @default ["authorization_code"]
   * @example ["client_credentials"]
   */
  readonly grantTypes?:
    | readonly (
        | "authorization_code"
        | "client_credentials"
        | "implicit"
        | "password"
        | "refresh_token"
        | "token_exchange"
        | "ciba"
        | "device_code"
        | "jwt_bearer"
        | "saml2_bearer"
        | "uma_ticket"
        | `urn:${string}`
      )[]
    | undefined;
  /**
   * Scopes that may be asked for: `name`, or `name|text shown`.
   *
   * @default []
   * @example ["openid","read-data|Read your data"]
   */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Scopes of a request that names none.
   *
   * @default []
   * @example ["openid"]
   */
  readonly defaultScopes?: readonly string[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * Response types that may be asked for.
   *
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   * @example ["code"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `client_secret_basic` (the secret in the header
   * (HTTP Basic)), `client_secret_post` (the secret in the form), `private_key_jwt` (a JWT that the client's key
   * signed), `none` (a public client), `tls_client_auth` (a certificate of a known authority),
   * `self_signed_tls_client_auth` (a certificate that the client signed itself).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  /** Client authentication at the token endpoint. */
  readonly authentication?: Authentication | undefined;
  /** The client's public keys. */
  readonly keys?: Keys | undefined;
  /** Lifetimes, and what becomes of tokens. */
  readonly tokens?: Tokens | undefined;
  /** What a consent page shows, and RFC 7591 metadata; what nobody declares keeps its live value. */
  readonly metadata?: Metadata | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** ID tokens and OpenID Connect claims. */
  readonly idToken?: IdToken | undefined;
  /** The UserInfo endpoint. */
  readonly userinfo?: Userinfo | undefined;
  /** Token introspection (RFC 7662, RFC 9701). */
  readonly introspection?: Introspection | undefined;
  /** Logout. */
  readonly logout?: Logout | undefined;
  /** User-Managed Access. */
  readonly uma?: Uma | undefined;
  /**
   * Overrides of the realm's OAuth2 provider; once enabled, every field of the block is in force. Patterns that
   * exchange tokens switch on the first three.
   */
  readonly overrides?: Overrides | undefined;
  /**
   * Attributes that have no field here: `{ section: { attribute: value } }`, as AM names them.
   *
   * @default none
   * @example {"advancedOAuth2ClientConfig":{"newAttribute":["a"]}}
   */
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
}

/** What a `OAuth2Client` has. */
export interface OAuth2ClientOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * OAuth 2.0 client id; another one is another object.
   * Another one is another object: it replaces the resource.
   *
   * @example "support-agent"
   */
  readonly clientId: string;
  /**
   * A secret of your own. Without it one is generated, unless a secret label or the authentication method makes it
   * needless.
   */
  readonly clientSecret?: string | undefined;
  /** Any text; a change generates a new secret, and the old one ends at once: AM keeps one a client. */
  readonly secretRotation?: string | undefined;
  /**
   * Grant types that the realm's OAuth2 provider offers because of this stack. Its clients carry them, so that
   * another stack which needs them, too, does not take them for the realm's own (decision 0002).
   *
   * @default nothing is carried
   */
  readonly addedGrantTypes?: readonly string[] | undefined;
  /** false: authentication fails, and its tokens stop validating. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Whether the client can keep a secret (RFC 6749 §2.1). `Confidential` (it can), `Public` (it cannot, as in a
   * browser or on a device).
   *
   * @default "Confidential"
   */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /**
   * Grant types; the realm's provider must offer them, too.
   *
   * @default ["authorization_code"]
   * @example ["client_credentials"]
   */
  readonly grantTypes?:
    | readonly (
        | "authorization_code"
        | "client_credentials"
        | "implicit"
        | "password"
        | "refresh_token"
        | "token_exchange"
        | "ciba"
        | "device_code"
        | "jwt_bearer"
        | "saml2_bearer"
        | "uma_ticket"
        | `urn:${string}`
      )[]
    | undefined;
  /**
   * Scopes that may be asked for: `name`, or `name|text shown`.
   *
   * @default []
   * @example ["openid","read-data|Read your data"]
   */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Scopes of a request that names none.
   *
   * @default []
   * @example ["openid"]
   */
  readonly defaultScopes?: readonly string[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * Response types that may be asked for.
   *
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   * @example ["code"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `client_secret_basic` (the secret in the header
   * (HTTP Basic)), `client_secret_post` (the secret in the form), `private_key_jwt` (a JWT that the client's key
   * signed), `none` (a public client), `tls_client_auth` (a certificate of a known authority),
   * `self_signed_tls_client_auth` (a certificate that the client signed itself).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  /** Client authentication at the token endpoint. */
  readonly authentication?: Authentication | undefined;
  /** The client's public keys. */
  readonly keys?: Keys | undefined;
  /** Lifetimes, and what becomes of tokens. */
  readonly tokens?: AiAgentTokens | undefined;
  /** What a consent page shows, and RFC 7591 metadata; what nobody declares keeps its live value. */
  readonly metadata?: Metadata | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** ID tokens and OpenID Connect claims. */
  readonly idToken?: AiAgentIdToken | undefined;
  /** The UserInfo endpoint. */
  readonly userinfo?: Userinfo | undefined;
  /** Token introspection (RFC 7662, RFC 9701). */
  readonly introspection?: Introspection | undefined;
  /** Logout. */
  readonly logout?: Logout | undefined;
  /** User-Managed Access. */
  readonly uma?: Uma | undefined;
  /**
   * Overrides of the realm's OAuth2 provider; once enabled, every field of the block is in force. Patterns that
   * exchange tokens switch on the first three.
   */
  readonly overrides?: Overrides | undefined;
  /**
   * Attributes that have no field here: `{ section: { attribute: value } }`, as AM names them.
   *
   * @default none
   * @example {"advancedOAuth2ClientConfig":{"newAttribute":["a"]}}
   */
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  /** The client secret, unless the client has none of its own or it is not known here. */
  readonly secret?: string | undefined;
  /** Whether the client has kept the secret of the time before it was adopted, which nobody here knows. */
  readonly secretKept?: boolean | undefined;
}

/** What `Application` takes. */
export interface ApplicationInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Client id of the OAuth 2.0 client that the application is linked with.
   * Another one is another object: it replaces the resource.
   *
   * @example "support-agent"
   */
  readonly clientId: string;
  /** Unique in the realm. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * Kind of application: what a declaration and `CustomApplication` call `type`, or another template of the console.
   * `web` (runs on a server; users sign on), `service` (a machine, without users), `spa` (runs in a browser),
   * `native` (runs on a device), `custom` (none of these).
   */
  readonly template: "web" | "service" | "spa" | "native" | "custom" | (string & Record<never, never>);
  /** Version of the template. @default "1.0" */
  readonly templateVersion?: string | undefined;
  /** Address of the application, for people. @default none */
  readonly url?: string | undefined;
  /** Address of its icon. @default none */
  readonly icon?: string | undefined;
  /** User names of the owners. @default none */
  readonly owners?: readonly string[] | undefined;
}

/** What a `Application` has. */
export interface ApplicationOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Client id of the OAuth 2.0 client that the application is linked with.
   * Another one is another object: it replaces the resource.
   *
   * @example "support-agent"
   */
  readonly clientId: string;
  /** Unique in the realm. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * Kind of application: what a declaration and `CustomApplication` call `type`, or another template of the console.
   * `web` (runs on a server; users sign on), `service` (a machine, without users), `spa` (runs in a browser),
   * `native` (runs on a device), `custom` (none of these).
   */
  readonly template: "web" | "service" | "spa" | "native" | "custom" | (string & Record<never, never>);
  /** Version of the template. @default "1.0" */
  readonly templateVersion: string;
  /** Address of the application, for people. @default none */
  readonly url?: string | undefined;
  /** Address of its icon. @default none */
  readonly icon?: string | undefined;
  /** User names of the owners. @default none */
  readonly owners?: readonly string[] | undefined;
  /** UUID of the managed application. */
  readonly applicationId: string;
}

/** What `ProviderBaseline` takes. */
export interface ProviderBaselineInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Settings that this stack is going to make: a new one is remembered before it is made.
   *
   * @default none
   * @example ["tokenSigningAlgorithm"]
   */
  readonly settingNames?: readonly string[] | undefined;
}

/** What a `ProviderBaseline` has. */
export interface ProviderBaselineOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Settings that this stack is going to make: a new one is remembered before it is made.
   *
   * @default none
   * @example ["tokenSigningAlgorithm"]
   */
  readonly settingNames?: readonly string[] | undefined;
  /** Without those that other stacks have added. */
  readonly grantTypes: readonly string[];
  /** Journeys by acr value. */
  readonly acr: Readonly<Record<string, string>>;
  /** Settings by AM's names, as they were when this stack first declared them. */
  readonly settings?: Readonly<Record<string, boolean | string>> | undefined;
}

/** What `ProviderSetting` takes. */
export interface ProviderSettingInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** AM's name of the setting. Another one is another object: it replaces the resource. */
  readonly setting: "tokenSigningAlgorithm" | "acceptAudienceParametersInTokenExchangeRequests";
  /** What it must be. @example "RS256" */
  readonly value: boolean | string;
  /** Settings of the baseline: what this resource leaves behind when it is destroyed. */
  readonly baseline: Readonly<Record<string, boolean | string>>;
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `ProviderSetting` has. */
export interface ProviderSettingOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** AM's name of the setting. Another one is another object: it replaces the resource. */
  readonly setting: "tokenSigningAlgorithm" | "acceptAudienceParametersInTokenExchangeRequests";
  /** What it must be. @example "RS256" */
  readonly value: boolean | string;
  /** Settings of the baseline: what this resource leaves behind when it is destroyed. */
  readonly baseline: Readonly<Record<string, boolean | string>>;
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier: "development" | "staging" | "production";
}

/** What `GrantTypes` takes. */
export interface GrantTypesInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Grant types that the realm must offer; others of the realm are left alone.
   *
   * @example ["client_credentials","token_exchange"]
   */
  readonly grantTypes: readonly (
    | "authorization_code"
    | "client_credentials"
    | "implicit"
    | "password"
    | "refresh_token"
    | "token_exchange"
    | "ciba"
    | "device_code"
    | "jwt_bearer"
    | "saml2_bearer"
    | "uma_ticket"
    | `urn:${string}`
  )[];
  /** Grant types of the baseline: they stay when this resource is destroyed. */
  readonly baseline: readonly string[];
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `GrantTypes` has. */
export interface GrantTypesOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Grant types that the realm must offer; others of the realm are left alone.
   *
   * @example ["client_credentials","token_exchange"]
   */
  readonly grantTypes: readonly (
    | "authorization_code"
    | "client_credentials"
    | "implicit"
    | "password"
    | "refresh_token"
    | "token_exchange"
    | "ciba"
    | "device_code"
    | "jwt_bearer"
    | "saml2_bearer"
    | "uma_ticket"
    | `urn:${string}`
  )[];
  /** Grant types of the baseline: they stay when this resource is destroyed. */
  readonly baseline: readonly string[];
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier: "development" | "staging" | "production";
}

/** What `AcrMapping` takes. */
export interface AcrMappingInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** The acr value that a client asks for. Another one is another object: it replaces the resource. */
  readonly acr: string;
  /** Name of the journey; it must exist. */
  readonly journey: string;
  /** Mappings of the baseline: what this resource leaves behind when it is destroyed. */
  readonly baseline: Readonly<Record<string, string>>;
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `AcrMapping` has. */
export interface AcrMappingOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** The acr value that a client asks for. Another one is another object: it replaces the resource. */
  readonly acr: string;
  /** Name of the journey; it must exist. */
  readonly journey: string;
  /** Mappings of the baseline: what this resource leaves behind when it is destroyed. */
  readonly baseline: Readonly<Record<string, string>>;
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier: "development" | "staging" | "production";
}

export interface Node {
  /** Type of the node, as AM names it. @example "PushAuthenticationSenderNode" */
  readonly type: string;
  /**
   * Title in the editor.
   *
   * @default the type
   * @example "Push Sender"
   */
  readonly displayName?: string | undefined;
  /**
   * Properties of the node, as AM names them; all others keep the server's value.
   *
   * @default none
   * @example {"messageTimeout":120000}
   */
  readonly properties?: Readonly<Record<string, Json>> | undefined;
  /** Next node by outcome: its key, `success` or `failure`. @example {"SENT":"wait","NOT_REGISTERED":"failure"} */
  readonly outcomes: Readonly<Record<string, string>>;
}

/** What `Journey` takes. */
export interface JourneyInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Unique in the realm. Another one is another object: it replaces the resource. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether anybody can run it. @default true */
  readonly enabled?: boolean | undefined;
  /** Runs inside of other journeys only. @default false */
  readonly innerTreeOnly?: boolean | undefined;
  /** Runs also where there is a session. @default false */
  readonly mustRun?: boolean | undefined;
  /** Ends without a session. @default false */
  readonly noSession?: boolean | undefined;
  /** Runs for transactions only, which CIBA is not. @default false */
  readonly transactionalOnly?: boolean | undefined;
  /**
   * Managed objects whose journey it is.
   *
   * @default the users of the realm
   * @example "managed/alpha_user"
   */
  readonly identityResource?: string | undefined;
  /** Key of the first node. @example "username" */
  readonly entry: string;
  /** Nodes, by a key of one's own. */
  readonly nodes: Readonly<Record<string, Node>>;
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `Journey` has. */
export interface JourneyOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Unique in the realm. Another one is another object: it replaces the resource. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether anybody can run it. @default true */
  readonly enabled?: boolean | undefined;
  /** Runs inside of other journeys only. @default false */
  readonly innerTreeOnly?: boolean | undefined;
  /** Runs also where there is a session. @default false */
  readonly mustRun?: boolean | undefined;
  /** Ends without a session. @default false */
  readonly noSession?: boolean | undefined;
  /** Runs for transactions only, which CIBA is not. @default false */
  readonly transactionalOnly?: boolean | undefined;
  /**
   * Managed objects whose journey it is.
   *
   * @default the users of the realm
   * @example "managed/alpha_user"
   */
  readonly identityResource?: string | undefined;
  /** Key of the first node. @example "username" */
  readonly entry: string;
  /** Nodes, by a key of one's own. */
  readonly nodes: Readonly<Record<string, Node>>;
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier: "development" | "staging" | "production";
}

/** What `CibaKey` takes. */
export interface CibaKeyInputs {
  /** Name of the key, usually the client id. Another one is another object: it replaces the resource. */
  readonly name: string;
  /** Any text; a change makes a new key, and the one before stays published beside it. */
  readonly rotation?: string | undefined;
  /** `false` takes the key before the last rotation out of the published set. @default true */
  readonly overlap?: boolean | undefined;
}

/** What a client publishes: the active key and the retiring one. */
export interface CibaKeyJwks {
  readonly keys: readonly Key[];
}

/** What a `CibaKey` has. */
export interface CibaKeyOutputs {
  /** Name of the key, usually the client id. Another one is another object: it replaces the resource. */
  readonly name: string;
  /** Any text; a change makes a new key, and the one before stays published beside it. */
  readonly rotation?: string | undefined;
  /** `false` takes the key before the last rotation out of the published set. @default true */
  readonly overlap: boolean;
  /** Public half of the key that signs. */
  readonly active: Key;
  /** The key before the last rotation, as long as it stays published. */
  readonly retiring: readonly Key[];
  /** What a client publishes: the active key and the retiring one. */
  readonly jwks: CibaKeyJwks;
  /** Private JWK as JSON text. */
  readonly privateKey: string;
}

/** What `EsvSecret` takes. */
export interface EsvSecretInputs {
  /**
   * Id in the environment, with `esv-` before it.
   * Another one is another object: it replaces the resource.
   *
   * @example "esv-support-agent-secret"
   */
  readonly secretId: string;
  /** The secret itself: another one becomes its next version. */
  readonly value: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * How the value is read.
   * Another one is another object: it replaces the resource.
   *
   * @default "generic"
   */
  readonly encoding?: "generic" | "pem" | "base64hmac" | undefined;
  /**
   * False for a secret that is reached through a secret label only: then no restart is needed.
   * Another one is another object: it replaces the resource.
   *
   * @default true
   */
  readonly useInPlaceholders?: boolean | undefined;
}

/** What a `EsvSecret` has. */
export interface EsvSecretOutputs {
  /**
   * Id in the environment, with `esv-` before it.
   * Another one is another object: it replaces the resource.
   *
   * @example "esv-support-agent-secret"
   */
  readonly secretId: string;
  /** The secret itself: another one becomes its next version. */
  readonly value: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * How the value is read.
   * Another one is another object: it replaces the resource.
   *
   * @default "generic"
   */
  readonly encoding: "generic" | "pem" | "base64hmac";
  /**
   * False for a secret that is reached through a secret label only: then no restart is needed.
   * Another one is another object: it replaces the resource.
   *
   * @default true
   */
  readonly useInPlaceholders: boolean;
  /** Version that the tenant uses. */
  readonly activeVersion: string;
  /** Whether placeholders have the former value until the tenant is restarted. */
  readonly pendingRestart: boolean;
}

/** What `EsvVariable` takes. */
export interface EsvVariableInputs {
  /**
   * Id in the environment, with `esv-` before it.
   * Another one is another object: it replaces the resource.
   *
   * @example "esv-support-agent-secret"
   */
  readonly variableId: string;
  /** The value, as `expressionType` reads it. */
  readonly value: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * How the value is read.
   * Another one is another object: it replaces the resource.
   *
   * @default "string"
   */
  readonly expressionType?:
    | "string"
    | "list"
    | "array"
    | "object"
    | "bool"
    | "int"
    | "number"
    | "base64encodedinlined"
    | "keyvaluelist"
    | undefined;
}

/** What a `EsvVariable` has. */
export interface EsvVariableOutputs {
  /**
   * Id in the environment, with `esv-` before it.
   * Another one is another object: it replaces the resource.
   *
   * @example "esv-support-agent-secret"
   */
  readonly variableId: string;
  /** The value, as `expressionType` reads it. */
  readonly value: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * How the value is read.
   * Another one is another object: it replaces the resource.
   *
   * @default "string"
   */
  readonly expressionType:
    | "string"
    | "list"
    | "array"
    | "object"
    | "bool"
    | "int"
    | "number"
    | "base64encodedinlined"
    | "keyvaluelist";
  /** Whether the value takes effect with the next restart of the tenant. */
  readonly pendingRestart: boolean;
}

/** What `SecretLabel` takes. */
export interface SecretLabelInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * The label, e.g. `am.applications.oauth2.client.supportagent.secret`.
   * Another one is another object: it replaces the resource.
   */
  readonly label: string;
  /** The ESV secret behind it. The tenant does not check that it exists. @example "esv-support-agent-secret" */
  readonly secretId: string;
}

/** What a `SecretLabel` has. */
export interface SecretLabelOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * The label, e.g. `am.applications.oauth2.client.supportagent.secret`.
   * Another one is another object: it replaces the resource.
   */
  readonly label: string;
  /** The ESV secret behind it. The tenant does not check that it exists. @example "esv-support-agent-secret" */
  readonly secretId: string;
}

/** Writes the claim `may_act`: who may exchange the token, and act (RFC 8693 §4.4). */
export interface MayAct {
  /** Client id of who may act: `client_id` and `sub` of the claim. @example "support-agent" */
  readonly client: string;
}

/** What `Script` takes. */
export interface ScriptInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Unique in the realm. Another one is another object: it replaces the resource. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * What the script is for, and so which engine runs it: the new one those of the next generation.
   * Another one is another object: it replaces the resource.
   */
  readonly context:
    | "OAUTH2_MAY_ACT"
    | "OAUTH2_MAY_ACT_NEXT_GEN"
    | "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    | "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN"
    | "OAUTH2_VALIDATE_SCOPE"
    | "OAUTH2_VALIDATE_SCOPE_NEXT_GEN"
    | "OAUTH2_EVALUATE_SCOPE"
    | "OIDC_CLAIMS"
    | "OAUTH2_DYNAMIC_CLIENT_REGISTRATION";
  /**
   * What it is written in.
   * Another one is another object: it replaces the resource.
   *
   * @default "JAVASCRIPT"
   */
  readonly language?: "JAVASCRIPT" | "GROOVY" | undefined;
  /** What it says: as values, of which the text is made and which drift and reviews show; or its text. */
  readonly script:
    | string
    | {
        /** Writes the claim `may_act`: who may exchange the token, and act (RFC 8693 §4.4). */
        readonly mayAct: MayAct;
      }
    | {
        /**
         * Sets the claim `aud`, also of exchanged tokens, and in place of the audience asked for.
         *
         * @default aud stays as it is
         * @example "agent-gateway"
         */
        readonly audience?: string | undefined;
        /**
         * Copies the first `resource` parameter of the request into the claim `audience`.
         *
         * @default not copied
         * @example true
         */
        readonly audienceFromResource?: true | undefined;
      };
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `Script` has. */
export interface ScriptOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Unique in the realm. Another one is another object: it replaces the resource. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * What the script is for, and so which engine runs it: the new one those of the next generation.
   * Another one is another object: it replaces the resource.
   */
  readonly context:
    | "OAUTH2_MAY_ACT"
    | "OAUTH2_MAY_ACT_NEXT_GEN"
    | "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    | "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN"
    | "OAUTH2_VALIDATE_SCOPE"
    | "OAUTH2_VALIDATE_SCOPE_NEXT_GEN"
    | "OAUTH2_EVALUATE_SCOPE"
    | "OIDC_CLAIMS"
    | "OAUTH2_DYNAMIC_CLIENT_REGISTRATION";
  /**
   * What it is written in.
   * Another one is another object: it replaces the resource.
   *
   * @default "JAVASCRIPT"
   */
  readonly language: "JAVASCRIPT" | "GROOVY";
  /** What it says: as values, of which the text is made and which drift and reviews show; or its text. */
  readonly script:
    | string
    | {
        /** Writes the claim `may_act`: who may exchange the token, and act (RFC 8693 §4.4). */
        readonly mayAct: MayAct;
      }
    | {
        /**
         * Sets the claim `aud`, also of exchanged tokens, and in place of the audience asked for.
         *
         * @default aud stays as it is
         * @example "agent-gateway"
         */
        readonly audience?: string | undefined;
        /**
         * Copies the first `resource` parameter of the request into the claim `audience`.
         *
         * @default not copied
         * @example true
         */
        readonly audienceFromResource?: true | undefined;
      };
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier: "development" | "staging" | "production";
  /** Id of the script, for the settings that refer to it. */
  readonly scriptId: string;
}

/** What `User` takes. */
export interface UserInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier?: "development" | "staging" | "production" | undefined;
  /** Unique in the realm. Another one is another object: it replaces the resource. */
  readonly userName: string;
  /** Given name. @example "Barbara" */
  readonly givenName: string;
  /** Surname. @example "Jensen" */
  readonly sn: string;
  /** E-mail address. @example "barbara.jensen@example.com" */
  readonly mail: string;
  /** Password, of at least 8 characters. @default none */
  readonly password?: string | undefined;
}

/** What a `User` has. */
export interface UserOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier: "development" | "staging" | "production";
  /** Unique in the realm. Another one is another object: it replaces the resource. */
  readonly userName: string;
  /** Given name. @example "Barbara" */
  readonly givenName: string;
  /** Surname. @example "Jensen" */
  readonly sn: string;
  /** E-mail address. @example "barbara.jensen@example.com" */
  readonly mail: string;
  /** Password, of at least 8 characters. @default none */
  readonly password?: string | undefined;
  /** UUID of the user in IDM. */
  readonly userId: string;
}

/** What `Group` takes. */
export interface GroupInputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier?: "development" | "staging" | "production" | undefined;
  /**
   * Also the id of the group.
   * Another one is another object: it replaces the resource.
   *
   * @example "customers"
   */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** User names of its members. @default none */
  readonly members?: readonly string[] | undefined;
}

/** What a `Group` has. */
export interface GroupOutputs {
  /** Realm of the tenant. Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /**
   * Tier of the tenant's environment. `development` (journeys, scripts and entries of the OAuth2 provider are
   * written; demo users and groups may be declared), `staging` (journeys, scripts and entries of the OAuth2 provider
   * are asserted, not written), `production` (as staging).
   *
   * @default "development"
   */
  readonly tier: "development" | "staging" | "production";
  /**
   * Also the id of the group.
   * Another one is another object: it replaces the resource.
   *
   * @example "customers"
   */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** User names of its members. @default none */
  readonly members?: readonly string[] | undefined;
}

export interface KeysKey {
  /** Key type. */
  readonly kty: "EC";
  /** Curve. */
  readonly crv: "P-256";
  /** Coordinate of the public point. @example "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4" */
  readonly x: string;
  /** Coordinate of the public point. @example "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4" */
  readonly y: string;
  /** What the key is for. */
  readonly use: "sig";
  /** Algorithm. */
  readonly alg: "ES256";
  /** Id of the key: its thumbprint (RFC 7638). @example "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s" */
  readonly kid: string;
}

export interface CibaKeys {
  /** The keys; `npx ping-agents keys` makes and publishes them. */
  readonly keys: readonly KeysKey[];
}

export interface Ciba {
  /**
   * Public JWK set, at most two keys while rotating; `generated` keeps a key pair in the state, for development
   * only.
   *
   * @example "generated"
   */
  readonly keys: "generated" | CibaKeys;
  /**
   * Of generated keys: any text; a change generates the next key, the one before stays beside it.
   *
   * @default none
   * @example "2026-11"
   */
  readonly rotation?: string | undefined;
  /** Of generated keys: false takes the key before out of the published set. @default true */
  readonly overlap?: boolean | undefined;
}

export interface Access {
  /** Client id of the application, also the audience of the token exchange. @example "web-server-logs-api-app" */
  readonly application: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Scopes the agent may get; `all` of the application must be written out. @example ["logs-read","logs-search"] */
  readonly scopes: "all" | readonly string[];
  /**
   * User names the agent may act for.
   *
   * @default none; without subjects and groups the agent acts for itself
   * @example ["barbara.jensen"]
   */
  readonly subjects?: readonly string[] | undefined;
  /**
   * Groups whose members the agent may act for.
   *
   * @default none
   * @example ["customers"]
   */
  readonly subjectGroups?: readonly string[] | undefined;
  /**
   * Tells two entries for one application apart.
   *
   * @default none
   * @example "night"
   */
  readonly name?: string | undefined;
}

/** An agent as in a declaration. */
export interface AgentEntry {
  /** false: authentication fails, and its tokens stop validating. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Whether the client can keep a secret (RFC 6749 §2.1). `Confidential` (it can), `Public` (it cannot, as in a
   * browser or on a device).
   *
   * @default "Confidential"
   */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /**
   * Grant types, by short name or `urn:…` value.
   *
   * @default what the pattern needs
   * @example ["client_credentials","token_exchange"]
   */
  readonly grantTypes?:
    | readonly (
        | "authorization_code"
        | "client_credentials"
        | "implicit"
        | "password"
        | "refresh_token"
        | "token_exchange"
        | "ciba"
        | "device_code"
        | "jwt_bearer"
        | "saml2_bearer"
        | "uma_ticket"
        | `urn:${string}`
      )[]
    | undefined;
  /**
   * Scopes that may be asked for: `name`, or `name|text shown`.
   *
   * @default []
   * @example ["openid","read-data|Read your data"]
   */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Scopes of a request that names none.
   *
   * @default []
   * @example ["openid"]
   */
  readonly defaultScopes?: readonly string[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * Response types that may be asked for.
   *
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   * @example ["code"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `client_secret_basic` (the secret in the header
   * (HTTP Basic)), `client_secret_post` (the secret in the form), `private_key_jwt` (a JWT that the client's key
   * signed), `none` (a public client), `tls_client_auth` (a certificate of a known authority),
   * `self_signed_tls_client_auth` (a certificate that the client signed itself).
   *
   * @default "client_secret_post"
   */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  /** Client authentication at the token endpoint. */
  readonly authentication?: Authentication | undefined;
  /** The client's public keys. */
  readonly keys?: Keys | undefined;
  /** Lifetimes, and what becomes of tokens. */
  readonly tokens?: Tokens | undefined;
  /** What a consent page shows, and RFC 7591 metadata; what nobody declares keeps its live value. */
  readonly metadata?: Metadata | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** ID tokens and OpenID Connect claims. */
  readonly idToken?: IdToken | undefined;
  /** The UserInfo endpoint. */
  readonly userinfo?: Userinfo | undefined;
  /** Token introspection (RFC 7662, RFC 9701). */
  readonly introspection?: Introspection | undefined;
  /** Logout. */
  readonly logout?: Logout | undefined;
  /** User-Managed Access. */
  readonly uma?: Uma | undefined;
  /**
   * Overrides of the realm's OAuth2 provider; once enabled, every field of the block is in force. Patterns that
   * exchange tokens switch on the first three.
   */
  readonly overrides?: Overrides | undefined;
  /**
   * Attributes that have no field here: `{ section: { attribute: value } }`, as AM names them.
   *
   * @default none
   * @example {"advancedOAuth2ClientConfig":{"newAttribute":["a"]}}
   */
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  /** Name that people read. @example "Support Agent" */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * User names of the owners.
   *
   * @default none
   * @example ["demo.owner"]
   */
  readonly owners?: readonly string[] | undefined;
  /**
   * What to do when the object exists already. `never` (refuses, with the differences), `match` (takes over an
   * object that is equal), `overwrite` (takes it over and changes it to what is declared).
   *
   * @default that of the stack (ping-agents:adopt), else never
   */
  readonly adopt?: "never" | "match" | "overwrite" | undefined;
  /** true refuses to delete it, also where its entry goes; its access can be taken away all the same. @default false */
  readonly protect?: boolean | undefined;
  /**
   * Who the agent acts for, which decides how it gets its tokens. `autonomous` (acts for itself, with a token of its
   * own), `on-behalf-of` (acts for a user, whose token it exchanges), `approved` (asks the user for each approval
   * (CIBA)).
   */
  readonly pattern: "autonomous" | "on-behalf-of" | "approved";
  /**
   * Where the client secret comes from.
   *
   * @default generated, where the agent needs one
   * @example {"rotation":"2026-11"}
   */
  readonly secret?:
    | "generated"
    | {
        /**
         * Any text; a change generates a new secret, and the old one ends at once: the platform keeps one a client.
         *
         * @example "2026-11"
         */
        readonly rotation: string;
      }
    | {
        /**
         * ESV secret, reached through a secret label: then no secret is in the client.
         *
         * @example "esv-support-agent-secret"
         */
        readonly esv: string;
      }
    | {
        /** Environment variable. @example "DEMO_PASSWORD" */
        readonly env: string;
      }
    | {
        /** Key of the stack configuration, set with `--secret`. @example "ping-agents:demoPassword" */
        readonly config: string;
      }
    | undefined;
  /** Keys that sign the requests of an approved agent. */
  readonly ciba?: Ciba | undefined;
  /**
   * The audience of its own tokens, claim `aud`: a script of it sets it. Not beside `access` or `delegates`, whose
   * tokens it would change, too.
   *
   * @default the client id
   * @example "agent-gateway"
   */
  readonly audience?: string | undefined;
  /**
   * Who answers for the agent, a person or a team.
   *
   * @default nobody
   * @example "payments-team@example.com"
   */
  readonly sponsor?: string | undefined;
  /**
   * Last day of the agent, YYYY-MM-DD in UTC. From 30 days before `validate` warns, after it `verify` and `access`
   * fail for this agent; nothing is switched off by itself.
   *
   * @default no end
   * @example "2026-12-31"
   */
  readonly expires?: string | undefined;
  /**
   * What becomes of the agent when its entry goes or the stack is destroyed. Counts once it was brought up. `delete`
   * (it goes, with all that hangs on it), `disable` (it stays, switched off and without its declared access),
   * `retain` (it stays as it is, and the stack lets it go).
   *
   * @default "delete"
   */
  readonly onRemove?: "delete" | "disable" | "retain" | undefined;
  /**
   * Texts by name on the agent's identity, for scripts and policies.
   *
   * @default none
   * @example {"team":"payments"}
   */
  readonly customAttributes?: Readonly<Record<string, string>> | undefined;
  /** What the agent may reach: a privilege an entry. @default nothing */
  readonly access?: readonly Access[] | undefined;
  /**
   * Tools of the agent by the names that its code has for them, and how each is authorised.
   *
   * @default nobody checks which of its scopes the agent needs
   */
  readonly tools?:
    | Readonly<
        Record<
          string,
          | {
              /** The tool is public: no token. */
              readonly authorization: "none";
            }
          | {
              /** A token of the agent's own, with its own scopes. */
              readonly authorization: "client_credentials";
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
          | {
              /** A token for an application, in exchange for the user's or agent's. */
              readonly authorization: "token_exchange";
              /**
               * Client id of the application, as in `access`, which is the audience of the exchange.
               *
               * @default it is for an audience
               * @example "orders-app"
               */
              readonly application?: string | undefined;
              /**
               * An audience of `delegates`; a token of its own with the same scopes goes with the exchange and says who acts
               * (`actor_token`).
               *
               * @default it is for an application
               * @example "supply-chain-mcp-tool"
               */
              readonly audience?: string | undefined;
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
          | {
              /** A token that the user approves (CIBA), with the agent's own scopes. */
              readonly authorization: "ciba";
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
        >
      >
    | undefined;
  /**
   * What becomes of access that nobody declared. `remove` (it is drift, and a repair takes it away), `report` (it is
   * drift each time, and stays).
   *
   * @default what the file says for all
   */
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  /** Access that is not declared here, and may stay. @default none */
  readonly allow?: readonly Allow[] | undefined;
}

export interface Delegate {
  /**
   * Client id of the agent or application of this file whose tokens are exchanged; a script of it then names this
   * one.
   *
   * @example "crm-agent"
   */
  readonly with: string;
  /**
   * What the exchanged tokens are for: a text, which a request has to name exactly.
   *
   * @example "supply-chain-mcp-tool"
   */
  readonly audience: string;
  /**
   * Scopes of the exchanged tokens, whatever those of the token that is exchanged.
   *
   * @example ["supply-chain:restock"]
   */
  readonly scopes: readonly string[];
}

/** An application as in a declaration. */
export interface ApplicationEntry {
  /** false: authentication fails, and its tokens stop validating. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Whether the client can keep a secret (RFC 6749 §2.1). `Confidential` (it can), `Public` (it cannot, as in a
   * browser or on a device).
   *
   * @default Public for spa and native, else Confidential
   */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /**
   * Grant types, by short name or `urn:…` value.
   *
   * @default authorization_code; of a service client_credentials
   * @example ["client_credentials","token_exchange"]
   */
  readonly grantTypes?:
    | readonly (
        | "authorization_code"
        | "client_credentials"
        | "implicit"
        | "password"
        | "refresh_token"
        | "token_exchange"
        | "ciba"
        | "device_code"
        | "jwt_bearer"
        | "saml2_bearer"
        | "uma_ticket"
        | `urn:${string}`
      )[]
    | undefined;
  /**
   * Scopes that may be asked for: `name`, or `name|text shown`.
   *
   * @default []
   * @example ["openid","read-data|Read your data"]
   */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Scopes of a request that names none.
   *
   * @default []
   * @example ["openid"]
   */
  readonly defaultScopes?: readonly string[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * Response types that may be asked for.
   *
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   * @example ["code"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `client_secret_basic` (the secret in the header
   * (HTTP Basic)), `client_secret_post` (the secret in the form), `private_key_jwt` (a JWT that the client's key
   * signed), `none` (a public client), `tls_client_auth` (a certificate of a known authority),
   * `self_signed_tls_client_auth` (a certificate that the client signed itself).
   *
   * @default none for spa and native, else client_secret_basic
   */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  /** Client authentication at the token endpoint. */
  readonly authentication?: Authentication | undefined;
  /** The client's public keys. */
  readonly keys?: Keys | undefined;
  /** Lifetimes, and what becomes of tokens. */
  readonly tokens?: Tokens | undefined;
  /** What a consent page shows, and RFC 7591 metadata; what nobody declares keeps its live value. */
  readonly metadata?: Metadata | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** ID tokens and OpenID Connect claims. */
  readonly idToken?: IdToken | undefined;
  /** The UserInfo endpoint. */
  readonly userinfo?: Userinfo | undefined;
  /** Token introspection (RFC 7662, RFC 9701). */
  readonly introspection?: Introspection | undefined;
  /** Logout. */
  readonly logout?: Logout | undefined;
  /** User-Managed Access. */
  readonly uma?: Uma | undefined;
  /**
   * Overrides of the realm's OAuth2 provider; once enabled, every field of the block is in force. Patterns that
   * exchange tokens switch on the first three.
   */
  readonly overrides?: Overrides | undefined;
  /**
   * Attributes that have no field here: `{ section: { attribute: value } }`, as AM names them.
   *
   * @default none
   * @example {"advancedOAuth2ClientConfig":{"newAttribute":["a"]}}
   */
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  /** Name that people read. @example "Support Agent" */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * User names of the owners.
   *
   * @default none
   * @example ["demo.owner"]
   */
  readonly owners?: readonly string[] | undefined;
  /**
   * What to do when the object exists already. `never` (refuses, with the differences), `match` (takes over an
   * object that is equal), `overwrite` (takes it over and changes it to what is declared).
   *
   * @default that of the stack (ping-agents:adopt), else never
   */
  readonly adopt?: "never" | "match" | "overwrite" | undefined;
  /** true refuses to delete it, also where its entry goes; its access can be taken away all the same. @default false */
  readonly protect?: boolean | undefined;
  /**
   * Kind of application, as in the console. `web` (runs on a server; users sign on), `service` (a machine, without
   * users), `spa` (runs in a browser: a public client), `native` (runs on a device: a public client).
   */
  readonly type: "web" | "service" | "spa" | "native";
  /**
   * Where the client secret comes from.
   *
   * @default generated, where the client needs one
   * @example {"rotation":"2026-11"}
   */
  readonly secret?:
    | "generated"
    | {
        /**
         * Any text; a change generates a new secret, and the old one ends at once: the platform keeps one a client.
         *
         * @example "2026-11"
         */
        readonly rotation: string;
      }
    | {
        /**
         * ESV secret, reached through a secret label: then no secret is in the client.
         *
         * @example "esv-support-agent-secret"
         */
        readonly esv: string;
      }
    | {
        /** Environment variable. @example "DEMO_PASSWORD" */
        readonly env: string;
      }
    | {
        /** Key of the stack configuration, set with `--secret`. @example "ping-agents:demoPassword" */
        readonly config: string;
      }
    | undefined;
  /** Keys of a client that asks users for approval (CIBA). */
  readonly ciba?: Ciba | undefined;
  /**
   * The audience of its own tokens, claim `aud`: a script of it sets it. Not beside `access` or `delegates`, whose
   * tokens it would change, too.
   *
   * @default the client id
   * @example "agent-gateway"
   */
  readonly audience?: string | undefined;
  /** Tokens that this client may exchange, and what for: it is their actor (RFC 8693). @default none */
  readonly delegates?: readonly Delegate[] | undefined;
  /**
   * Tools of the agent by the names that its code has for them, and how each is authorised.
   *
   * @default nobody checks which of its scopes the agent needs
   */
  readonly tools?:
    | Readonly<
        Record<
          string,
          | {
              /** The tool is public: no token. */
              readonly authorization: "none";
            }
          | {
              /** A token of the agent's own, with its own scopes. */
              readonly authorization: "client_credentials";
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
          | {
              /** A token for an application, in exchange for the user's or agent's. */
              readonly authorization: "token_exchange";
              /**
               * Client id of the application, as in `access`, which is the audience of the exchange.
               *
               * @default it is for an audience
               * @example "orders-app"
               */
              readonly application?: string | undefined;
              /**
               * An audience of `delegates`; a token of its own with the same scopes goes with the exchange and says who acts
               * (`actor_token`).
               *
               * @default it is for an application
               * @example "supply-chain-mcp-tool"
               */
              readonly audience?: string | undefined;
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
          | {
              /** A token that the user approves (CIBA), with the agent's own scopes. */
              readonly authorization: "ciba";
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
        >
      >
    | undefined;
}

/** Arguments of `AiAgent`. */
export type AiAgentArgs = Args<AiAgentInputs>;

/** Arguments of `AgentPrivilege`. */
export type AgentPrivilegeArgs = Args<AgentPrivilegeInputs>;

/** Arguments of `OAuth2Client`. */
export type OAuth2ClientArgs = Args<OAuth2ClientInputs>;

/** Arguments of `Application`. */
export type ApplicationArgs = Args<ApplicationInputs>;

/** Arguments of `ProviderBaseline`. */
export type ProviderBaselineArgs = Args<ProviderBaselineInputs>;

/** Arguments of `ProviderSetting`. */
export type ProviderSettingArgs = Args<ProviderSettingInputs>;

/** Arguments of `GrantTypes`. */
export type GrantTypesArgs = Args<GrantTypesInputs>;

/** Arguments of `AcrMapping`. */
export type AcrMappingArgs = Args<AcrMappingInputs>;

/** Arguments of `Journey`. */
export type JourneyArgs = Args<JourneyInputs>;

/** Arguments of `CibaKey`. */
export type CibaKeyArgs = Args<CibaKeyInputs>;

/** Arguments of `EsvSecret`. */
export type EsvSecretArgs = Args<EsvSecretInputs>;

/** Arguments of `EsvVariable`. */
export type EsvVariableArgs = Args<EsvVariableInputs>;

/** Arguments of `SecretLabel`. */
export type SecretLabelArgs = Args<SecretLabelInputs>;

/** Arguments of `Script`. */
export type ScriptArgs = Args<ScriptInputs>;

/** Arguments of `User`. */
export type UserArgs = Args<UserInputs>;

/** Arguments of `Group`. */
export type GroupArgs = Args<GroupInputs>;
