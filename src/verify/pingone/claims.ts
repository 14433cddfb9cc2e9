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
  readonly scopes: readonly string[];
  /** Undefined where it is not known. */
  readonly audience?: string | undefined;
  /** Seconds; undefined where it is not known. */
  readonly lifetime?: number | undefined;
};

/** Compares the claims, and the answer that the token came with. Further members are fine. */
export function checkToken(claims: Json, { expires_in: expiresIn }: Json, expected: ExpectedToken): string[] {
  const { issuer, clientId, subject, actor, mayAct, scopes, audience, lifetime } = expected;
  const found = { audiences: audiencesOf(claims), scopes: scopesOf({ body: claims }) };
  const fits = typeof expiresIn === "number" && expiresIn > 0 && (lifetime === undefined || expiresIn <= lifetime);
  return [
    ...equal("iss", claims.iss, issuer),
    ...equal("client_id", claims.client_id, clientId),
    ...(subject === undefined ? [] : equal("sub", claims.sub, subject)),
    ...equal("act.sub", subjectOf(claims.act), actor),
    ...(mayAct === undefined ? [] : equal("may_act.sub", subjectOf(claims.may_act), mayAct)),
    ...(audience === undefined || found.audiences.includes(audience)
      ? []
      : [`aud [${found.audiences}] without ${audience}`]),
    ...(sameSet(found.scopes, scopes) ? [] : [`scope [${found.scopes}] instead of [${scopes}]`]),
    ...(fits ? [] : [`expires_in ${String(expiresIn)}, the lifetime is ${lifetime ?? "(unknown)"}`]),
  ];
}

/** Compares the claims of an ID token (OpenID Connect Core 1.0 §2). */
export function checkIdToken(claims: Json, { issuer, clientId, subject }: ExpectedToken): string[] {
  return [
    ...equal("iss of the ID token", claims.iss, issuer),
    ...(audiencesOf(claims).includes(clientId) ? [] : [`aud of the ID token [${audiencesOf(claims)}]`]),
    ...equal("sub of the ID token", claims.sub, subject),
  ];
}

/** The claims that were looked at, in words. */
export function inWords(claims: Json): string {
  const people = (["sub", "act", "may_act"] as const).flatMap((name) => {
    const value = name === "sub" ? claims.sub : subjectOf(claims[name]);
    return value === undefined ? [] : [`${name === "sub" ? name : `${name}.sub`}=${String(value)}`];
  });
  return [...people, `aud=[${audiencesOf(claims)}]`, `scope=[${scopesOf({ body: claims })}]`].join(" ");
}

const subjectOf = (claim: unknown): unknown => (isObject(claim) ? claim.sub : undefined);
