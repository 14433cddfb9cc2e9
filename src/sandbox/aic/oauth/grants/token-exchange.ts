/**
 * Token exchange (RFC 8693) with AI agent privileges; where the subject token names an ordinary client, see delegation.ts. Reads
 * as the table of oauth-flows §5.1: the first check that fails answers.
 */
import { parameter, splitScopes } from "../../../form.ts";
import { type Privilege, privilegesOf } from "../privileges.ts";
import type { RealmContext } from "../realm.ts";
import type { RealmRules } from "../rules.ts";
import { requireWithin } from "../scopes.ts";
import { ACCESS_TOKEN_TYPE, validAccessToken } from "../token-validity.ts";
import type { AccessTokenClaims } from "../tokens.ts";
import { type User, userById } from "../users.ts";
import { exchangeAsNamed } from "./delegation.ts";
import { accessTokenAnswer, type GrantHandler, type GrantRequest } from "./grant.ts";

export const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

/** Whom the agent wants to act for: itself, a user, or somebody else, which no rule allows. */
type Subject = { kind: "self" } | { kind: "user"; user: User | undefined } | { kind: "other" };

export const tokenExchange: GrantHandler = async (request) => {
  const { context, client } = request;
  checkParameters(request);
  const claims = await subjectToken(request);
  if (isNamed(request, claims)) {
    const tokens = await exchangeAsNamed(request, claims, TOKEN_EXCHANGE);
    return { refresh_token: null, issued_token_type: ACCESS_TOKEN_TYPE, ...tokens };
  }
  context.rules.require("X18", client.type !== "AIAgent" || claims.act === undefined);
  checkActingClient(request);
  const audiences = requestedAudiences(request);
  const privileges = privilegesFor(request, audiences);
  const subject = subjectOf(context, claims, client.id);
  const scopes = grantedScopes(request, privilegesOn(context.rules, privileges, subject));
  const { access_token, ...rest } = await accessTokenAnswer(context, {
    client,
    subject: String(claims.sub),
    scopes,
    grantType: TOKEN_EXCHANGE,
    audience: [client.id, ...(audiences.length ? audiences : privileges.slice(0, 1).map(({ audience }) => audience))],
    // The sandbox emits `act` for agents only: exchanged tokens of ordinary clients carry none (oauth-flows §3.2).
    ...(client.type === "AIAgent" && { actor: client.id }),
    ...(claims.auth_time !== undefined && { authTime: claims.auth_time }),
  });
  return { access_token, refresh_token: null, issued_token_type: ACCESS_TOKEN_TYPE, ...rest };
};

/** Whether privileges play no part: an ordinary client exchanges a token that says who may act (delegation §2.2). */
function isNamed({ client }: GrantRequest, { may_act }: AccessTokenClaims): boolean {
  return client.type !== "AIAgent" && may_act !== undefined;
}

/** Steps 2 and 3. */
function checkParameters({ form, client, context: { rules } }: GrantRequest): void {
  rules.require("X21", parameter(form, "subject_token") !== undefined);
  rules.require("X21", parameter(form, "subject_token_type") === ACCESS_TOKEN_TYPE);
  rules.require("X15", (parameter(form, "requested_token_type") ?? ACCESS_TOKEN_TYPE) === ACCESS_TOKEN_TYPE);
  const hasActor = form.has("actor_token") || form.has("actor_token_type");
  rules.require("X22", client.type !== "AIAgent" || !hasActor);
}

/** Step 4. */
async function subjectToken({ form, context }: GrantRequest): Promise<AccessTokenClaims> {
  const by = { signature: "X11", issuer: "X13", expiry: "X12", kind: "X14", client: "X23" } as const;
  return validAccessToken(context, context.rules, form.get("subject_token") ?? "", by);
}

/** Steps 5 and 6. */
function checkActingClient({ client, context: { rules } }: GrantRequest): void {
  rules.require("X19", client.type === "AIAgent");
  rules.require("X16", client.overrides.enabled);
  rules.require("X24", client.overrides.statelessTokensEnabled);
  rules.require("X17", client.overrides.acceptAudience);
}

/** Step 7: exactly one. */
function requestedAudiences({ form, context: { rules } }: GrantRequest): string[] {
  const sent = form.getAll("audience");
  const audiences = sent.filter((audience) => audience !== "");
  rules.require("X03", sent.length > 0);
  rules.require("X04", audiences.length === sent.length);
  rules.require("X05", sent.length <= 1);
  return audiences;
}

/** Step 8. With X01, X03 or X04 switched off the application need not be the one of a privilege, or of the request. */
function privilegesFor({ client, context }: GrantRequest, audiences: string[]): Privilege[] {
  const { rules, tenant, realm } = context;
  const all = privilegesOf(tenant, realm, client);
  const [wanted] = audiences;
  if (wanted === undefined) return all;
  const exact = all.filter(({ audience }) => audience === wanted);
  if (exact.length) return exact;
  const similar = all.filter(({ audience }) => resembles(audience, wanted));
  rules.require("X02", similar.length === 0);
  rules.require("X01", similar.length > 0);
  return similar.length ? similar : all;
}

/** Step 9. One single privilege must allow what is asked: several are not added up. */
function privilegesOn(rules: RealmRules, privileges: Privilege[], subject: Subject): Privilege[] {
  if (subject.kind === "user") {
    const { user } = subject;
    rules.require("X25", user?.active === true);
    const naming = privileges.filter(({ namesSubjects }) => namesSubjects);
    rules.require("X10", naming.length > 0);
    const matching = naming.filter(({ users }) => user !== undefined && users.has(user.id));
    rules.require("X08", naming.length === 0 || matching.length > 0);
    return matching.length ? matching : privileges;
  }
  rules.require("X26", subject.kind === "self");
  const open = privileges.filter(({ namesSubjects }) => !namesSubjects);
  rules.require("X09", open.length > 0);
  return open.length ? open : privileges;
}

/** Step 10. The subject token's scopes are no limit: an exchange can widen (oauth-flows §5.1, notes). */
function grantedScopes({ form, context: { rules } }: GrantRequest, privileges: Privilege[]): string[] {
  const asked = splitScopes(parameter(form, "scope"));
  rules.require("C12", asked.length > 0);
  const allows = ({ allowed }: Privilege) => asked.every((scope) => allowed.includes(scope));
  const [first] = privileges;
  if (first && !privileges.some(allows)) {
    requireWithin(rules, first.permissions.length ? "X06" : "X07", asked, first.allowed);
  }
  return asked;
}

/** A token whose `sub` is its client is that client's own; all others are a user's (oauth-flows §3.2). */
function subjectOf({ tenant, realm }: RealmContext, { sub, client_id }: AccessTokenClaims, acting: string): Subject {
  if (sub === client_id) return { kind: sub === acting ? "self" : "other" };
  return { kind: "user", user: userById(tenant, realm, String(sub)) };
}

/** A near miss: another case, or one the beginning of the other. */
function resembles(one: string, other: string): boolean {
  const [short = "", long = ""] = [one.toLowerCase(), other.toLowerCase()].sort((a, b) => a.length - b.length);
  return long.startsWith(short);
}
