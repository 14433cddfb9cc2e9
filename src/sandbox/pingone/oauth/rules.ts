/** Every rule on which PingOne's token service refuses here, as data: how it is known and what the refusal says. */
import { type Rule, Rules, rule } from "../../refusals.ts";
import type { Tenant } from "../../tenant.ts";
import type { Evidence } from "../dialect.ts";

const clientRefused = (evidence: Evidence, description: string, fixed?: { readonly fixed: boolean }) =>
  rule(evidence, "invalid_client", description, { status: 401, ...fixed });
const badRequest = (evidence: Evidence, description: string) => rule(evidence, "invalid_request", description);
const badScope = (evidence: Evidence, description: string) => rule(evidence, "invalid_scope", description);
const badGrant = (evidence: Evidence, description: string, fixed?: { readonly fixed: boolean }) =>
  rule(evidence, "invalid_grant", description, fixed);
const badUri = (evidence: Evidence, description: string, fixed?: { readonly fixed: boolean }) =>
  rule(evidence, "invalid_request_uri", description, fixed);

/** Rules by id. D, S, T, I and U as in pingone §0; what only a standard says is I. */
export const PINGONE_RULES = {
  // The worker application that manages the environment (pingone §2.2)
  workerSecret: rule("D", "invalid_client", undefined, { status: 401 }),
  workerGrant: rule("D", "unsupported_grant_type"),
  // Clients and requests
  unsupportedGrant: rule("D", "unsupported_grant_type", "Unsupported grant type"),
  unknownClient: clientRefused("D", "Client authentication failed", { fixed: true }),
  wrongSecret: clientRefused("D", "Client authentication failed"),
  wrongMethod: clientRefused("D", "Authentication method is not this client's"),
  disabledClient: clientRefused("I", "The application is disabled"),
  wrongAssertion: clientRefused("D", "Client assertion is not acceptable"),
  grantNotAllowed: rule("D", "unauthorized_client", "The application does not have this grant type"),
  missingParameter: badRequest("D", "A required parameter is missing"),
  // Scopes
  noScope: badScope("U", "No scope is requested"),
  scopeNotGranted: badScope("D", "May not request scopes that are not granted"),
  severalResources: badScope("T", "May not request scopes for multiple resources"),
  unequalResources: badScope("D", "The resources differ in the lifetime or the claims of their tokens"),
  // Claims that a resource requires: the text is V, the error code K (delegation §1.2, §2.3)
  requiredClaim: badRequest("V", "%s is configured as required for the Access token but does not have a value"),
  requiredSubject: badRequest("V", "sub is configured as required for the Access token but does not have a value"),
  // Authorization requests, the sign-on page, and codes (delegation §1.1; RFC 6749 §4.1, RFC 7636)
  redirectUnknown: badRequest("D", "The redirect URI is not one of the application's"),
  unsupportedResponse: rule("D", "unsupported_response_type", "The application does not have this response type"),
  pkceRequired: badRequest("D", "PKCE is required"),
  pkceMethod: badRequest("D", "The code challenge method is not allowed"),
  // Pushed authorization requests (PingOne's page of them; RFC 9126)
  parRequired: badRequest("D", "The authorization request has to be pushed"),
  requestUriNested: badRequest("I", "A pushed request refers to no other"),
  requestUriUnknown: badUri("D", "The request URI is unknown", { fixed: true }),
  requestUriUsed: badUri("D", "The request URI was used before"),
  requestUriExpired: badUri("D", "The request URI has expired"),
  requestUriOfAnother: badUri("I", "The request URI is another client's"),
  consentDeclined: rule("U", "access_denied", "The user has declined the agreement"),
  codeUnknown: badGrant("D", "The code is unknown", { fixed: true }),
  codeUsed: badGrant("D", "The code was used before"),
  codeExpired: badGrant("D", "The code has expired"),
  codeOfAnother: badGrant("D", "The code is another client's"),
  codeRedirect: badGrant("D", "The redirect URI is not that of the authorization request"),
  codeVerifier: badGrant("D", "The code verifier is not that of the challenge"),
  // Token exchange (pingone §5.6)
  subjectType: badRequest("D", "Unsupported subject token type"),
  subjectInvalid: badGrant("D", "The subject token is not valid"),
  actorType: badRequest("D", "Unsupported actor token type"),
  actorInvalid: badGrant("D", "The actor token is not valid"),
  requestedType: badRequest("N", "Unsupported requested token type"),
  customOnly: badScope("D", "Tokens are exchanged for custom resources only"),
  otherTarget: rule("T", "invalid_target", "The scopes do not belong to the resource"),
  // CIBA and device authorization (pingone §5.9; RFC 8628)
  oneHint: badRequest("D", "Exactly one hint identifies the user"),
  unknownUser: rule("D", "unknown_user_id", "The hint does not identify a user"),
  noCibaPolicy: badRequest("I", "No policy of the application can ask the user"),
  wrongPolicy: badRequest("T", "Invalid sign-on policy provided in acr_values parameter"),
  // The standard says what a message is like, PingOne nothing of how long it may be (CIBA Core §7.1, §13; pingone §5.11).
  wrongMessage: rule("U", "invalid_binding_message", "The binding message is not acceptable"),
  slowDown: rule("D", "slow_down", "Polling is too fast"),
  pending: rule("D", "authorization_pending", "The user has not answered yet"),
  denied: rule("D", "access_denied", "The user has denied the request"),
  expired: rule("D", "expired_token", "The request has expired"),
  unknownRequest: badGrant("I", "The request is unknown, used, or another client's"),
  // Refresh
  refreshUnknown: badGrant("D", "The refresh token is unknown", { fixed: true }),
  refreshInvalid: badGrant("D", "The refresh token has expired, or is another client's"),
  refreshReplayed: badGrant("D", "The refresh token was used before"),
  refreshScope: badScope("I", "A refresh cannot widen the scope"),
} as const satisfies Record<string, Rule<Evidence>>;

export type PingOneRules = Rules<keyof typeof PINGONE_RULES>;

/** The rules of a tenant's environment, as its control plane switched them. */
export const pingOneRules = ({ switches }: Tenant): PingOneRules => new Rules(PINGONE_RULES, switches);
