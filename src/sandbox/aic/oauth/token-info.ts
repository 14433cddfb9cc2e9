/** `introspect` (RFC 7662) and `tokeninfo`: what a token says, told to those who may know (oauth-flows §3.3). */

import type { HonoRequest } from "hono";
import { secondsNow } from "../../clock.ts";
import { parameter } from "../../form.ts";
import type { Answer } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import { Refusal } from "../../refusals.ts";
import { type Client, effective } from "./clients.ts";
import type { RealmContext } from "./realm.ts";
import { oneRule, validAccessToken } from "./token-validity.ts";
import type { AccessTokenClaims } from "./tokens.ts";

const SEES_ALL = ["am-introspect-all-tokens", "am-introspect-all-tokens-any-realm"];

/** @returns the answer, with the rule by which a token is not active */
export async function introspect(context: RealmContext, client: Client, form: URLSearchParams): Promise<Answer> {
  const { rules, tenant, provider, realm } = context;
  rules.require("I06", parameter(form, "token") !== undefined, "token");
  try {
    const claims = await validAccessToken(context, rules, form.get("token") ?? "", oneRule("I05"));
    rules.require("I01", maySee(client, claims));
    const {
      scope = [],
      client_id,
      sub,
      subname,
      exp,
      iss,
      auth_level,
      authGrantId,
      auditTrackingId,
      act,
      aud,
    } = claims;
    const body = {
      active: true,
      scope: scope.join(" "),
      realm: `/${realm}`,
      client_id,
      user_id: sub,
      username: sub,
      token_type: "Bearer",
      exp,
      sub,
      iss,
      subname,
      auth_level,
      authGrantId,
      act,
      ...(effective(client, provider, "useTokenIntrospectionClaimForJwt") && { aud }),
      auditTrackingId,
      expires_in: Number(exp) - secondsNow(tenant),
    };
    return { status: 200, body };
  } catch (error) {
    if (!(error instanceof Refusal) || (error.rule !== "I05" && error.rule !== "I01")) throw error;
    return { status: 200, body: { active: false }, headers: error.headers };
  }
}

/**
 * The claims of the token that the request itself carries.
 * @throws {Refusal} 401 `invalid_token` for one that is broken or expired
 */
export async function tokenInfo(context: RealmContext, request: HonoRequest): Promise<JsonObject> {
  const [, bearer] = request.header("authorization")?.match(/^Bearer\s+(\S+)$/i) ?? [];
  const inQuery = request.query("access_token");
  context.rules.require("I03", bearer === undefined || inQuery === undefined);
  const token = bearer ?? inQuery;
  if (!token) throw context.rules.refusal("I06", "access_token");
  const claims = await validAccessToken(context, context.rules, token, oneRule("I02"));
  const perScope = (claims.scope ?? []).filter((scope) => !(scope in claims)).map((scope) => [scope, ""]);
  return { access_token: token, ...claims, ...Object.fromEntries(perScope) };
}

/** A client in the token's `aud` or `client_id`, or one that may see all tokens. */
function maySee(client: Client, { aud, client_id }: AccessTokenClaims): boolean {
  const named = [client_id, ...[aud].flat()].includes(client.id);
  return named || SEES_ALL.some((scope) => client.scopes.includes(scope));
}
