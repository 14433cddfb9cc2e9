/** What a token of PingOne must say. Pure: answers what is not as expected. */
import { isObject, type Json } from "../http.ts";
import { audiencesOf, scopesOf } from "../judge.ts";
import type { PingOneAccess } from "./plan.ts";

/** What a token shall be. */
export type ExpectedToken = {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined where nobody signed on: whether such a token has a subject is not documented. */
  readonly subject?: string | undefined;
  /** The agent that acts; undefined for a token that must not name one. */
  readonly actor?: string | undefined;
  readonly access: PingOneAccess;
};

/** Compares the claims, and the answer that the token came with. Further members are fine. */
export function checkToken(claims: Json, { expires_in: expiresIn }: Json, expected: ExpectedToken): string[] {
  const { issuer, clientId, subject, actor, access } = expected;
  const act = isObject(claims.act) ? claims.act.sub : undefined;
  const scopes = scopesOf({ body: claims });
  return [
    ...equal("iss", claims.iss, issuer),
    ...equal("client_id", claims.client_id, clientId),
    ...(subject === undefined ? [] : equal("sub", claims.sub, subject)),
    ...equal("act.sub", act, actor),
    ...(audiencesOf(claims).includes(access.audience)
      ? []
      : [`aud [${audiencesOf(claims)}] without ${access.audience}`]),
    ...(sameSet(scopes, access.scopes) ? [] : [`scope [${scopes}] instead of [${access.scopes}]`]),
    ...(typeof expiresIn === "number" && expiresIn > 0 && expiresIn <= access.lifetime
      ? []
      : [`expires_in ${String(expiresIn)}, the lifetime is ${access.lifetime}`]),
  ];
}

/** The claims that were looked at. */
export function inWords(claims: Json): string {
  const actor = isObject(claims.act) ? [`act.sub=${String(claims.act.sub)}`] : [];
  const subject = claims.sub === undefined ? [] : [`sub=${String(claims.sub)}`];
  return [...subject, ...actor, `aud=[${audiencesOf(claims)}]`, `scope=[${scopesOf({ body: claims })}]`].join(" ");
}

function equal(name: string, found: unknown, wanted: string | undefined): string[] {
  return found === wanted ? [] : [`${name} ${String(found ?? "(none)")} instead of ${wanted ?? "(none)"}`];
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join() === other.toSorted().join();
}
