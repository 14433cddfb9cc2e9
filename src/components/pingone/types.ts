/** What the resources of PingOne take and have. Made by npm run schema from the schemas of their kinds. Do not edit. */

import type { Args } from "../resource.ts";

/** Any JSON. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface Icon {
  /** PNG, JPEG or GIF of at most 1 MB; a path relative to the project. @example "icons/support-agent.png" */
  readonly file: string;
  /**
   * SHA-256 of the content, filled in.
   *
   * @default computed
   * @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
   */
  readonly sha256?: string | undefined;
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
  /** JSON Web Key Set with public members only; not beside `jwksUri`. @default none */
  readonly jwks?: Jwks | undefined;
  /**
   * Address of the key set, https only; not beside `jwks`.
   *
   * @default none
   * @example "https://agent.example.com/jwks"
   */
  readonly jwksUri?: string | undefined;
}

export interface Tokens {
  /**
   * Lifetime of refresh tokens; of opaque ones 1,826 days at most, in seconds.
   *
   * @default 2592000
   * @example "30d"
   */
  readonly refreshTokenLifetime?: number | string | undefined;
  /**
   * Longest time for which refresh tokens can be renewed; at least `refreshTokenLifetime`, in seconds.
   *
   * @default 15552000
   * @example "180d"
   */
  readonly refreshTokenRollingLifetime?: number | string | undefined;
  /**
   * How long a refresh token that was replaced still works, in seconds.
   *
   * @default 0
   * @example "60s"
   */
  readonly refreshTokenGracePeriod?: number | string | undefined;
  /** Additional protection against refresh tokens that are used twice. @default true */
  readonly refreshTokenReplayProtection?: boolean | undefined;
  /**
   * Form of refresh tokens. `opaque_token` (a text without a meaning), `json_web_token` (a JWT, which PingOne
   * withdraws after 1 March 2027).
   *
   * @default "opaque_token"
   */
  readonly refreshTokenFormat?: "opaque_token" | "json_web_token" | (string & Record<never, never>) | undefined;
  /** Puts the header `x5t` into tokens (RFC 7515 §4.1.7). @default false */
  readonly includeX5t?: boolean | undefined;
  /** Puts the header `typ` into tokens (RFC 9068 §2.1); PingOne forces it on after 2 March 2027. @default false */
  readonly includeTyp?: boolean | undefined;
}

export interface Authorization {
  /**
   * PKCE (RFC 7636); of spa and native applications `s256_required` unless it is declared. `optional` (taken where
   * it is sent), `required` (must be sent), `s256_required` (must be sent, by SHA-256).
   *
   * @default "optional"
   */
  readonly pkce?: "optional" | "required" | "s256_required" | (string & Record<never, never>) | undefined;
  /** Takes pushed authorization requests only (RFC 9126). @default false */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
  /**
   * Lifetime of a pushed authorization request's reference, in seconds.
   *
   * @default 60
   * @example "60s"
   */
  readonly pushedAuthorizationRequestLifetime?: number | string | undefined;
  /**
   * Signatures of request objects (RFC 9101). `default` (what PingOne does by itself), `require_signed` (must be
   * signed), `allow_unsigned` (may be unsigned).
   *
   * @default "default"
   */
  readonly requestObject?: "default" | "require_signed" | "allow_unsigned" | undefined;
  /** Whether redirect URIs may have wildcards. @default false */
  readonly allowRedirectUriPatterns?: boolean | undefined;
  /**
   * Where a sign-on that somebody else starts begins (OpenID Connect `initiate_login_uri`); https, except for
   * localhost.
   *
   * @default none
   * @example "https://app.example.com/login"
   */
  readonly initiateLoginUri?: string | undefined;
  /**
   * Where `target_link_uri` leads.
   *
   * @default none
   * @example "https://app.example.com/home"
   */
  readonly targetLinkUri?: string | undefined;
  /**
   * The application's home page.
   *
   * @default none
   * @example "https://app.example.com"
   */
  readonly homePageUrl?: string | undefined;
  /**
   * The application's sign-on page.
   *
   * @default none
   * @example "https://app.example.com/login"
   */
  readonly loginPageUrl?: string | undefined;
  /** Takes scopes of several resources in one request. @default false */
  readonly multipleResources?: boolean | undefined;
}

export interface Device {
  /**
   * Path of the address at which users enter the code.
   *
   * @default none
   * @example "support-agent"
   */
  readonly pathId?: string | undefined;
  /**
   * Address of an own page at which users enter the code.
   *
   * @default none
   * @example "https://app.example.com/device"
   */
  readonly verificationUri?: string | undefined;
  /**
   * Lifetime of a device code, in seconds.
   *
   * @default 600
   * @example "10m"
   */
  readonly codeLifetime?: number | string | undefined;
  /**
   * Time between two questions of the device, in seconds.
   *
   * @default 5
   * @example "5s"
   */
  readonly pollingInterval?: number | string | undefined;
}

export interface Logout {
  /**
   * Addresses to which a user may return after logout.
   *
   * @default []
   * @example ["https://app.example.com/bye"]
   */
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /** Ends the user's session by ID token. @default false */
  readonly byIdToken?: boolean | undefined;
  /** OpenID Connect Session Management 1.0; needs a custom domain to be useful. @default false */
  readonly sessionManagement?: boolean | undefined;
}

export interface Groups {
  /** How many of the groups a user has to be in. `any` (one of them), `all` (all of them). */
  readonly match: "any" | "all";
  /** Names of the groups. @example ["customers"] */
  readonly names: readonly string[];
}

export interface UserAccess {
  /** Whether the application portal shows it; needs `authorization.initiateLoginUri`. @default true */
  readonly portalDisplay?: boolean | undefined;
  /** Administrators only. @default false */
  readonly adminOnly?: boolean | undefined;
  /** Members of the named groups only. @default none */
  readonly groups?: Groups | undefined;
}

