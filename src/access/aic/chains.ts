/** Whose tokens a client may exchange on AIC, and what for: may-act scripts, scopes and audiences (delegation §2.2). Pure. */

import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { type Actor, type Chains, chainsOf, type Exchange, type FirstToken } from "../chain.ts";
import type { Party } from "../row.ts";
import { type AgentFacts, LOGIN } from "./facts.ts";

/** The rows of what each client exchanges by a may-act script, by its id. A token of an exchange is that of who exchanged. */
export const chainRows = (agents: readonly AgentFacts[]): Chains["rows"] =>
  chainsOf({
    first: agents.filter(({ mayAct }) => mayAct !== undefined).flatMap(firstTokens),
    actors: agents
      .filter(({ grantTypes }) => grantTypes.includes(TOKEN_EXCHANGE))
      .map((agent) => actorOf(agent, agents)),
    onwardBy: "actor",
  }).rows;

function firstTokens({ is, id, name, grantTypes, audience }: AgentFacts): FirstToken[] {
  const party: Party = { id, name };
  const of = { is: "agent" as const, ...party };
  const tokensOf = audience === undefined ? undefined : { tokensOf: { id: audience, name: audience } };
  const signsIn = [...LOGIN, CIBA].some((type) => grantTypes.includes(type));
  const by = is === "agent" || grantTypes.includes(CIBA) ? party : undefined;
  return [
    ...(signsIn ? [{ of, subject: { is: "anyone" as const, tokensOf: party }, sub: "user" as const, by }] : []),
    ...(grantTypes.includes("client_credentials")
      ? [{ of, subject: { is: "client" as const, ...party, ...tokensOf }, sub: "client" as const }]
      : []),
  ];
}

/** Every audience with every scope of the client's own, whatever is declared together. */
const actorOf = (client: AgentFacts, agents: readonly AgentFacts[]): Actor => ({
  ...{ id: client.id, name: client.name },
  sources: agents.filter(({ mayAct }) => mayAct === client.id).map(({ id }) => id),
  exchanges: (client.audiences ?? []).flatMap((audience) =>
    client.scopes.map((scope): Exchange => {
      const entries = client.delegates?.filter((one) => one.audience === audience && one.scopes.includes(scope));
      return {
        target: { is: "audience", id: audience, name: audience },
        scopes: [scope],
        with: entries?.map((one) => one.with),
        placeOf: entries?.[0]?.placeOf ?? client.placeOf,
        grantedBy: `client/${client.id}`,
      };
    }),
  ),
});
