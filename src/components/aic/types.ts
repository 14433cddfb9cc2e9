/** What the resources of Advanced Identity Cloud take and have. Made by npm run schema from the schemas of their kinds. Do not edit. */

import type { Args } from "../resource.ts";

/** Any JSON. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

interface Privilege {
  readonly application: string;
  readonly description?: string | undefined;
  readonly scopes: "all" | readonly string[];
  /** @default [] */
  readonly subjects?: readonly string[] | undefined;
  /** @default [] */
  readonly subjectGroups?: readonly string[] | undefined;
  /** @default "" */
  readonly name?: string | undefined;
}

interface Allow {
  /** What is allowed, as a refresh names it. */
  readonly access: string;
  /** Why it may stay. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it may stay, YYYY-MM-DD in UTC. */
  readonly expires?: string | undefined;
}

interface Authentication {
  /** @default "RS256" */
  readonly signingAlg?: string | undefined;
  /** @default none */
  readonly secretLabel?: string | undefined;
  /** @default none */
  readonly tlsCaSecretLabel?: string | undefined;
  /** @default none */
  readonly tlsSubjectDn?: string | undefined;
  /** @default none */
  readonly tlsTrustedCertificate?: string | undefined;
  /** @default false */
  readonly tlsCertificateBoundAccessTokens?: boolean | undefined;
}

interface Key {
  readonly kty: "EC" | "RSA" | "OKP";
  readonly kid: string;
  readonly use?: "sig" | "enc" | undefined;
  readonly alg?: string | undefined;
  readonly key_ops?: readonly string[] | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly n?: string | undefined;
  readonly e?: string | undefined;
  readonly x5c?: readonly string[] | undefined;
  readonly x5t?: string | undefined;
  readonly "x5t#S256"?: string | undefined;
  readonly x5u?: string | undefined;
}

interface Jwks {
  readonly keys: readonly Key[];
}

interface Keys {
  /** @default "jwks_uri" */
  readonly location?: string | undefined;
  /** @default none */
  readonly jwks?: Jwks | undefined;
  /** @default none */
  readonly jwksUri?: string | undefined;
  /** @default 3600000 */
  readonly jwksCacheTimeout?: number | undefined;
  /** @default 60000 */
  readonly jwksCacheMissCacheTime?: number | undefined;
  /** @default none */
  readonly certificate?: string | undefined;
}

interface Tokens {
  /** @default 0 */
  readonly accessTokenLifetime?: number | string | undefined;
  /** @default 0 */
  readonly refreshTokenLifetime?: number | string | undefined;
  /** @default 0 */
  readonly authorizationCodeLifetime?: number | string | undefined;
  /** @default 0 */
  readonly idTokenLifetime?: number | string | undefined;
  /** @default 0 */
  readonly refreshTokenGracePeriod?: number | string | undefined;
  /** @default 0 */
  readonly exchangeAuthLevel?: number | undefined;
  /** @default none */
  readonly updateAccessToken?: string | undefined;
  /** @default [] */
  readonly allowedAudiences?: readonly string[] | undefined;
}

interface Metadata {
  readonly clientNames?: readonly string[] | undefined;
  readonly displayNames?: readonly string[] | undefined;
  readonly descriptions?: readonly string[] | undefined;
  readonly contacts?: readonly string[] | undefined;
  readonly clientUri?: readonly string[] | undefined;
  readonly logoUri?: readonly string[] | undefined;
  readonly policyUri?: readonly string[] | undefined;
  readonly tosUri?: readonly string[] | undefined;
  readonly softwareId?: string | undefined;
  readonly softwareVersion?: string | undefined;
  readonly customProperties?: readonly string[] | undefined;
}

interface Authorization {
  /** @default false */
  readonly impliedConsent?: boolean | undefined;
  /** @default "[Empty]" */
  readonly journey?: string | undefined;
  /** @default false */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
  /** @default [] */
  readonly requestUris?: readonly string[] | undefined;
  /** @default [] */
  readonly javascriptOrigins?: readonly string[] | undefined;
  /** @default false */
  readonly mixUpMitigation?: boolean | undefined;
  /** @default false */
  readonly loopbackRedirection?: boolean | undefined;
  /** @default [] */
  readonly acceptedJwtIssuers?: readonly string[] | undefined;
  /** @default "RS256" */
  readonly responseSigningAlg?: string | undefined;
  /** @default none */
  readonly responseEncryptionAlg?: string | undefined;
  /** @default none */
  readonly responseEncryptionEnc?: string | undefined;
  /** @default none */
  readonly requestObjectSigningAlg?: string | undefined;
  /** @default none */
  readonly requestObjectEncryptionAlg?: string | undefined;
  /** @default "A128CBC-HS256" */
  readonly requestObjectEncryptionEnc?: string | undefined;
}

