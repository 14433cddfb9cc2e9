/** What the resources of PingOne take and have. Made by npm run schema from the schemas of their kinds. Do not edit. */

import type { Args } from "../resource.ts";

/** Any JSON. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

interface Icon {
  readonly file: string;
  readonly sha256?: string | undefined;
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
  /** @default none */
  readonly jwks?: Jwks | undefined;
  /** @default none */
  readonly jwksUri?: string | undefined;
}

interface Tokens {
  /** @default 2592000 */
  readonly refreshTokenLifetime?: number | string | undefined;
  /** @default 15552000 */
  readonly refreshTokenRollingLifetime?: number | string | undefined;
  /** @default 0 */
  readonly refreshTokenGracePeriod?: number | string | undefined;
  /** @default true */
  readonly refreshTokenReplayProtection?: boolean | undefined;
  readonly refreshTokenFormat?: string | undefined;
  readonly includeX5t?: boolean | undefined;
  readonly includeTyp?: boolean | undefined;
}

interface Authorization {
  /** @default "optional" */
  readonly pkce?: string | undefined;
  /** @default false */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
  /** @default 60 */
  readonly pushedAuthorizationRequestLifetime?: number | string | undefined;
  /** @default "default" */
  readonly requestObject?: "default" | "require_signed" | "allow_unsigned" | undefined;
  /** @default false */
  readonly allowRedirectUriPatterns?: boolean | undefined;
  /** @default none */
  readonly initiateLoginUri?: string | undefined;
  /** @default none */
  readonly targetLinkUri?: string | undefined;
  /** @default none */
  readonly homePageUrl?: string | undefined;
  /** @default none */
  readonly loginPageUrl?: string | undefined;
  /** @default false */
  readonly multipleResources?: boolean | undefined;
}

interface Device {
  /** @default none */
  readonly pathId?: string | undefined;
  /** @default none */
  readonly verificationUri?: string | undefined;
  /** @default 600 */
  readonly codeLifetime?: number | string | undefined;
  /** @default 5 */
  readonly pollingInterval?: number | string | undefined;
}

interface Logout {
  /** @default [] */
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /** @default false */
  readonly byIdToken?: boolean | undefined;
  /** @default false */
  readonly sessionManagement?: boolean | undefined;
}

interface Groups {
  readonly match: "any" | "all";
  readonly names: readonly string[];
}

interface UserAccess {
  readonly portalDisplay?: boolean | undefined;
  /** @default false */
  readonly adminOnly?: boolean | undefined;
  /** @default none */
  readonly groups?: Groups | undefined;
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

/** What `AiAgent` takes. */
export interface AiAgentInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  readonly name: string;
  readonly icon?: Icon | undefined;
  readonly description?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default [] */
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
  readonly responseTypes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?: string | undefined;
  /** @default "any" */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: Tokens | undefined;
  readonly authorization?: Authorization | undefined;
  readonly device?: Device | undefined;
  readonly logout?: Logout | undefined;
  readonly userAccess?: UserAccess | undefined;
  readonly keyRotationPolicy?: string | undefined;
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  readonly declaredAccess?: Readonly<Record<string, string>> | undefined;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
}

interface AiAgentTokens {
  /** @default 2592000 */
  readonly refreshTokenLifetime?: number | undefined;
  /** @default 15552000 */
  readonly refreshTokenRollingLifetime?: number | undefined;
  /** @default 0 */
  readonly refreshTokenGracePeriod?: number | undefined;
  /** @default true */
  readonly refreshTokenReplayProtection?: boolean | undefined;
  readonly refreshTokenFormat?: string | undefined;
  readonly includeX5t?: boolean | undefined;
  readonly includeTyp?: boolean | undefined;
}

interface AiAgentAuthorization {
  /** @default "optional" */
  readonly pkce?: string | undefined;
  /** @default false */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
  /** @default 60 */
  readonly pushedAuthorizationRequestLifetime?: number | undefined;
  /** @default "default" */
  readonly requestObject?: "default" | "require_signed" | "allow_unsigned" | undefined;
  /** @default false */
  readonly allowRedirectUriPatterns?: boolean | undefined;
  /** @default none */
  readonly initiateLoginUri?: string | undefined;
  /** @default none */
  readonly targetLinkUri?: string | undefined;
  /** @default none */
  readonly homePageUrl?: string | undefined;
  /** @default none */
  readonly loginPageUrl?: string | undefined;
  /** @default false */
  readonly multipleResources?: boolean | undefined;
}

