/**
 * Every rule on which the realm's OAuth 2.0 endpoints refuse, as data: its id, how it is known, and what the refusal says.
 *
 * Ids up to U02, X20, I04 and B20 are the cases of oauth-flows §8; those above number refusals that this page, or
 * a standard it names, asks for without a case of its own.
 */
import { type Rule, Rules, rule } from "../../refusals.ts";
import type { Tenant } from "../../tenant.ts";

/**
 * How the outcome is known: D documentation, M measured on a tenant by others, L public ancestor source, P open standard,
 * I inferred from the documented scenarios, K nobody knows and the sandbox fails closed (oauth-flows §0).
 */
type Evidence = "D" | "M" | "L" | "P" | "I" | "K";

const clientRefused = (evidence: Evidence) => rule(evidence, "invalid_client", "Client authentication failed");
const badRequest = (evidence: Evidence, description: string) => rule(evidence, "invalid_request", description);
const badScope = (evidence: Evidence) => rule(evidence, "invalid_scope", "Unknown/invalid scope(s): [%s]");
const badExchange = (evidence: Evidence) => badRequest(evidence, "Invalid token exchange.");
const badAudience = (evidence: Evidence) => badRequest(evidence, "Invalid audience requested.");
const badGrant = (evidence: Evidence) =>
  rule(evidence, "invalid_grant", "The provided access grant is invalid, expired, or revoked.");
const badSignature = (evidence: Evidence) => badRequest(evidence, "JWT signature is invalid");
const badToken = (evidence: Evidence) =>
  rule(evidence, "invalid_token", "The access token provided is expired, revoked, malformed, or invalid.", {
    status: 401,
  });

export const REALM_RULES = {
  // Client authentication and the grant (oauth-flows §1, §4)
  C01: clientRefused("L"),
  C02: clientRefused("L"),
  C03: clientRefused("K"),
  C04: clientRefused("L"),
  C05: rule("M", "unsupported_grant_type", "Grant type is not supported: %s"),
  C06: rule(
    "D",
    "unauthorized_client",
    "The authenticated client is not authorized to use this authorization grant type.",
  ),
  C07: badScope("I"),
  C08: badRequest("D", "%s"),
  C09: badRequest("D", "URLDecoder: Illegal hex characters in escape (%) pattern"),
  C10: badRequest("P", "Parameter sent more than once: %s"),
  C11: badRequest("P", "Client authenticates in more than one way"),
  C12: rule("L", "invalid_scope", "No scope requested and no default scope configured"),
  C13: badRequest("K", "The sandbox issues stateless tokens only; this client's effective settings ask for others"),

  // Resource owner password credentials and refresh (oauth-flows §4; RFC 6749 §6)
  U01: badGrant("D"),
  U02: badGrant("K"),
  U03: badRequest("L", "Missing parameter, '%s'"),
  R01: badGrant("P"),
  R02: badScope("P"),

  // Token exchange (oauth-flows §5.1)
  X01: badAudience("K"),
  X02: badAudience("M"),
  X03: badAudience("K"),
  X04: badAudience("M"),
  X05: badAudience("K"),
  X06: badScope("K"),
  X07: badScope("I"),
  X08: badExchange("K"),
  X09: badExchange("K"),
  X10: badExchange("K"),
  X11: badExchange("M"),
  X12: badExchange("K"),
  X13: badExchange("D"),
  X14: badExchange("K"),
  X15: badExchange("M"),
  X16: badRequest("K", "Audience parameters aren't accepted for this client (sandbox)"),
  X17: badRequest("K", "Audience parameters aren't accepted for this client (sandbox)"),
  X18: badExchange("K"),
  X19: badExchange("M"),
  X21: badExchange("M"),
  X22: badExchange("K"),
  X23: badExchange("K"),
  X24: badRequest("K", "Audience parameters aren't accepted for this client (sandbox)"),
  X25: badExchange("K"),
  X26: badExchange("K"),

  // Introspection and tokeninfo (oauth-flows §3.3)
  I01: badToken("D"),
  I02: badToken("L"),
  I03: badRequest("L", "Only one method may be used to transmit the access token"),
  I04: rule("D", "invalid_request", "Method Not Allowed", { status: 405, fixed: true }),
  I05: badToken("P"),
  I06: badRequest("L", "Missing parameter, '%s'"),

  // CIBA (oauth-flows §6)
  B01: badRequest("D", "Request must have a 'request' parameter the value of which must be a signed jwt"),
  B02: badRequest("K", "JWT signing algorithm is not supported"),
  B03: badSignature("M"),
  B04: badSignature("M"),
  B05: badSignature("K"),
  B06: badRequest("D", "incorrect issuer in JWT"),
  B07: badRequest("M", "incorrect audience in JWT"),
  B08: badRequest("P", "JWT has expired"),
  B09: badRequest("D", "JWT expiration time is unreasonable"),
  B10: badRequest("L", "JWT is not yet valid"),
  B11: rule("D", "invalid_scope", "%s"),
  B12: badRequest("K", "acr_values must name a journey that can be used for back channel requests"),
  B13: rule("P", "invalid_binding_message", "The binding message is not acceptable"),
  B14: rule("P", "unknown_user_id", "The login hint does not identify a user"),
  B15: badRequest("P", "Parameter must be sent inside the request JWT only: %s"),
  B16: rule("D", "slow_down", "The polling interval has not elapsed since the last request"),
  B17: rule("P", "access_denied", "The end user denied the authorization request"),
  B18: rule("P", "expired_token", "The auth_req_id has expired"),
  B19: badGrant("P"),
  B20: badGrant("P"),
  B21: rule("D", "authorization_pending", "End user has not yet been authenticated"),
  B22: badRequest("P", "The request JWT must have exactly one hint: login_hint"),
  B23: badRequest("K", "JWT was used before"),
  B24: rule("K", "unknown_user_id", "The login hint does not identify a user"),

  // What this tenant has not, or the sandbox does not serve
  G01: rule("K", "server_error", "%s", { status: 501, fixed: true }),
  G02: rule("L", "not_found", "No OpenID Connect provider for realm /%s", { status: 404, fixed: true }),
} as const satisfies Record<string, Rule<Evidence>>;

export type RuleId = keyof typeof REALM_RULES;
export type RealmRules = Rules<RuleId>;

/** The rules of a tenant's realms, as its control plane switched them. */
export const realmRules = ({ switches }: Tenant): RealmRules => new Rules(REALM_RULES, switches);
