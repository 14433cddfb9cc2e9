/** A report for people, for programs and for CI. Pure. */

import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { Report } from "./report.ts";
import { text } from "./text.ts";

export const FORMATS = ["text", "json", "junit", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

const json = (report: Report) => `${JSON.stringify(report, undefined, 2)}\n`;

/**
 * @param isAll whether text has every row, too, as the other formats always have
 * @returns the whole output, with a line end
 */
export function render(report: Report, format: Format, isAll = false): string {
  return { text, json, junit, markdown }[format](report, isAll);
}
