/** Whether a token is a good access token of the realm: one decision procedure for exchange, introspection and tokeninfo. */
import { secondsNow } from "../../clock.ts";
import type { Rules } from "../../refusals.ts";
import { clientOf } from "./clients.ts";
import type { RealmContext } from "./realm.ts";
import { type AccessTokenClaims, readToken } from "./tokens.ts";

/** The name of the only kind of token that is exchanged (RFC 8693 §3). */
export const ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";

/** By which rule each check refuses. */
export type ValidityRules<Id extends string> = {
  readonly signature: Id;
  readonly issuer: Id;
  readonly expiry: Id;
  readonly kind: Id;
  readonly client: Id;
};

/** The same rule for all checks. */
export function oneRule<Id extends string>(rule: Id): ValidityRules<Id> {
  return { signature: rule, issuer: rule, expiry: rule, kind: rule, client: rule };
}

/**
 * @param rules the table of the rules that refuse
 * @returns the claims of the token
 * @throws {Refusal} by the rule of the first check that fails
 */
export async function validAccessToken<Id extends string>(
  context: RealmContext,
  rules: Rules<Id>,
  token: string,
  by: ValidityRules<Id>,
): Promise<AccessTokenClaims> {
  const { tenant, realm, issuer } = context;
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
