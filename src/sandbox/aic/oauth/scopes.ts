/** Scope parameters (RFC 6749 §3.3; oauth-flows §4). */

import { parameter, splitScopes } from "../../form.ts";
import type { Client } from "./clients.ts";
import type { RealmRules, RuleId } from "./rules.ts";

/** @throws {Refusal} by the rule when a scope is not among the allowed ones; the refusal names it */
export function requireWithin(
  rules: RealmRules,
  rule: RuleId,
  scopes: readonly string[],
  allowed: readonly string[],
): void {
  const outside = scopes.filter((scope) => !allowed.includes(scope));
  rules.require(rule, outside.length === 0, outside.join(", "));
}

/**
 * The scopes of a request that the client makes for itself or with a user's password: those asked for, else its defaults.
 * @throws {Refusal} C12 when there are none, C07 for a scope that the client lacks
 */
export function clientScopes(rules: RealmRules, client: Client, form: URLSearchParams): string[] {
  const asked = splitScopes(parameter(form, "scope"));
  const scopes = asked.length ? asked : [...client.defaultScopes];
  rules.require("C12", scopes.length > 0);
  requireWithin(rules, "C07", scopes, client.scopes);
  return scopes;
}
