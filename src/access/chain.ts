/**
 * Tokens that are exchanged onward (RFC 8693): which client may exchange whose token for what, hop by hop, and the rows that come of
 * it. Pure; a wing says what decides on its cloud, which is how `may_act` names somebody and what somebody was granted.
 */

import {
  type Hop,
  keyOf,
  type Party,
  type Place,
  type Row,
  type Sub,
  type Subject,
  subjectKey,
  type Target,
  type Unenforced,
} from "./row.ts";
import { together } from "./sentence.ts";

/** A token that somebody gets without an exchange. */
export type FirstToken = {
  /** What it is for; its id is what actors name among their sources. AIC: the client that gets it, whose script names its actor. */
  readonly of: Target;
  readonly subject: Subject;
  /** Whom `sub` names. */
  readonly sub: Sub;
  /** The agent that gets it; an application that people sign in to is no agent in that. @default none, or who the subject is */
  readonly by?: Party | undefined;
};

/** What a client may exchange a token for. */
export type Exchange = {
  readonly target: Target;
  readonly scopes: readonly string[];
  /**
   * Ids of the sources that are declared together with it. The tenant does not know which belong together, so that every source of
   * the actor goes with it (delegation §1). @default every source of the actor
   */
  readonly with?: readonly string[] | undefined;
  /** Whether `act` holds that of the token that was exchanged, who acted before (RFC 8693 §4.1). @default false */
  readonly nestsAct?: boolean | undefined;
  /** Whether `sub` names the client whose token was exchanged where no user is signed in. @default false: what it was */
  readonly namesClient?: boolean | undefined;
  /** As of a row. */
  readonly unenforced?: Unenforced | undefined;
  readonly placeOf?: ((scope: string) => Place) | undefined;
  /** As of a row. */
  readonly grantedBy: string;
};

/** A client that may exchange tokens of others: it is named by `may_act` of its sources, and shown in `act`. */
export type Actor = Party & {
  /** Ids of what names it: PingOne resources, or AIC clients. */
  readonly sources: readonly string[];
  readonly exchanges: readonly Exchange[];
};

/** What decides about chains on a cloud. */
export type Delegations = {
  readonly first: readonly FirstToken[];
  readonly actors: readonly Actor[];
  /** Whose id a token of an exchange has among the sources: `target`, what it is for (PingOne); `actor`, who got it (AIC). */
  readonly onwardBy: "target" | "actor";
  /** Ids of sources that name whoever got the token, so that nobody exchanges one of another (delegation §1.1). @default none */
  readonly forHolder?: ReadonlySet<string> | undefined;
};

/** A token that an actor may exchange. */
type Token = {
  readonly of: Target;
  readonly source: string;
  readonly subject: Subject;
  readonly sub: Sub;
  readonly via: readonly Hop[];
};

/** Tokens and rows that come of delegations. */
export type Chains = {
  /** Rows of an actor by its id, in the order of its sources. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** Ids of the sources of which somebody gets a token. */
  readonly held: ReadonlySet<string>;
};

/**
 * Every source of an actor with everything that it may exchange for, hop by hop, shortest ways first.
 *
 * Agents that name each other go round in circles, and nothing but the names ends that (delegation §1.4). So a way is told, and followed
 * onward, where it says something that no way before it said: that the actor gets this for this subject; that it gets it with
 * a token of this source; or that somebody on the way has a hand in what opens this for this subject. A gateway that is passed twice is
 * passed twice, and the second time round ends, since it brings nobody new. Who can act, for whom, on what and with which scopes, and
 * everybody who can hand a token on to that end, all stand in some row; that they stand in every combination is what is left out.
 */
