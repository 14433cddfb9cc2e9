/** The report of a change in the formats that the command prints. Pure. */

import { jsonReport } from "./json.ts";
import { type Frame, markdownReport } from "./markdown.ts";
import type { Preview } from "./report.ts";
import { textReport } from "./text.ts";

export const FORMATS = ["text", "markdown", "json"] as const;
export type Format = (typeof FORMATS)[number];

export function render(previews: readonly Preview[], format: Format, frame: Frame): string {
  if (format === "json") return jsonReport(previews);
  return format === "markdown" ? markdownReport(previews, frame) : textReport(previews, frame);
}