interface IdToken {
  /** @default "RS256" */
  readonly signedResponseAlg?: string | undefined;
  /** @default false */
  readonly encryptionEnabled?: boolean | undefined;
  /** @default "RSA-OAEP-256" */
  readonly encryptedResponseAlg?: string | undefined;
  /** @default "A128CBC-HS256" */
  readonly encryptedResponseEnc?: string | undefined;
  /** @default none */
  readonly publicEncryptionKey?: string | undefined;
  /** @default [] */
  readonly claims?: readonly string[] | undefined;
  /** @default [] */
  readonly defaultAcrValues?: readonly string[] | undefined;
  /** @default 600 */
  readonly defaultMaxAge?: number | string | undefined;
  /** @default false */
  readonly defaultMaxAgeEnabled?: boolean | undefined;
  /** @default "public" */
  readonly subjectType?: string | undefined;
  /** @default none */
  readonly sectorIdentifierUri?: string | undefined;
}

interface Userinfo {
  /** @default "JSON" */
  readonly responseFormat?: string | undefined;
  /** @default none */
  readonly signedResponseAlg?: string | undefined;
  /** @default none */
  readonly encryptedResponseAlg?: string | undefined;
  /** @default "A128CBC-HS256" */
  readonly encryptedResponseEnc?: string | undefined;
}

interface Introspection {
  /** @default "JSON" */
  readonly responseFormat?: string | undefined;
  /** @default "RS256" */
  readonly signedResponseAlg?: string | undefined;
  /** @default "RSA-OAEP-256" */
  readonly encryptedResponseAlg?: string | undefined;
  /** @default "A128CBC-HS256" */
  readonly encryptedResponseEnc?: string | undefined;
  /** @default [] */
  readonly policySets?: readonly string[] | undefined;
}

interface Logout {
  /** @default [] */
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /** @default none */
  readonly backchannelLogoutUri?: string | undefined;
  /** @default false */
  readonly backchannelLogoutSessionRequired?: boolean | undefined;
  /** @default none */
  readonly clientSessionUri?: string | undefined;
}

interface Uma {
  /** @default [] */
  readonly claimsRedirectionUris?: readonly string[] | undefined;
}

interface Overrides {
  /** @default false */
  readonly enabled?: boolean | undefined;
  /** @default false */
  readonly statelessTokensEnabled?: boolean | undefined;
  /** @default false */
  readonly acceptAudienceParametersInTokenExchangeRequests?: boolean | undefined;
  /** @default "[Empty]" */
  readonly accessTokenMayActScript?: string | undefined;
  /** @default "PROVIDER" */
  readonly accessTokenModificationPluginType?: string | undefined;
  /** @default "[Empty]" */
  readonly accessTokenModificationScript?: string | undefined;
  /** @default "org.forgerock.oauth2.core.plugins.registry.DefaultEndpointDataProvider" */
  readonly authorizeEndpointDataProviderClass?: string | undefined;
  /** @default "PROVIDER" */
  readonly authorizeEndpointDataProviderPluginType?: string | undefined;
  /** @default "[Empty]" */
  readonly authorizeEndpointDataProviderScript?: string | undefined;
  /** @default false */
  readonly clientsCanSkipConsent?: boolean | undefined;
  /** @default false */
  readonly enableApplicationContext?: boolean | undefined;
  /** @default false */
  readonly enableRemoteConsent?: boolean | undefined;
  /** @default "org.forgerock.oauth2.core.plugins.registry.DefaultScopeEvaluator" */
  readonly evaluateScopeClass?: string | undefined;
  /** @default "PROVIDER" */
  readonly evaluateScopePluginType?: string | undefined;
  /** @default "[Empty]" */
  readonly evaluateScopeScript?: string | undefined;
  /** @default true */
  readonly issueRefreshToken?: boolean | undefined;
  /** @default true */
  readonly issueRefreshTokenOnRefreshedToken?: boolean | undefined;
  /** @default "PROVIDER" */
  readonly oidcClaimsPluginType?: string | undefined;
  /** @default "[Empty]" */
  readonly oidcClaimsScript?: string | undefined;
  /** @default "[Empty]" */
  readonly oidcMayActScript?: string | undefined;
  /** @default [] */
  readonly overrideableOIDCClaims?: readonly string[] | undefined;
  /** @default none */
  readonly remoteConsentServiceId?: string | undefined;
  /** @default "oauth2Scopes" */
  readonly scopesPolicySet?: string | undefined;
  /** @default false */
  readonly tlsClientCertificateChainValidationEnabled?: boolean | undefined;
  /** @default false */
  readonly tokenEncryptionEnabled?: boolean | undefined;
  /** @default false */
  readonly useForceAuthnForMaxAge?: boolean | undefined;
  /** @default false */
  readonly usePolicyEngineForScope?: boolean | undefined;
  /** @default false */
  readonly useTokenIntrospectionClaimForJWT?: boolean | undefined;
  /** @default "org.forgerock.oauth2.core.plugins.registry.DefaultScopeValidator" */
  readonly validateScopeClass?: string | undefined;
  /** @default "PROVIDER" */
  readonly validateScopePluginType?: string | undefined;
  /** @default "[Empty]" */
  readonly validateScopeScript?: string | undefined;
}

