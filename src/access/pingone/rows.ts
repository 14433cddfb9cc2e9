/** Rows of access on PingOne: from what an environment has, or is going to have, of agents, applications and resources. Pure. */

import { CIBA, DEVICE_CODE, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import type { Access } from "../access.ts";
import type { People } from "../people.ts";
import { distinct, type Flow, type Party, type Place, type Row, type Subject } from "../row.ts";

/** Scopes of a resource that a client may ask for (pingone §5.2). */
export type GrantFacts = {
  /** Id of the resource among the facts. */
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly placeOf?: ((scope: string) => Place) | undefined;
};

/** An agent or another application. */
export type ClientFacts = Party & {
  readonly isAgent: boolean;
  readonly enabled: boolean;
  /** As in a token request. */
  readonly grantTypes: readonly string[];
  readonly grants: readonly GrantFacts[];
  /** Whose members may sign in, of `any` or of `all`. @default everyone */
  readonly groups?: { readonly match: "any" | "all"; readonly names: readonly string[] } | undefined;
};

/** An API, an MCP server; or OpenID Connect, whose scopes are about users. */
export type ResourceFacts = Party & {
  readonly isOpenId: boolean;
  /** Ids of the clients that `may_act` of its tokens names (pingone §5.6). */
  readonly mayAct: readonly string[];
};

/** What decides about access in an environment. */
export type PingOneFacts = {
  readonly clients: readonly ClientFacts[];
  readonly resources: readonly ResourceFacts[];
  readonly people: People;
};

const LOGIN: readonly string[] = ["authorization_code", "implicit", "password", DEVICE_CODE];
const has = ({ grantTypes }: ClientFacts, types: readonly string[]) => types.some((type) => grantTypes.includes(type));

/** Whether a client acts as an agent: by its type, or since it asks users for approval or exchanges tokens (delegation §2.3). */
const acts = (client: ClientFacts) => client.isAgent || has(client, [CIBA, TOKEN_EXCHANGE]);

/** Whose token an agent exchanges, and what it went through. */
type Holder = { readonly subject: Subject; readonly via: readonly Party[] };

/**
 * Every agent and every row; a client that is switched off has none. The exchange is what `may_act` allows, hop by hop: PingOne itself gives a
 * token also where `may_act` does not name the agent, but one without `act`, which a resource has to refuse (delegation §1.1).
 */
export function pingOneAccess({ people, ...facts }: PingOneFacts): Access {
  const clients = facts.clients.filter(({ enabled }) => enabled);
  const resources = new Map(facts.resources.map((resource) => [resource.id, resource]));
  const rows = clients.filter(acts).flatMap((agent) => rowsOf(agent, { clients, resources }));
  return { rows: distinct(rows), agents: facts.clients.filter(acts).map(partyOf), people };
}

type World = { readonly clients: readonly ClientFacts[]; readonly resources: ReadonlyMap<string, ResourceFacts> };

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
    ...rows("exchange", [TOKEN_EXCHANGE], () => holdersFor(agent, world, []), custom),
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

const partyOf = ({ id, name }: Party): Party => ({ id, name });

/** Who may sign in at a client. Members of all of several groups are one group here. */
function peopleOf({ groups }: ClientFacts, tokensOf?: Party): Subject[] {
  const from = tokensOf && { tokensOf };
  if (!groups) return [{ is: "anyone", ...from }];
  const names = groups.match === "all" ? [groups.names.join(" and ")] : groups.names;
  return names.map((name) => ({ is: "group", name, ...from }));
}

/**
 * Whose tokens an agent may exchange: of the resources whose tokens name it, those that users got by signing in somewhere, and those
 * that another client got, for itself or by an exchange of its own. Where nobody is known to get them, anyone may.
 *
 * @param seen agents whose tokens led here: a circle ends
 */
function holdersFor(agent: ClientFacts, world: World, seen: readonly string[]): Holder[] {
  const named = [...world.resources.values()].filter(({ mayAct }) => mayAct.includes(agent.id));
  return named.flatMap((resource) => {
    const tokensOf = partyOf(resource);
    const getting = world.clients.filter(
      ({ id, grants }) => id !== agent.id && !seen.includes(id) && grants.some((one) => one.resource === resource.id),
    );
    const holders = getting.flatMap((client) => tokensFrom(client, tokensOf, world, [...seen, agent.id]));
    return holders.length > 0 ? withoutNarrower(holders) : [{ subject: { is: "anyone" as const, tokensOf }, via: [] }];
  });
}

/** Tokens of a resource that a client gets. */
function tokensFrom(client: ClientFacts, tokensOf: Party, world: World, seen: readonly string[]): Holder[] {
  const via = acts(client) ? [partyOf(client)] : [];
  return [
    ...(has(client, [...LOGIN, CIBA]) ? peopleOf(client, tokensOf).map((subject) => ({ subject, via })) : []),
    ...(has(client, ["client_credentials"])
      ? [{ subject: { is: "client" as const, ...partyOf(client) }, via: [] }]
      : []),
    ...(has(client, [TOKEN_EXCHANGE])
      ? holdersFor(client, world, seen).map((holder) => ({ ...holder, via: [...holder.via, partyOf(client)] }))
      : []),
  ];
}

/** Where anyone may get a token in the same way, its groups are no limit. */
function withoutNarrower(holders: readonly Holder[]): Holder[] {
  const way = ({ subject, via }: Holder) =>
    JSON.stringify([subject.is === "group" || subject.is === "anyone" ? subject.tokensOf?.id : "", via]);
  const open = new Set(holders.filter(({ subject }) => subject.is === "anyone").map(way));
  return holders.filter((holder) => holder.subject.is !== "group" || !open.has(way(holder)));
}