interface AiAgentDevice {
  /** @default none */
  readonly pathId?: string | undefined;
  /** @default none */
  readonly verificationUri?: string | undefined;
  /** @default 600 */
  readonly codeLifetime?: number | undefined;
  /** @default 5 */
  readonly pollingInterval?: number | undefined;
}

interface UploadedIcon {
  readonly id: string;
  readonly href: string;
  readonly sha256: string;
}

/** What a `AiAgent` has. */
export interface AiAgentOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  readonly name: string;
  readonly icon?: Icon | undefined;
  readonly description?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default [] */
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
  readonly responseTypes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?: string | undefined;
  /** @default "any" */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: AiAgentTokens | undefined;
  readonly authorization?: AiAgentAuthorization | undefined;
  readonly device?: AiAgentDevice | undefined;
  readonly logout?: Logout | undefined;
  readonly userAccess?: UserAccess | undefined;
  readonly keyRotationPolicy?: string | undefined;
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  readonly declaredAccess?: Readonly<Record<string, string>> | undefined;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  readonly applicationId: string;
  readonly clientId: string;
  readonly issuer: string;
  readonly uploadedIcon?: UploadedIcon | undefined;
  readonly accessIds?: Readonly<Record<string, string>> | undefined;
}

/** What `Application` takes. */
export interface ApplicationInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  readonly name: string;
  readonly icon?: Icon | undefined;
  readonly description?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default [] */
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
  readonly responseTypes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?: string | undefined;
  /** @default "any" */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: Tokens | undefined;
  readonly authorization?: Authorization | undefined;
  readonly device?: Device | undefined;
  readonly logout?: Logout | undefined;
  readonly userAccess?: UserAccess | undefined;
  readonly keyRotationPolicy?: string | undefined;
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  readonly declaredAccess?: Readonly<Record<string, string>> | undefined;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly type: "web" | "service" | "spa" | "native" | "custom";
}

/** What a `Application` has. */
export interface ApplicationOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  readonly name: string;
  readonly icon?: Icon | undefined;
  readonly description?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** @default [] */
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
  readonly responseTypes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?: string | undefined;
  /** @default "any" */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: AiAgentTokens | undefined;
  readonly authorization?: AiAgentAuthorization | undefined;
  readonly device?: AiAgentDevice | undefined;
  readonly logout?: Logout | undefined;
  readonly userAccess?: UserAccess | undefined;
  readonly keyRotationPolicy?: string | undefined;
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  readonly declaredAccess?: Readonly<Record<string, string>> | undefined;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly type: "web" | "service" | "spa" | "native" | "custom";
  readonly applicationId: string;
  readonly clientId: string;
  readonly issuer: string;
  readonly uploadedIcon?: UploadedIcon | undefined;
  readonly accessIds?: Readonly<Record<string, string>> | undefined;
}

/** What `Resource` takes. */
export interface ResourceInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  /** @default none */
  readonly audience?: string | undefined;
  /** @default 3600 */
  readonly accessTokenLifetime?: number | string | undefined;
  /** @default "client_secret_basic" */
  readonly introspectionAuthMethod?: "none" | "client_secret_basic" | "client_secret_post" | undefined;
  /** @default false */
  readonly permissionsClaim?: boolean | undefined;
  readonly scopes?: Readonly<Record<string, string>> | undefined;
  readonly claims?: Readonly<Record<string, string | Readonly<Record<string, Json>>>> | undefined;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
}

/** What a `Resource` has. */
export interface ResourceOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  /** @default none */
  readonly audience?: string | undefined;
  /** @default 3600 */
  readonly accessTokenLifetime?: number | undefined;
  /** @default "client_secret_basic" */
  readonly introspectionAuthMethod?: "none" | "client_secret_basic" | "client_secret_post" | undefined;
  /** @default false */
  readonly permissionsClaim?: boolean | undefined;
  readonly scopes?: Readonly<Record<string, string>> | undefined;
  readonly claims?: Readonly<Record<string, string | Readonly<Record<string, Json>>>> | undefined;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  readonly resourceId: string;
}

