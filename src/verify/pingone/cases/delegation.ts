/** Exchanges that are declared one by one: hop by hop, with all who acted in the token, or refused (delegation §1). */
import { type Case, type Proof, planned } from "../../case.ts";
import { tokenOf } from "../../credentials.ts";
import { Unprovable } from "../../errors.ts";
import { isObject, type Observation } from "../../http.ts";
import { claimsOf } from "../../jwt.ts";
import type { DeclaredFlow } from "../../report/report.ts";
import { NO_DELEGATION, refusal } from "../answers.ts";
import type { PingOneClient, PingOneDelegate, PingOneSource } from "../plan.ts";
import { clientIdOf, clientOf, type Group, judged, ownToken, type Session } from "../session.ts";
import { type Exchanging, unnamed } from "./unnamed.ts";

type Declared = {
  readonly from: string;
  readonly to: string;
  readonly flow: DeclaredFlow;
  prove(): Promise<Proof>;
};

const DECLARED: readonly Case<Declared>[] = [
  {
    id: "P06",
    title: ({ from, to }) => `exchange ${from} for ${to}, as delegated`,
    evidence: "V",
    expected: "token as declared, with all who acted",
    flow: ({ flow }) => flow,
    run: ({ prove }) => prove(),
  },
];

type Asking = Exchanging & {
  /** Whether tokens of the target name nobody, or another than the acting client. */
  readonly next: "nobody" | "another" | "itself";
  exchanged(): Promise<string>;
  own(): Promise<string>;
  askOwn(): Promise<Observation>;
  strangersToken(): Promise<string>;
  /** The token of one hop before; undefined where there is none. */
  readonly earlier: (() => Promise<string>) | undefined;
};

const PROVOKED: readonly Case<Asking>[] = [
  ...unnamed<Asking>({ id: "N14", title: "no actor token", evidence: "V", change: () => ({ actor: undefined }) }),
  ...unnamed<Asking>({
    id: "N15",
    evidence: "V",
    title: "actor whom may_act does not name",
    change: async ({ strangersToken }) => ({ actor: await strangersToken() }),
  }),
  ...unnamed<Asking>({
    id: "N16",
    evidence: "V",
    title: "token that names the next actor",
    when: ({ next }) => next === "another",
    change: async ({ exchanged }) => ({ subject: await exchanged() }),
  }),
  ...unnamed<Asking>({
    id: "N17",
    evidence: "V",
    title: "own token in place of the one to be exchanged",
    when: ({ next }) => next !== "itself",
    change: async ({ own }) => ({ subject: await own() }),
  }),
  {
    id: "N20",
    core: true,
    title: "own token of a resource whose tokens have to say who acts",
    evidence: "V",
    ...NO_DELEGATION,
    when: ({ isRequired }) => isRequired,
    twin: ({ ask }) => ask(),
    // The token is needed as the actor token of the exchange.
    provoke: ({ askOwn }) => askOwn(),
  },
  ...unnamed<Asking>({
    id: "N21",
    evidence: "V",
    title: "last token of the chain, exchanged onward",
    when: ({ next }) => next === "nobody",
    change: async ({ exchanged }) => ({ subject: await exchanged() }),
  }),
  ...unnamed<Asking>({
    id: "N22",
    evidence: "V",
    core: true,
    title: "a hop skipped",
    when: ({ earlier }) => earlier !== undefined,
    change: async ({ earlier }) => ({ subject: await earlier?.() }),
  }),
];

type Acting = {
  own(scopes: readonly string[]): Promise<Observation>;
  readonly scopes: readonly string[];
  readonly resources: number;
};

const ACTING: readonly Case<Acting>[] = [
  {
    id: "N23",
    title: "own token without a scope, granted on two resources",
    evidence: "V",
    exact: refusal("severalResources", "invalid_scope"),
    tolerated: ["invalid_scope"],
    when: ({ resources }) => resources > 1,
    twin: ({ own, scopes }) => own(scopes),
    provoke: ({ own }) => own([]),
  },
];

export const delegationCases: Group = {
  cases: [...DECLARED, ...PROVOKED, ...ACTING],
  ofPlan(session) {
    const { delegates = [] } = session.plan;
    const acting = new Map(delegates.map(({ client }) => [client.key, client]));
    return [
      ...delegates.flatMap((delegate) => casesOf(session, delegate)),
      ...[...acting.values()].flatMap((client) => {
        const [first] = client.access;
        const own = async (scopes: readonly string[]) => session.service.own(await clientOf(session, client), scopes);
        const place = {
          agent: client.key,
          flow: "client-credentials",
          needs: [() => clientOf(session, client)],
        } as const;
        return planned(ACTING, place, {
          own,
          scopes: first?.scopes.slice(0, 1) ?? [],
          resources: client.access.length,
        });
      }),
    ];
  },
};

