/** A report about drift in GitHub's Markdown. Pure. */

import { CLASSES } from "../../drift/finding.ts";
import { markdownName } from "../names.ts";
import { byClass, type DriftReport } from "./report.ts";
import { capital } from "./text.ts";
import { coverageText, findingLines, summaryOf, UNREADABLE, unreadableLines } from "./words.ts";

/** Markdown, line by line. */
export function markdownLines(report: DriftReport): string[] {
  const { title, findings, unreadable } = report;
  const found = byClass(findings).flatMap(([one, own]) => {
    const lines = own.flatMap((finding) => {
      const [first, ...values] = findingLines(finding, markdownName);
      return [`- ${first}`, ...values.map((value) => `  - ${value.replace(/^[+-] /, (sign) => `\\${sign}`)}`)];
    });
    return ["", `### ${capital(CLASSES[one])}`, "", ...lines];
  });
  const unread = unreadableLines(unreadable, markdownName).map((line) => `- ${line}`);
  return [
    `## Drift: ${markdownName(title)}`,
    "",
    `**${capital(summaryOf(report))}**. ${capital(coverageText(report))}.`,
    ...found,
    ...(unread.length > 0 ? ["", `### ${UNREADABLE}`, "", ...unread] : []),
  ];
}
