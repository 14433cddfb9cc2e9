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
 * Agents that name each other go round in circles, and nothing but the names ends that (delegation §1.4). So a way is followed as
 * long as it leads through a client that no way before it led through to the same token: then everybody who can hand a token on
 * stands in a row, a gateway that is passed twice is passed twice, and the second time round ends, since it brings nobody new.
 */
export function chainsOf({ first, actors, onwardBy, forHolder }: Delegations): Chains {
  const bySource = new Map<string, ReturnType<typeof placesOf>[]>();
  for (const actor of actors) {
    const places = placesOf(actor);
    for (const source of new Set(actor.sources)) bySource.set(source, [...(bySource.get(source) ?? []), places]);
  }
  const known = new Map<string, Set<string>>();
  const isNews = (key: string, { subject }: Token, via: readonly Hop[]) => {
    const through = known.get(key);
    if (through && via.every(({ id }) => through.has(id))) return false;
    const all = through ?? new Set(subject.is === "client" ? [subject.id] : []);
    for (const { id } of via) all.add(id);
    known.set(key, all);
    return true;
  };
  const tokens = first.map(({ of, by, ...token }): Token => {
    const via = by ? [{ id: by.id, name: by.name, target: of, claims: { sub: token.sub, act: [] } }] : [];
    return { ...token, of, source: of.id, via };
  });
  const rows = new Map(actors.map(({ id }) => [id, new Map<string, Row[]>()]));
  // Grows while it is gone through: a token of an exchange may be exchanged, too.
  for (const token of tokens) {
    const whose = subjectKey(token.subject);
    for (const { actor, places } of bySource.get(token.source) ?? []) {
      if (forHolder?.has(token.source) && holderOf(token) !== actor.id) continue;
      const before = viaFor(actor, token);
      for (const { key, target, exchanges } of places) {
        if (isOwn(token, actor, target)) continue;
        const hop = hopOf(actor, token, target, exchanges);
        const via = [...before, hop];
        if (!isNews(JSON.stringify([key, token.source, whose]), token, via)) continue;
        const found = exchanges.flatMap((exchange) => rowsOf(actor, token, exchange, { before, hop }));
        entryIn(rows.get(actor.id), token.source).push(...found);
        const source = onwardBy === "target" ? target.id : actor.id;
        tokens.push({ of: target, source, subject: token.subject, sub: hop.claims.sub, via });
      }
    }
  }
  return {
    rows: new Map(
      actors.map(({ id, sources }) => [id, onceEach(sources.flatMap((source) => rows.get(id)?.get(source) ?? []))]),
    ),
    held: new Set(tokens.map(({ source }) => source)),
  };
}

/** What an actor exchanges for, by target. */
function placesOf(actor: Actor) {
  const keyOfPlace = ({ target }: Exchange) => JSON.stringify([actor.id, target.is, target.id]);
  const places = together(actor.exchanges, keyOfPlace).map((exchanges) => {
    const [one] = exchanges;
    return { key: keyOfPlace(one), target: one.target, exchanges };
  });
  return { actor, places };
}

function entryIn(all: Map<string, Row[]> = new Map(), source: string): Row[] {
  const entry = all.get(source) ?? [];
  all.set(source, entry);
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

type Way = { readonly before: readonly Hop[]; readonly hop: Hop };

function rowsOf(actor: Party, { source, subject }: Token, exchange: Exchange, { before: via, hop }: Way): Row[] {
  const { target, scopes, placeOf, grantedBy, with: named } = exchange;
  const isCombined = named !== undefined && !named.includes(source);
  return scopes.map((scope) => ({
    agent: { id: actor.id, name: actor.name },
    ...{ flow: "exchange", target, scope, subject, via, claims: hop.claims },
    ...(isCombined && { isCombined }),
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