/** What `AiAgent` takes. */
export interface AiAgentInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly clientId: string;
  readonly name: string;
  readonly description?: string | undefined;
  /** @default none */
  readonly customAttributes?: Readonly<Record<string, string>> | undefined;
  /** @default [] */
  readonly owners?: readonly string[] | undefined;
  readonly privileges?: Readonly<Record<string, Privilege>> | undefined;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  readonly clientSecret?: string | undefined;
  readonly secretRotation?: string | undefined;
  readonly addedGrantTypes?: readonly string[] | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default "Confidential" */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /** @default ["authorization_code"] */
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
  /** @default [] */
  readonly scopes?: readonly string[] | undefined;
  /** @default [] */
  readonly defaultScopes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  readonly authentication?: Authentication | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: Tokens | undefined;
  readonly metadata?: Metadata | undefined;
  readonly authorization?: Authorization | undefined;
  readonly idToken?: IdToken | undefined;
  readonly userinfo?: Userinfo | undefined;
  readonly introspection?: Introspection | undefined;
  readonly logout?: Logout | undefined;
  readonly uma?: Uma | undefined;
  readonly overrides?: Overrides | undefined;
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
}

interface AiAgentPrivilege {
  readonly application: string;
  readonly description?: string | undefined;
  readonly scopes: "all" | readonly string[];
  /** @default [] */
  readonly subjects: readonly string[];
  /** @default [] */
  readonly subjectGroups: readonly string[];
  /** @default "" */
  readonly name: string;
}

interface AiAgentTokens {
  /** @default 0 */
  readonly accessTokenLifetime?: number | undefined;
  /** @default 0 */
  readonly refreshTokenLifetime?: number | undefined;
  /** @default 0 */
  readonly authorizationCodeLifetime?: number | undefined;
  /** @default 0 */
  readonly idTokenLifetime?: number | undefined;
  /** @default 0 */
  readonly refreshTokenGracePeriod?: number | undefined;
  /** @default 0 */
  readonly exchangeAuthLevel?: number | undefined;
  /** @default none */
  readonly updateAccessToken?: string | undefined;
  /** @default [] */
  readonly allowedAudiences?: readonly string[] | undefined;
}

interface AiAgentIdToken {
  /** @default "RS256" */
  readonly signedResponseAlg?: string | undefined;
  /** @default false */
  readonly encryptionEnabled?: boolean | undefined;
  /** @default "RSA-OAEP-256" */
  readonly encryptedResponseAlg?: string | undefined;
  /** @default "A128CBC-HS256" */
  readonly encryptedResponseEnc?: string | undefined;
  /** @default none */
  readonly publicEncryptionKey?: string | undefined;
  /** @default [] */
  readonly claims?: readonly string[] | undefined;
  /** @default [] */
  readonly defaultAcrValues?: readonly string[] | undefined;
  /** @default 600 */
  readonly defaultMaxAge?: number | undefined;
  /** @default false */
  readonly defaultMaxAgeEnabled?: boolean | undefined;
  /** @default "public" */
  readonly subjectType?: string | undefined;
  /** @default none */
  readonly sectorIdentifierUri?: string | undefined;
}