export interface Allow {
  /** What is allowed, as a refresh names it. @example "grant/Orders API" */
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

/** What `AiAgent` takes. */
export interface AiAgentInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** What people read; unique in the environment. */
  readonly name: string;
  /** Picture that people see. */
  readonly icon?: Icon | undefined;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether it can be used. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Grant types.
   *
   * @default []
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
   * Response types.
   *
   * @default []
   * @example ["code"]
   */
  readonly responseTypes?: readonly ("code" | "token" | "id_token" | (string & Record<never, never>))[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `none` (a public client), `client_secret_basic`
   * (the secret in the header (HTTP Basic)), `client_secret_post` (the secret in the form), `client_secret_jwt` (a
   * JWT that the secret signed), `private_key_jwt` (a JWT that the client's key signed).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "none"
    | "client_secret_basic"
    | "client_secret_post"
    | "client_secret_jwt"
    | "private_key_jwt"
    | (string & Record<never, never>)
    | undefined;
  /**
   * Origins that may call from a browser: `any`, `none`, or up to 40 of them, a wildcard in a subdomain allowed;
   * PingOne takes minutes to apply it.
   *
   * @default "any"
   * @example ["https://app.example.com","https://*.example.com"]
   */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  /** The client's public keys, for `private_key_jwt` and signed request objects. */
  readonly keys?: Keys | undefined;
  /**
   * Lifetimes and forms of tokens. ID Token Duration and PingOne API Access Token Duration of the console have no
   * field: nobody knows what PingOne calls them.
   */
  readonly tokens?: Tokens | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** The device authorization grant (RFC 8628). */
  readonly device?: Device | undefined;
  /** Logout and sessions. */
  readonly logout?: Logout | undefined;
  /** Who may use it, in flows in which a user signs on. */
  readonly userAccess?: UserAccess | undefined;
  /**
   * UUID of the key-rotation policy whose keys sign tokens.
   *
   * @default that of the environment
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly keyRotationPolicy?: string | undefined;
  /**
   * Properties that have no field here, as PingOne names them.
   *
   * @default none
   * @example {"newProperty":true}
   */
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  /**
   * What is declared below it, as `allow` would call it: `grant/Orders API`, `owner/demo.owner`. With the sentence
   * of each, or an empty one: the sentences matter where the application may be taken over.
   */
  readonly declaredAccess?: Readonly<Record<string, string>> | undefined;
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
}

export interface AiAgentTokens {
  /**
   * Lifetime of refresh tokens; of opaque ones 1,826 days at most, in seconds.
   *
   * @default 2592000
   * @example "30d"
   */
  readonly refreshTokenLifetime?: number | undefined;
  /**
   * Longest time for which refresh tokens can be renewed; at least `refreshTokenLifetime`, in seconds.
   *
   * @default 15552000
   * @example "180d"
   */
  readonly refreshTokenRollingLifetime?: number | undefined;
  /**
   * How long a refresh token that was replaced still works, in seconds.
   *
   * @default 0
   * @example "60s"
   */
  readonly refreshTokenGracePeriod?: number | undefined;
  /** Additional protection against refresh tokens that are used twice. @default true */
  readonly refreshTokenReplayProtection?: boolean | undefined;
  /**
   * Form of refresh tokens. `opaque_token` (a text without a meaning), `json_web_token` (a JWT, which PingOne
   * withdraws after 1 March 2027).
   *
   * @default "opaque_token"
   */
  readonly refreshTokenFormat?: "opaque_token" | "json_web_token" | (string & Record<never, never>) | undefined;
  /** Puts the header `x5t` into tokens (RFC 7515 §4.1.7). @default false */
  readonly includeX5t?: boolean | undefined;
  /** Puts the header `typ` into tokens (RFC 9068 §2.1); PingOne forces it on after 2 March 2027. @default false */
  readonly includeTyp?: boolean | undefined;
}

export interface AiAgentAuthorization {
  /**
   * PKCE (RFC 7636); of spa and native applications `s256_required` unless it is declared. `optional` (taken where
   * it is sent), `required` (must be sent), `s256_required` (must be sent, by SHA-256).
   *
   * @default "optional"
   */
  readonly pkce?: "optional" | "required" | "s256_required" | (string & Record<never, never>) | undefined;
  /** Takes pushed authorization requests only (RFC 9126). @default false */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
  /**
   * Lifetime of a pushed authorization request's reference, in seconds.
   *
   * @default 60
   * @example "60s"
   */
  readonly pushedAuthorizationRequestLifetime?: number | undefined;
  /**
   * Signatures of request objects (RFC 9101). `default` (what PingOne does by itself), `require_signed` (must be
   * signed), `allow_unsigned` (may be unsigned).
   *
   * @default "default"
   */
  readonly requestObject?: "default" | "require_signed" | "allow_unsigned" | undefined;
  /** Whether redirect URIs may have wildcards. @default false */
  readonly allowRedirectUriPatterns?: boolean | undefined;
  /**
   * Where a sign-on that somebody else starts begins (OpenID Connect `initiate_login_uri`); https, except for
   * localhost.
   *
   * @default none
   * @example "https://app.example.com/login"
   */
  readonly initiateLoginUri?: string | undefined;
  /**
   * Where `target_link_uri` leads.
   *
   * @default none
   * @example "https://app.example.com/home"
   */
  readonly targetLinkUri?: string | undefined;
  /**
   * The application's home page.
   *
   * @default none
   * @example "https://app.example.com"
   */
  readonly homePageUrl?: string | undefined;
  /**
   * The application's sign-on page.
   *
   * @default none
   * @example "https://app.example.com/login"
   */
  readonly loginPageUrl?: string | undefined;
  /** Takes scopes of several resources in one request. @default false */
  readonly multipleResources?: boolean | undefined;
}

export interface AiAgentDevice {
  /**
   * Path of the address at which users enter the code.
   *
   * @default none
   * @example "support-agent"
   */
  readonly pathId?: string | undefined;
  /**
   * Address of an own page at which users enter the code.
   *
   * @default none
   * @example "https://app.example.com/device"
   */
  readonly verificationUri?: string | undefined;
  /**
   * Lifetime of a device code, in seconds.
   *
   * @default 600
   * @example "10m"
   */
  readonly codeLifetime?: number | undefined;
  /**
   * Time between two questions of the device, in seconds.
   *
   * @default 5
   * @example "5s"
   */
  readonly pollingInterval?: number | undefined;
}

export interface UploadedIcon {
  readonly id: string;
  readonly href: string;
  readonly sha256: string;
}

/** What a `AiAgent` has. */
export interface AiAgentOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** What people read; unique in the environment. */
  readonly name: string;
  /** Picture that people see. */
  readonly icon?: Icon | undefined;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether it can be used. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Grant types.
   *
   * @default []
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
   * Response types.
   *
   * @default []
   * @example ["code"]
   */
  readonly responseTypes?: readonly ("code" | "token" | "id_token" | (string & Record<never, never>))[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `none` (a public client), `client_secret_basic`
   * (the secret in the header (HTTP Basic)), `client_secret_post` (the secret in the form), `client_secret_jwt` (a
   * JWT that the secret signed), `private_key_jwt` (a JWT that the client's key signed).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "none"
    | "client_secret_basic"
    | "client_secret_post"
    | "client_secret_jwt"
    | "private_key_jwt"
    | (string & Record<never, never>)
    | undefined;
  /**
   * Origins that may call from a browser: `any`, `none`, or up to 40 of them, a wildcard in a subdomain allowed;
   * PingOne takes minutes to apply it.
   *
   * @default "any"
   * @example ["https://app.example.com","https://*.example.com"]
   */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  /** The client's public keys, for `private_key_jwt` and signed request objects. */
  readonly keys?: Keys | undefined;
  /**
   * Lifetimes and forms of tokens. ID Token Duration and PingOne API Access Token Duration of the console have no
   * field: nobody knows what PingOne calls them.
   */
  readonly tokens?: AiAgentTokens | undefined;
  /** The authorization endpoint. */
  readonly authorization?: AiAgentAuthorization | undefined;
  /** The device authorization grant (RFC 8628). */
  readonly device?: AiAgentDevice | undefined;
  /** Logout and sessions. */
  readonly logout?: Logout | undefined;
  /** Who may use it, in flows in which a user signs on. */
  readonly userAccess?: UserAccess | undefined;
  /**
   * UUID of the key-rotation policy whose keys sign tokens.
   *
   * @default that of the environment
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly keyRotationPolicy?: string | undefined;
  /**
   * Properties that have no field here, as PingOne names them.
   *
   * @default none
   * @example {"newProperty":true}
   */
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  /**
   * What is declared below it, as `allow` would call it: `grant/Orders API`, `owner/demo.owner`. With the sentence
   * of each, or an empty one: the sentences matter where the application may be taken over.
   */
  readonly declaredAccess?: Readonly<Record<string, string>> | undefined;
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
  /** UUID of the application. */
  readonly applicationId: string;
  /** OAuth 2.0 client id, which PingOne chooses. */
  readonly clientId: string;
  /** Issuer of the environment's tokens. */
  readonly issuer: string;
  /** The image that this resource uploaded, where an icon is declared. */
  readonly uploadedIcon?: UploadedIcon | undefined;
  /** Ids of what declared access refers to: what is renamed on the platform is declared still. */
  readonly accessIds?: Readonly<Record<string, string>> | undefined;
}

/** What `Application` takes. */
export interface ApplicationInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** What people read; unique in the environment. */
  readonly name: string;
  /** Picture that people see. */
  readonly icon?: Icon | undefined;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether it can be used. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Grant types.
   *
   * @default []
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
   * Response types.
   *
   * @default []
   * @example ["code"]
   */
  readonly responseTypes?: readonly ("code" | "token" | "id_token" | (string & Record<never, never>))[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `none` (a public client), `client_secret_basic`
   * (the secret in the header (HTTP Basic)), `client_secret_post` (the secret in the form), `client_secret_jwt` (a
   * JWT that the secret signed), `private_key_jwt` (a JWT that the client's key signed).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "none"
    | "client_secret_basic"
    | "client_secret_post"
    | "client_secret_jwt"
    | "private_key_jwt"
    | (string & Record<never, never>)
    | undefined;
  /**
   * Origins that may call from a browser: `any`, `none`, or up to 40 of them, a wildcard in a subdomain allowed;
   * PingOne takes minutes to apply it.
   *
   * @default "any"
   * @example ["https://app.example.com","https://*.example.com"]
   */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  /** The client's public keys, for `private_key_jwt` and signed request objects. */
  readonly keys?: Keys | undefined;
  /**
   * Lifetimes and forms of tokens. ID Token Duration and PingOne API Access Token Duration of the console have no
   * field: nobody knows what PingOne calls them.
   */
  readonly tokens?: Tokens | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** The device authorization grant (RFC 8628). */
  readonly device?: Device | undefined;
  /** Logout and sessions. */
  readonly logout?: Logout | undefined;
  /** Who may use it, in flows in which a user signs on. */
  readonly userAccess?: UserAccess | undefined;
  /**
   * UUID of the key-rotation policy whose keys sign tokens.
   *
   * @default that of the environment
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly keyRotationPolicy?: string | undefined;
  /**
   * Properties that have no field here, as PingOne names them.
   *
   * @default none
   * @example {"newProperty":true}
   */
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  /**
   * What is declared below it, as `allow` would call it: `grant/Orders API`, `owner/demo.owner`. With the sentence
   * of each, or an empty one: the sentences matter where the application may be taken over.
   */
  readonly declaredAccess?: Readonly<Record<string, string>> | undefined;
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
   * Kind of application, as in the console. `web` (runs on a server; users sign on), `service` (a machine, without
   * users), `spa` (runs in a browser: a public client), `native` (runs on a device: a public client), `custom` (any
   * grant types and response types).
   * Another one is another object: it replaces the resource.
   */
  readonly type: "web" | "service" | "spa" | "native" | "custom";
}

/** What a `Application` has. */
export interface ApplicationOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** What people read; unique in the environment. */
  readonly name: string;
  /** Picture that people see. */
  readonly icon?: Icon | undefined;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether it can be used. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Grant types.
   *
   * @default []
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
   * Response types.
   *
   * @default []
   * @example ["code"]
   */
  readonly responseTypes?: readonly ("code" | "token" | "id_token" | (string & Record<never, never>))[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `none` (a public client), `client_secret_basic`
   * (the secret in the header (HTTP Basic)), `client_secret_post` (the secret in the form), `client_secret_jwt` (a
   * JWT that the secret signed), `private_key_jwt` (a JWT that the client's key signed).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "none"
    | "client_secret_basic"
    | "client_secret_post"
    | "client_secret_jwt"
    | "private_key_jwt"
    | (string & Record<never, never>)
    | undefined;
  /**
   * Origins that may call from a browser: `any`, `none`, or up to 40 of them, a wildcard in a subdomain allowed;
   * PingOne takes minutes to apply it.
   *
   * @default "any"
   * @example ["https://app.example.com","https://*.example.com"]
   */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  /** The client's public keys, for `private_key_jwt` and signed request objects. */
  readonly keys?: Keys | undefined;
  /**
   * Lifetimes and forms of tokens. ID Token Duration and PingOne API Access Token Duration of the console have no
   * field: nobody knows what PingOne calls them.
   */
  readonly tokens?: AiAgentTokens | undefined;
  /** The authorization endpoint. */
  readonly authorization?: AiAgentAuthorization | undefined;
  /** The device authorization grant (RFC 8628). */
  readonly device?: AiAgentDevice | undefined;
  /** Logout and sessions. */
  readonly logout?: Logout | undefined;
  /** Who may use it, in flows in which a user signs on. */
  readonly userAccess?: UserAccess | undefined;
  /**
   * UUID of the key-rotation policy whose keys sign tokens.
   *
   * @default that of the environment
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly keyRotationPolicy?: string | undefined;
  /**
   * Properties that have no field here, as PingOne names them.
   *
   * @default none
   * @example {"newProperty":true}
   */
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  /**
   * What is declared below it, as `allow` would call it: `grant/Orders API`, `owner/demo.owner`. With the sentence
   * of each, or an empty one: the sentences matter where the application may be taken over.
   */
  readonly declaredAccess?: Readonly<Record<string, string>> | undefined;
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
   * Kind of application, as in the console. `web` (runs on a server; users sign on), `service` (a machine, without
   * users), `spa` (runs in a browser: a public client), `native` (runs on a device: a public client), `custom` (any
   * grant types and response types).
   * Another one is another object: it replaces the resource.
   */
  readonly type: "web" | "service" | "spa" | "native" | "custom";
  /** UUID of the application. */
  readonly applicationId: string;
  /** OAuth 2.0 client id, which PingOne chooses. */
  readonly clientId: string;
  /** Issuer of the environment's tokens. */
  readonly issuer: string;
  /** The image that this resource uploaded, where an icon is declared. */
  readonly uploadedIcon?: UploadedIcon | undefined;
  /** Ids of what declared access refers to: what is renamed on the platform is declared still. */
  readonly accessIds?: Readonly<Record<string, string>> | undefined;
}

export interface Claim {
  /** An expression, or a JSON value. @example "${user.email}" */
  readonly value: string | Readonly<Record<string, Json>>;
  /** Whether a request is refused where the claim has no value. */
  readonly required: boolean;
}

/** What `Resource` takes. */
export interface ResourceInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** Unique in the environment. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * Audience of its access tokens: an address or a name.
   *
   * @default the name
   * @example "https://orders.example.com"
   */
  readonly audience?: string | undefined;
  /**
   * Lifetime of its access tokens, in seconds.
   *
   * @default 3600
   * @example "15m"
   */
  readonly accessTokenLifetime?: number | string | undefined;
  /** How the resource authenticates for token introspection (RFC 7662). @default "client_secret_basic" */
  readonly introspectionAuthMethod?: "none" | "client_secret_basic" | "client_secret_post" | undefined;
  /** A claim with the application's permissions in its access tokens. @default false */
  readonly permissionsClaim?: boolean | undefined;
  /** Descriptions of scopes by name, "" for none. @example {"orders:read":"Read orders"} */
  readonly scopes?: Readonly<Record<string, string>> | undefined;
  /** Claims by name, e.g. `may_act` and `act`. All others are `undeclared`. */
  readonly claims?: Readonly<Record<string, Claim | string | Readonly<Record<string, Json>>>> | undefined;
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
}

/** What a `Resource` has. */
export interface ResourceOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** Unique in the environment. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * Audience of its access tokens: an address or a name.
   *
   * @default the name
   * @example "https://orders.example.com"
   */
  readonly audience?: string | undefined;
  /**
   * Lifetime of its access tokens, in seconds.
   *
   * @default 3600
   * @example "15m"
   */
  readonly accessTokenLifetime?: number | undefined;
  /** How the resource authenticates for token introspection (RFC 7662). @default "client_secret_basic" */
  readonly introspectionAuthMethod?: "none" | "client_secret_basic" | "client_secret_post" | undefined;
  /** A claim with the application's permissions in its access tokens. @default false */
  readonly permissionsClaim?: boolean | undefined;
  /** Descriptions of scopes by name, "" for none. @example {"orders:read":"Read orders"} */
  readonly scopes?: Readonly<Record<string, string>> | undefined;
  /** Claims by name, e.g. `may_act` and `act`. All others are `undeclared`. */
  readonly claims?: Readonly<Record<string, Claim | string | Readonly<Record<string, Json>>>> | undefined;
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
  /** UUID of the resource. */
  readonly resourceId: string;
}

/** What `ScopeGrant` takes. */
export interface ScopeGrantInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /**
   * Name of the resource, a label where its id is given; `openid` is that of OpenID Connect.
   * Another one is another object: it replaces the resource.
   */
  readonly resource: string;
  /** Its id, where it is known already. Another one is another object: it replaces the resource. */
  readonly resourceId?: string | undefined;
  /** Scopes that may be asked for. @example ["orders:read"] */
  readonly scopes: readonly string[];
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
}

/** What a `ScopeGrant` has. */
export interface ScopeGrantOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /**
   * Name of the resource, a label where its id is given; `openid` is that of OpenID Connect.
   * Another one is another object: it replaces the resource.
   */
  readonly resource: string;
  /** Its id, where it is known already. Another one is another object: it replaces the resource. */
  readonly resourceId?: string | undefined;
  /** Scopes that may be asked for. @example ["orders:read"] */
  readonly scopes: readonly string[];
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
  /** UUID of the application: what was found by a name once is found again when the name is another. */
  readonly parentId: string;
  /** UUID of the grant. */
  readonly grantId: string;
}

/** How users sign on. */
export interface Policies {
  /**
   * Sort of the policies: an application has one at a time. `sign-on` (PingOne's own policies), `davinci` (DaVinci
   * flow policies).
   */
  readonly kind: "sign-on" | "davinci";
  /** Names of the policies; the first that applies wins. @example ["Agent Approval"] */
  readonly names: readonly string[];
}

/** What `PolicyAssignments` takes. */
export interface PolicyAssignmentsInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /** How users sign on. */
  readonly policies: Policies;
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
}

