/** The table for a pull request or a job summary. */
import { type Report, summary } from "./report.ts";

const MARK = { pass: "✅ pass", fail: "❌ fail", inconclusive: "⚠️ inconclusive" } as const;

export function markdown(report: Report): string {
  const { tenant, place, target, findings, rows, notes } = report;
  const lines = [
    `## Token flows of ${tenant}, ${place} (${target})`,
    "",
    ...findings.map(({ message }) => `- ${message}`),
    ...(findings.length ? [""] : []),
    "| agent | flow | case | what | expected | got | verdict | evidence |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => {
      const more = [row.claims, row.cause].filter(Boolean).join("; ");
      const got = more ? `${row.got} (${more})` : row.got;
      const cells = [row.agent, row.flow, row.case, row.title, row.expected, got, MARK[row.verdict], row.evidence];
      return `| ${cells.map(escaped).join(" | ")} |`;
    }),
    ...(notes.length ? ["", ...notes.map((note) => `Not run: ${note}`)] : []),
    "",
    `**${summary(report)}**`,
  ];
  return `${lines.join("\n")}\n`;
}

function escaped(value: string): string {
  return value.replaceAll(/[|<>]/g, (character) => `&#${character.codePointAt(0)};`).replaceAll("\n", " ");
}
