/** A report about drift for a terminal. Pure. */

import { visible } from "../names.ts";
import type { DriftReport } from "./report.ts";
import { coverageText, sectionsOf, summaryOf } from "./words.ts";

/** Text, line by line. */
export function textLines(report: DriftReport): string[] {
  return [
    `${visible(report.title)}: ${summaryOf(report)}`,
    coverageText(report),
    ...sectionsOf(report, visible).flatMap(({ heading, lines, below }) => [
      ...["", `${heading}:`],
      ...lines.map((line) => `  ${line}`),
      ...(below === undefined ? [] : [below]),
    ]),
  ];
}