/** What a `PolicyAssignments` has. */
export interface PolicyAssignmentsOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /** How users sign on. */
  readonly policies: Policies;
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
  /** UUID of the application: what was found by a name once is found again when the name is another. */
  readonly parentId: string;
  /** UUIDs of the assignments, in order. */
  readonly assignmentIds: readonly string[];
}

/** What `AttributeMapping` takes. */
export interface AttributeMappingInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /**
   * Name of the claim.
   * Another one is another object: it replaces the resource.
   *
   * @example "email"
   */
  readonly name: string;
  /** A constant, or an expression over the user. @example "${user.email}" */
  readonly value: string;
  /** Whether ID tokens have the claim. @default true */
  readonly idToken?: boolean | undefined;
  /** Whether the UserInfo endpoint shows the claim. @default true */
  readonly userInfo?: boolean | undefined;
  /**
   * Scopes of OpenID Connect that bring the claim; they must be granted.
   *
   * @default any
   * @example ["email"]
   */
  readonly scopes?: readonly string[] | undefined;
  /** Whether a user without a value is refused. @default false */
  readonly required?: boolean | undefined;
}

/** What a `AttributeMapping` has. */
export interface AttributeMappingOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /**
   * Name of the claim.
   * Another one is another object: it replaces the resource.
   *
   * @example "email"
   */
  readonly name: string;
  /** A constant, or an expression over the user. @example "${user.email}" */
  readonly value: string;
  /** Whether ID tokens have the claim. @default true */
  readonly idToken?: boolean | undefined;
  /** Whether the UserInfo endpoint shows the claim. @default true */
  readonly userInfo?: boolean | undefined;
  /**
   * Scopes of OpenID Connect that bring the claim; they must be granted.
   *
   * @default any
   * @example ["email"]
   */
  readonly scopes?: readonly string[] | undefined;
  /** Whether a user without a value is refused. @default false */
  readonly required: boolean;
  /** UUID of the application: what was found by a name once is found again when the name is another. */
  readonly parentId: string;
  /** UUID of the mapping. */
  readonly mappingId: string;
}

