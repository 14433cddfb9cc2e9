/** The declarations of a project, as the commands find them. */

import { join, relative } from "node:path";
import { PingAgentsError } from "../errors.ts";
import { type Declaration, loadAnyDeclaration } from "../platforms.ts";
import { declaredStacks, readDeclaration, readText } from "../stack-files.ts";

/** Folder of the declarations, below the working directory. */
const FOLDER = "stacks";

/**
 * Environments that have a declaration, sorted; at least one.
 *
 * @throws ERR_ENVIRONMENT_UNKNOWN
 */
export function environments(folder = FOLDER): string[] {
  const found = declaredStacks(folder);
  if (found.length > 0) return found;
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
  if (environments(folder).includes(environment)) return file;
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no ${file}`, { hint: others(folder) });
}

/** What to do where a declaration is missing. */
const others = (folder: string) => `write it, or use one of ${environments(folder).join(", ")}`;

/**
 * The checked declaration of an environment.
 *
 * @throws ERR_DECLARATION, ERR_ENVIRONMENT_UNKNOWN, ERR_FILE
 */
export function declarationOf(environment: string, folder = FOLDER): Declaration {
  const file = fileOf(environment, folder);
  return readDeclaration(file, file, others(folder));
}

/**
 * The text of an environment's declaration.
 *
 * @throws ERR_ENVIRONMENT_UNKNOWN, ERR_FILE
 */
export function declarationText(environment: string, folder = FOLDER): string {
  const file = fileOf(environment, folder);
  return readText(file, file, others(folder));
}

/**
 * The declaration in a text.
 *
 * @throws ERR_DECLARATION
 */
export function checked(text: string, file: string): Declaration {
  return loadAnyDeclaration(text, relative(".", file));
}