/** What a `AiAgent` has. */
export interface AiAgentOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly clientId: string;
  readonly name: string;
  readonly description?: string | undefined;
  /** @default none */
  readonly customAttributes?: Readonly<Record<string, string>> | undefined;
  /** @default [] */
  readonly owners?: readonly string[] | undefined;
  readonly privileges?: Readonly<Record<string, AiAgentPrivilege>> | undefined;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  readonly clientSecret?: string | undefined;
  readonly secretRotation?: string | undefined;
  readonly addedGrantTypes?: readonly string[] | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default "Confidential" */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /** @default ["authorization_code"] */
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
  /** @default [] */
  readonly scopes?: readonly string[] | undefined;
  /** @default [] */
  readonly defaultScopes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  readonly authentication?: Authentication | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: AiAgentTokens | undefined;
  readonly metadata?: Metadata | undefined;
  readonly authorization?: Authorization | undefined;
  readonly idToken?: AiAgentIdToken | undefined;
  readonly userinfo?: Userinfo | undefined;
  readonly introspection?: Introspection | undefined;
  readonly logout?: Logout | undefined;
  readonly uma?: Uma | undefined;
  readonly overrides?: Overrides | undefined;
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  readonly identityId: string;
  readonly secret?: string | undefined;
  readonly secretKept?: boolean | undefined;
}

/** What `AgentPrivilege` takes. */
export interface AgentPrivilegeInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly agent: string;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  readonly description?: string | undefined;
  readonly scopes: "all" | readonly string[];
  /** @default [] */
  readonly subjects?: readonly string[] | undefined;
  /** @default [] */
  readonly subjectGroups?: readonly string[] | undefined;
  /** Another one is another object: it replaces the resource. @default "" */
  readonly name?: string | undefined;
  readonly agentIdentityId?: string | undefined;
  readonly applicationId?: string | undefined;
}

/** What a `AgentPrivilege` has. */
export interface AgentPrivilegeOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly agent: string;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  readonly description?: string | undefined;
  readonly scopes: "all" | readonly string[];
  /** @default [] */
  readonly subjects: readonly string[];
  /** @default [] */
  readonly subjectGroups: readonly string[];
  /** Another one is another object: it replaces the resource. @default "" */
  readonly name: string;
  readonly agentIdentityId?: string | undefined;
  readonly applicationId?: string | undefined;
  readonly privilegeId: string;
}

/** What `OAuth2Client` takes. */
export interface OAuth2ClientInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly secretRotation?: string | undefined;
  readonly addedGrantTypes?: readonly string[] | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default "Confidential" */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /** @default ["authorization_code"] */
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
  /** @default [] */
  readonly scopes?: readonly string[] | undefined;
  /** @default [] */
  readonly defaultScopes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  readonly authentication?: Authentication | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: Tokens | undefined;
  readonly metadata?: Metadata | undefined;
  readonly authorization?: Authorization | undefined;
  readonly idToken?: IdToken | undefined;
  readonly userinfo?: Userinfo | undefined;
  readonly introspection?: Introspection | undefined;
  readonly logout?: Logout | undefined;
  readonly uma?: Uma | undefined;
  readonly overrides?: Overrides | undefined;
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
}

/** What a `OAuth2Client` has. */
export interface OAuth2ClientOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly secretRotation?: string | undefined;
  readonly addedGrantTypes?: readonly string[] | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default "Confidential" */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /** @default ["authorization_code"] */
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
  /** @default [] */
  readonly scopes?: readonly string[] | undefined;
  /** @default [] */
  readonly defaultScopes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  readonly authentication?: Authentication | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: AiAgentTokens | undefined;
  readonly metadata?: Metadata | undefined;
  readonly authorization?: Authorization | undefined;
  readonly idToken?: AiAgentIdToken | undefined;
  readonly userinfo?: Userinfo | undefined;
  readonly introspection?: Introspection | undefined;
  readonly logout?: Logout | undefined;
  readonly uma?: Uma | undefined;
  readonly overrides?: Overrides | undefined;
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  readonly secret?: string | undefined;
  readonly secretKept?: boolean | undefined;
}