export function chainsOf(delegations: Delegations): Chains {
  const { first, actors, forHolder } = delegations;
  const bySource = waysBySource(delegations);
  const told = new Map<string, Told>();
  const fromSource = new Set<Way>();
  const tokens = first.map(({ of, by, ...token }): Token => {
    const via = by ? [{ id: by.id, name: by.name, target: of, claims: { sub: token.sub, act: [] } }] : [];
    return { ...token, of, source: of.id, via };
  });
  const rows = new Map(actors.map(({ id }) => [id, new Map<string, Row[]>()]));
  // Of tokens that are alike the ways that the first of them left out, as its holder's own.
  const followed = new Map<string, Way[]>();
  // Grows while it is gone through: a token of an exchange may be exchanged, too.
  for (const token of tokens) {
    const { source, subject } = token;
    const all = bySource.get(source);
    if (!all) continue;
    // Which of its tokens a client had is told by the sources.
    const whose = `${subject.is === "client" ? `client ${subject.id}` : subjectKey(subject)} ${token.sub}`;
    const { acts, hands } = entryIn(told, whose, () => ({ acts: new Set(), hands: new Map() }));
    // Where nobody knows who got it, nobody may exchange it.
    const holder = forHolder?.has(source) ? (holderOf(token) ?? "") : undefined;
    const isHand = ({ id }: Party, { opens, onward }: Way) => {
      const known = hands.get(id);
      return known?.has(onward) === true && opens.every((what) => known.has(what));
    };
    const through = token.via.filter(({ id }) => subject.is !== "client" || id !== subject.id);
    // What comes of tokens alike is the same, but for who had a hand in it.
    const alike = [source, whose, holder].join("\n");
    const left = followed.get(alike);
    const further = (ways: readonly [Way, ...Way[]]) => (through.every((one) => isHand(one, ways[0])) ? [] : ways);
    const open = left ? [...left, ...all.alike.flatMap(further)] : all.ways;
    const own: Way[] = [];
    if (!left) followed.set(alike, own);
    for (const way of open) {
      const { actor, target, exchanges, getsOf } = way;
      if (holder !== undefined && holder !== actor.id) continue;
      if (isOwn(token, actor, target)) {
        own.push(way);
        continue;
      }
      const before = viaFor(actor, token);
      const isKnown =
        acts.has(way.acts) && fromSource.has(way) && (before !== token.via || through.every((one) => isHand(one, way)));
      if (isKnown) continue;
      acts.add(way.acts);
      fromSource.add(way);
      for (const { id } of [actor, ...before]) {
        const known = entryIn(hands, id, () => new Set<string>());
        for (const what of [...way.opens, way.onward]) known.add(what);
      }
      const hop = hopOf(actor, token, target, exchanges);
      const found = exchanges.flatMap((exchange) => rowsOf(actor, token, exchange, { before, hop }));
      entryIn(rows.get(actor.id) ?? new Map<string, Row[]>(), source, () => []).push(...found);
      tokens.push({ of: target, source: getsOf, subject, sub: hop.claims.sub, via: [...before, hop] });
    }
  }
  return {
    rows: new Map(
      actors.map(({ id, sources }) => [id, onceEach(sources.flatMap((source) => rows.get(id)?.get(source) ?? []))]),
    ),
    held: new Set(tokens.map(({ source }) => source)),
  };
}

/** What rows say of one subject by now. */
type Told = {
  /** Who gets what, by `acts` of a way. */
  readonly acts: Set<number>;
  /** What somebody has a hand in, by id. */
  readonly hands: Map<string, Set<string>>;
};

/** What an actor exchanges tokens of a source for. */
type Way = {
  readonly actor: Actor;
  /** Tells actor and target, and whether entries name them with the source, from all others. */
  readonly acts: number;
  /** Its target with each of its scopes. */
  readonly opens: readonly string[];
  /** Whose id the new token has among the sources. */
  readonly getsOf: string;
  /** Tells the new token from those that other actors may exchange. */
  readonly onward: string;
  readonly target: Target;
  readonly exchanges: readonly [Exchange, ...Exchange[]];
};

