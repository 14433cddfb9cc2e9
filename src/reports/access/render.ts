/** Reports about access in the formats that the command prints. Pure. */

import { jsonOf } from "./json.ts";
import { markdownLines } from "./markdown.ts";
import { mermaidLines } from "./mermaid.ts";
import type { Report } from "./report.ts";
import { textLines } from "./text.ts";

export const FORMATS = ["text", "markdown", "json", "mermaid"] as const;
export type Format = (typeof FORMATS)[number];

/** What is printed: one report after the other. */
export function render(reports: readonly Report[], format: Format): string {
  if (format === "json") return `${JSON.stringify({ environments: reports.map(jsonOf) }, null, 2)}\n`;
  const lines = { text: textLines, markdown: markdownLines, mermaid: mermaidLines }[format];
  return reports.map((report) => `${lines(report).join("\n")}\n`).join("\n");
}
