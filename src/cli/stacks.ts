/** The declarations of a project, as the commands find them. */

import { join, posix, resolve } from "node:path";
import { parseDocument } from "yaml";
import { DeclarationError, type ParsedDeclaration, parseDeclaration } from "../declaration/load.ts";
import { PingAgentsError } from "../errors.ts";
import { checkDeclaration, type Declaration } from "../platforms.ts";
import { declaredStacks, isDeclaration, readDeclaration, stackFile } from "../stack-files.ts";
import type { Revision } from "./git.ts";
import { namedDeclarations } from "./stack-settings.ts";

/** Folder of the declarations, below the working directory. */
const FOLDER = "stacks";

/**
 * Environments that have a declaration, sorted; at least one. A file that the settings of a stack name is of that stack alone.
 *
 * @throws ERR_ENVIRONMENT_UNKNOWN
 */
export function environments(): string[] {
  const named = namedDeclarations(".");
  const taken = new Set([...named.values()].map((file) => resolve(file)));
  const own = declaredStacks(FOLDER).filter((stack) => !taken.has(resolve(stackFile(FOLDER, stack))));
  const found = [...new Set([...own, ...named.keys()])].sort();
  if (found.length > 0) return found;
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no declaration in ${FOLDER}/ here`, {
    hint: `run this in the project's folder, or write ${join(FOLDER, "dev.yaml")}`,
  });
}

/** The environment that is meant where none is named: the only one, else dev. */
export function defaultEnvironment(): string {
  const [only, ...others] = environments();
  return only !== undefined && others.length === 0 ? only : "dev";
}

/**
 * The file of an environment's declaration, as the program finds it: `stacks/<environment>.yaml`, or what the settings of the stack name.
 *
 * @throws ERR_FILE when there are two
 */
export const declarationFile = (environment: string): string =>
  namedDeclarations(".").get(environment) ?? stackFile(FOLDER, environment);

/**
 * The declaration of an environment with its bases, to be checked.
 *
 * @param instead texts of files that are to be read as if they were written, by name
 * @throws ERR_DECLARATION, ERR_ENVIRONMENT_UNKNOWN, ERR_FILE
 */
export function parsedDeclaration(environment: string, instead?: ReadonlyMap<string, string>): ParsedDeclaration {
  const hint = `write it, or use one of ${environments().join(", ")}`;
  return readDeclaration(declarationFile(environment), { project: resolve("."), hint, instead });
}

/** A name of an environment has no slash, and no ending of a file. */
const isPath = (which: string) => /[/\\]|\.ya?ml$/.test(which);

/** The declaration of an environment, or in a file, as {@link parsedDeclaration}. */
export const parsedEither = (which: string): ParsedDeclaration =>
  isPath(which) ? parsedFile(which) : parsedDeclaration(which);

/** The declaration in a file, as {@link parsedDeclaration}. */
function parsedFile(file: string): ParsedDeclaration {
  return readDeclaration(file, { project: resolve("."), hint: "name a file that is there" });
}

/** A declaration without a mistake, and what is written where. */
export type CheckedDeclaration = Pick<ParsedDeclaration, "files" | "placeOf" | "value"> & {
  readonly declaration: Declaration;
};

/**
 * The checked declaration of an environment, or in a file.
 *
 * @throws ERR_DECLARATION, ERR_ENVIRONMENT_UNKNOWN, ERR_FILE
 */
export function declarationOf(which: string): CheckedDeclaration {
  const parsed = parsedEither(which);
  return { ...parsed, declaration: checkDeclaration(parsed) };
}

/**
 * The checked declaration that a revision has in a file, with the bases that it extends there; undefined where it has none.
 *
 * @param file from the working directory
 * @throws ERR_DECLARATION, whose places name the revision
 */
export function declarationAt(file: string, { name, textOf }: Revision): CheckedDeclaration | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  const readBase = (base: string) => {
    const found = textOf(base);
    return found === undefined ? { problem: `there is no ${base}` } : { text: found };
  };
  try {
    const parsed = parseDeclaration(text, file, { readBase });
    return { ...parsed, declaration: checkDeclaration(parsed) };
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    throw new DeclarationError(error.mistakes.map((one) => ({ ...one, file: `${name}:${one.file}` })));
  }
}

/** Files of the environments that a revision has: those of the folder that none other there extends. */
export function environmentsAt({ textOf, filesIn }: Revision): { readonly name: string; readonly file: string }[] {
  const files = filesIn(FOLDER)
    .filter(isDeclaration)
    .map((file) => posix.join(FOLDER, file));
  const bases = files.map((file) => {
    const named = parseDocument(textOf(file) ?? "").get("extends");
    return typeof named === "string" ? posix.join(posix.dirname(file), named) : undefined;
  });
  const own = files.filter((file) => !bases.includes(file));
  return own.map((file) => ({ file, name: posix.basename(file).replace(/\.ya?ml$/, "") }));
}
