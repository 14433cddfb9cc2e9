/** The Pulumi project, and its files `Pulumi.<stack>.yaml`, in which the Pulumi CLI keeps the settings of stacks and the salt of their passphrase. */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";

/**
 * Remembers them as they are.
 *
 * @param from folder in or below the project
 * @returns puts them back as they were, and removes those that came meanwhile
 */
export function rememberedSettings(from: string): () => void {
  const folder = settingsFolder(from);
  if (folder === undefined) return () => {};
  const before = settingsIn(folder);
  return () => {
    const now = settingsIn(folder);
    for (const [file, text] of before) if (now.get(file) !== text) writeFileSync(file, text);
    for (const file of now.keys()) if (!before.has(file)) rmSync(file);
  };
}

/**
 * The name of the Pulumi project; undefined where there is none.
 *
 * @param from folder in or below the project
 */
export function projectName(from: string): string | undefined {
  const file = projectFile(from);
  return file && textAt(file, "name");
}

/**
 * The files that stacks name in place of `stacks/<stack>.yaml`, by stack: their setting `ping-agents:declaration`.
 *
 * @param from folder in or below the project
 */
export function namedDeclarations(from: string): ReadonlyMap<string, string> {
  const folder = settingsFolder(from);
  const files = folder === undefined ? [] : [...settingsIn(folder)];
  return new Map(
    files.flatMap(([file, text]) => {
      const named = parseDocument(text).getIn(["config", "ping-agents:declaration"]);
      return typeof named === "string" ? [[basename(file).slice("Pulumi.".length, -".yaml".length), named]] : [];
    }),
  );
}

/** Where the CLI keeps them; undefined where there is no project. */
function settingsFolder(from: string): string | undefined {
  const file = projectFile(from);
  return file && resolve(dirname(file), textAt(file, "stackConfigDir") ?? ".");
}

function projectFile(from: string): string | undefined {
  const folder = resolve(from);
  const file = join(folder, "Pulumi.yaml");
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : projectFile(dirname(folder));
}

function textAt(file: string, key: string): string | undefined {
  const value: unknown = parseDocument(readFileSync(file, "utf8")).get(key);
  return typeof value === "string" ? value : undefined;
}

function settingsIn(folder: string): Map<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^Pulumi\..+\.yaml$/.test(name)) : [];
  return new Map(names.map((name) => [join(folder, name), readFileSync(join(folder, name), "utf8")]));
}
