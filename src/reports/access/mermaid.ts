/** A report about access as a graph that GitHub draws; as a table, where a graph would be a knot. Pure. */

import type { Row } from "../../access/row.ts";
import { mermaidName } from "../names.ts";
import { type Line, linesOf } from "./lines.ts";
import { findingsBelow, markdownLines, table } from "./markdown.ts";
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
  if (edges.length > MOST) {
    if (report.is !== "matrix") return markdownLines(report);
    return [...table(report, report.rows).slice(1), ...findingsBelow(report)];
  }
  const ids = new Map<string, string>();
  const node = (key: string, label: string) => {
    const known = ids.get(key);
    const id = known ?? `n${ids.size}`;
    ids.set(key, id);
    return known ?? `${id}["${label}"]`;
  };
  const drawn = edges.map(({ arrow, line }) => `  ${edge(arrow, line, node)}`);
  return ["```mermaid", "flowchart LR", ...drawn, "```", ...findingsBelow(report)];
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
