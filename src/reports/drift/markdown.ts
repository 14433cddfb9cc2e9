/** A report about drift in GitHub's Markdown. Pure. */

import { markdownName } from "../names.ts";
import type { DriftReport } from "./report.ts";
import { capital, coverageText, sectionsOf, summaryOf } from "./words.ts";

/** Markdown, line by line. */
export function markdownLines(report: DriftReport): string[] {
  return [
    `## Drift: ${markdownName(report.title)}`,
    "",
    `**${capital(summaryOf(report))}**. ${capital(coverageText(report))}.`,
    ...sectionsOf(report, markdownName).flatMap(({ heading, lines, below }) => [
      ...["", `### ${heading}`, ""],
      ...lines.map((line) => `- ${line}`),
      ...(below === undefined ? [] : ["", below]),
    ]),
  ];
}
