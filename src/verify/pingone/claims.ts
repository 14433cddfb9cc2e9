/** What tokens of PingOne must say. Pure: each check answers what is not as expected. */
import { equal, sameSet } from "../compare.ts";
import { isObject, type Json } from "../http.ts";
import { audiencesOf, scopesOf } from "../judge.ts";

/** What an access token shall be. */
export type ExpectedToken = {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined where nobody signed on: whether such a token has a subject is not documented. */
  readonly subject?: string | undefined;
  /** Client id of the agent that acts; undefined for a token that must not name one. */
  readonly actor?: string | undefined;
  /** Client id of the agent that may exchange the token; undefined where that is not looked at. */
  readonly mayAct?: string | undefined;
  /** Id of the user; undefined where nobody signed on. */
  readonly userId?: string | undefined;
  readonly scopes: readonly string[];
  /** Undefined where it is not known. */
  readonly audience?: string | undefined;
  /** Seconds; undefined where it is not known. */
  readonly lifetime?: number | undefined;
};

/** Compares the claims, and the answer that the token came with. Further members are fine. */
export function checkToken(claims: Json, { expires_in: expiresIn }: Json, expected: ExpectedToken): string[] {
  const { issuer, clientId, subject, userId, actor, mayAct, scopes, audience, lifetime } = expected;
  const found = { audiences: audiencesOf(claims), scopes: scopesOf({ body: claims }) };
  const fits = typeof expiresIn === "number" && expiresIn > 0 && (lifetime === undefined || expiresIn <= lifetime);
  return [
    ...equal("iss", claims.iss, issuer),
    ...equal("client_id", claims.client_id, clientId),
    ...(subject === undefined ? [] : equal("sub", claims.sub, subject)),
    ...(userId === undefined ? [] : equal("p1.userId", claims["p1.userId"], userId)),
    ...equal("act.sub", subjectOf(claims.act), actor),
    ...(mayAct === undefined ? [] : equal("may_act.sub", subjectOf(claims.may_act), mayAct)),
    ...(audience === undefined || found.audiences.includes(audience)
      ? []
      : [`aud [${found.audiences}] without ${audience}`]),
    ...(sameSet(found.scopes, scopes) ? [] : [`scope [${found.scopes}] instead of [${scopes}]`]),
    ...(fits ? [] : [`expires_in ${String(expiresIn)}, the lifetime is ${lifetime ?? "(unknown)"}`]),
  ];
}

/** What an ID token shall be. */
type ExpectedIdToken = Pick<ExpectedToken, "issuer" | "clientId" | "subject"> & {
  /** Of the authorization request; undefined where there was none. */
  readonly nonce?: string | undefined;
};

/** Compares the claims of an ID token (OpenID Connect Core 1.0 §2). */
export function checkIdToken(claims: Json, { issuer, clientId, subject, nonce }: ExpectedIdToken): string[] {
  return [
    ...equal("iss of the ID token", claims.iss, issuer),
    ...(audiencesOf(claims).includes(clientId) ? [] : [`aud of the ID token [${audiencesOf(claims)}]`]),
    ...(subject === undefined ? [] : equal("sub of the ID token", claims.sub, subject)),
    // It is a secret of the request until here: what came in its place is not shown.
    ...(nonce === undefined || claims.nonce === nonce ? [] : ["nonce of the ID token is not that of the request"]),
  ];
}

/** Compares what tells how the user signed on (delegation §1.1). @param policies any of which it may have been; none: not looked at */
export function checkSignOn({ acr, auth_time: at, sid }: Json, policies: readonly string[]): string[] {
  return [
    ...(policies.length === 0 || policies.includes(String(acr)) ? [] : [`acr ${String(acr)} is none of [${policies}]`]),
    ...(typeof at === "number" ? [] : ["no auth_time"]),
    ...(typeof sid === "string" && sid !== "" ? [] : ["no sid"]),
  ];
}

/** What exchange and refresh carry over (delegation §1.1). */
const CARRIED = ["p1.userId", "acr", "auth_time", "sid"] as const;

/** Compares what tells of the sign-on with the token that was exchanged or renewed. */
export const checkCarried = (claims: Json, before: Json): string[] =>
  CARRIED.flatMap((name) => equal(name, claims[name], before[name]));

/** The claims that were looked at, in words. */
export function inWords(claims: Json): string {
  const people = (["sub", "act", "may_act"] as const).flatMap((name) => {
    const value = name === "sub" ? claims.sub : subjectOf(claims[name]);
    return value === undefined ? [] : [`${name === "sub" ? name : `${name}.sub`}=${String(value)}`];
  });
  return [...people, `aud=[${audiencesOf(claims)}]`, `scope=[${scopesOf({ body: claims })}]`].join(" ");
}

const subjectOf = (claim: unknown): unknown => (isObject(claim) ? claim.sub : undefined);
