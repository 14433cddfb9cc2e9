/** The commands of the pages: which test types them, and that the command line has every command and option that they name. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { commandLine } from "../../src/cli/main.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { sources } from "../support/sources.ts";

const read = (file: string) => readFileSync(join(projectRoot, file), "utf8");
const pages = [{ file: "README.md", text: read("README.md") }, ...sources(["docs"], [".md"])];

/** Which test types the commands of a page. */
const TYPED_BY: Readonly<Record<string, string>> = {
  "README.md": "docs/readme.test.ts",
  "docs/acceptance.md": "tools/acceptance/command.test.ts",
  "docs/access.md": "docs/access.test.ts",
  "docs/adoption.md": "engine/adopt.test.ts",
  "docs/agent-code.md": "cli/env/command.test.ts",
  "docs/agent-life.md": "docs/agent-life.test.ts",
  "docs/aic-tenant.md": "docs/readme.test.ts",
  "docs/doctor.md": "cli/doctor/command.test.ts",
  "docs/flows.md": "docs/flows.test.ts",
  "docs/getting-started.md": "docs/getting-started.test.ts",
  "docs/local-tenant.md": "docs/readme.test.ts",
  "docs/pingone-environment.md": "docs/readme.test.ts",
  "docs/pull-requests.md": "engine/preview.test.ts",
  "docs/scale.md": "docs/scale.test.ts",
  "docs/typescript.md": "package/own-project.package.ts",
  "docs/verify.md": "docs/flows.test.ts",
};

/** Takes an hour. Its parts run in test/tools/bench.test.ts. */
const BENCH = "docs/performance.md";

test("every page with commands has a test that types them", () => {
  const withCommands = pages
    .filter(({ file, text }) => file !== BENCH && text.includes("```sh\n"))
    .map(({ file }) => file);
  expect(withCommands.sort()).toEqual(Object.keys(TYPED_BY).sort());
  for (const [page, by] of Object.entries(TYPED_BY))
    expect(read(`test/${by}`), `${by} reads ${page}`).toContain(page.replace(/^docs\//, ""));
});

// All commands are loaded.
test("every command and option of ping-agents that a page names is there", { timeout: 60_000 }, async () => {
  const program = await commandLine();
  const missing = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/npx ping-agents ([^`\n#|;]*)/g)].flatMap(([, typed = ""]) =>
      unknownIn(program, (typed.split(" -- ")[0] ?? "").split(/[\s']+/)).map(
        (word) => `${file}: ${word} in "${typed}"`,
      ),
    ),
  );
  expect(missing).toEqual([]);
});

/** The words of a command line that the command does not have: a name of a command, options. */
function unknownIn(program: Command, [name = "", ...words]: readonly string[]): string[] {
  if (name === "" || !/^[a-z]+$/.test(name)) return [];
  const command = program.commands.find((one) => one.name() === name);
  if (!command) return [name];
  const all = [command, ...command.commands].flatMap(({ options }) => options.map(({ long }) => long));
  return words.filter((word) => word.startsWith("--") && ![...all, "--help"].includes(word.replace(/=.*/, "")));
}