/** What `Secret` takes. */
export interface SecretInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /** Any text; a change makes a new secret. */
  readonly rotation?: string | undefined;
  /**
   * Seconds for which the old secret still works after a rotation, from 120 to 2505600 (29 days).
   *
   * @default none: it ends at once
   * @example "1d"
   */
  readonly overlap?: number | string | undefined;
  /** Whether the secret stands in the outputs, and so encrypted in the state. @default false */
  readonly output?: boolean | undefined;
}

/** What a `Secret` has. */
export interface SecretOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /** Any text; a change makes a new secret. */
  readonly rotation?: string | undefined;
  /**
   * Seconds for which the old secret still works after a rotation, from 120 to 2505600 (29 days).
   *
   * @default none: it ends at once
   * @example "1d"
   */
  readonly overlap?: number | undefined;
  /** Whether the secret stands in the outputs, and so encrypted in the state. @default false */
  readonly output: boolean;
  /** UUID of the application: what was found by a name once is found again when the name is another. */
  readonly parentId: string;
  /** Changes with the secret, and gives nothing of it away. */
  readonly fingerprint: string;
  /** The secret, where `output` asks for it. */
  readonly secret?: string | undefined;
}

/** What `Owner` takes. */
export interface OwnerInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /** User name. Not beside `group`. */
  readonly user?: string | undefined;
  /** Name of a group, all of whose members get the role. */
  readonly group?: string | undefined;
  /** Name of the role. @default "Application Owner" */
  readonly role?: string | undefined;
}

