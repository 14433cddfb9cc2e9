/** A report about drift in GitHub's Markdown. Pure. */

import { CLASSES } from "../../drift/finding.ts";
import { markdownName } from "../names.ts";
import { byClass, type DriftReport } from "./report.ts";
import { capital } from "./text.ts";
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

/** Markdown, line by line. */
export function markdownLines(report: DriftReport): string[] {
  const { title, findings, allowed, unreadable, strangers = [] } = report;
  const found = byClass(findings).flatMap(([one, own]) => {
    const lines = own.map((finding) => `- ${findingLine(finding, markdownName)}`);
    return ["", `### ${capital(CLASSES[one])}`, "", ...lines];
  });
  const unread = unreadableLines(unreadable, markdownName).map((line) => `- ${line}`);
  const pending = pendingLines(report, markdownName).map((line) => `- ${line}`);
  const others = strangers.map((one) => `- ${strangerLine(one, markdownName)}`);
  return [
    `## Drift: ${markdownName(title)}`,
    "",
    `**${capital(summaryOf(report))}**. ${capital(coverageText(report))}.`,
    ...found,
    ...(allowed.length > 0
      ? ["", `### ${ALLOWED}`, "", ...allowed.map((one) => `- ${answeredLine(one, markdownName)}`)]
      : []),
    ...(unread.length > 0 ? ["", `### ${UNREADABLE}`, "", ...unread] : []),
    ...(pending.length > 0 ? ["", `### ${PENDING}`, "", ...pending] : []),
    ...(others.length > 0 ? ["", `### ${STRANGERS}`, "", ...others, "", NOT_SEEN] : []),
  ];
}