/** What `ScopeGrant` takes. */
export interface ScopeGrantInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly resource: string;
  /** Another one is another object: it replaces the resource. */
  readonly resourceId?: string | undefined;
  readonly scopes: readonly string[];
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
}

/** What a `ScopeGrant` has. */
export interface ScopeGrantOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly resource: string;
  /** Another one is another object: it replaces the resource. */
  readonly resourceId?: string | undefined;
  readonly scopes: readonly string[];
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  readonly parentId: string;
  readonly grantId: string;
}

interface Policies {
  /** PingOne's own policies, or DaVinci flow policies. */
  readonly kind: "sign-on" | "davinci";
  readonly names: readonly string[];
}

/** What `PolicyAssignments` takes. */
export interface PolicyAssignmentsInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  readonly policies: Policies;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
}

/** What a `PolicyAssignments` has. */
export interface PolicyAssignmentsOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  readonly policies: Policies;
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  readonly allow?: readonly Allow[] | undefined;
  readonly undeclared?: Readonly<Record<string, string>> | undefined;
  readonly parentId: string;
  readonly assignmentIds: readonly string[];
}

/** What `AttributeMapping` takes. */
export interface AttributeMappingInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  /** A constant, or an expression over the user. */
  readonly value: string;
  readonly idToken?: boolean | undefined;
  readonly userInfo?: boolean | undefined;
  /** Scopes of OpenID Connect that bring the claim. */
  readonly scopes?: readonly string[] | undefined;
  /** @default false */
  readonly required?: boolean | undefined;
}

/** What a `AttributeMapping` has. */
export interface AttributeMappingOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  /** A constant, or an expression over the user. */
  readonly value: string;
  readonly idToken?: boolean | undefined;
  readonly userInfo?: boolean | undefined;
  /** Scopes of OpenID Connect that bring the claim. */
  readonly scopes?: readonly string[] | undefined;
  /** @default false */
  readonly required: boolean;
  readonly parentId: string;
  readonly mappingId: string;
}

/** What `Secret` takes. */
export interface SecretInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  readonly rotation?: string | undefined;
  readonly overlap?: number | string | undefined;
  /** @default false */
  readonly output?: boolean | undefined;
}

/** What a `Secret` has. */
export interface SecretOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  readonly rotation?: string | undefined;
  readonly overlap?: number | undefined;
  /** @default false */
  readonly output: boolean;
  readonly parentId: string;
  readonly fingerprint: string;
  readonly secret?: string | undefined;
}

/** What `Owner` takes. */
export interface OwnerInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  /** @default "Application Owner" */
  readonly role?: string | undefined;
}

/** What a `Owner` has. */
export interface OwnerOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly application: string;
  /** Another one is another object: it replaces the resource. */
  readonly applicationId?: string | undefined;
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  /** @default "Application Owner" */
  readonly role: string;
  readonly parentId: string;
  readonly assignmentId: string;
  readonly holder: "users" | "groups";
  readonly holderId: string;
}

/** What `Group` takes. */
export interface GroupInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
}

/** What a `Group` has. */
export interface GroupOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly objectId: string;
}

/** What `Population` takes. */
export interface PopulationInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
}

/** What a `Population` has. */
export interface PopulationOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  /** Another one is another object: it replaces the resource. */
  readonly name: string;
  readonly objectId: string;
}

/** What `Agreement` takes. */
export interface AgreementInputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly reconsentPeriodDays?: number | undefined;
}

/** What a `Agreement` has. */
export interface AgreementOutputs {
  /** Another one is another object: it replaces the resource. */
  readonly environmentId?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly reconsentPeriodDays?: number | undefined;
  readonly agreementId: string;
}

interface Access {
  /** Key under resources, or the name of a resource that others manage; openid for OpenID Connect. */
  readonly resource: string;
  /** Scopes that may be asked for. */
  readonly scopes: readonly string[];
}