/** What a `Owner` has. */
export interface OwnerOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /**
   * Name of the application or agent: a label, where its id is given.
   * Another one is another object: it replaces the resource.
   */
  readonly application: string;
  /**
   * Its id, where it is known already; saves a look-up, and follows an application that is made anew.
   * Another one is another object: it replaces the resource.
   */
  readonly applicationId?: string | undefined;
  /** User name. Not beside `group`. */
  readonly user?: string | undefined;
  /** Name of a group, all of whose members get the role. */
  readonly group?: string | undefined;
  /** Name of the role. @default "Application Owner" */
  readonly role: string;
  /** UUID of the application: what was found by a name once is found again when the name is another. */
  readonly parentId: string;
  /** UUID of the role assignment. */
  readonly assignmentId: string;
  /** Whether a person or a group holds the role. */
  readonly holder: "users" | "groups";
  /** UUID of the person or group. */
  readonly holderId: string;
}

/** What `Group` takes. */
export interface GroupInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** Its name, in exactly this spelling. Another one is another object: it replaces the resource. */
  readonly name: string;
}

/** What a `Group` has. */
export interface GroupOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** Its name, in exactly this spelling. Another one is another object: it replaces the resource. */
  readonly name: string;
  /** UUID of what has the name. */
  readonly objectId: string;
}

