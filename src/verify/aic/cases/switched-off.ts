/** An agent or application that is declared as switched off, or stopped: it gets no token, and nothing else is tried of it. */
import { type Case, offTitle, planned } from "../../case.ts";
import { clientOf } from "../../credentials.ts";
import type { Observation } from "../../http.ts";
import { shown } from "../../judge.ts";
import { grant } from "../../oauth.ts";
import { businessScopes } from "../plan.ts";
import type { Group } from "../session.ts";

type SwitchedOff = { own(): Promise<Observation>; readonly stopped: string | undefined };

const CASES: readonly Case<SwitchedOff>[] = [
  {
    id: "F05",
    title: offTitle,
    evidence: "L",
    expected: "invalid_client",
    async run({ own, stopped }) {
      const answer = await own();
      const isRefused = answer.error === "invalid_client";
      const problems = isRefused ? [] : ["the realm knows it all the same"];
      return { got: shown(answer), ...(stopped && { claims: `stopped since ${stopped}` }), problems };
    },
  },
];

export const switchedOffCases: Group = {
  cases: CASES,
  ofSwitchedOff(session, one) {
    // A public client has nothing to prove itself by: only a person in a browser could try.
    if (one.authMethod === "none") return [];
    const client = () => clientOf(session, one);
    const place = { agent: one.clientId, flow: "client-credentials", needs: [client] } as const;
    const form = grant.clientCredentials(businessScopes(one.scopes));
    return planned(CASES, place, {
      own: async () => session.oauth.post("access_token", await client(), form),
      stopped: one.stopped,
    });
  },
};
