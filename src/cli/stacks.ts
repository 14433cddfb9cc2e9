/** The declarations of a project, as the commands find them. */

import { join, resolve } from "node:path";
import type { ParsedDeclaration } from "../declaration/load.ts";
import { PingAgentsError } from "../errors.ts";
import { checkDeclaration, type Declaration } from "../platforms.ts";
import { declaredStacks, readDeclaration, stackFile } from "../stack-files.ts";

/** Folder of the declarations, below the working directory. */
const FOLDER = "stacks";

/**
 * Environments that have a declaration, sorted; at least one.
 *
 * @throws ERR_ENVIRONMENT_UNKNOWN
 */
export function environments(): string[] {
  const found = declaredStacks(FOLDER);
  if (found.length > 0) return found;
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no declaration in ${FOLDER}/ here`, {
    hint: `run this in the project's folder, or write ${join(FOLDER, "dev.yaml")}`,
  });
}

/** The environment of a command that names none: the only one, else `dev`. */
export function defaultEnvironment(): string {
  const [only, ...others] = environments();
  return only !== undefined && others.length === 0 ? only : "dev";
}

/**
 * The declaration of an environment with its bases, to be checked.
 *
 * @param instead texts of files that are to be read as if they were written, by name
 * @throws ERR_DECLARATION, ERR_ENVIRONMENT_UNKNOWN, ERR_FILE
 */
export function parsedDeclaration(environment: string, instead?: ReadonlyMap<string, string>): ParsedDeclaration {
  const hint = `write it, or use one of ${environments().join(", ")}`;
  return readDeclaration(stackFile(FOLDER, environment), { project: resolve("."), hint, instead });
}

/** The declaration in a file, as {@link parsedDeclaration}. */
export function parsedFile(file: string): ParsedDeclaration {
  return readDeclaration(file, { project: resolve("."), hint: "name a file that is there" });
}

/** A declaration without a mistake, and where it is written. */
export type CheckedDeclaration = Pick<ParsedDeclaration, "files" | "placeOf"> & { readonly declaration: Declaration };

/**
 * The checked declaration of an environment.
 *
 * @throws ERR_DECLARATION, ERR_ENVIRONMENT_UNKNOWN, ERR_FILE
 */
export function declarationOf(environment: string): CheckedDeclaration {
  const parsed = parsedDeclaration(environment);
  return { ...parsed, declaration: checkDeclaration(parsed) };
}
