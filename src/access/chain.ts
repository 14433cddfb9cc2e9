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
export function chainsOf({ first, actors, onwardBy }: Delegations): Chains {
  const bySource = new Map<string, Actor[]>();
  for (const actor of actors) {
    for (const source of actor.sources) bySource.set(source, [...(bySource.get(source) ?? []), actor]);
  }
  const known = new Map<string, Set<string>>();
  const isNews = (key: string, { subject }: Token, via: readonly Hop[]) => {
    const before = known.get(key) ?? new Set(subject.is === "client" ? [subject.id] : []);
    const isKnown = known.has(key) && via.every(({ id }) => before.has(id));
    known.set(key, new Set([...before, ...via.map(({ id }) => id)]));
    return !isKnown;
  };
  const tokens = first.map(({ of, by, ...token }): Token => {
    const via = by ? [{ id: by.id, name: by.name, target: of, claims: { sub: token.sub, act: [] } }] : [];
    return { ...token, of, source: of.id, via };
  });
  const found = new Map<string, { readonly source: string; readonly rows: readonly Row[] }[]>();
  // Grows while it is gone through: a token of an exchange may be exchanged, too.
  for (const token of tokens) {
    for (const actor of bySource.get(token.source) ?? []) {
      for (const [key, exchanges] of Map.groupBy(actor.exchanges, ({ target }) => `${target.is} ${target.id}`)) {
        const [{ target }] = exchanges as [Exchange];
        if (isOwn(token, actor, target)) continue;
        const before = viaFor(actor, token);
        const via = [...before, hopOf(actor, token, exchanges)];
        const place = JSON.stringify([actor.id, key, token.source, subjectKey(token.subject)]);
        if (!isNews(place, token, via)) continue;
        const rows = exchanges.flatMap((exchange) => rowsOf(actor, token, exchange, via));
        found.set(actor.id, [...(found.get(actor.id) ?? []), { source: token.source, rows }]);
        const source = onwardBy === "target" ? target.id : actor.id;
        tokens.push({ of: target, source, subject: token.subject, sub: via.at(-1)?.claims.sub ?? token.sub, via });
      }
    }
  }
  return {
    rows: new Map(
      actors.map(({ id, sources }) => {
        const inOrder = (found.get(id) ?? []).toSorted(
          (one, other) => sources.indexOf(one.source) - sources.indexOf(other.source),
        );
        return [id, onceEach(inOrder.flatMap(({ rows }) => rows))];
      }),
    ),
    held: new Set(tokens.map(({ source }) => source)),
  };
}

/** Whether an actor would exchange what it has for the same again. */
function isOwn({ of, subject, via }: Token, { id }: Party, target: Target): boolean {
  const holder = via.at(-1)?.id ?? (subject.is === "client" ? subject.id : undefined);
  return holder === id && of.is === target.is && of.id === target.id;
}

/** Whom a token went through before an actor exchanges it, who is not told of a sign-on at itself. */
const viaFor = ({ id }: Party, { via }: Token): readonly Hop[] =>
  via.length === 1 && via[0]?.id === id && via[0].claims.act.length === 0 ? [] : via;

/** What the token of an exchange says. */
function hopOf({ id, name }: Party, { subject, sub, via }: Token, exchanges: readonly Exchange[]): Hop {
  const [{ target }] = exchanges as [Exchange];
  const nestsAct = exchanges.some((one) => one.nestsAct);
  const namesClient = sub === "none" && subject.is === "client" && exchanges.some((one) => one.namesClient);
  const before = nestsAct ? (via.at(-1)?.claims.act ?? []) : [];
  return { id, name, target, claims: { sub: namesClient ? "client" : sub, act: [id, ...before] } };
}

function rowsOf(actor: Party, { source, subject }: Token, exchange: Exchange, hops: readonly Hop[]): Row[] {
  const { target, scopes, placeOf, grantedBy, with: named } = exchange;
  const isCombined = named !== undefined && !named.includes(source);
  return scopes.map((scope) => ({
    agent: { id: actor.id, name: actor.name },
    ...{ flow: "exchange", target, scope, subject, via: hops.slice(0, -1), claims: hops.at(-1)?.claims },
    ...(isCombined && { isCombined }),
    ...{ place: placeOf?.(scope), grantedBy },
  }));
}

/** Each row once; what one entry names as a whole is not combined, whatever others add up to. */
function onceEach(rows: readonly Row[]): Row[] {
  const once = new Map<string, Row>();
  for (const row of rows) {
    const before = once.get(keyOf(row));
    if (!before || (before.isCombined && !row.isCombined)) once.set(keyOf(row), row);
  }
  return [...once.values()];
}
