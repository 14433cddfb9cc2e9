/** Reports about access as one page of HTML that needs nothing else, and may load nothing else. Pure. */

import { createHash } from "node:crypto";
import { htmlName } from "../../names.ts";
import type { Report } from "../report.ts";
import { SCRIPT } from "./script.ts";
import { sectionOf } from "./section.ts";
import { STYLE } from "./style.ts";

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing from anywhere; the one style and the one script by their hash, so that no name can bring another. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hash(STYLE)}`,
  `script-src ${hash(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** The page of some environments. */
export function htmlPage(reports: readonly Report[]): string {
  const title = `Access: ${reports.map((report) => htmlName(report.title)).join(", ")}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${reports.map(sectionOf).join("\n")}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
