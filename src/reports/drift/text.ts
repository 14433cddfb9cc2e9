/** A report about drift for a terminal. Pure. */

import { CLASSES } from "../../drift/finding.ts";
import { visible } from "../names.ts";
import { byClass, type DriftReport } from "./report.ts";
import { coverageText, findingLines, summaryOf, UNREADABLE, unreadableLines } from "./words.ts";

/** Text, line by line. */
export function textLines(report: DriftReport): string[] {
  const { title, findings, unreadable } = report;
  const found = byClass(findings).flatMap(([one, own]) => {
    const lines = own.flatMap((finding) => {
      const [first, ...values] = findingLines(finding, visible);
      return [`  ${first}`, ...values.map((value) => `    ${value}`)];
    });
    return ["", `${capital(CLASSES[one])}:`, ...lines];
  });
  const unread = unreadableLines(unreadable, visible).map((line) => `  ${line}`);
  return [
    `${visible(title)}: ${summaryOf(report)}`,
    coverageText(report),
    ...found,
    ...(unread.length > 0 ? ["", `${UNREADABLE}:`, ...unread] : []),
  ];
}

/** With a capital letter. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
