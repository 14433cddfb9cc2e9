/** The table that a person reads on a terminal. */
import { type Report, type Row, summary } from "./report.ts";

const HEADINGS = ["AGENT", "FLOW", "CASE", "WHAT", "EXPECTED", "GOT", "VERDICT", "EVIDENCE"];
/** Longest text of a column; more is cut, since the JSON report has all of it. */
const WIDEST = 48;

export function text(report: Report): string {
  const { tenant, place, target, findings, notes } = report;
  const rows = report.rows.filter((row) => row.case !== "preflight");
  const table = [HEADINGS, ...rows.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => [...(row[column] ?? "")].length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const causes = rows.filter(({ cause }) => cause !== undefined).map(because);
  const parts = [
    `Token flows of ${tenant}, ${place} (${target})`,
    ...(findings.length ? ["", "Preflight:", ...findings.map(({ message }) => `  ${message}`)] : []),
    "",
    line(HEADINGS),
    ...rows.flatMap((row) => [line(cells(row)), ...(row.claims ? [`  ${row.claims}`] : [])]),
    ...(causes.length ? ["", "Why:", ...new Set(causes)] : []),
    ...(notes.length ? ["", ...notes.map((note) => `Not run: ${note}`)] : []),
    "",
    summary(report),
  ];
  return `${parts.join("\n")}\n`;
}

function cells({ agent, flow, case: id, title, expected, got, verdict, evidence }: Row): string[] {
  return [agent, flow, id, cut(title), cut(expected), cut(got), verdict.toUpperCase(), evidence];
}

function because({ agent, case: id, verdict, cause }: Row): string {
  return `  ${id} ${agent} (${verdict}): ${cause}`;
}

function cut(value: string): string {
  const characters = [...value];
  return characters.length > WIDEST ? `${characters.slice(0, WIDEST - 1).join("")}…` : value;
}
