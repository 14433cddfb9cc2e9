/** The templates of a project, which the package carries: read, and filled in. */

import { readdirSync, readFileSync } from "node:fs";

/** Stands two folders above the sources, and above the compiled files as well. */
const FOLDER = new URL("../../../templates/", import.meta.url);

/** The text of a template. @param file below `templates/` */
export const template = (file: string): string => readFileSync(new URL(file, FOLDER), "utf8");

/** The names of the templates in a folder, sorted. */
export const templatesIn = (folder: string): string[] => readdirSync(new URL(folder, FOLDER)).sort();

/** A template with a text in the place of each `{{name}}`. */
export const filled = (file: string, values: Readonly<Record<string, string>>): string =>
  template(file).replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? name);
