/** Rows of access on PingOne: from what an environment has, or is going to have, of agents, applications and resources. Pure. */

import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import type { Access } from "../access.ts";
import { distinct, type Flow, type Party, type Row } from "../row.ts";
import {
  acts,
  type ClientFacts,
  type GrantFacts,
  has,
  LOGIN,
  type PingOneFacts,
  partyOf,
  peopleOf,
  type ResourceFacts,
} from "./facts.ts";
import { type Holder, type Holders, holdersOf } from "./holders.ts";

/**
 * Every agent and every row; a client that is switched off has none. The exchange is what `may_act` allows, hop by hop: PingOne
 * itself gives a token also where `may_act` does not name the agent, but one without `act`, which a resource has to refuse
 * (delegation §1.1).
 */
export function pingOneAccess({ people, ...facts }: PingOneFacts): Access {
  const clients = facts.clients.filter(({ enabled }) => enabled);
  const resources = new Map(facts.resources.map((resource) => [resource.id, resource]));
  const holders = holdersOf(clients, facts.resources);
  const rows = clients.filter(acts).flatMap((agent) => rowsOf(agent, { holders, resources }));
  return { rows: distinct(rows), agents: facts.clients.filter(acts).map(partyOf), people };
}

type World = { readonly holders: Holders; readonly resources: ReadonlyMap<string, ResourceFacts> };

function rowsOf(agent: ClientFacts, world: World): Row[] {
  const isCustom = ({ resource }: GrantFacts) => !world.resources.get(resource)?.isOpenId;
  const itself: Holder[] = [{ subject: { is: "itself" }, via: [] }];
  const people: Holder[] = peopleOf(agent).map((subject) => ({ subject, via: [] }));
  const rows = (
    flow: Flow,
    types: readonly string[],
    holders: () => readonly Holder[],
    grants: readonly GrantFacts[],
  ) => (has(agent, types) ? holders().flatMap((holder) => grantRows(agent, flow, holder, grants, world)) : []);
  const custom = agent.grants.filter(isCustom);
  return [
    // Nobody is signed on: no scopes about users.
    ...rows("client-credentials", ["client_credentials"], () => itself, custom),
    // Only custom resources have tokens of an exchange (pingone §5.6).
    ...rows("exchange", [TOKEN_EXCHANGE], () => world.holders(agent), custom),
    ...rows("ciba", [CIBA], () => people, agent.grants),
    // An application that people sign in to is no agent in that.
    ...(agent.isAgent ? rows("login", LOGIN, () => people, agent.grants) : []),
  ];
}

function grantRows(
  agent: Party,
  flow: Flow,
  holder: Holder,
  grants: readonly GrantFacts[],
  { resources }: World,
): Row[] {
  return grants.flatMap(({ resource, scopes, placeOf }) =>
    scopes.map((scope) => ({
      agent: partyOf(agent),
      ...{ flow, scope, ...holder },
      target: { is: "resource" as const, ...partyOf(resources.get(resource) ?? { id: resource, name: resource }) },
      place: placeOf?.(scope),
      grantedBy: `grant/${agent.id}/${resource}`,
    })),
  );
}
