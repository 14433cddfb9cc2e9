/** What a tenant did otherwise than the local one, sorted by the facts of docs/contracts that it bears on. Pure. */

import { isObject, type Json, type Recorded } from "./exchange.ts";

/** A fact of docs/contracts, and the exchanges that it is about. */
export type Fact = {
  /** As everywhere: `aic §2.4`. */
  readonly cite: string;
  readonly says: string;
  readonly method: string;
  /** Of the route. */
  readonly route: RegExp;
};

/** A flow of the verifier, and what came of it. */
export type Flow = {
  /** As of a {@link Fact}. */
  readonly cite: string;
  readonly agent: string;
  readonly case: string;
  readonly title: string;
  readonly outcome: string;
  /** False for what could not be tried, as without a person. */
  readonly isMet: boolean;
};

/** What was recorded on a tenant. */
export type Recording = {
  readonly exchanges: readonly Recorded[];
  readonly flows: readonly Flow[];
  /** What ended the life of a kind, or the flows, too early. */
  readonly failures: readonly Failure[];
};
export type Failure = { readonly of: string; readonly message: string };

export type Verdict = "confirmed" | "contradicted" | "not met";
/** A fact with what came of it. */
export type Judged = {
  readonly cite: string;
  readonly says: string;
  readonly verdict: Verdict;
  readonly differences: readonly string[];
};

/** No fact of a page is about these. */
const UNWRITTEN = { cite: "no page", says: "exchanges that no fact is about, or that only one of the tenants had" };

/** Every fact with its verdict, and a row for what differs and no fact is about. */
export function judged(facts: readonly Fact[], tenant: Recording, local: Recording): Judged[] {
  const pairs = paired(tenant.exchanges, local.exchanges);
  const isAbout = (fact: Fact, { tenant: one }: Pair) =>
    one && fact.method === one.method && fact.route.test(one.route);
  // A call that one of them did not get follows from an answer before: it says nothing of a fact.
  const both = pairs.filter((pair) => pair.tenant && pair.local);
  const rows = facts.map((fact): Judged => {
    const own = both.filter((pair) => isAbout(fact, pair));
    return verdictOf(fact, own.length, own.flatMap(differencesOf));
  });
  const others = pairs
    .filter((pair) => !(both.includes(pair) && facts.some((fact) => isAbout(fact, pair))))
    .flatMap(differencesOf);
  const unwritten = others.length > 0 ? [verdictOf(UNWRITTEN, others.length, others)] : [];
  return [...rows, ...unwritten, ...tenant.failures.map(judgedFailure), ...judgedFlows(tenant.flows, local.flows)];
}

const judgedFailure = ({ of, message }: Failure): Judged =>
  verdictOf({ cite: "no page", says: `${of} goes to its end` }, 1, [message]);

const verdictOf = (
  { cite, says }: Pick<Fact, "cite" | "says">,
  met: number,
  differences: readonly string[],
): Judged => ({
  ...{ cite, says, differences: met === 0 ? [] : [...new Set(differences)] },
  verdict: met === 0 ? "not met" : differences.length > 0 ? "contradicted" : "confirmed",
});

/** A row for each case; one that neither tenant could try is not met. */
function judgedFlows(tenant: readonly Flow[], local: readonly Flow[]): Judged[] {
  const keyOf = ({ agent, case: id }: Flow) => `${agent} ${id}`;
  const expected = Map.groupBy(local, keyOf);
  const found = Map.groupBy(tenant, keyOf);
  return [...new Set([...expected.keys(), ...found.keys()])].map((key) => {
    const [of] = [...(expected.get(key) ?? []), ...(found.get(key) ?? [])] as [Flow];
    const outcomes = (flows: readonly Flow[] = []) => flows.map(({ outcome }) => outcome).join(", ") || "not run";
    const [there, here] = [outcomes(found.get(key)), outcomes(expected.get(key))];
    const differences = there === here ? [] : [`${of.case} of ${of.agent}: ${there}; the local tenant: ${here}`];
    const met = [...(expected.get(key) ?? []), ...(found.get(key) ?? [])].filter(({ isMet }) => isMet);
    return verdictOf({ cite: of.cite, says: `${of.case} ${of.title}` }, met.length, differences);
  });
}

type Pair = { readonly tenant?: Recorded | undefined; readonly local?: Recorded | undefined; readonly any: Recorded };

/** The exchanges of a step by method and route, the first with the first. */
function paired(tenant: readonly Recorded[], local: readonly Recorded[]): Pair[] {
  const keyOf = ({ step, method, route }: Recorded) => `${step} ${method} ${route}`;
  const groups = new Map<string, { tenant: Recorded[]; local: Recorded[] }>();
  const groupOf = (one: Recorded) => {
    const group = groups.get(keyOf(one)) ?? { tenant: [], local: [] };
    groups.set(keyOf(one), group);
    return group;
  };
  for (const one of local) groupOf(one).local.push(one);
  for (const one of tenant) groupOf(one).tenant.push(one);
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.max(group.tenant.length, group.local.length) }, (_pair, at) => {
      const [there, here] = [group.tenant[at], group.local[at]];
      return { tenant: there, local: here, any: (there ?? here) as Recorded };
    }),
  );
}

function differencesOf({ tenant, local, any }: Pair): string[] {
  const call = `${any.step}: ${any.method} ${any.route}`;
  if (!tenant) return [`${call}: was not called; it is on the local tenant`];
  if (!local) return [`${call}: was called with ${tenant.status}; it is not on the local tenant`];
  const status = tenant.status === local.status ? [] : [`status ${tenant.status}; the local tenant: ${local.status}`];
  // Of a refusal the members of an object are missing, and nothing more is said by that.
  const isRefused = tenant.status >= 400 !== local.status >= 400;
  const unequal = isRefused ? [] : unlike(tenant.answer, local.answer, "answer");
  return [...status, ...unequal].map((one) => `${call}: ${one}`);
}

/** Where two values differ, in words. */
function unlike(there: Json | undefined, here: Json | undefined, at: string): string[] {
  if (there === undefined && here === undefined) return [];
  if (there === undefined) return [`${at} is missing; the local tenant has it`];
  if (here === undefined) return [`${at} is there; the local tenant has it not`];
  if (isObject(there) && isObject(here)) {
    const names = [...new Set([...Object.keys(there), ...Object.keys(here)])].sort();
    return names.flatMap((name) => unlike(there[name], here[name], `${at}.${name}`));
  }
  const [its, ours] = [ordered(there), ordered(here)];
  return its === ours ? [] : [`${at} is ${shown(its)}; the local tenant: ${shown(ours)}`];
}

/** Lists of servers have no order that anybody promises. */
const ordered = (value: Json): string =>
  Array.isArray(value) ? `[${value.map(ordered).sort().join(",")}]` : JSON.stringify(value);

const shown = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