/** All ways from each source, in the order of the actors, and those together that lead to the same. */
function waysBySource(delegations: Delegations) {
  const bySource = new Map<string, Way[]>();
  const numbers = new Map<string, number>();
  for (const actor of delegations.actors) {
    for (const source of new Set(actor.sources)) {
      const ways = waysOf(actor, delegations).map((way) => {
        const said = JSON.stringify([actor.id, way.opens, way.exchanges.map((one) => isCombined(one, source))]);
        return { ...way, acts: entryIn(numbers, said, () => numbers.size) };
      });
      entryIn(bySource, source, () => []).push(...ways);
    }
  }
  const sameness = ({ opens, onward }: Way) => JSON.stringify([opens, onward]);
  return new Map([...bySource].map(([source, ways]) => [source, { ways, alike: together(ways, sameness) }] as const));
}

/** What an actor exchanges for, by target. */
function waysOf(actor: Actor, { onwardBy, forHolder }: Delegations): Omit<Way, "acts">[] {
  const keyOfTarget = ({ target }: Exchange) => JSON.stringify([target.is, target.id]);
  return together(actor.exchanges, keyOfTarget).map((exchanges) => {
    const [one] = exchanges;
    const { target } = one;
    const scopes = [...new Set(exchanges.flatMap((exchange) => exchange.scopes))];
    const getsOf = onwardBy === "target" ? target.id : actor.id;
    const onward = forHolder?.has(getsOf) ? `${getsOf}\n${actor.id}` : getsOf;
    return { actor, target, exchanges, opens: scopes.map((scope) => `${keyOfTarget(one)} ${scope}`), getsOf, onward };
  });
}

/** Whether no entry names a source together with what it is exchanged for. */
const isCombined = ({ with: named }: Exchange, source: string) => named !== undefined && !named.includes(source);

/** The entry of a map, made where there is none. */
function entryIn<Key, Value>(all: Map<Key, Value>, key: Key, make: () => Value): Value {
  const entry = all.get(key) ?? make();
  all.set(key, entry);
  return entry;
}

/** The client that got a token, where it is an agent or the one whom the token is about. */
const holderOf = ({ subject, via }: Token) => via.at(-1)?.id ?? (subject.is === "client" ? subject.id : undefined);

/** Whether an actor would exchange what it has for the same again. */
const isOwn = (token: Token, { id }: Party, target: Target): boolean =>
  holderOf(token) === id && token.of.is === target.is && token.of.id === target.id;

/** Whom a token went through before an actor exchanges it, who is not told of a sign-on at itself. */
const viaFor = ({ id }: Party, { via }: Token): readonly Hop[] =>
  via.length === 1 && via[0]?.id === id && via[0].claims.act.length === 0 ? [] : via;

/** What the token of an exchange says. */
function hopOf({ id, name }: Party, { subject, sub, via }: Token, target: Target, exchanges: readonly Exchange[]): Hop {
  const nestsAct = exchanges.some((one) => one.nestsAct);
  const namesClient = sub === "none" && subject.is === "client" && exchanges.some((one) => one.namesClient);
  const acted = nestsAct ? (via.at(-1)?.claims.act ?? []) : [];
  return { id, name, target, claims: { sub: namesClient ? "client" : sub, act: [id, ...acted] } };
}

type Chain = { readonly before: readonly Hop[]; readonly hop: Hop };

function rowsOf(actor: Party, { source, subject }: Token, exchange: Exchange, { before: via, hop }: Chain): Row[] {
  const { target, scopes, unenforced, placeOf, grantedBy } = exchange;
  return scopes.map((scope) => ({
    agent: { id: actor.id, name: actor.name },
    ...{ flow: "exchange", target, scope, subject, via, claims: hop.claims },
    ...(unenforced && { unenforced }),
    ...(isCombined(exchange, source) && { isCombined: true as const }),
    ...{ place: placeOf?.(scope), grantedBy },
  }));
}

/** Each row once; what one entry names as a whole is not combined, whatever others add up to. */
function onceEach(rows: readonly Row[]): Row[] {
  const once = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    const before = once.get(key);
    if (!before || (before.isCombined && !row.isCombined)) once.set(key, row);
  }
  return [...once.values()];
}
