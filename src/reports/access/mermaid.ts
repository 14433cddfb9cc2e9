/** A report about access as a graph that GitHub draws; as a table, where a graph would be a knot. Pure. */

import { isChained, type Row } from "../../access/row.ts";
import { together, type Wording } from "../../access/sentence.ts";
import { type Token, tokensOf } from "../../access/token.ts";
import { mermaidName } from "../names.ts";
import { claimsOf } from "./chains.ts";
import { type Line, linesOf } from "./lines.ts";
import { below, markdownLines, table } from "./markdown.ts";
import { type Report, sizeIn } from "./report.ts";
import { changed } from "./words.ts";

/** Arrows that a reader can still follow. */
const MOST = 30;

/** Arrows by what became of a row. */
const ARROWS = { stays: "-->", gained: "==>", lost: "-.->" } as const;
type Arrow = keyof typeof ARROWS;

/** Markdown with a graph, line by line. */
export function mermaidLines(report: Report): string[] {
  const { people } = report;
  const wording = { show: (name: string) => mermaidName(name), sizeOf: sizeIn(people) };
  const sets: [Arrow, readonly Row[]][] =
    report.is === "matrix"
      ? [["stays", report.rows]]
      : (["gained", "lost"] as const).map((side) => [side, changed(report).flatMap((change) => change[side])]);
  const edges = sets.flatMap(([arrow, rows]) => linesOf(rows, wording).map((line) => ({ arrow, line })));
  const ids = new Map<string, string>();
  const node = (key: string, label: string) => {
    const known = ids.get(key);
    const id = known ?? `n${ids.size}`;
    ids.set(key, id);
    return known ?? `${id}["${label}"]`;
  };
  const handed = sets.flatMap(([arrow, rows]) =>
    rows.filter(isChained).flatMap((row) => handedOn(arrow, row, wording.show)),
  );
  const all = [
    ...edges.map(({ arrow, line }) => `  ${edge(arrow, line, node)}`),
    ...together(handed, (one) => JSON.stringify(one)).map(
      ([{ from, to, arrow, claims }]) => `  ${node(...from)} ${ARROWS[arrow]}|"${claims}"| ${node(...to)}`,
    ),
  ];
  if (all.length > MOST) {
    if (report.is !== "matrix") return markdownLines(report);
    return [...table(report, report.rows).slice(1), ...below(report)];
  }
  return ["```mermaid", "flowchart LR", ...all, "```", ...below(report)];
}

const PREFIX: Readonly<Record<Arrow, string>> = { stays: "", gained: "now: ", lost: "no longer: " };

function edge(arrow: Arrow, { row, cells }: Line, node: (key: string, label: string) => string): string {
  const [agent, scopes, target = "", people, way] = cells;
  const from = node(`agent ${row.agent.id}`, agent);
  const to = node(
    `${row.target.is} ${row.target.id} ${row.target.is === "agent"}`,
    row.target.is === "agent" ? `${agent}: own scopes` : target,
  );
  return `${from} ${ARROWS[arrow]}|"${PREFIX[arrow]}${scopes}<br>for ${people}<br>${way}"| ${to}`;
}

type Handed = Record<"from" | "to", readonly [key: string, label: string]> & {
  readonly arrow: Arrow;
  readonly claims: string;
};

/** The tokens of a chain, each from who got it to who exchanges it. */
function handedOn(arrow: Arrow, row: Row, show: Wording["show"]): Handed[] {
  const tokens = tokensOf(row);
  const { agent, subject, via } = row;
  const holders = [...(subject.is === "client" ? [subject] : []), ...via, agent].map(
    ({ id, name }) => [`agent ${id}`, show(name, false)] as const,
  );
  // Where people sign in at an application, it is no party to the chain.
  const [{ holder }] = tokens as [Token];
  const all = holders.length < tokens.length ? [["user", show(holder, false)] as const, ...holders] : holders;
  return tokens.slice(0, -1).flatMap((token, at) => {
    const [from, to] = [all[at], all[at + 1]];
    return from && to ? [{ from, to, arrow, claims: claimsOf(token, show).join("<br>") }] : [];
  });
}
