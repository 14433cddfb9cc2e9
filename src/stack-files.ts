/** The files that declarations are kept in: which a folder has, and how one is read with the bases that it extends. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseDocument } from "yaml";
import { type ParsedDeclaration, parseDeclaration } from "./declaration/load.ts";
import { PingAgentsError } from "./errors.ts";

const ENDING = /\.ya?ml$/;

/** Whether a file of the folder may be a declaration, by its name; those of the Pulumi CLI are none. */
export const isDeclaration = (file: string): boolean => ENDING.test(file) && !file.startsWith("Pulumi.");

/** Files of a folder that may be declarations, sorted. */
function filesOf(folder: string): string[] {
  const found = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  return found.filter(isDeclaration).sort();
}

/** Names of the stacks that have a declaration in a folder, sorted. A base, which another file there extends, has no stack. */
export function declaredStacks(folder: string): string[] {
  const overlays = overlaysOf(folder);
  const own = filesOf(folder).filter((file) => !overlays.has(resolve(folder, file)));
  return [...new Set(own.map((file) => file.replace(ENDING, "")))];
}

/**
 * File of a stack's declaration; one that is not there is named, too.
 *
 * @throws ERR_FILE when there are two
 */
export function stackFile(folder: string, stack: string): string {
  const files = filesOf(folder).filter((file) => file.replace(ENDING, "") === stack);
  if (files.length <= 1) return join(folder, files[0] ?? `${stack}.yaml`);
  throw new PingAgentsError("ERR_FILE", `there are two declarations, ${files.join(" and ")}`, {
    where: { file: folder },
    hint: "keep one of them",
  });
}

/** The bases of a folder, each with the files that extend it. Files that extend one another in a circle are none: reading says so. */
function overlaysOf(folder: string): ReadonlyMap<string, readonly string[]> {
  const bases = new Map(filesOf(folder).map((file) => [resolve(folder, file), baseOf(join(folder, file))]));
  const isOwnBase = (file: string) => {
    const seen = new Set<string>();
    let next = bases.get(file);
    for (; next && !seen.has(next); next = bases.get(next)) seen.add(next);
    return seen.has(file);
  };
  const overlays = new Map<string, string[]>();
  for (const [file, base] of bases) {
    if (base && !isOwnBase(base)) overlays.set(base, [...(overlays.get(base) ?? []), basename(file)]);
  }
  return overlays;
}

/** The file that a file extends, whatever else is in it. */
function baseOf(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8");
    // Most files extend none, and one of a thousand agents takes half a second to parse.
    if (!text.includes("extends")) return undefined;
    const named = parseDocument(text).get("extends");
    return typeof named === "string" ? resolve(dirname(file), named) : undefined;
  } catch {
    return undefined; // read as a declaration, it says what is wrong
  }
}

/** How a declaration is read. */
export type Reading = {
  /** The folder of the project, absolute: messages name files from there, and bases stand in it. */
  readonly project: string;
  /** What to do when there is none. */
  readonly hint: string;
  /** Files, by the names that messages have for them, that are to be read as if this text was in them. @default none */
  readonly instead?: ReadonlyMap<string, string> | undefined;
};

/**
 * Reads a declaration and the bases that it extends; `platforms.ts` checks it.
 *
 * @throws ERR_ENVIRONMENT_UNKNOWN where there is none or it is a base, ERR_FILE, ERR_DECLARATION
 */
export function readDeclaration(file: string, { project, hint, instead = new Map() }: Reading): ParsedDeclaration {
  const shown = relative(project, resolve(file));
  const contentOf = (path: string): Content => {
    const text = instead.get(path);
    return text === undefined ? contentAt(resolve(project, path), path) : { text };
  };
  const content = contentOf(shown);
  if ("problem" in content) {
    const code = content.cause.code === "ENOENT" ? "ERR_ENVIRONMENT_UNKNOWN" : "ERR_FILE";
    throw new PingAgentsError(code, content.problem, { hint, cause: content.cause });
  }
  const parsed = parseDeclaration(content.text, shown, { readBase: contentOf });
  const overlays = overlaysOf(dirname(file)).get(resolve(file));
  if (!overlays) return parsed;
  const what = `${shown} is a base, which ${overlays.join(" and ")} ${overlays.length === 1 ? "extends" : "extend"}: no environment`;
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", what, { hint: "name an environment that extends it" });
}

/**
 * The text of a file of a declaration.
 *
 * @throws ERR_FILE
 */
export function readText(file: string): string {
  const content = contentAt(file, file);
  if ("text" in content) return content.text;
  throw new PingAgentsError("ERR_FILE", content.problem, { cause: content.cause });
}

type Content = { readonly text: string } | { readonly problem: string; readonly cause: NodeJS.ErrnoException };

/** @param shown how messages name the file */
function contentAt(file: string, shown: string): Content {
  try {
    return { text: readFileSync(file, "utf8") };
  } catch (error) {
    const cause = error as NodeJS.ErrnoException;
    if (cause.code === "ENOENT") return { problem: `there is no ${shown}`, cause };
    const what = cause.code === "EISDIR" ? "is a folder, not a file" : `cannot be read (${cause.code})`;
    return { problem: `${shown} ${what}`, cause };
  }
}
