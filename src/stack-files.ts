/** The files that declarations are kept in: which a folder has, and how one is read. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { PingAgentsError } from "./errors.ts";
import { type Declaration, loadAnyDeclaration } from "./platforms.ts";

/** Names of the stacks that have a declaration in a folder, sorted. */
export function declaredStacks(folder: string): string[] {
  const isDeclaration = (file: string) => file.endsWith(".yaml") && !file.startsWith("Pulumi.");
  const found = (statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []).filter(
    isDeclaration,
  );
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
  return loadAnyDeclaration(readText(file, shown, hint), shown);
}

/**
 * The text of a file.
 *
 * @param shown how messages name the file
 * @param hint what to do when there is none
 * @throws ERR_ENVIRONMENT_UNKNOWN when it is not there, ERR_FILE when it cannot be read
 */
export function readText(file: string, shown: string, hint: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no ${shown}`, { hint, cause });
    const what = code === "EISDIR" ? "is a folder, not a file" : `cannot be read (${code})`;
    throw new PingAgentsError("ERR_FILE", `${shown} ${what}`, { hint, cause });
  }
}
