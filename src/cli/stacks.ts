/** The declarations of a project, as the commands find them. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { type Declaration, loadAnyDeclaration } from "../components/declaration.ts";
import { PingAgentsError } from "../errors.ts";

/** Folder of the declarations, below the working directory. */
const FOLDER = "stacks";

/**
 * Environments that have a declaration, sorted; at least one.
 *
 * @throws ERR_ENVIRONMENT_UNKNOWN
 */
export function environments(folder = FOLDER): string[] {
  const isDeclaration = (file: string) => file.endsWith(".yaml") && !file.startsWith("Pulumi.");
  const found = (isFolder(folder) ? readdirSync(folder) : []).filter(isDeclaration);
  if (found.length > 0) return found.map((file) => file.slice(0, -".yaml".length)).sort();
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no declaration in ${folder}/ here`, {
    hint: `run this in the project's folder, or write ${join(folder, "dev.yaml")}`,
  });
}

/**
 * File of an environment's declaration.
 *
 * @throws ERR_ENVIRONMENT_UNKNOWN
 */
export function fileOf(environment: string, folder = FOLDER): string {
  const file = join(folder, `${environment}.yaml`);
  const known = environments(folder);
  if (known.includes(environment)) return file;
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no ${file}`, {
    hint: `write it, or use one of ${known.join(", ")}`,
  });
}

/**
 * The checked declaration of an environment.
 *
 * @throws ERR_DECLARATION, ERR_ENVIRONMENT_UNKNOWN, ERR_FILE
 */
export function declarationOf(environment: string, folder = FOLDER): Declaration {
  const file = fileOf(environment, folder);
  return checked(readText(file), file);
}

/**
 * The text of a file.
 *
 * @throws ERR_FILE when it cannot be read
 */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const what = code === "EISDIR" ? `${file} is a folder, not a file` : `${file} cannot be read (${code})`;
    throw new PingAgentsError("ERR_FILE", what, { hint: "put a file there that you may read", cause });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * The declaration in a text.
 *
 * @throws ERR_DECLARATION
 */
export function checked(text: string, file: string): Declaration {
  return loadAnyDeclaration(text, relative(".", file));
}
