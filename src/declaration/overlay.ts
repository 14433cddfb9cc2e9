/**
 * A declaration that extends another: maps merge key by key, `null` takes a key away, and any other value replaces what the
 * base says, lists as a whole. Pure: files are read by who calls.
 */

import { posix } from "node:path";
import { type Place, type Problem, plain, type Source, sourceOf, type Tree } from "./tree.ts";
import { parseYaml } from "./yaml.ts";

/** Reads a base. @param file its name as messages show it, relative to the project */
export type ReadBase = (file: string) => { readonly text: string } | { readonly problem: string };

/** A declaration and the bases that it extends, as one. */
export type Layered = {
  readonly tree: Tree;
  /** Names of the files: the declaration, its base, the base of that. */
  readonly files: readonly string[];
};

/** Reads a declaration with its bases, or says what is wrong with one of them. */
export function readLayers(first: Source, readBase: ReadBase): Layered | readonly Problem[] {
  const layers: Tree[] = [];
  const files: string[] = [];
  for (let source: Source | undefined = first; source; ) {
    const parsed = parseYaml(source);
    if (!("kind" in parsed)) return parsed;
    const { tree, base } = withoutBase(parsed);
    layers.push(tree);
    files.push(source.file);
    if (!base) break;
    const read = baseOf(base, files, readBase);
    if ("message" in read) return [read];
    source = read;
  }
  const problems: Problem[] = [];
  const tree = layers.reduceRight((below, above) => merge(below, above, [], problems));
  return problems.length ? problems : { tree, files };
}

/** A file without `extends`, and what that says. An empty file says nothing. */
function withoutBase(parsed: Tree): { tree: Tree; base?: Tree | undefined } {
  const { place } = parsed;
  if (parsed.kind === "scalar" && parsed.value === null) return { tree: { place, kind: "map", entries: new Map() } };
  if (parsed.kind !== "map") return { tree: parsed };
  const entries = new Map(parsed.entries);
  const base = entries.get("extends");
  entries.delete("extends");
  return { tree: { ...parsed, entries }, base };
}

/** The file that `extends` names. @param files those that led here, the last says it */
function baseOf(named: Tree, files: readonly string[], readBase: ReadBase): Source | Problem {
  const refuse = (message: string): Problem => ({ place: named.place, path: ["extends"], message });
  const [first = "", from = ""] = [files[0], files.at(-1)];
  if (named.kind !== "scalar" || typeof named.value !== "string" || named.value === "") {
    return refuse("expected the name of a file, relative to this one");
  }
  if (named.value.includes("${")) return refuse("takes no variable: what was reviewed must not depend on a shell");
  const file = posix.join(posix.dirname(from), named.value);
  const isInside = (path: string) => !path.startsWith("../");
  const isBeside = !isInside(first) && file.startsWith(`${posix.dirname(first)}/`);
  if (posix.isAbsolute(named.value) || !(isInside(file) || isBeside)) {
    return refuse("a base stands in the folder of the project, and is named relative to this file");
  }
  if (files.includes(file)) return refuse(`a circle: ${[...files, file].join(" extends ")}`);
  const read = readBase(file);
  return "problem" in read ? refuse(read.problem) : sourceOf(read.text, file);
}

function merge(below: Tree, above: Tree, path: readonly string[], problems: Problem[]): Tree {
  if (below.kind !== "map" || above.kind !== "map") return above;
  const refuse = (place: Place, key: string, message: string) =>
    problems.push({ place, path: [...path, key], message });
  const entries = new Map(below.entries);
  for (const [key, over] of above.entries) {
    const under = below.entries.get(key);
    if (plain(over) !== null) {
      entries.set(key, under ? merge(under, over, [...path, key], problems) : over);
      continue;
    }
    entries.delete(key);
    const { file } = below.place.source;
    if (!under) refuse(over.place, key, `null takes away what a base says, and ${file} says nothing here`);
    else if (over.kind === "scalar" && over.empty)
      refuse(over.place, key, `is empty: write null to take away what ${file} says`);
  }
  return { ...above, entries };
}
