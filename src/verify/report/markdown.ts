/** What a pull request or a job summary shows: the result first, every row folded. */
import { ASSERTION_HEADINGS, assertionCells, assertionOutcomes, assertionSummary } from "./assertions.ts";
import { type Cause, causesOf, failure } from "./causes.ts";
import { type Report, summary } from "./report.ts";
import { counted, declaredFlows, FLOW_HEADINGS, flowCells, idsOf, legend, refusals } from "./words.ts";

const MARK = {
  ...{ pass: "✅ pass", fail: "❌ fail", inconclusive: "⚠️ inconclusive" },
  computed: "computed only",
} as const;
const HEADINGS = ["case", "verdict", "agent", "flow", "evidence", "expected", "got", "what"];

export function markdown(report: Report): string {
  const { tenant, place, target, notes } = report;
  const refused = refusals(report);
  const lines = [
    `## Token flows of ${tenant}, ${place} (${target})`,
    "",
    `**${summary(report)}**${refused ? `, of them ${refused}` : ""}`,
    ...causes(report),
    ...assertions(report),
    ...flows(report),
    ...(notes.length ? ["", ...notes.map((note) => `- Not run: ${escaped(note)}`)] : []),
    ...allRows(report),
  ];
  return `${lines.join("\n")}\n`;
}

function causes(report: Report): string[] {
  const all = causesOf(report);
  return all.length
    ? ["", "### Not as declared, or not proven", "", ...all.flatMap((cause) => items(report, cause))]
    : [];
}

function items({ names }: Report, cause: Cause): string[] {
  const { message, failed, inconclusive } = cause;
  return [
    `- ${escaped(message)}`,
    ...failed.map((row) => {
      const told = `${names[row.agent] ?? row.agent}: ${row.title}: ${failure(row, cause)}`;
      return `  - ${MARK.fail} ${row.case} ${escaped(told)}`;
    }),
    ...(inconclusive.length
      ? [`  - ${MARK.inconclusive} ${counted(inconclusive.length, "row")}: ${idsOf(inconclusive)}`]
      : []),
  ];
}

function assertions(report: Report): string[] {
  const rows = assertionOutcomes(report).map((one) => [MARK[one.verdict], ...assertionCells(one)]);
  return rows.length ? ["", `### ${assertionSummary(report)}`, "", ...table(ASSERTION_HEADINGS, rows)] : [];
}

function flows(report: Report): string[] {
  const rows = declaredFlows(report).map((row) => [...flowCells(report, row), MARK[row.verdict]]);
  return rows.length ? ["", "### Declared, and tried", "", ...table(FLOW_HEADINGS, rows)] : [];
}

function allRows(report: Report): string[] {
  const cells = report.rows.map((row) => {
    const more = [row.claims, row.cause].filter(Boolean).join("; ");
    const got = more ? `${row.got} (${more})` : row.got;
    return [row.case, MARK[row.verdict], row.agent, row.flow, row.evidence, row.expected, got, row.title];
  });
  if (cells.length === 0) return [];
  const words = legend(report).map(([name, told]) => `- ${name}: ${told}`);
  const title = `All ${cells.length} rows, refusals included`;
  return ["", `<details><summary>${title}</summary>`, "", ...table(HEADINGS, cells), "", ...words, "", "</details>"];
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map((cells) => line(cells.map(escaped)))];
}

function escaped(value: string): string {
  return value.replaceAll(/[|<>*`]/g, (character) => `&#${character.codePointAt(0)};`).replaceAll("\n", " ");
}
