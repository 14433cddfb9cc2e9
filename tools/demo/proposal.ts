/** A pull request as the demo has one: the project's declarations committed, and a change of one of them that is not. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSeq, parseDocument } from "yaml";
import { stackFile } from "../../src/stack-files.ts";
import type { Pulumi } from "./pulumi.ts";
import type { Story } from "./stories.ts";

/** Not the user's settings: a commit there may be signed, and a new repository begin with hooks. */
const SETTINGS = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
const AUTHOR = ["-c", "user.name=Demo", "-c", "user.email=demo@example.com"];

/**
 * Proposes the change of a story for as long as something looks at it; the declaration is as before then.
 *
 * @returns false, and nothing was looked at, where there is no git
 */
export async function proposed(
  { stack, proposal: { path, adds } }: Story,
  { folder, environment }: Pick<Pulumi, "folder" | "environment">,
  look: () => Promise<void>,
): Promise<boolean> {
  const git = (...args: string[]) =>
    spawnSync("git", args, { cwd: folder, env: { ...environment, ...SETTINGS }, stdio: "ignore" }).status === 0;
  const committed =
    git("init", "--quiet") &&
    git("add", "stacks") &&
    git(...AUTHOR, "commit", "--quiet", "--message", "What was brought up");
  if (!committed) return false;
  const file = stackFile(join(folder, "stacks"), stack);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, withEntry(text, path, adds));
  await look();
  writeFileSync(file, text);
  return true;
}

/** The text with an entry more in a list, which stands in brackets; all else stays where it is. */
function withEntry(text: string, path: readonly unknown[], entry: string): string {
  const list = parseDocument(text).getIn(path, true);
  if (!isSeq(list) || !list.flow || !list.range)
    throw new Error(`the declaration has no list in brackets at ${path.join(".")}`);
  const end = list.range[1] - 1;
  return `${text.slice(0, end)}, ${JSON.stringify(entry)}${text.slice(end)}`;
}

/** Sections of the report that are not about what is new. */
const LEFT_OUT = /^(?:Reach|Findings as before):/;

/** A report without those, its sections close together. */
export function inShort(report: string): string {
  const sections = report.trimEnd().split("\n\n");
  const shown = sections.filter((section) => !LEFT_OUT.test(section));
  const hint = "The whole report also says who reaches how much, and what was found before.";
  return `${[...shown, ...(shown.length < sections.length ? [hint] : [])].join("\n")}\n`;
}