function casesOf(session: Session, delegate: PingOneDelegate) {
  const { client, from, target, isRequired, next } = delegate;
  const ask = asking(session, delegate);
  const exchanged = async () => tokenOf(await ask(), "exchanged token");
  const { source } = delegate;
  const before = source?.is === "exchanged" ? source.by : undefined;
  const isNamedEarlier = before?.source?.is === "exchanged" && before.source.by.next.includes(client.key);
  const on: Asking = {
    ...{ isRequired, ask, exchanged },
    next: next.length === 0 ? "nobody" : next.includes(client.key) ? "itself" : "another",
    own: () => ownToken(session, client, target),
    askOwn: async () => session.service.own(await clientOf(session, client), target.scopes),
    strangersToken: async () =>
      tokenOf(await session.service.own(await session.rig.agent(target), target.scopes), "token of a throw-away agent"),
    earlier: before && !isNamedEarlier ? () => tokenFrom(session, before) : undefined,
  };
  const needs = clientsOf(delegate).map((one) => () => clientOf(session, one));
  const isForUser = firstOf(delegate)?.is === "user";
  const person = isForUser ? [() => session.approver.ready(session.user().name)] : [];
  const whom = isForUser ? session.userName : "a client itself";
  const flow: DeclaredFlow = { how: "by exchange", scopes: target.scopes, on: target.resource, for: whom };
  const place = { agent: client.key, flow: "exchange", needs: [...needs, ...person] } as const;
  return [
    ...planned(DECLARED, place, { from, to: target.resource, flow, prove: () => prove(session, delegate) }),
    ...planned(PROVOKED, { ...place, about: `${from} for ${target.resource}` }, on),
  ];
}

/** The first token of the way. */
function firstOf({ source }: PingOneDelegate): PingOneSource | undefined {
  return source?.is === "exchanged" ? firstOf(source.by) : source;
}

/** Clients that a hop takes, with those of the hops before. */
function clientsOf({ client, source }: PingOneDelegate): PingOneClient[] {
  if (source?.is === "exchanged") return [client, ...clientsOf(source.by)];
  return source?.is === "own" ? [client, source.client] : [client];
}

/** The token that is exchanged. @throws {Unprovable} */
async function tokenFrom(session: Session, { source, from }: PingOneDelegate): Promise<string> {
  switch (source?.is) {
    case "user":
      return tokenOf(await session.signOn(source.tokens), `user's token of ${from}`);
    case "own":
      return ownToken(session, source.client, source.access);
    case "exchanged":
      return tokenOf(await asking(session, source.by)(), `exchanged token of ${from}`);
    case undefined:
      throw new Unprovable(`nobody who is declared gets tokens of ${from}`);
  }
}

function asking(session: Session, delegate: PingOneDelegate): Asking["ask"] {
  const { client, target } = delegate;
  return async (change = {}) => {
    // The actor token is one of the acting client's own.
    const whole = { actor: await ownToken(session, client, target), scopes: target.scopes };
    const subject = "subject" in change ? change.subject : await tokenFrom(session, delegate);
    return session.service.exchange(await clientOf(session, client), { ...whole, ...change, subject });
  };
}

/** Holds what an exchange brings to what is declared, and the token that it takes, too. */
async function prove(session: Session, delegate: PingOneDelegate): Promise<Proof> {
  const { target, nestsAct } = delegate;
  const client = await clientOf(session, delegate.client);
  const given = await tokenFrom(session, delegate);
  const answer = await asking(session, delegate)({ subject: given });
  const first = firstOf(delegate);
  const subject = first?.is === "own" ? await clientIdOf(session, first.client.key) : session.user().id;
  const expected = {
    issuer: session.service.issuer,
    clientId: client.clientId,
    subject,
    actor: client.clientId,
    ...target,
  };
  const { problems, ...proof } = await judged(session, client, answer, expected);
  const actors = nestsAct ? await Promise.all(actingIn(delegate).map((key) => clientIdOf(session, key))) : [];
  const acted = actorsIn(claimsOf(String(answer.body.access_token ?? ""))?.act);
  const isWhole = !nestsAct || acted.join() === actors.join();
  const mayAct = claimsOf(given)?.may_act;
  const isNamed = isObject(mayAct) && mayAct.sub === client.clientId;
  return {
    ...proof,
    problems: [
      ...problems,
      ...(isNamed ? [] : [`may_act of the token of ${delegate.from} does not name it`]),
      ...(isWhole ? [] : [`act names [${acted}], who acted are [${actors}]`]),
    ],
  };
}

/** Keys of who acted, the last one first. */
const actingIn = ({ client, source }: PingOneDelegate): string[] => [
  client.key,
  ...(source?.is === "exchanged" ? actingIn(source.by) : []),
];

/** Who acted, as a token says it (RFC 8693 §4.1). */
const actorsIn = (act: unknown): string[] => (isObject(act) ? [String(act.sub), ...actorsIn(act.act)] : []);
