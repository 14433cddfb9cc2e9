/** What an OAuth 2.0 request to a realm works with: the live provider configuration, the issuer and the rules. */
import type { Context } from "hono";
import { isObject, type JsonObject, sectionOf } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { servicesCollection } from "../am/service-routes.ts";
import { isRealm, issuerOrigin, type Realm } from "../realms.ts";
import { positive, strings, text } from "./attributes.ts";
import type { RealmRules } from "./rules.ts";
import { scriptsOfProvider, type TokenScripts } from "./token-scripts.ts";

/** The two base paths of a realm's endpoints; tokens name the one that they were asked for (oauth-flows §1). */
export const REALM_PATHS = ["/am/oauth2/realms/root/realms/:realm", "/am/oauth2/:realm"] as const;
export type RealmPath = (typeof REALM_PATHS)[number];

/** The realm's OAuth 2.0 provider service (aic §6.2), as far as token flows need it. */
export type Provider = {
  readonly grantTypes: readonly string[];
  readonly defaultScopes: readonly string[];
  readonly supportedScopes: readonly string[];
  /** Seconds. */
  readonly accessTokenLifetime: number;
  readonly refreshTokenLifetime: number;
  readonly idTokenLifetime: number;
  readonly statelessTokensEnabled: boolean;
  readonly issueRefreshToken: boolean;
  readonly issueRefreshTokenOnRefreshedToken: boolean;
  readonly tokenSigningAlgorithm: string;
  readonly includeSubname: boolean;
  readonly useTokenIntrospectionClaimForJwt: boolean;
  readonly discoveryEnabled: boolean;
  /** Whether the parameter `audience` of an exchange counts. */
  readonly acceptAudience: boolean;
  readonly scripts: TokenScripts;
  /** acr value to journey. */
  readonly acrMapping: Readonly<Record<string, string>>;
  readonly ciba: {
    /** Seconds. */
    readonly requestLifetime: number;
    readonly pollingInterval: number;
    readonly signingAlgorithms: readonly string[];
  };
};

export type RealmContext = {
  readonly tenant: Tenant;
  readonly rules: RealmRules;
  readonly realm: Realm;
  readonly provider: Provider;
  /** The sandbox's own origin with its explicit port, and the base path of the call. */
  readonly issuer: string;
  /** The first `resource` parameter of a token request, for scripts. */
  readonly resource?: string;
};

/**
 * Reads the realm of a request from the store as it is now.
 * @param path the base path of the call
 * @throws {Refusal} 404 when there is no such realm, or no provider in it
 */
export function realmContext(tenant: Tenant, rules: RealmRules, { req }: Context, path: RealmPath): RealmContext {
  const realm = req.param("realm") ?? "";
  const document = isRealm(realm) ? tenant.store.get(servicesCollection(realm), "oauth-oidc") : undefined;
  if (!isRealm(realm) || !document) throw rules.refusal("G02", realm);
  const issuer = issuerOrigin(tenant, req.raw) + path.replace(":realm", realm);
  return { tenant, rules, realm, provider: readProvider(document), issuer };
}

function readProvider(document: JsonObject): Provider {
  const core = sectionOf(document, "coreOAuth2Config");
  const advanced = sectionOf(document, "advancedOAuth2Config");
  const oidc = sectionOf(document, "coreOIDCConfig");
  const ciba = sectionOf(document, "cibaConfig");
  const mapping = sectionOf(document, "advancedOIDCConfig").loaMapping;
  return {
    grantTypes: strings(advanced.grantTypes),
    defaultScopes: strings(advanced.defaultScopes),
    supportedScopes: strings(advanced.supportedScopes),
    accessTokenLifetime: positive(core.accessTokenLifetime) ?? 3600,
    refreshTokenLifetime: positive(core.refreshTokenLifetime) ?? 604_800,
    idTokenLifetime: positive(oidc.jwtTokenLifetime) ?? 3600,
    statelessTokensEnabled: core.statelessTokensEnabled === true,
    issueRefreshToken: core.issueRefreshToken === true,
    issueRefreshTokenOnRefreshedToken: core.issueRefreshTokenOnRefreshedToken === true,
    tokenSigningAlgorithm: text(advanced.tokenSigningAlgorithm) ?? "HS256",
    includeSubname: advanced.includeSubnameInTokenClaims !== false,
    useTokenIntrospectionClaimForJwt: advanced.useTokenIntrospectionClaimForJWT === true,
    acceptAudience: advanced.acceptAudienceParametersInTokenExchangeRequests === true,
    scripts: scriptsOfProvider(document),
    discoveryEnabled: oidc.oidcDiscoveryEndpointEnabled !== false,
    acrMapping: isObject(mapping) ? (mapping as Record<string, string>) : {},
    ciba: {
      requestLifetime: positive(ciba.cibaAuthReqIdLifetime) ?? 600,
      pollingInterval: positive(ciba.cibaMinimumPollingInterval) ?? 2,
      signingAlgorithms: strings(ciba.supportedCibaSigningAlgorithms),
    },
  };
}