/** What `Application` takes. */
export interface ApplicationInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly clientId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly template: string;
  /** @default "1.0" */
  readonly templateVersion?: string | undefined;
  readonly url?: string | undefined;
  readonly icon?: string | undefined;
  /** @default [] */
  readonly owners?: readonly string[] | undefined;
}

/** What a `Application` has. */
export interface ApplicationOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly clientId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly template: string;
  /** @default "1.0" */
  readonly templateVersion: string;
  readonly url?: string | undefined;
  readonly icon?: string | undefined;
  /** @default [] */
  readonly owners?: readonly string[] | undefined;
  readonly applicationId: string;
}

/** What `ProviderBaseline` takes. */
export interface ProviderBaselineInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
}

/** What a `ProviderBaseline` has. */
export interface ProviderBaselineOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  readonly grantTypes: readonly string[];
  readonly acr: Readonly<Record<string, string>>;
}

/** What `GrantTypes` takes. */
export interface GrantTypesInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
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
  readonly baseline: readonly string[];
  /** @default "development" */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `GrantTypes` has. */
export interface GrantTypesOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
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
  readonly baseline: readonly string[];
  /** @default "development" */
  readonly tier: "development" | "staging" | "production";
}

/** What `AcrMapping` takes. */
export interface AcrMappingInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly acr: string;
  readonly journey: string;
  readonly baseline: Readonly<Record<string, string>>;
  /** @default "development" */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `AcrMapping` has. */
export interface AcrMappingOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly acr: string;
  readonly journey: string;
  readonly baseline: Readonly<Record<string, string>>;
  /** @default "development" */
  readonly tier: "development" | "staging" | "production";
}

interface Node {
  readonly type: string;
  readonly displayName?: string | undefined;
  readonly properties?: Readonly<Record<string, Json>> | undefined;
  /** Next node by outcome, or success, or failure. */
  readonly outcomes: Readonly<Record<string, string>>;
}

/** What `Journey` takes. */
export interface JourneyInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly description?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default false */
  readonly innerTreeOnly?: boolean | undefined;
  /** @default false */
  readonly mustRun?: boolean | undefined;
  /** @default false */
  readonly noSession?: boolean | undefined;
  /** @default false */
  readonly transactionalOnly?: boolean | undefined;
  /** @default none */
  readonly identityResource?: string | undefined;
  readonly entry: string;
  readonly nodes: Readonly<Record<string, Node>>;
  /** @default "development" */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `Journey` has. */
export interface JourneyOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly description?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default false */
  readonly innerTreeOnly?: boolean | undefined;
  /** @default false */
  readonly mustRun?: boolean | undefined;
  /** @default false */
  readonly noSession?: boolean | undefined;
  /** @default false */
  readonly transactionalOnly?: boolean | undefined;
  /** @default none */
  readonly identityResource?: string | undefined;
  readonly entry: string;
  readonly nodes: Readonly<Record<string, Node>>;
  /** @default "development" */
  readonly tier: "development" | "staging" | "production";
}

/** What `CibaKey` takes. */
export interface CibaKeyInputs {
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly rotation?: string | undefined;
  /** @default true */
  readonly overlap?: boolean | undefined;
}

/** What a `CibaKey` has. */
export interface CibaKeyOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly rotation?: string | undefined;
  /** @default true */
  readonly overlap: boolean;
  readonly active: Key;
  readonly retiring: readonly Key[];
  readonly jwks: Jwks;
  readonly privateKey: string;
}

/** What `EsvSecret` takes. */
export interface EsvSecretInputs {
  /** Another one is another object: it replaces the resource. */
  readonly secretId: string;
  readonly value: string;
  readonly description?: string | undefined;
  /** Another one is another object: it replaces the resource. @default "generic" */
  readonly encoding?: "generic" | "pem" | "base64hmac" | undefined;
  /** Another one is another object: it replaces the resource. @default true */
  readonly useInPlaceholders?: boolean | undefined;
}

/** What a `EsvSecret` has. */
export interface EsvSecretOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly secretId: string;
  readonly value: string;
  readonly description?: string | undefined;
  /** Another one is another object: it replaces the resource. @default "generic" */
  readonly encoding: "generic" | "pem" | "base64hmac";
  /** Another one is another object: it replaces the resource. @default true */
  readonly useInPlaceholders: boolean;
  readonly activeVersion: string;
  readonly pendingRestart: boolean;
}

