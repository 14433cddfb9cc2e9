/** The files that declarations are kept in: which a folder has, and how one is read. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { PingAgentsError } from "./errors.ts";
import { type Declaration, loadAnyDeclaration } from "./platforms.ts";

/** Names of the stacks that have a declaration in a folder, sorted. */
export function declaredStacks(folder: string): string[] {
  const isDeclaration = (file: string) => file.endsWith(".yaml") && !file.startsWith("Pulumi.");
  const found = (existsSync(folder) ? readdirSync(folder) : []).filter(isDeclaration);
  return found.map((file) => file.slice(0, -".yaml".length)).sort();
}

/**
 * Reads and checks a declaration.
 *
 * @param shown how messages name the file
 * @param hint what to do when there is none
 * @throws ERR_ENVIRONMENT_UNKNOWN, ERR_FILE, ERR_DECLARATION
 */
export function readDeclaration(file: string, shown: string, hint: string): Declaration {
  return loadAnyDeclaration(textOf(file, shown, hint), shown);
}

function textOf(file: string, shown: string, hint: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no ${shown}`, { hint, cause });
    const what = code === "EISDIR" ? "is a folder, not a declaration" : `cannot be read (${code})`;
    throw new PingAgentsError("ERR_FILE", `${shown} ${what}`, { hint, cause });
  }
}
