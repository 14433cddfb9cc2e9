/** What assertions ask of tokens: rows that have to be had, and rows that are not declared and that nobody may have. Pure. */

import type { AccessPolicy, Assertion } from "../fields/access-policy.ts";
import type { Access } from "./access.ts";
import { isAbout } from "./assertions.ts";
import { coverage } from "./order.ts";
import { EVERY_SCOPE, type Flow, isChained, keyOf, type Row, type Subject, subjectKey, type Target } from "./row.ts";
import { together } from "./sentence.ts";

/** What agents could ask for, whether they may or not. */
export type Reachable = {
  /** Applications or resources, each with the scopes that it is known to have. */
  readonly targets: readonly { readonly target: Target; readonly scopes: readonly string[] }[];
  /** User names. */
  readonly users: readonly string[];
};

/** A row that a request can be made of: a login takes a person in a browser, and what is for a client or a chain other agents. */
export type TriableRow = Row & {
  readonly flow: Exclude<Flow, "login">;
  readonly subject: Exclude<Subject, { readonly is: "client" }>;
};

/** A row that nobody may have, and one of the same agent and way that is declared: without it a refusal says nothing. */
export type Refused = { readonly row: TriableRow; readonly twin: TriableRow };

/** An assertion in rows. Of each list one is to be tried; an empty one has nothing that can be. */
export type Expectation = {
  readonly kind: "allow" | "never" | "critical";
  /** In the list of its kind. */
  readonly index: number;
  readonly entry: Assertion;
  readonly granted: readonly (readonly TriableRow[])[];
  readonly refused: readonly (readonly Refused[])[];
  /** How many more there are that have to be refused. */
  readonly left: number;
};

/** What is to be refused of one agent in one way, the nearest first; more would be many requests for little news. */
const TRIED = 20;

/**
 * `allow`: of each agent and target a row is granted. `never`: what an agent could ask for, and may not, is refused. `critical`: the
 * rows that are declared are granted, and all else is refused.
 *
 * @param access of the declaration
 */
export function expectationsOf(access: Access, policy: AccessPolicy, reachable: Reachable): Expectation[] {
  const { allow = [], never = [], critical = [] } = policy;
  const meant = (entry: Assertion) => access.rows.filter((row) => isAbout(entry, row, access.people));
  const targetKey = ({ agent, target }: Row) => JSON.stringify([agent.id, target.is, target.id]);
  return [
    ...never.map((entry, index) => ({
      ...({ kind: "never", index, entry } as const),
      ...{ granted: [], ...forbidden(entry, access, reachable) },
    })),
    ...critical.map((entry, index) => ({
      ...({ kind: "critical", index, entry } as const),
      granted: meant(entry).map((row) => [row].filter(isTriable)),
      ...forbidden(entry, access, reachable),
    })),
    ...allow.map((entry, index) => ({
      ...({ kind: "allow", index, entry } as const),
      granted: together(meant(entry), targetKey).map((rows) => rows.filter(isTriable)),
      ...{ refused: [], left: 0 },
    })),
  ];
}

const isTriable = (row: Row): row is TriableRow =>
  !isChained(row) && row.flow !== "login" && row.target.is !== "audience" && row.scope !== EVERY_SCOPE;

