/** The realm's OpenID Provider metadata, as the provider service is configured now (oauth-flows §1). */
import { Gap } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import { scopeNames } from "./attributes.ts";
import { TOKEN_EXCHANGE } from "./grants/token-exchange.ts";
import type { RealmContext } from "./realm.ts";

/**
 * Token exchange and the CIBA endpoint are not named even where they work, as on a tenant. Endpoints that the sandbox does
 * not serve are left out.
 */
export function discovery({ issuer, provider }: RealmContext): JsonObject {
  if (!provider.discoveryEnabled) throw new Gap("discovery where the provider has it switched off");
  return {
    issuer,
    token_endpoint: `${issuer}/access_token`,
    introspection_endpoint: `${issuer}/introspect`,
    jwks_uri: `${issuer}/connect/jwk_uri`,
    grant_types_supported: provider.grantTypes.filter((grant) => grant !== TOKEN_EXCHANGE),
    scopes_supported: scopeNames(provider.supportedScopes),
    acr_values_supported: Object.keys(provider.acrMapping),
    response_types_supported: [],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256", "ES256"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    introspection_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    backchannel_token_delivery_modes_supported: ["poll"],
    backchannel_authentication_request_signing_alg_values_supported: provider.ciba.signingAlgorithms,
  };
}
