#!/usr/bin/env node
/**
 * Writes the page of error codes from the table that the sources throw by.
 * Usage: npm run errors, or node tools/errors.ts FILE
 */

import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { ERROR_CODES } from "../src/error-codes.ts";

/** The class that carries the codes of a part; `PingAgentsError`, the base of them all, where none is named. */
const CLASSES: Partial<Record<keyof typeof ERROR_CODES, string>> = {
  "Calls to a tenant": "AdminApiError",
  Settings: "SettingError",
  "The declaration": "DeclarationError",
  "The verifier": "VerifyError",
  "The local tenant": "SandboxError",
};

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "\\<");

const sections = (Object.keys(ERROR_CODES) as (keyof typeof ERROR_CODES)[]).map((group) => {
  const rows = Object.entries<readonly [string, string]>(ERROR_CODES[group]).map(
    ([code, [means, next]]) => `| \`${code}\` | ${cell(means)} | ${cell(next)} |`,
  );
  const lines = [`## ${group}`, "", `Class \`${CLASSES[group] ?? "PingAgentsError"}\`.`, ""];
  return [...lines, "| Code | Means | What to do |", "| --- | --- | --- |", ...rows, ""].join("\n");
});

const page = `# Errors

<!-- Made by npm run errors from src/error-codes.ts. Do not edit. -->

Every error that this project raises on purpose has a stable code. Its message says the code, what happened, where (file and
line, resource, field, tenant) and, after \`Next:\`, what to do in this very case; it never holds a secret. All classes extend
\`PingAgentsError\` and are exported by the package:

\`\`\`ts
import { PingAgentsError } from "ping-agents";

try {
  // …
} catch (error) {
  if (!(error instanceof PingAgentsError)) throw error;
  console.error(error.code, error.where.field, error.hint);
}
\`\`\`

Branch on codes, not on messages. An \`AdminApiError\` also has the HTTP \`status\`, the \`transactionId\` that finds the call in the
tenant's logs, and \`policyFailures\`.

${sections.join("\n")}`;

writeFileSync(argv[2] ?? fileURLToPath(new URL("../docs/errors.md", import.meta.url)), page);
