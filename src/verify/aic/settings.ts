/** The settings of an agent's or application's client that decide about access (aic §2.3), as verify reads and compares them. */
import { isObject, type Json } from "../http.ts";
import type { Settings, Watched, Widening } from "../widened.ts";

const core = "coreOAuth2ClientConfig";
const advanced = "advancedOAuth2ClientConfig";
const signing = "signEncOAuth2ClientConfig";
const openid = "coreOpenIDClientConfig";
const overrides = "overrideOAuth2ClientConfig";

/** AM's word for "no script" and "no journey". */
const EMPTY = "[Empty]";
const RESPONSE_TYPES = ["code", "token", "id_token", "code token", "token id_token", "code id_token"];

type Place = Watched & { readonly at: readonly [section: string, attribute: string] };

const place =
  (section: string) =>
  (attribute: string, widens: Widening, usual: unknown = null): Place => ({ at: [section, attribute], widens, usual });
const inCore = place(core);
const inAdvanced = place(advanced);
const inSigning = place(signing);
const inOpenId = place(openid);
const inOverrides = place(overrides);

/** By name in the declaration; what is usual is what a client has that nobody configured further. */
export const WATCHED: Readonly<Record<string, Place>> = {
  scopes: inCore("scopes", "members"),
  defaultScopes: inCore("defaultScopes", "members"),
  redirectUris: inCore("redirectionUris", "members"),
  grantTypes: inAdvanced("grantTypes", "members"),
  responseTypes: inAdvanced("responseTypes", "members", [
    ...RESPONSE_TYPES,
    ...["code token id_token", "device_code", "device_code id_token"],
  ]),
  clientType: inCore("clientType", "other", "Confidential"),
  "authentication.secretLabel": inCore("secretLabelIdentifier", "other"),
  "authentication.tlsCaSecretLabel": inAdvanced("tlsCaSecretLabelIdentifier", "other"),
  "authentication.tlsSubjectDn": inSigning("mTLSSubjectDN", "other"),
  "authentication.tlsTrustedCertificate": inSigning("mTLSTrustedCert", "other"),
  "authentication.tlsCertificateBoundAccessTokens": inSigning("mTLSCertificateBoundAccessTokens", "off", false),
  "keys.location": inSigning("publicKeyLocation", "other", "jwks_uri"),
  "keys.jwks": inSigning("jwkSet", "keys"),
  "keys.jwksUri": inSigning("jwksUri", "other"),
  "keys.certificate": inSigning("clientJwtPublicKey", "other"),
  "tokens.accessTokenLifetime": inCore("accessTokenLifetime", "more", 0),
  "tokens.refreshTokenLifetime": inCore("refreshTokenLifetime", "more", 0),
  "tokens.authorizationCodeLifetime": inCore("authorizationCodeLifetime", "more", 0),
  "tokens.idTokenLifetime": inOpenId("jwtTokenLifetime", "more", 0),
  "tokens.refreshTokenGracePeriod": inAdvanced("refreshTokenGracePeriod", "more", 0),
  "tokens.exchangeAuthLevel": inAdvanced("tokenExchangeAuthLevel", "more", 0),
  "tokens.updateAccessToken": inAdvanced("updateAccessToken", "other"),
  "tokens.allowedAudiences": inAdvanced("allowedResourceServerAudienceValues", "members"),
  "authorization.impliedConsent": inAdvanced("isConsentImplied", "on", false),
  "authorization.journey": inAdvanced("treeName", "other", EMPTY),
  "authorization.requirePushedAuthorizationRequests": inAdvanced("require_pushed_authorization_requests", "off", false),
  "authorization.requestUris": inAdvanced("requestUris", "members"),
  "authorization.javascriptOrigins": inAdvanced("javascriptOrigins", "members"),
  "authorization.loopbackRedirection": inCore("loopbackInterfaceRedirection", "on", false),
  "authorization.acceptedJwtIssuers": inAdvanced("acceptedJwtIssuers", "members"),
  "idToken.subjectType": inAdvanced("subjectType", "other", "public"),
  "logout.postLogoutRedirectUris": inOpenId("postLogoutRedirectUri", "members"),
  "overrides.accessTokenMayActScript": inOverrides("accessTokenMayActScript", "other", EMPTY),
  "overrides.accessTokenModificationPluginType": inOverrides("accessTokenModificationPluginType", "other", "PROVIDER"),
  "overrides.accessTokenModificationScript": inOverrides("accessTokenModificationScript", "other", EMPTY),
  "overrides.clientsCanSkipConsent": inOverrides("clientsCanSkipConsent", "on", false),
  "overrides.evaluateScopePluginType": inOverrides("evaluateScopePluginType", "other", "PROVIDER"),
  "overrides.evaluateScopeScript": inOverrides("evaluateScopeScript", "other", EMPTY),
  "overrides.oidcClaimsPluginType": inOverrides("oidcClaimsPluginType", "other", "PROVIDER"),
  "overrides.oidcClaimsScript": inOverrides("oidcClaimsScript", "other", EMPTY),
  "overrides.oidcMayActScript": inOverrides("oidcMayActScript", "other", EMPTY),
  "overrides.usePolicyEngineForScope": inOverrides("usePolicyEngineForScope", "other", false),
  "overrides.validateScopePluginType": inOverrides("validateScopePluginType", "other", "PROVIDER"),
  "overrides.validateScopeScript": inOverrides("validateScopeScript", "other", EMPTY),
};

/** Reads them from the plain form that a query answers (aic §2.1). */
export function settingsOf(client: Json): Settings {
  return Object.fromEntries(
    Object.entries(WATCHED).map(
      ([
        name,
        {
          at: [section, attribute],
        },
      ]) => {
        const values = client[section];
        const value = isObject(values) ? values[attribute] : undefined;
        return [name, name === "scopes" || name === "defaultScopes" ? withoutTexts(value) : value];
      },
    ),
  );
}

/** A scope may carry a text that is shown: `name|text` (aic §5.2). */
export function withoutTexts(scopes: unknown): string[] {
  return Array.isArray(scopes) ? scopes.map((scope) => String(scope).split("|")[0] ?? "") : [];
}
