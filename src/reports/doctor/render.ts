/** Reports about a set-up in the formats that the command prints. Pure. */

import { markdownName, visible } from "../names.ts";
import { markdownTable, textTable } from "../table.ts";
import type { DoctorReport, Row } from "./report.ts";

export const FORMATS = ["text", "json", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

const HEADER = ["Check", "", "Found", "Next"] as const;

/** @returns the whole output, with a line end */
export function render(report: DoctorReport, format: Format): string {
  if (format === "json") return `${JSON.stringify(report, null, 2)}\n`;
  const lines = format === "text" ? textLines(report) : markdownLines(report);
  return `${lines.join("\n")}\n`;
}

const textLines = (report: DoctorReport) => [
  ...textTable(HEADER, rowsOf(report, visible)),
  ...["", `${visible(report.environment)}: ${summaryOf(report)}`],
];

const markdownLines = (report: DoctorReport) => [
  ...[`## Set-up: ${markdownName(report.environment)}`, "", `**${summaryOf(report)}**`, ""],
  ...markdownTable(HEADER, rowsOf(report, markdownName)),
];

const rowsOf = ({ checks }: DoctorReport, shown: (text: string) => string) =>
  checks.map(({ title, status, found, next = "" }) => [title, status, found, next].map(shown));

function summaryOf({ checks }: DoctorReport): string {
  const count = (status: Row["status"]) => checks.filter((one) => one.status === status).length;
  const [failed, open] = [count("failed"), count("open")];
  const rest = open > 0 ? `, ${open} open` : "";
  return failed > 0 ? `${failed} failed${rest}` : `sound, ${checks.length} checks${rest}`;
}
