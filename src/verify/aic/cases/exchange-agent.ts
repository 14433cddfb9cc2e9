/** What the acting agent's settings and its privilege decide about an exchange: changed on throw-away agents. */

import { type Case, type Negative, planned, THROW_AWAY } from "../../case.ts";
import type { Observation } from "../../http.ts";
import type { Form } from "../../oauth.ts";
import { AUDIENCE_NOT_ACCEPTED, badRequest } from "../answers.ts";
import { type At, STATELESS, withAttribute } from "../changes.ts";
import { rigTokens } from "../rig-tokens.ts";
import { exchanges, type Group, type Session } from "../session.ts";
import { agentPath } from "../snapshot.ts";
import { BEYOND_APPLICATION } from "./exchange.ts";

type Exchanges = {
  /** An exchange of an agent for itself, or on behalf of a user. */
  forItself(change?: Form): Promise<Observation>;
  onBehalf(): Promise<Observation>;
  /** The same while an attribute of the agent is false. */
  without(at: At, exchange: "forItself" | "onBehalf"): Promise<Observation>;
  /** For itself while the privilege names no scope, which means every scope of the application (aic §3.1). */
  unlimited(scope: string): Promise<Observation>;
  /** For itself after the privilege was deleted, which it stays. */
  withoutPrivilege(): Promise<Observation>;
  /** Client id of the application. */
  audience(): Promise<string>;
};

const forbidden: Negative<Exchanges>["forbidden"] = async ({ audience }) => ({ audience: await audience() });

const CASES: readonly Case<Exchanges>[] = [
  {
    ...BEYOND_APPLICATION,
    twin: ({ unlimited }) => unlimited("write"),
    provoke: ({ unlimited }) => unlimited("ping-agents-unlisted"),
    forbidden: () => ({ scope: "ping-agents-unlisted" }),
  },
  {
    id: "X16",
    core: true,
    title: "overrides dormant",
    evidence: "K",
    exact: AUDIENCE_NOT_ACCEPTED,
    must: "audience",
    twin: ({ forItself }) => forItself(),
    provoke: ({ without }) => without(["overrideOAuth2ClientConfig", "providerOverridesEnabled"], "forItself"),
    forbidden,
  },
  {
    id: "X17",
    title: "audience parameter not accepted",
    evidence: "K",
    exact: AUDIENCE_NOT_ACCEPTED,
    must: "audience",
    twin: ({ forItself }) => forItself(),
    provoke: ({ without }) =>
      without(["overrideOAuth2ClientConfig", "acceptAudienceParametersInTokenExchangeRequests"], "forItself"),
    forbidden,
  },
  {
    id: "X24",
    title: "acting agent issues no client-side tokens",
    evidence: "K",
    exact: AUDIENCE_NOT_ACCEPTED,
    must: "record",
    twin: ({ onBehalf }) => onBehalf(),
    provoke: ({ without }) => without(STATELESS, "onBehalf"),
  },
  // The last one: the privilege stays deleted.
  {
    id: "X20",
    core: true,
    title: "privilege deleted",
    evidence: "D",
    exact: { ...badRequest(/^Invalid audience requested\.$/), rules: ["X01", "X20"] },
    twin: ({ forItself }) => forItself(),
    provoke: ({ withoutPrivilege }) => withoutPrivilege(),
  },
];

export const exchangeAgentCases: Group = {
  cases: CASES,
  onThrowAways(session) {
    return exchanges(session) ? planned(CASES, { agent: THROW_AWAY, flow: "exchange" }, exchangesOf(session)) : [];
  },
};

function exchangesOf({ rig, oauth, admin }: Session): Exchanges {
  const tokens = rigTokens({ rig, oauth });
  return {
    forItself: tokens.forItself,
    onBehalf: () => tokens.onBehalf(),
    async without(at, exchange) {
      const agent = await (exchange === "forItself" ? rig.autonomous() : rig.delegate());
      return withAttribute(
        admin,
        agentPath(rig.realm, agent),
        at,
        () => false,
        () => tokens[exchange](),
      );
    },
    async unlimited(scope) {
      const path = await rig.autonomousPrivilege();
      const set = (value: unknown) =>
        admin.write("PATCH", path, [{ operation: "replace", field: "/permissions", value }]);
      try {
        await set([]);
        return await tokens.forItself({ scope });
      } finally {
        await set([{ type: "scopes", values: ["read"] }]);
      }
    },
    async withoutPrivilege() {
      await admin.write("DELETE", await rig.autonomousPrivilege());
      return tokens.forItself();
    },
    audience: async () => (await rig.application()).clientId,
  };
}
