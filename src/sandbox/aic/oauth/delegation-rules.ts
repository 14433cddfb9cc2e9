/** Every rule on which an exchange by an ordinary acting client is refused, as data (delegation §2.2). */
import { type Rule, Rules, rule } from "../../refusals.ts";
import type { Tenant } from "../../tenant.ts";

/** How the outcome is known: V and M seen by others on a tenant, K nobody knows and the sandbox fails closed (delegation §0). */
type Evidence = "V" | "M" | "K";

const badExchange = (evidence: Evidence) => rule(evidence, "invalid_request", "Invalid token exchange.");

export const DELEGATION_RULES = {
  X27: badExchange("M"),
  X28: badExchange("K"),
  X29: badExchange("V"),
  X30: rule("M", "invalid_request", "Invalid audience requested."),
  X33: rule("M", "invalid_scope", "Unknown/invalid scope(s): [%s]"),
  // Without a case of their own: a name without a client, an actor that nobody named, an actor token that is none.
  X34: badExchange("K"),
  X35: badExchange("K"),
  X36: badExchange("V"),
} as const satisfies Record<string, Rule<Evidence>>;

export type DelegationRules = Rules<keyof typeof DELEGATION_RULES>;

/** The rules of a tenant, as its control plane switched them. */
export const delegationRules = ({ switches }: Tenant): DelegationRules => new Rules(DELEGATION_RULES, switches);
