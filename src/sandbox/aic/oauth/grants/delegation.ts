/**
 * Token exchange by an ordinary client whom the subject token names (RFC 8693 §4.4). Reads as the table of delegation §2.2: the
 * first check that fails answers.
 */
import { parameter, splitScopes } from "../../../form.ts";
import { isObject, type JsonObject } from "../../../json.ts";
import { effective } from "../clients.ts";
import { type DelegationRules, delegationRules } from "../delegation-rules.ts";
import { ACCESS_TOKEN_TYPE, oneRule, validAccessToken } from "../token-validity.ts";
import type { AccessTokenClaims } from "../tokens.ts";
import { userById } from "../users.ts";
import { type GrantRequest, userGrantAnswer } from "./grant.ts";

/** @param claims those of the subject token, which is valid and has `may_act` */
export async function exchangeAsNamed(
  request: GrantRequest,
  claims: AccessTokenClaims,
  grantType: string,
): Promise<JsonObject> {
  const { context, client } = request;
  const rules = delegationRules(context.tenant);
  const subject = String(claims.sub);
  context.rules.require("X25", userById(context.tenant, context.realm, subject)?.active !== false);
  const actor = await actorOf(request, rules, claims.may_act);
  const scopes = scopesOf(request, rules);
  const audiences = audiencesOf(request, rules);
  return userGrantAnswer(context, {
    client,
    subject,
    scopes,
    grantType,
    audience: audiences.length > 0 ? [client.id, ...audiences] : client.id,
    actor,
    ...(claims.auth_time !== undefined && { authTime: claims.auth_time }),
  });
}

/** Checks 2 to 5. @returns who acts; null where the client alone is named, and shows no token of anybody */
async function actorOf(request: GrantRequest, rules: DelegationRules, mayAct: unknown): Promise<string | null> {
  const { client_id, sub } = isObject(mayAct) ? mayAct : {};
  rules.require("X34", client_id !== undefined);
  rules.require("X27", client_id === undefined || client_id === request.client.id);
  const token = parameter(request.form, "actor_token");
  if (token === undefined) {
    rules.require("X28", sub === undefined);
    return null;
  }
  rules.require("X35", sub !== undefined);
  rules.require("X36", parameter(request.form, "actor_token_type") === ACCESS_TOKEN_TYPE);
  const actor = await validAccessToken(request.context, rules, token, oneRule("X36"));
  rules.require("X29", sub === undefined || actor.sub === sub);
  return String(actor.sub);
}

/** Check 6. The subject token's scopes are no limit: an exchange can widen. */
function scopesOf({ form, client, context }: GrantRequest, rules: DelegationRules): string[] {
  const asked = splitScopes(parameter(form, "scope"));
  const scopes = asked.length > 0 ? asked : [...client.defaultScopes];
  context.rules.require("C12", scopes.length > 0);
  const outside = scopes.filter((scope) => !client.scopes.includes(scope));
  rules.require("X33", outside.length === 0, outside.join(", "));
  return scopes;
}

/** Check 7. Where client and provider do not take the parameter it counts for nothing. */
function audiencesOf({ form, client, context }: GrantRequest, rules: DelegationRules): string[] {
  if (!effective(client, context.provider, "acceptAudience")) return [];
  const audiences = form.getAll("audience");
  rules.require(
    "X30",
    audiences.every((audience) => client.audiences.includes(audience)),
  );
  return audiences;
}
