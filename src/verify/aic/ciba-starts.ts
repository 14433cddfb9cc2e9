/** Requests to a user that start until a case changes what they say or how they are signed. */
import { type Case, planned, THROW_AWAY } from "../case.ts";
import type { Observation } from "../http.ts";
import type { Form } from "../oauth.ts";
import { type CibaClient, cibaClientOf, needsOfCiba, type RequestClaims, requestClaims, startRequest } from "./ciba.ts";
import { acrOf, type Group, type Session } from "./session.ts";

export type Starts = {
  start(): Promise<Observation>;
  /** Starts it with claims that differ. @param change gets the claims, and the tenant's time in seconds since 1970 */
  claiming(change: (claims: RequestClaims, now: number) => Partial<RequestClaims>): Promise<Observation>;
  /** Starts it with another JWT, or with none. */
  sending(make: (claims: RequestClaims, ciba: CibaClient) => Promise<Form> | Form): Promise<Observation>;
};

/** @param client the way to one that can ask */
export function startsOf(
  session: Pick<Session, "clock" | "issuer" | "oauth">,
  client: () => Promise<CibaClient>,
): Starts {
  return {
    start: async () => startRequest(session, await client()),
    async claiming(change) {
      const ciba = await client();
      const claims = requestClaims(session, ciba);
      return startRequest(session, ciba, { claims: { ...claims, ...change(claims, session.clock.now()) } });
    },
    async sending(make) {
      const ciba = await client();
      return session.oauth.post("bc-authorize", ciba.client, await make(requestClaims(session, ciba), ciba));
    },
  };
}

/**
 * A group of requests that must not start: of every agent that asks users, and of the throw-away client where an acr value
 * leads to a journey.
 */
export function cibaGroup<On>(
  declared: readonly Case<Starts>[],
  thrownAway: readonly Case<On>[],
  throwAway: (session: Session, acr: string) => On,
): Group {
  const flow = "ciba";
  return {
    cases: [...declared, ...thrownAway],
    ofAgent(session, agent) {
      const { ciba } = agent;
      if (!ciba) return [];
      const place = { agent: agent.clientId, flow, needs: needsOfCiba(session, agent, ciba) } as const;
      return planned(
        declared,
        place,
        startsOf(session, () => cibaClientOf(session, agent, ciba)),
      );
    },
    onThrowAways(session) {
      const acr = acrOf(session);
      return acr === undefined ? [] : planned(thrownAway, { agent: THROW_AWAY, flow }, throwAway(session, acr));
    },
  };
}
