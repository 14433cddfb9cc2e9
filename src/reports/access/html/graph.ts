/** Access as lines between four columns: people, agents, what they open, scopes. Pure. */

import { EVERY_SCOPE, type Row, subjectKey } from "../../../access/row.ts";
import { bundles, ownScopes, type Wording, wayOf, whom } from "../../../access/sentence.ts";
import { type Token, tokensOf } from "../../../access/token.ts";
import type { Allowed } from "../../../fields/undeclared-access.ts";
import type { Report } from "../report.ts";

/** What a row is in its report: in both sets, only in one, or there with a reservation. */
export type Mark = "kept" | "gained" | "lost" | "allowed" | "unsure";

/** The columns, from left to right. */
export const COLUMNS = ["people", "agents", "targets", "scopes"] as const;
type Column = (typeof COLUMNS)[number];

/** Something in a column; texts are HTML. */
export type Node = {
  /** In the page, e.g. `e0-agents-3`. */
  readonly id: string;
  readonly label: string;
  /** What stands small below it. */
  readonly note: string;
  readonly marks: Set<Mark>;
  /** What it belongs to: the target of a scope. */
  readonly below: string;
};

/** Rows that differ by their scope alone, in the words of the columns; texts are HTML. */
export type Path = {
  readonly mark: Mark;
  /** One of the first three columns each, then the scopes. */
  readonly nodes: readonly string[];
  /** Nodes of those whose token is exchanged, and through whom it went, in their order. */
  readonly via: readonly string[];
  readonly people: string;
  readonly agent: string;
  readonly target: string;
  readonly scopes: readonly string[];
  readonly way: string;
  readonly hops: readonly Token[];
  readonly where: string;
  readonly entry?: Allowed | undefined;
};

export type Graph = { readonly columns: Readonly<Record<Column, readonly Node[]>>; readonly paths: readonly Path[] };

type Marked = Row & { readonly mark: Mark; readonly entry?: Allowed | undefined };

/** @param prefix of the ids @param wording shows names as HTML */
export function graphOf(report: Report, prefix: string, wording: Wording): Graph {
  const columns = new Columns(prefix);
  const rows = Map.groupBy(markedRows(report), ({ mark }) => mark);
  const paths = (["gained", "lost", "allowed", "kept", "unsure"] as const).flatMap((mark) =>
    bundles(rows.get(mark) ?? []).map((bundle) => pathOf(bundle as [Marked, ...Marked[]], columns, wording)),
  );
  if (report.is === "matrix") {
    for (const agent of report.agents) columns.node("agents", agent.id, wording.show(agent.name, false), "");
  }
  return { columns: columns.all(), paths };
}

function markedRows(report: Report): Marked[] {
  const marked = (mark: Mark, rows: readonly Row[]): Marked[] => rows.map((row) => ({ ...row, mark }));
  if (report.is === "matrix") return [...marked("kept", report.rows), ...marked("unsure", report.unsure ?? [])];
  const { changes, kept, allowed } = report;
  return [
    ...changes.flatMap(({ gained, lost }) => [...marked("gained", gained), ...marked("lost", lost)]),
    ...marked("allowed", allowed),
    ...marked("kept", kept),
  ];
}

function pathOf(bundle: readonly [Marked, ...Marked[]], columns: Columns, wording: Wording): Path {
  const { show } = wording;
  const [row] = bundle;
  const { mark, agent: by, target: on, subject, place } = row;
  const agent = show(by.name, false);
  const people = subject.is === "itself" ? "no person" : whom(subject, wording);
  const isForNobody = subject.is === "itself" || subject.is === "client";
  const own = on.is === "agent";
  const target = own ? ownScopes(bundle) : show(on.name, false);
  const targetLabel = own ? agent : target;
  const targetKey = `${on.is} ${on.id}`;
  const scopes = bundle.map(({ scope }) => (scope === EVERY_SCOPE ? scope : show(scope, true)));
  const noteOf = (id: string, name: string) => (id.toLowerCase() === name.toLowerCase() ? "" : show(id, false));
  return {
    ...{ mark, people, agent, target, scopes, way: wayOf(row, wording), hops: tokensOf(row), entry: row.entry },
    nodes: [
      isForNobody
        ? columns.node("people", "", "no person", PEOPLE.itself, mark)
        : columns.node("people", subjectKey(subject), people, PEOPLE[subject.is], mark),
      columns.node("agents", by.id, agent, noteOf(by.id, by.name), mark),
      columns.node("targets", targetKey, targetLabel, own ? "the agent itself" : noteOf(on.id, on.name), mark),
      ...bundle.map(({ scope }, at) =>
        columns.node("scopes", JSON.stringify([targetKey, scope]), scopes[at] ?? "", targetLabel, mark, targetKey),
      ),
    ],
    via: [...(subject.is === "client" ? [subject] : []), ...row.via].map(({ id, name }) =>
      columns.node("agents", id, show(name, false), noteOf(id, name), mark),
    ),
    where: show(place ? `${place.file}:${place.line}` : row.grantedBy, false),
  };
}

const PEOPLE: Readonly<Record<Exclude<Row["subject"]["is"], "client">, string>> = {
  itself: "the agent acts for itself",
  user: "user",
  group: "group",
  anyone: "any user",
};

/** Nodes by column, each once, in the order in which they come. */
class Columns {
  readonly #prefix: string;
  readonly #nodes: Readonly<Record<Column, Map<string, Node>>> = {
    people: new Map(),
    agents: new Map(),
    targets: new Map(),
    scopes: new Map(),
  };

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /**
   * @param below key of what it belongs to
   * @returns its id in the page
   */
  node(column: Column, key: string, label: string, note: string, mark?: Mark, below = ""): string {
    const nodes = this.#nodes[column];
    const known = nodes.get(key);
    const id = `${this.#prefix}-${column}-${nodes.size}`;
    const node = known ?? { id, label, note, below, marks: new Set<Mark>() };
    if (!known) nodes.set(key, node);
    if (mark) node.marks.add(mark);
    return node.id;
  }

  /** Scopes in the order of their targets. */
  all(): Record<Column, Node[]> {
    const { people, agents, targets, scopes } = this.#nodes;
    const list = (nodes: Map<string, Node>) => [...nodes.values()];
    const byTarget = Map.groupBy(scopes.values(), ({ below }) => below);
    return {
      ...{ people: list(people), agents: list(agents), targets: list(targets) },
      scopes: [...targets.keys()].flatMap((target) => byTarget.get(target) ?? []),
    };
  }
}
