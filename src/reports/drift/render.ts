/** Reports about drift in the formats that the command prints. Pure. */

import { jsonOf } from "./json.ts";
import { markdownLines } from "./markdown.ts";
import type { DriftReport, Outcome } from "./report.ts";
import { textLines } from "./text.ts";

export const FORMATS = ["text", "json", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

/** @returns the whole output, with a line end */
export function render(report: DriftReport, outcome: Outcome, format: Format): string {
  if (format === "json") return `${JSON.stringify(jsonOf(report, outcome), null, 2)}\n`;
  const lines = { text: textLines, markdown: markdownLines }[format](report);
  return `${lines.join("\n")}\n`;
}
