/** What all grants have in common: their request, and the answer of the token endpoint (oauth-flows §3.1). */
import type { JsonObject } from "../../../json.ts";
import type { Client } from "../clients.ts";
import type { RealmContext } from "../realm.ts";
import { issueRefreshToken, wantsRefreshToken } from "../refresh-tokens.ts";
import { type Grant, issueAccessToken, newGrantId } from "../tokens.ts";

/** A token request whose client is authenticated and may use the grant. */
export type GrantRequest = {
  readonly context: RealmContext;
  readonly client: Client;
  readonly form: URLSearchParams;
};

/** @returns the body of a 200 answer */
export type GrantHandler = (request: GrantRequest) => Promise<JsonObject>;

/** The answer with an access token alone. */
export async function accessTokenAnswer(context: RealmContext, grant: Grant): Promise<JsonObject> {
  const { token, expiresIn } = await issueAccessToken(context, grant);
  return { access_token: token, scope: grant.scopes.join(" "), token_type: "Bearer", expires_in: expiresIn };
}

/**
 * The answer of a grant that a user gave: with a refresh token, where client and realm use them.
 * @param granted scopes of the refresh token, when the access token is narrower (RFC 6749 §6)
 */
export async function userGrantAnswer(
  context: RealmContext,
  given: Grant,
  granted = given.scopes,
): Promise<JsonObject> {
  const grant = { authGrantId: newGrantId(), ...given };
  const { access_token, ...rest } = await accessTokenAnswer(context, grant);
  if (!wantsRefreshToken(context, grant.client)) return { access_token, ...rest };
  return { access_token, refresh_token: await issueRefreshToken(context, { ...grant, scopes: granted }), ...rest };
}
