/** A report about drift for a terminal. Pure. */

import { CLASSES } from "../../drift/finding.ts";
import { visible } from "../names.ts";
import { byClass, type DriftReport } from "./report.ts";
import {
  ALLOWED,
  answeredLine,
  coverageText,
  findingLine,
  NOT_SEEN,
  PENDING,
  pendingLines,
  STRANGERS,
  strangerLine,
  summaryOf,
  UNREADABLE,
  unreadableLines,
} from "./words.ts";

/** Text, line by line. */
export function textLines(report: DriftReport): string[] {
  const { title, findings, allowed, unreadable, strangers = [] } = report;
  const found = byClass(findings).flatMap(([one, own]) => {
    const lines = own.map((finding) => `  ${findingLine(finding, visible)}`);
    return ["", `${capital(CLASSES[one])}:`, ...lines];
  });
  const unread = unreadableLines(unreadable, visible).map((line) => `  ${line}`);
  const pending = pendingLines(report, visible).map((line) => `  ${line}`);
  const others = strangers.map((one) => `  ${strangerLine(one, visible)}`);
  return [
    `${visible(title)}: ${summaryOf(report)}`,
    coverageText(report),
    ...found,
    ...(allowed.length > 0 ? ["", `${ALLOWED}:`, ...allowed.map((one) => `  ${answeredLine(one, visible)}`)] : []),
    ...(unread.length > 0 ? ["", `${UNREADABLE}:`, ...unread] : []),
    ...(pending.length > 0 ? ["", `${PENDING}:`, ...pending] : []),
    ...(others.length > 0 ? ["", `${STRANGERS}:`, ...others, NOT_SEEN] : []),
  ];
}

/** With a capital letter. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
