/** Whose tokens an agent may exchange on PingOne, and through whom they came: the chain of `may_act` (pingone §5.6). Pure. */

import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { type Party, type Subject, subjectKey } from "../row.ts";
import { acts, type ClientFacts, has, LOGIN, partyOf, peopleOf, type ResourceFacts } from "./facts.ts";

/** Whose token it is, and the agents that it went through. */
export type Holder = { readonly subject: Subject; readonly via: readonly Party[] };

/** Whose tokens an agent may exchange. */
export type Holders = (agent: ClientFacts) => readonly Holder[];

/** Holders of the tokens of a resource, each once: the first way that was found is a shortest one. */
type Held = Map<string, Holder>;

/**
 * The tokens of each resource that names agents in `may_act`: those that users get by signing in somewhere, those that clients get
 * for themselves, and those that agents get by an exchange, hop by hop. Where nobody is known to get them, anyone may.
 */
export function holdersOf(clients: readonly ClientFacts[], resources: readonly ResourceFacts[]): Holders {
  const held = new Map<string, Held>();
  const named = resources.filter(({ mayAct }) => mayAct.length > 0);
  for (const resource of named) held.set(resource.id, new Map());
  const holders: Holders = ({ id }) =>
    named
      .filter(({ mayAct }) => mayAct.includes(id))
      .flatMap((resource) => [...(held.get(resource.id)?.values() ?? [])]);
  for (const resource of named) {
    const getting = clients.filter(({ grants }) => grants.some((one) => one.resource === resource.id));
    const direct = getting.flatMap((client) => directly(client, partyOf(resource)));
    const shortest = direct.toSorted((one, other) => one.via.length - other.via.length);
    for (const holder of shortest) add(held.get(resource.id), holder);
  }
  handOn(clients, held, holders);
  for (const resource of named) {
    const known = held.get(resource.id);
    if (known?.size === 0) add(known, { subject: { is: "anyone", tokensOf: partyOf(resource) }, via: [] });
  }
  handOn(clients, held, holders);
  return holders;
}

/** Tokens of a resource that a client gets without an exchange. */
function directly(client: ClientFacts, tokensOf: Party): Holder[] {
  const via = acts(client) ? [partyOf(client)] : [];
  return [
    ...(has(client, [...LOGIN, CIBA]) ? peopleOf(client, tokensOf).map((subject) => ({ subject, via })) : []),
    ...(has(client, ["client_credentials"])
      ? [{ subject: { is: "client" as const, ...partyOf(client) }, via: [] }]
      : []),
  ];
}

/** Hop by hop, until no resource has a holder more. */
function handOn(clients: readonly ClientFacts[], held: ReadonlyMap<string, Held>, holders: Holders): void {
  const exchanging = clients.filter((client) => has(client, [TOKEN_EXCHANGE]));
  for (let isMore = true; isMore; ) {
    const hops = exchanging.flatMap((agent) =>
      holders(agent).flatMap(({ subject, via }) =>
        agent.grants.map(({ resource }) => ({ resource, holder: { subject, via: [...via, partyOf(agent)] } })),
      ),
    );
    isMore = hops.map(({ resource, holder }) => add(held.get(resource), holder)).includes(true);
  }
}

/** @returns true where the holder is new; where anyone may get a token of a resource, its groups are no limit */
function add(held: Held | undefined, { subject, via }: Holder): boolean {
  if (!held) return false;
  const key = subjectKey(subject);
  const tokensOf = "tokensOf" in subject ? subject.tokensOf : undefined;
  const open = tokensOf && subjectKey({ is: "anyone", tokensOf });
  if (held.has(key) || (open !== undefined && held.has(open))) return false;
  if (key === open) for (const [other, one] of held) if (isOf(one.subject, tokensOf)) held.delete(other);
  held.set(key, { subject, via });
  return true;
}

const isOf = (subject: Subject, tokensOf: Party | undefined) =>
  subject.is === "group" && subject.tokensOf?.id === tokensOf?.id;