interface Claim {
  /** A constant, or an expression over the user. */
  readonly value: string;
  readonly idToken?: boolean | undefined;
  readonly userInfo?: boolean | undefined;
  /** Scopes of OpenID Connect that bring the claim. */
  readonly scopes?: readonly string[] | undefined;
  readonly required?: boolean | undefined;
}

interface Secret {
  /** Any text; a change makes a new secret. */
  readonly rotation?: string | undefined;
  /** Seconds for which the old secret still works after a rotation. */
  readonly overlap?: number | string | undefined;
  /** Puts the secret, encrypted, into the state and the outputs. */
  readonly output?: boolean | undefined;
}

/** An agent as in a declaration. */
export interface AgentEntry {
  readonly description?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
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
  readonly responseTypes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?: string | undefined;
  /** @default "any" */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: Tokens | undefined;
  readonly authorization?: Authorization | undefined;
  readonly device?: Device | undefined;
  readonly logout?: Logout | undefined;
  readonly userAccess?: UserAccess | undefined;
  readonly keyRotationPolicy?: string | undefined;
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  readonly icon?: Icon | undefined;
  /** Display name. */
  readonly name: string;
  /** User names of the owners. */
  readonly owners?: readonly string[] | undefined;
  /** What to do when the object exists already. */
  readonly adopt?: "never" | "match" | "overwrite" | undefined;
  /** true refuses to delete it, also where its entry goes; what it may reach can be taken from it all the same. */
  readonly protect?: boolean | undefined;
  /** Resources that may be reached, with which scopes. */
  readonly access?: readonly Access[] | undefined;
  readonly policies?: Policies | undefined;
  /** Claims about the user, by name. */
  readonly claims?: Readonly<Record<string, Claim>> | undefined;
  /** Default: PingOne keeps it, and nothing here knows it. */
  readonly secret?: Secret | undefined;
  /** Default: what the file says for all. */
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  /** Access that is not declared here, and may stay. */
  readonly allow?: readonly Allow[] | undefined;
  /** autonomous: acts for itself; on-behalf-of: for a user; approved: asks the user (CIBA). */
  readonly pattern: "autonomous" | "on-behalf-of" | "approved";
  /** Keys of resources: their tokens name this agent in may_act, so that it may exchange them. */
  readonly actsForUsersOf?: readonly string[] | undefined;
}

/** An application as in a declaration. */
export interface ApplicationEntry {
  readonly description?: string | undefined;
  /** @default true */
  readonly enabled?: boolean | undefined;
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
  readonly responseTypes?: readonly string[] | undefined;
  /** @default [] */
  readonly redirectUris?: readonly string[] | undefined;
  /** @default "client_secret_basic" */
  readonly authMethod?: string | undefined;
  /** @default "any" */
  readonly corsOrigins?: "any" | "none" | readonly string[] | undefined;
  readonly keys?: Keys | undefined;
  readonly tokens?: Tokens | undefined;
  readonly authorization?: Authorization | undefined;
  readonly device?: Device | undefined;
  readonly logout?: Logout | undefined;
  readonly userAccess?: UserAccess | undefined;
  readonly keyRotationPolicy?: string | undefined;
  readonly extra?: Readonly<Record<string, Json>> | undefined;
  readonly icon?: Icon | undefined;
  /** Display name. */
  readonly name: string;
  /** User names of the owners. */
  readonly owners?: readonly string[] | undefined;
  /** What to do when the object exists already. */
  readonly adopt?: "never" | "match" | "overwrite" | undefined;
  /** true refuses to delete it, also where its entry goes; what it may reach can be taken from it all the same. */
  readonly protect?: boolean | undefined;
  /** Resources that may be reached, with which scopes. */
  readonly access?: readonly Access[] | undefined;
  readonly policies?: Policies | undefined;
  /** Claims about the user, by name. */
  readonly claims?: Readonly<Record<string, Claim>> | undefined;
  /** Default: PingOne keeps it, and nothing here knows it. */
  readonly secret?: Secret | undefined;
  /** Default: what the file says for all. */
  readonly undeclaredAccess?: "remove" | "report" | undefined;
  /** Access that is not declared here, and may stay. */
  readonly allow?: readonly Allow[] | undefined;
  /** Kind of application, as in the console. */
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
