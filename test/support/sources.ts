/** The text files of this project, for tests that look at all of them. */

import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/** A file with its path from the root of the project, written with `/`. */
export type Source = { readonly file: string; readonly text: string };

/**
 * The files below some folders, in order.
 *
 * @param endings e.g. `.ts`
 */
export function sources(folders: readonly string[], endings: readonly string[]): Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    )
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.split(sep).includes("node_modules"))
    .sort()
    .map((path) => ({ file: path.replaceAll(sep, "/"), text: readFileSync(join(projectRoot, path), "utf8") }));
}
