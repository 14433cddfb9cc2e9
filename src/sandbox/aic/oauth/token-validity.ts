/** Whether a token is a good access token of the realm: one decision procedure for exchange, introspection and tokeninfo. */
import { secondsNow } from "../../clock.ts";
import { clientOf } from "./clients.ts";
import type { RealmContext } from "./realm.ts";
import type { RuleId } from "./rules.ts";
import { type AccessTokenClaims, readToken } from "./tokens.ts";

/** By which rule each check refuses. */
export type ValidityRules = {
  readonly signature: RuleId;
  readonly issuer: RuleId;
  readonly expiry: RuleId;
  readonly kind: RuleId;
  readonly client: RuleId;
};

/** The same rule for all checks. */
export function oneRule(rule: RuleId): ValidityRules {
  return { signature: rule, issuer: rule, expiry: rule, kind: rule, client: rule };
}

/**
 * @returns the claims of the token
 * @throws {Refusal} by the rule of the first check that fails
 */
export async function validAccessToken(
  context: RealmContext,
  token: string,
  by: ValidityRules,
): Promise<AccessTokenClaims> {
  const { rules, tenant, realm, issuer } = context;
  const read = await readToken(context, token);
  if (!read) throw rules.refusal(by.signature);
  const { claims, authentic } = read;
  rules.require(by.signature, authentic);
  rules.require(by.issuer, claims.iss === issuer);
  rules.require(by.expiry, Number(claims.exp) > secondsNow(tenant));
  rules.require(by.kind, claims.tokenName === "access_token");
  rules.require(by.client, clientOf(tenant, realm, String(claims.client_id))?.active === true);
  return claims;
}