/** What an entry means and nobody is declared to have, of each agent in each way in which it gets tokens at all. */
function forbidden(
  entry: Assertion,
  access: Access,
  { targets, users }: Reachable,
): Pick<Expectation, "refused" | "left"> {
  const { rows, people } = access;
  const has = coverage(rows, people);
  const isOpen = ({ subject }: Row) => subject.is === "group" && people.get(subject.name)?.members === undefined;
  const known: Known = { has, people, unclear: new Set(rows.filter(isOpen).map(placeKey)) };
  const every = [...targets.flatMap(({ scopes }) => scopes), ...rows.map(({ scope }) => scope)];
  // A scope that is nowhere known is asked for where the agent gets tokens first.
  const unknown = [entry.scope ?? []].flat().filter((pattern) => !/^!|\*/.test(pattern) && !every.includes(pattern));
  const named = [entry.subject ?? []].flat().flatMap((pattern) => pattern.match(/^user\/([^*]+)$/)?.[1] ?? []);
  const everybody: TriableRow["subject"][] = [
    ...[...users, ...named].map((name) => ({ is: "user" as const, name })),
    ...[...people.keys()].map((name) => ({ is: "group" as const, name })),
  ];
  const ways = together(rows.filter(isTriable), ({ agent, flow }) => JSON.stringify([agent.id, flow]));
  const all = ways.map((way) => {
    const [{ target: first }] = way;
    const isNear = ({ target }: Reachable["targets"][number]) => way.some((row) => row.target.id === target.id);
    const places = targets.filter(({ target }) => target.is === first.is);
    const near = [...places.filter(isNear), ...places.filter((place) => !isNear(place))];
    const where = first.is === "agent" ? [{ target: first, scopes: every }] : near;
    // A declaration that says whom it means is held to that for everybody whom it knows.
    const others = first.is === "application" && entry.subject !== undefined ? everybody : [];
    const subjects = new Map([...way.map(({ subject }) => subject), ...others].map((one) => [subjectKey(one), one]));
    // On PingOne a request names a scope and no resource: what it has anywhere it gets.
    const own = first.is === "resource" ? way.map(({ scope }) => scope) : [];
    const tried = where
      .flatMap(({ target, scopes }, index) =>
        [...new Set([...scopes, ...(index === 0 ? unknown : [])])].map((scope) => ({ target, scope })),
      )
      .filter(({ scope }) => scope !== "openid" && scope !== EVERY_SCOPE && !own.includes(scope))
      .flatMap((place) =>
        [...subjects.values()].map((subject): TriableRow => ({ ...way[0], ...place, subject, unenforced: undefined })),
      )
      .filter((row) => isAbout(entry, row, people) && !has(row))
      .map((row) => ({ row, by: withSomebody(row, way, known) }));
    // A group and its only member are tried once.
    const distinct = new Map(tried.map(({ row, by }) => [by.map(keyOf).join() || keyOf(row), by]));
    const chosen = [...distinct.values()].slice(0, TRIED);
    const refused = chosen.map((by) => by.map((row) => ({ row, twin: twinOf(row, way) })));
    return { refused, left: distinct.size - chosen.length };
  });
  return { refused: all.flatMap((one) => one.refused), left: all.reduce((sum, { left }) => sum + left, 0) };
}

/** What is known of who has what; `unclear` are rows but for their subject of which nobody knows for whom they are. */
type Known = Pick<Access, "people"> & { has(row: Row): boolean; readonly unclear: ReadonlySet<string> };

const placeKey = (row: Row) => keyOf({ ...row, subject: { is: "itself" } });

/** A row for a group as one for each member who has it in no other way, whom nobody tries anyway first; none where nobody can say. */
function withSomebody(row: TriableRow, way: readonly TriableRow[], { has, people, unclear }: Known): TriableRow[] {
  const { subject } = row;
  if (row.target.is !== "application" || subject.is === "itself" || subject.is === "anyone") return [row];
  if (unclear.has(placeKey(row))) return [];
  const members = subject.is === "group" ? [...(people.get(subject.name)?.members ?? [])] : [];
  const isTried = (name: string) => way.some((one) => one.subject.is === "user" && one.subject.name === name);
  const names =
    subject.is === "user" ? [subject.name] : members.sort((a, b) => Number(isTried(a)) - Number(isTried(b)));
  return names.map((name): TriableRow => ({ ...row, subject: { is: "user", name } })).filter((one) => !has(one));
}

/** The nearest row that is declared: for the same subject on the same target, where there is one. */
function twinOf({ target, subject }: Row, way: readonly [TriableRow, ...TriableRow[]]): TriableRow {
  const forSame = way.filter((row) => subjectKey(row.subject) === subjectKey(subject));
  return forSame.find((row) => row.target.id === target.id) ?? forSame[0] ?? way[0];
}
