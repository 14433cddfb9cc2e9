/** Whose tokens an agent may exchange on PingOne, and what for: `may_act` of resources, and grants (pingone §5.6). Pure. */

import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { type Actor, type Chains, chainsOf, type FirstToken } from "../chain.ts";
import type { Party, Target } from "../row.ts";
import {
  acts,
  type ClientFacts,
  grantedBy,
  has,
  LOGIN,
  partyOf,
  peopleOf,
  type ResourceFacts,
  targetOf,
} from "./facts.ts";

/** The rows of what each client exchanges, by its id. Where nobody is known to get a token of a resource, anyone may. */
export function chainRows(
  clients: readonly ClientFacts[],
  resources: ReadonlyMap<string, ResourceFacts>,
): Chains["rows"] {
  const named = [...resources.values()].filter(({ mayAct }) => mayAct.length > 0);
  const actors = clients.filter((client) => has(client, [TOKEN_EXCHANGE])).map((client) => actorOf(client, resources));
  const first = named.flatMap(({ id, isForUsers }) =>
    firstTokens(clients, targetOf(resources, id)).filter(({ sub }) => sub === "user" || !isForUsers),
  );
  const forHolder = new Set(named.filter(({ isForHolder }) => isForHolder).map(({ id }) => id));
  const rules = { actors, onwardBy: "target", forHolder } as const;
  const { held } = chainsOf({ first, ...rules });
  const unknown = named.flatMap(({ id }): FirstToken[] => {
    const of = targetOf(resources, id);
    return held.has(id) ? [] : [{ of, subject: { is: "anyone", tokensOf: partyOf(of) }, sub: "user" }];
  });
  return chainsOf({ first: [...first, ...unknown], ...rules }).rows;
}

function actorOf(client: ClientFacts, resources: ReadonlyMap<string, ResourceFacts>): Actor {
  const known = ({ resource }: ClientFacts["grants"][number]) => resources.get(resource);
  return {
    ...partyOf(client),
    sources: [...resources.values()].filter(({ mayAct }) => mayAct.includes(client.id)).map(({ id }) => id),
    // Only custom resources have tokens of an exchange (pingone §5.6).
    exchanges: client.grants
      .filter((grant) => !known(grant)?.isOpenId)
      .map((grant) => ({
        target: targetOf(resources, grant.resource),
        ...{ scopes: grant.scopes, with: grant.with, placeOf: grant.placeOf },
        ...{ nestsAct: known(grant)?.nestsAct, namesClient: known(grant)?.namesClient },
        unenforced: known(grant)?.unenforced,
        grantedBy: grantedBy(client, grant),
      })),
  };
}

/** Tokens of a resource that clients get without an exchange: those that go through no agent first. */
function firstTokens(clients: readonly ClientFacts[], of: Target): FirstToken[] {
  const getting = clients.filter(({ grants }) => grants.some(({ resource }) => resource === of.id));
  const tokens = getting.flatMap((client) => directly(client, of));
  const isOpen = (by: Party | undefined) =>
    tokens.some((one) => one.subject.is === "anyone" && (one.by === undefined || one.by.id === by?.id));
  // Where anyone may get a token, groups are no limit.
  const open = tokens.filter(({ subject, by }) => subject.is !== "group" || !isOpen(by));
  return open.toSorted((one, other) => Number(one.by !== undefined) - Number(other.by !== undefined));
}

function directly(client: ClientFacts, of: Target): FirstToken[] {
  const tokensOf = partyOf(of);
  const by = acts(client) ? partyOf(client) : undefined;
  const people = has(client, [...LOGIN, CIBA]) ? peopleOf(client, tokensOf) : [];
  return [
    ...people.map((subject) => ({ of, subject, sub: "user" as const, by })),
    ...(has(client, ["client_credentials"])
      ? [{ of, subject: { is: "client" as const, ...partyOf(client), tokensOf }, sub: "none" as const }]
      : []),
  ];
}