/** What `Population` takes. */
export interface PopulationInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** Its name, in exactly this spelling. Another one is another object: it replaces the resource. */
  readonly name: string;
}

/** What a `Population` has. */
export interface PopulationOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** Its name, in exactly this spelling. Another one is another object: it replaces the resource. */
  readonly name: string;
  /** UUID of what has the name. */
  readonly objectId: string;
}

export interface Language {
  /** Title of the agreement. @example "Agent consent" */
  readonly title: string;
  /**
   * The text; a change of it is a new revision, to which everybody consents anew.
   *
   * @example "The agent may act in your name."
   */
  readonly text: string;
  /** How the text is written. `plain` (as it is), `html` (HTML). @default "plain" */
  readonly format?: "plain" | "html" | undefined;
}

/** What `Agreement` takes. */
export interface AgreementInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** By which it is found, so one of its own in the environment. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether policies prompt for it. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Days after which a user is asked again.
   *
   * @default never
   * @example 180
   */
  readonly reconsentPeriodDays?: number | undefined;
  /**
   * Title and text by language. The environment's default language has to be among them; all others are disabled.
   *
   * @example {"en":{"title":"Agent consent","text":"The agent may act in your name."}}
   */
  readonly languages: Readonly<Record<string, Language>>;
}

/** What a `Agreement` has. */
export interface AgreementOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** By which it is found, so one of its own in the environment. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether policies prompt for it. @default true */
  readonly enabled?: boolean | undefined;
  /**
   * Days after which a user is asked again.
   *
   * @default never
   * @example 180
   */
  readonly reconsentPeriodDays?: number | undefined;
  /**
   * Title and text by language. The environment's default language has to be among them; all others are disabled.
   *
   * @example {"en":{"title":"Agent consent","text":"The agent may act in your name."}}
   */
  readonly languages: Readonly<Record<string, Language>>;
  /** UUID of the agreement. */
  readonly agreementId: string;
}

/** What `SignOnPolicy` takes. */
export interface SignOnPolicyInputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** Unique in the environment; tokens name it in `acr`. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * What is asked of users, one after the other; what somebody adds is removed.
   *
   * @example [{"type":"login"},{"type":"agreement","agreement":"agent-consent"}]
   */
  readonly actions: readonly (
    | {
        /** User name and password. */
        readonly type: "login";
      }
    | {
        /** Consent to an agreement. */
        readonly type: "agreement";
        /** Name of the agreement. */
        readonly agreement: string;
      }
  )[];
}

/** What a `SignOnPolicy` has. */
export interface SignOnPolicyOutputs {
  /**
   * UUID of the environment.
   * Another one is another object: it replaces the resource.
   *
   * @default PINGONE_ENVIRONMENT_ID
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly environmentId?: string | undefined;
  /** Unique in the environment; tokens name it in `acr`. */
  readonly name: string;
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /**
   * What is asked of users, one after the other; what somebody adds is removed.
   *
   * @example [{"type":"login"},{"type":"agreement","agreement":"agent-consent"}]
   */
  readonly actions: readonly (
    | {
        /** User name and password. */
        readonly type: "login";
      }
    | {
        /** Consent to an agreement. */
        readonly type: "agreement";
        /** Name of the agreement. */
        readonly agreement: string;
      }
  )[];
  /** UUID of the policy. */
  readonly signOnPolicyId: string;
}

export interface Access {
  /**
   * Key under `resources`, or the name of a resource that others manage; `openid` for OpenID Connect.
   *
   * @example "orders-api"
   */
  readonly resource: string;
  /** Scopes that may be asked for. @example ["orders:read"] */
  readonly scopes: readonly string[];
}

export interface Delegate {
  /** Key of the resource whose tokens are exchanged: they name this client in `may_act`. @example "agent-gateway" */
  readonly with: string;
  /** Key of the resource for which tokens are got: they say in `act` who acts, and for whom. @example "stock-tool" */
  readonly resource: string;
  /** Scopes of the resource that may be asked for. @example ["stock:order"] */
  readonly scopes: readonly string[];
  /**
   * Whether the resource has no token in which nobody acts: PingOne refuses it. false leaves that to whoever takes
   * the tokens.
   *
   * @default true
   */
  readonly required?: boolean | undefined;
}

export interface Actor {
  /** Key or name of the resource whose scopes these are, as in access. @example "orders-api" */
  readonly resource: string;
  /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
  readonly scopes: readonly string[];
}