/** What `EsvVariable` takes. */
export interface EsvVariableInputs {
  /** Another one is another object: it replaces the resource. */
  readonly variableId: string;
  readonly value: string;
  readonly description?: string | undefined;
  /** Another one is another object: it replaces the resource. @default "string" */
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
  /** Another one is another object: it replaces the resource. */
  readonly variableId: string;
  readonly value: string;
  readonly description?: string | undefined;
  /** Another one is another object: it replaces the resource. @default "string" */
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
  readonly pendingRestart: boolean;
}

/** What `SecretLabel` takes. */
export interface SecretLabelInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly label: string;
  readonly secretId: string;
}

/** What a `SecretLabel` has. */
export interface SecretLabelOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly label: string;
  readonly secretId: string;
}

/** What `Script` takes. */
export interface ScriptInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly description?: string | undefined;
  /** Another one is another object: it replaces the resource. */
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
  /** Another one is another object: it replaces the resource. @default "JAVASCRIPT" */
  readonly language?: "JAVASCRIPT" | "GROOVY" | undefined;
  readonly script: string;
  /** @default "development" */
  readonly tier?: "development" | "staging" | "production" | undefined;
}

/** What a `Script` has. */
export interface ScriptOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly description?: string | undefined;
  /** Another one is another object: it replaces the resource. */
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
  /** Another one is another object: it replaces the resource. @default "JAVASCRIPT" */
  readonly language: "JAVASCRIPT" | "GROOVY";
  readonly script: string;
  /** @default "development" */
  readonly tier: "development" | "staging" | "production";
  readonly scriptId: string;
}

/** What `User` takes. */
export interface UserInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** @default "development" */
  readonly tier?: "development" | "staging" | "production" | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly userName: string;
  readonly givenName: string;
  readonly sn: string;
  readonly mail: string;
  readonly password?: string | undefined;
}

/** What a `User` has. */
export interface UserOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** @default "development" */
  readonly tier: "development" | "staging" | "production";
  /** Another one is another object: it replaces the resource. */
  readonly userName: string;
  readonly givenName: string;
  readonly sn: string;
  readonly mail: string;
  readonly password?: string | undefined;
  readonly userId: string;
}

/** What `Group` takes. */
export interface GroupInputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** @default "development" */
  readonly tier?: "development" | "staging" | "production" | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly members?: readonly string[] | undefined;
}

/** What a `Group` has. */
export interface GroupOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly realm: "alpha" | "bravo";
  /** @default "development" */
  readonly tier: "development" | "staging" | "production";
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly members?: readonly string[] | undefined;
}

interface KeysKey {
  readonly kty: "EC";
  readonly crv: "P-256";
  readonly x: string;
  readonly y: string;
  readonly use: "sig";
  readonly alg: "ES256";
  readonly kid: string;
}

interface CibaKeys {
  readonly keys: readonly KeysKey[];
}

interface Ciba {
  /**
   * Public JWK set, at most two keys while rotating; "generated" keeps a key pair in the state, for development
   * only.
   */
  readonly keys: "generated" | CibaKeys;
  /** Any text; a change generates the next key, the one before stays beside it. */
  readonly rotation?: string | undefined;
  /** false takes the key before out of the published set. */
  readonly overlap?: boolean | undefined;
}

interface Access {
  /** Client id of the application, also the audience of the token exchange. */
  readonly application: string;
  readonly description?: string | undefined;
  /** Scopes the agent may get; "all" of the application must be written out. */
  readonly scopes: "all" | readonly string[];
  /** User names the agent may act for. */
  readonly subjects?: readonly string[] | undefined;
  /** Groups whose members the agent may act for. */
  readonly subjectGroups?: readonly string[] | undefined;
  /** Tells two entries for one application apart. */
  readonly name?: string | undefined;
}

