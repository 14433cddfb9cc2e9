/** Rows of access on PingOne: from what an environment has, or is going to have, of agents, applications and resources. Pure. */

import { CIBA } from "../../fields/grant-types.ts";
import type { Access, Unread } from "../access.ts";
import { distinct, type Flow, type Row, type Subject } from "../row.ts";
import { chainRows } from "./chains.ts";
import {
  acts,
  type ClientFacts,
  type GrantFacts,
  grantedBy,
  has,
  LOGIN,
  type PingOneFacts,
  partyOf,
  peopleOf,
  type ResourceFacts,
  targetOf,
} from "./facts.ts";

/**
 * Every agent and every row; a client that is switched off has none. The exchange is what `may_act` allows, hop by hop. Where `act` of
 * the target is not required, PingOne gives others a token, too, and the rows say so (delegation §1.1).
 */
export function pingOneAccess({ people, ...facts }: PingOneFacts): Access {
  const clients = facts.clients.filter(({ enabled }) => enabled);
  const resources = new Map(facts.resources.map((resource) => [resource.id, resource]));
  const exchanged = chainRows(clients, resources);
  const rows = clients.filter(acts).flatMap((agent) => rowsOf(agent, { exchanged, resources }));
  return {
    rows: distinct(rows),
    agents: facts.clients.filter(acts).map(partyOf),
    people,
    unread: facts.resources.flatMap(unreadOf),
  };
}

const unreadOf = ({ id, name, unread = [], path }: ResourceFacts): Unread[] =>
  unread.map(({ claim, why }) => ({
    ...{ about: { id, name }, what: `${claim} ${why}`, object: `resource/${id}` },
    hidesRows: claim === "may_act",
    path: path && [...path, claim],
  }));

type World = {
  readonly exchanged: ReadonlyMap<string, readonly Row[]>;
  readonly resources: ReadonlyMap<string, ResourceFacts>;
};

function rowsOf(agent: ClientFacts, { exchanged, resources }: World): Row[] {
  const people = peopleOf(agent);
  const rows = (flow: Flow, types: readonly string[], subjects: readonly Subject[], grants: readonly GrantFacts[]) =>
    has(agent, types)
      ? subjects.flatMap((subject) => grants.flatMap((grant) => grantRows({ agent, flow, subject, grant, resources })))
      : [];
  // Nobody is signed on: no scopes about users.
  const custom = agent.grants.filter(({ resource }) => !resources.get(resource)?.isOpenId);
  return [
    ...rows("client-credentials", ["client_credentials"], [{ is: "itself" }], custom),
    ...(exchanged.get(agent.id) ?? []),
    ...rows("ciba", [CIBA], people, agent.grants),
    // An application that people sign in to is no agent in that.
    ...(agent.isAgent ? rows("login", LOGIN, people, agent.grants) : []),
  ];
}

type Granted = Pick<Row, "flow" | "subject"> & {
  readonly agent: ClientFacts;
  readonly grant: GrantFacts;
  readonly resources: ReadonlyMap<string, ResourceFacts>;
};

const grantRows = ({ agent, flow, subject, grant, resources }: Granted): Row[] =>
  grant.scopes.map((scope) => ({
    agent: partyOf(agent),
    ...{ flow, scope, subject, via: [] },
    target: targetOf(resources, grant.resource),
    place: grant.placeOf?.(scope),
    grantedBy: grantedBy(agent, grant),
  }));