export interface AgentClaim {
  /** A constant, or an expression over the user. @example "${user.email}" */
  readonly value: string;
  /** Whether ID tokens have the claim. @default true */
  readonly idToken?: boolean | undefined;
  /** Whether the UserInfo endpoint shows the claim. @default true */
  readonly userInfo?: boolean | undefined;
  /**
   * Scopes of OpenID Connect that bring the claim; they must be granted.
   *
   * @default any
   * @example ["email"]
   */
  readonly scopes?: readonly string[] | undefined;
  /** Whether a user without a value is refused. @default false */
  readonly required?: boolean | undefined;
}

export interface Secret {
  /**
   * Any text; a change makes a new secret.
   *
   * @default none
   * @example "2026-11"
   */
  readonly rotation?: string | undefined;
  /**
   * How long the old secret still works after a rotation, in seconds.
   *
   * @default the old one ends at once
   * @example "1d"
   */
  readonly overlap?: number | string | undefined;
  /** Puts the secret, encrypted, into the state and the outputs. @default false */
  readonly output?: boolean | undefined;
}

/** An agent as in a declaration. */
export interface AgentEntry {
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether it can be used. @default true */
  readonly enabled?: boolean | undefined;
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
   * Response types.
   *
   * @default []
   * @example ["code"]
   */
  readonly responseTypes?: readonly ("code" | "token" | "id_token" | (string & Record<never, never>))[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `none` (a public client), `client_secret_basic`
   * (the secret in the header (HTTP Basic)), `client_secret_post` (the secret in the form), `client_secret_jwt` (a
   * JWT that the secret signed), `private_key_jwt` (a JWT that the client's key signed).
   *
   * @default "client_secret_basic"
   */
  readonly authMethod?:
    | "none"
    | "client_secret_basic"
    | "client_secret_post"
    | "client_secret_jwt"
    | "private_key_jwt"
    | (string & Record<never, never>)
    | undefined;
  /**
   * Origins that may call from a browser: `any`, `none`, or up to 40 of them, a wildcard in a subdomain allowed;
   * PingOne takes minutes to apply it.
   *
   * @default "any"
   * @example ["https://app.example.com","https://*.example.com"]
   */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  /** The client's public keys, for `private_key_jwt` and signed request objects. */
  readonly keys?: Keys | undefined;
  /**
   * Lifetimes and forms of tokens. ID Token Duration and PingOne API Access Token Duration of the console have no
   * field: nobody knows what PingOne calls them.
   */
  readonly tokens?: Tokens | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** The device authorization grant (RFC 8628). */
  readonly device?: Device | undefined;
  /** Logout and sessions. */
  readonly logout?: Logout | undefined;
  /** Who may use it, in flows in which a user signs on. */
  readonly userAccess?: UserAccess | undefined;
  /**
   * UUID of the key-rotation policy whose keys sign tokens.
   *
   * @default that of the environment
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly keyRotationPolicy?: string | undefined;
  /**
   * Properties that have no field here, as PingOne names them.
   *
   * @default none
   * @example {"newProperty":true}
   */
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  /** Picture that people see. */
  readonly icon?: Icon | undefined;
  /** Name that people read. @example "Support Agent" */
  readonly name: string;
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
  /** Resources that may be reached, with which scopes. @default nothing */
  readonly access?: readonly Access[] | undefined;
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
              /** A token of the agent's own for a resource. */
              readonly authorization: "client_credentials";
              /** Key or name of the resource whose scopes these are, as in access. @example "orders-api" */
              readonly resource: string;
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
          | {
              /** A token for a resource, in exchange for the user's. */
              readonly authorization: "token_exchange";
              /** Key or name of the resource whose scopes these are, as in access. @example "orders-api" */
              readonly resource: string;
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
              /**
               * The agent's own token that goes with the exchange (actor_token) and says who acts.
               *
               * @default one with the same scopes where delegates names the resource, else none: the new token names nobody
               */
              readonly actor?: Actor | undefined;
            }
          | {
              /** A token for a resource that the user approves (CIBA). */
              readonly authorization: "ciba";
              /** Key or name of the resource whose scopes these are, as in access. @example "orders-api" */
              readonly resource: string;
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
        >
      >
    | undefined;
  /** How users sign on to it. */
  readonly policies?: Policies | undefined;
  /** Claims about the user, by name. */
  readonly claims?: Readonly<Record<string, AgentClaim>> | undefined;
  /** The client secret; undeclared, PingOne keeps it, and nothing here knows it. */
  readonly secret?: Secret | undefined;
  /**
   * What becomes of access that nobody declared. `remove` (it is drift, and a repair takes it away), `report` (it is
   * drift each time, and stays).
   *
   * @default what the file says for all
   */
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  /** Access that is not declared here, and may stay. @default none */
  readonly allow?: readonly Allow[] | undefined;
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
   * Who the agent acts for, which decides how it gets its tokens. `autonomous` (acts for itself, with a token of its
   * own), `on-behalf-of` (acts for a user, whose token it exchanges), `approved` (asks the user for each approval
   * (CIBA)), `signs-users-in` (signs users in itself (authorization code with PKCE), and acts for them with their
   * tokens).
   */
  readonly pattern: "autonomous" | "on-behalf-of" | "approved" | "signs-users-in";
  /**
   * Keys of resources: their tokens name this agent in `may_act`, so that it may exchange them.
   *
   * @default none
   * @example ["portal-api"]
   */
  readonly actsForUsersOf?: readonly string[] | undefined;
}

/** An application as in a declaration. */
export interface ApplicationEntry {
  /**
   * What people read about it.
   *
   * @default none
   * @example "Answers customer questions"
   */
  readonly description?: string | undefined;
  /** Whether it can be used. @default true */
  readonly enabled?: boolean | undefined;
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
   * Response types.
   *
   * @default code; of a service none
   * @example ["code"]
   */
  readonly responseTypes?: readonly ("code" | "token" | "id_token" | (string & Record<never, never>))[] | undefined;
  /**
   * Addresses to which a user may return.
   *
   * @default []
   * @example ["https://app.example.com/callback"]
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * How the client authenticates at the token endpoint (RFC 7591). `none` (a public client), `client_secret_basic`
   * (the secret in the header (HTTP Basic)), `client_secret_post` (the secret in the form), `client_secret_jwt` (a
   * JWT that the secret signed), `private_key_jwt` (a JWT that the client's key signed).
   *
   * @default none for spa and native, else client_secret_basic
   */
  readonly authMethod?:
    | "none"
    | "client_secret_basic"
    | "client_secret_post"
    | "client_secret_jwt"
    | "private_key_jwt"
    | (string & Record<never, never>)
    | undefined;
  /**
   * Origins that may call from a browser: `any`, `none`, or up to 40 of them, a wildcard in a subdomain allowed;
   * PingOne takes minutes to apply it.
   *
   * @default "any"
   * @example ["https://app.example.com","https://*.example.com"]
   */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  /** The client's public keys, for `private_key_jwt` and signed request objects. */
  readonly keys?: Keys | undefined;
  /**
   * Lifetimes and forms of tokens. ID Token Duration and PingOne API Access Token Duration of the console have no
   * field: nobody knows what PingOne calls them.
   */
  readonly tokens?: Tokens | undefined;
  /** The authorization endpoint. */
  readonly authorization?: Authorization | undefined;
  /** The device authorization grant (RFC 8628). */
  readonly device?: Device | undefined;
  /** Logout and sessions. */
  readonly logout?: Logout | undefined;
  /** Who may use it, in flows in which a user signs on. */
  readonly userAccess?: UserAccess | undefined;
  /**
   * UUID of the key-rotation policy whose keys sign tokens.
   *
   * @default that of the environment
   * @example "00000000-0000-4000-8000-000000000000"
   */
  readonly keyRotationPolicy?: string | undefined;
  /**
   * Properties that have no field here, as PingOne names them.
   *
   * @default none
   * @example {"newProperty":true}
   */
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  /** Picture that people see. */
  readonly icon?: Icon | undefined;
  /** Name that people read. @example "Support Agent" */
  readonly name: string;
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
  /** Resources that may be reached, with which scopes. @default nothing */
  readonly access?: readonly Access[] | undefined;
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
              /** A token of the agent's own for a resource. */
              readonly authorization: "client_credentials";
              /** Key or name of the resource whose scopes these are, as in access. @example "orders-api" */
              readonly resource: string;
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
          | {
              /** A token for a resource, in exchange for the user's. */
              readonly authorization: "token_exchange";
              /** Key or name of the resource whose scopes these are, as in access. @example "orders-api" */
              readonly resource: string;
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
              /**
               * The agent's own token that goes with the exchange (actor_token) and says who acts.
               *
               * @default one with the same scopes where delegates names the resource, else none: the new token names nobody
               */
              readonly actor?: Actor | undefined;
            }
          | {
              /** A token for a resource that the user approves (CIBA). */
              readonly authorization: "ciba";
              /** Key or name of the resource whose scopes these are, as in access. @example "orders-api" */
              readonly resource: string;
              /** Scopes that the tool needs; the agent must have been given each of them. @example ["orders:read"] */
              readonly scopes: readonly string[];
            }
        >
      >
    | undefined;
  /** How users sign on to it. */
  readonly policies?: Policies | undefined;
  /** Claims about the user, by name. */
  readonly claims?: Readonly<Record<string, AgentClaim>> | undefined;
  /** The client secret; undeclared, PingOne keeps it, and nothing here knows it. */
  readonly secret?: Secret | undefined;
  /**
   * What becomes of access that nobody declared. `remove` (it is drift, and a repair takes it away), `report` (it is
   * drift each time, and stays).
   *
   * @default what the file says for all
   */
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  /** Access that is not declared here, and may stay. @default none */
  readonly allow?: readonly Allow[] | undefined;
  /**
   * Kind of application, as in the console. `web` (runs on a server; users sign on), `service` (a machine, without
   * users), `spa` (runs in a browser: a public client), `native` (runs on a device: a public client), `custom` (any
   * grant types and response types).
   */
  readonly type: "web" | "service" | "spa" | "native" | "custom";
}

/** Arguments of `AiAgent`. */
export type AiAgentArgs = Args<AiAgentInputs>;

/** Arguments of `Application`. */
export type ApplicationArgs = Args<ApplicationInputs>;

/** Arguments of `Resource`. */
export type ResourceArgs = Args<ResourceInputs>;

/** Arguments of `ScopeGrant`. */
export type ScopeGrantArgs = Args<ScopeGrantInputs>;

/** Arguments of `PolicyAssignments`. */
export type PolicyAssignmentsArgs = Args<PolicyAssignmentsInputs>;

/** Arguments of `AttributeMapping`. */
export type AttributeMappingArgs = Args<AttributeMappingInputs>;

/** Arguments of `Secret`. */
export type SecretArgs = Args<SecretInputs>;

/** Arguments of `Owner`. */
export type OwnerArgs = Args<OwnerInputs>;

/** Arguments of `Group`. */
export type GroupArgs = Args<GroupInputs>;

/** Arguments of `Population`. */
export type PopulationArgs = Args<PopulationInputs>;

/** Arguments of `Agreement`. */
export type AgreementArgs = Args<AgreementInputs>;

/** Arguments of `SignOnPolicy`. */
export type SignOnPolicyArgs = Args<SignOnPolicyInputs>;
