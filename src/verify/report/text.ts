/** What a person reads on a terminal: what is wrong first, then the declared flows; every row only when asked for. */

import { ASSERTION_HEADINGS, assertionCells, assertionOutcomes, assertionSummary } from "./assertions.ts";
import { type Cause, causesOf, failure } from "./causes.ts";
import { type Report, type Row, summary } from "./report.ts";
import { counted, declaredFlows, FLOW_HEADINGS, flowCells, idsOf, legend, refusals } from "./words.ts";

const HEADINGS = ["CASE", "VERDICT", "AGENT", "FLOW", "EVIDENCE", "EXPECTED", "GOT", "WHAT"];
/** Longest text that others are aligned to; nothing is cut. */
const WIDEST = 48;

/** @param isAll with every row, refusals included, and what the columns mean */
export function text(report: Report, isAll: boolean): string {
  const { tenant, place, target, notes } = report;
  const parts = [
    `Token flows of ${tenant}, ${place} (${target})`,
    summary(report),
    ...causes(report),
    ...assertions(report),
    ...flows(report),
    ...(isAll ? allRows(report) : refused(report)),
    ...(notes.length ? ["", ...notes.map((note) => `Not run: ${note}`)] : []),
  ];
  return `${parts.join("\n")}\n`;
}

function causes(report: Report): string[] {
  const all = causesOf(report);
  return all.length ? ["", "Not as declared, or not proven:", ...all.flatMap((cause) => lines(report, cause))] : [];
}

function lines({ names }: Report, cause: Cause): string[] {
  const { message, failed, inconclusive } = cause;
  const hit = failed.length + inconclusive.length;
  return [
    `  ${message}${hit ? ` (${counted(hit, "row")})` : ""}`,
    ...failed.map((row) => {
      const { agent, case: id, title } = row;
      return `    FAIL ${id} ${names[agent] ?? agent}: ${title}: ${failure(row, cause)}`;
    }),
    ...(inconclusive.length ? [`    INCONCLUSIVE ${idsOf(inconclusive)}`] : []),
  ];
}

function assertions(report: Report): string[] {
  const rows = assertionOutcomes(report).map((one) => [one.verdict.toUpperCase(), ...assertionCells(one)]);
  if (rows.length === 0) return [];
  const headings = ASSERTION_HEADINGS.map((name) => name.toUpperCase());
  return ["", `${assertionSummary(report)}:`, ...table([headings, ...rows])];
}

function flows(report: Report): string[] {
  const rows = declaredFlows(report).map((row) => [...flowCells(report, row), row.verdict.toUpperCase()]);
  if (rows.length === 0) return [];
  const isSame = (index: number) => rows[index]?.[0] === rows[index - 1]?.[0];
  const shown = rows.map(([agent = "", ...cells], index) => [isSame(index) ? "" : agent, ...cells]);
  return ["", "Declared, and tried:", ...table([FLOW_HEADINGS.map((name) => name.toUpperCase()), ...shown])];
}

function refused(report: Report): string[] {
  const told = refusals(report);
  return told ? ["", `${told} (--all lists them)`] : [];
}

function allRows(report: Report): string[] {
  const { rows } = report;
  const [heading = "", ...lines] = table([HEADINGS, ...rows.map(cells)]);
  return [
    "",
    `All rows: ${refusals(report)}`,
    heading,
    ...rows.flatMap(({ claims }, index) => [lines[index] ?? "", ...(claims ? [`  ${claims}`] : [])]),
    "",
    ...table(legend(report).map(([name, words]) => [name.toUpperCase(), words])),
  ];
}

function cells({ agent, flow, case: id, title, expected, got, verdict, evidence }: Row): string[] {
  return [id, verdict.toUpperCase(), agent, flow, evidence, expected, got, title];
}

/** Lines in which cells stand below each other. */
function table(rows: readonly (readonly string[])[]): string[] {
  const width = (cell: string | undefined) => [...(cell ?? "")].length;
  const columns = rows[0] ?? [];
  const widths = columns.map((_, column) =>
    Math.max(...rows.map((row) => width(row[column])).filter((wide, index) => index === 0 || wide <= WIDEST)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - width(cell)))).join("  ");
  return rows.map((row) => line(row).trimEnd());
}
