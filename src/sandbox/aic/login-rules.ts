/** Every rule on which the login of a service account is refused, as data (aic §11.1). */
import { type Rule, Rules, rule } from "../refusals.ts";
import type { Tenant } from "../tenant.ts";

/** How the outcome is known: R recorded, C client code, I inferred (aic §0). */
type Evidence = "R" | "C" | "I";

const badGrant = (evidence: Evidence, description: string, more?: { readonly fixed: boolean }) =>
  rule(evidence, "invalid_grant", description, more);

export const LOGIN_RULES = {
  loginGrant: rule("I", "unsupported_grant_type", "Grant type is not supported"),
  loginClient: rule("I", "invalid_client", "Client authentication failed"),
  loginScope: rule("R", "invalid_scope", "Unsupported scope for service account: %s"),
  loginWithoutScope: rule("I", "invalid_scope", "No scope requested"),
  unknownAccount: badGrant("R", "Unknown JWT issuer", { fixed: true }),
  inactiveAccount: badGrant("I", "Service account is not active"),
  assertionFormat: rule("I", "invalid_request", "The assertion is not a JWT", { fixed: true }),
  assertionSignature: badGrant("I", "JWT signature is invalid"),
  assertionClaim: badGrant("I", 'JWT claim "%s" is not acceptable'),
  assertionExpired: badGrant("I", "JWT has expired"),
  assertionLifetime: badGrant("C", "JWT expiration time is unreasonable"),
  assertionReplay: badGrant("I", "JWT was used before"),
} as const satisfies Record<string, Rule<Evidence>>;

export type LoginRules = Rules<keyof typeof LOGIN_RULES>;

/** The rules of a tenant's login, as its control plane switched them. */
export const loginRules = ({ switches }: Tenant): LoginRules => new Rules(LOGIN_RULES, switches);