/** An agent as in a declaration. */
export interface AgentEntry {
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default "Confidential" */
  readonly clientType?: "Confidential" | "Public" | undefined;
  /** Default: what the pattern needs. */
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
  /** @default [] */
  readonly scopes?: readonly string[] | undefined;
  /** @default [] */
  readonly defaultScopes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  readonly authentication?: Authentication | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: Tokens | undefined;
  readonly metadata?: Metadata | undefined;
  readonly authorization?: Authorization | undefined;
  readonly idToken?: IdToken | undefined;
  readonly userinfo?: Userinfo | undefined;
  readonly introspection?: Introspection | undefined;
  readonly logout?: Logout | undefined;
  readonly uma?: Uma | undefined;
  readonly overrides?: Overrides | undefined;
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  /** Display name. */
  readonly name: string;
  readonly description?: string | undefined;
  /** User names of the owners. */
  readonly owners?: readonly string[] | undefined;
  /** What to do when the object exists already. */
  readonly adopt?: "never" | "match" | "overwrite" | undefined;
  /** true refuses to delete it, also where its entry goes; what it may reach can be taken from it all the same. */
  readonly protect?: boolean | undefined;
  /** autonomous: acts for itself; on-behalf-of: for a user; approved: asks the user (CIBA). */
  readonly pattern: "autonomous" | "on-behalf-of" | "approved";
  /** Default: generated, where the agent needs one. */
  readonly secret?:
    | "generated"
    | {
        /** Any text; a change generates a new secret, and the old one ends at once: the platform keeps one a client. */
        readonly rotation: string;
      }
    | {
        /** ESV secret, reached through a secret label: then no secret is in the client. */
        readonly esv: string;
      }
    | {
        /** Environment variable. */
        readonly env: string;
      }
    | {
        /** Key of the stack configuration, set with --secret. */
        readonly config: string;
      }
    | undefined;
  /** Keys of an approved agent. */
  readonly ciba?: Ciba | undefined;
  readonly customAttributes?: Readonly<Record<string, string>> | undefined;
  /** What the agent may reach. */
  readonly access?: readonly Access[] | undefined;
  /** Default: what the file says for all. */
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  /** Access that is not declared here, and may stay. */
  readonly allow?: readonly Allow[] | undefined;
}

/** An application as in a declaration. */
export interface ApplicationEntry {
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default "Confidential" */
  readonly clientType?: "Confidential" | "Public" | undefined;
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
  /** @default [] */
  readonly scopes?: readonly string[] | undefined;
  /** @default [] */
  readonly defaultScopes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * @default ["code","code id_token","code token","code token id_token","device_code","device_code id_token","id_token","token","token id_token"]
   */
  readonly responseTypes?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?:
    | "client_secret_basic"
    | "client_secret_post"
    | "private_key_jwt"
    | "none"
    | "tls_client_auth"
    | "self_signed_tls_client_auth"
    | undefined;
  readonly authentication?: Authentication | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: Tokens | undefined;
  readonly metadata?: Metadata | undefined;
  readonly authorization?: Authorization | undefined;
  readonly idToken?: IdToken | undefined;
  readonly userinfo?: Userinfo | undefined;
  readonly introspection?: Introspection | undefined;
  readonly logout?: Logout | undefined;
  readonly uma?: Uma | undefined;
  readonly overrides?: Overrides | undefined;
  readonly extra?: Readonly<Record<string, Readonly<Record<string, Json>>>> | undefined;
  /** Display name. */
  readonly name: string;
  readonly description?: string | undefined;
  /** User names of the owners. */
  readonly owners?: readonly string[] | undefined;
  /** What to do when the object exists already. */
  readonly adopt?: "never" | "match" | "overwrite" | undefined;
  /** true refuses to delete it, also where its entry goes; what it may reach can be taken from it all the same. */
  readonly protect?: boolean | undefined;
  /** Kind of application, as in the console. */
  readonly type: "web" | "service" | "spa" | "native";
  /** Default: generated, where the client needs one. */
  readonly secret?:
    | "generated"
    | {
        /** Any text; a change generates a new secret, and the old one ends at once: the platform keeps one a client. */
        readonly rotation: string;
      }
    | {
        /** ESV secret, reached through a secret label: then no secret is in the client. */
        readonly esv: string;
      }
    | {
        /** Environment variable. */
        readonly env: string;
      }
    | {
        /** Key of the stack configuration, set with --secret. */
        readonly config: string;
      }
    | undefined;
  /** Keys of a client that asks users for approval (CIBA). */
  readonly ciba?: Ciba | undefined;
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
