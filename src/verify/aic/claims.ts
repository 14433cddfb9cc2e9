/** What a token and what is told about it must say (oauth-flows §3). Pure: each check answers what is not as expected. */
import { equal, sameSet } from "../compare.ts";
import { isObject, type Json, textOf } from "../http.ts";
import { audiencesOf, scopesOf } from "../judge.ts";
import { ACCESS_TOKEN_TYPE } from "../oauth.ts";

/** What a token shall be. */
export type ExpectedToken = {
  readonly sub: string;
  readonly clientId: string;
  readonly aud: readonly string[];
  /** The agent that acts for `sub`; undefined for a token without `act`. */
  readonly actor?: string | undefined;
  /** Who may exchange the token: the client that `may_act` names, as itself (RFC 8693 §4.4). @default nobody */
  readonly mayAct?: string | undefined;
  readonly scopes: readonly string[];
  readonly grantType: string;
  /** Seconds. */
  readonly lifetime: number;
  readonly issuer: string;
  readonly realm: string;
};

/** The answer of the token endpoint (oauth-flows §3.1). */
export function checkTokenResponse(body: Json, { scopes, lifetime, actor }: ExpectedToken): string[] {
  const problems: string[] = [];
  if (!textOf(body.access_token)) problems.push("no access_token");
  if (String(body.token_type).toLowerCase() !== "bearer") problems.push(`token_type ${String(body.token_type)}`);
  problems.push(...checkScopes(body, scopes), ...checkLifetime("expires_in", body.expires_in, lifetime));
  if (actor !== undefined) {
    if (body.refresh_token !== null && body.refresh_token !== undefined) problems.push("a refresh_token was issued");
    if (body.issued_token_type !== ACCESS_TOKEN_TYPE)
      problems.push(`issued_token_type ${String(body.issued_token_type)}`);
  }
  return problems;
}

/** The claims of a token: as tokeninfo shows them, or decoded (oauth-flows §3.2). Further members are fine. */
export function checkClaims(claims: Json, expected: ExpectedToken): string[] {
  const { sub, clientId, aud, actor, mayAct, scopes, grantType, lifetime, issuer, realm } = expected;
  const problems = [
    ...equal("sub", bare(claims.sub), sub),
    ...equal("subname", bare(claims.subname ?? claims.sub), sub),
    ...equal("client_id", claims.client_id, clientId),
    ...equal("iss", claims.iss, issuer),
    ...equal("grant_type", claims.grant_type, grantType),
    ...equal("cts", claims.cts, "OAUTH2_STATELESS_GRANT"),
    ...equal("realm", claims.realm, `/${realm}`),
    ...checkActor(claims, actor),
    ...checkMayAct(claims, mayAct),
    ...checkScopes(claims, scopes),
  ];
  if (!sameSet(audiencesOf(claims), aud)) problems.push(`aud [${audiencesOf(claims)}] instead of [${aud}]`);
  const { iat, exp } = claims;
  if (typeof iat === "number" && typeof exp === "number")
    problems.push(...checkLifetime("exp - iat", exp - iat, lifetime));
  return problems;
}

/** The answer of introspection (oauth-flows §3.3), which has no `aud` for these tokens. */
export function checkIntrospection(body: Json, expected: ExpectedToken): string[] {
  if (body.active !== true) return ["not active"];
  return [
    ...equal("introspected sub", bare(body.sub), expected.sub),
    ...equal("introspected client_id", body.client_id, expected.clientId),
    ...equal("introspected realm", body.realm, `/${expected.realm}`),
    ...checkActor(body, expected.actor),
    ...checkScopes(body, expected.scopes),
    ...checkLifetime("introspected expires_in", body.expires_in, expected.lifetime),
  ];
}

function checkActor({ act }: Json, actor: string | undefined): string[] {
  const found = act === undefined || act === null ? undefined : bare((act as Json).sub);
  return equal("act.sub", found, actor);
}

function checkMayAct({ may_act }: Json, expected: string | undefined): string[] {
  const { client_id, sub } = isObject(may_act) ? may_act : {};
  return [...equal("may_act.client_id", client_id, expected), ...equal("may_act.sub", bare(sub), expected)];
}

function checkScopes(body: Json, scopes: readonly string[]): string[] {
  const found = scopesOf({ body });
  return sameSet(found, scopes) ? [] : [`scope [${found}] instead of [${scopes}]`];
}

function checkLifetime(name: string, value: unknown, lifetime: number): string[] {
  const fits = typeof value === "number" && value > 0 && value <= lifetime;
  return fits ? [] : [`${name} ${String(value)}, the lifetime is ${lifetime}`];
}

/** Some deployments wrap names as `(usr!…)` or `(age!…)` (oauth-flows §3.2). */
function bare(value: unknown): string | undefined {
  return textOf(value)?.replace(/^\((?:usr|age)!(.*)\)$/, "$1");
}
