/** Values of a declaration with the place of each: aliases and merge keys (`<<`) are resolved, nothing else is. Pure. */

import { type Alias, type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Pair } from "yaml";

/** A file of a declaration. */
export type Source = {
  /** How messages name it; relative to the project, with slashes. */
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
};

/** A file that nobody has read yet, and so without lines. */
export const sourceOf = (text: string, file: string): Source => ({ file, text, lines: new LineCounter() });

/** Where something is written; `offset` counts characters from the start of the file. */
export type Place = { readonly source: Source; readonly offset: number };

/** What is wrong, where, and in which field; the path of a text that is no YAML is empty. */
export type Problem = { readonly place: Place; readonly path: readonly PropertyKey[]; readonly message: string };

/**
 * A value. Its place is that of its key, where it has one. What an alias stands for has the place of the alias, since that is
 * what somebody meant to write there.
 */
export type Tree = {
  readonly place: Place;
  /** True where the value has a name (`&name`) for aliases. */
  readonly anchored?: boolean;
} & (
  | { readonly kind: "scalar"; readonly value: unknown; readonly empty: boolean }
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Tree> }
  | { readonly kind: "list"; readonly items: readonly Tree[] }
);

/** Values that all aliases of a file may stand for: more is an attack on memory. */
const MAX_EXPANDED = 100_000;

/**
 * The values of a document without errors.
 *
 * @param refuse is told of what cannot be a value; then the answer is of no use
 */
export function treeOf(document: Document, source: Source, refuse: (offset: number, message: string) => void): Tree {
  let expanded = 0;
  const resolved = new Map<Alias, unknown>();
  const meantBy = (alias: Alias) => {
    if (!resolved.has(alias)) resolved.set(alias, alias.resolve(document));
    return resolved.get(alias);
  };

  function build(node: unknown, place: Place, alias: Place | undefined): Tree {
    if (alias && ++expanded > MAX_EXPANDED) {
      if (expanded === MAX_EXPANDED + 1) refuse(0, "too many aliases (*name)");
      return { place, kind: "scalar", value: null, empty: false };
    }
    if (isAlias(node)) return build(meantBy(node), place, alias ?? place);
    const anchored = isNode(node) && "anchor" in node && node.anchor !== undefined;
    const common = { place, ...(anchored && { anchored }) };
    if (isMap(node)) return { ...common, kind: "map", entries: entriesOf(node.items, alias) };
    if (isSeq(node)) {
      const items = node.items.map((item) => build(item, alias ?? placeOf(item, place), alias));
      return { ...common, kind: "list", items };
    }
    const { value = null, range } = isScalar(node) ? node : {};
    return { ...common, kind: "scalar", value, empty: value === null && (!range || range[0] === range[1]) };
  }

  /** What stands in the mapping itself wins over what `<<` brings, and of that the first. */
  function entriesOf(pairs: readonly Pair[], alias: Place | undefined): Map<string, Tree> {
    const entries = new Map<string, Tree>();
    const merged: Tree[] = [];
    for (const { key, value } of pairs) {
      const place = alias ?? { source, offset: offsetOf(key) };
      const tree = build(value, place, alias);
      if (!isMergeKey(key)) entries.set(keyText(key), tree);
      else merged.push(...(tree.kind === "list" ? tree.items : [tree]));
    }
    for (const tree of merged) {
      if (tree.kind !== "map") refuse(tree.place.offset, "<< takes an alias of a mapping");
      for (const [key, one] of tree.kind === "map" ? tree.entries : []) if (!entries.has(key)) entries.set(key, one);
    }
    return entries;
  }

  const placeOf = (node: unknown, otherwise: Place): Place =>
    isNode(node) && node.range ? { source, offset: node.range[0] } : otherwise;
  return build(document.contents, { source, offset: offsetOf(document.contents) }, undefined);
}

const offsetOf = (node: unknown) => (isNode(node) && node.range?.[0]) || 0;

const keyText = (key: unknown) => (isScalar(key) ? String(key.value) : "");

/** In quotes it is a key like others. */
const isMergeKey = (key: unknown) => isScalar(key) && key.value === "<<" && key.type === "PLAIN";

/** The value without its places. */
export function plain(tree: Tree): unknown {
  if (tree.kind === "list") return tree.items.map(plain);
  if (tree.kind === "map") return Object.fromEntries([...tree.entries].map(([key, value]) => [key, plain(value)]));
  return tree.value;
}

/** Where the value of a path is written, else the innermost parent that is. */
export function placeAt(tree: Tree, [step, ...rest]: readonly PropertyKey[]): Place {
  const inner = step === undefined ? undefined : childOf(tree, step);
  return inner ? placeAt(inner, rest) : tree.place;
}

/** The value under a key or an index; in a list, too, under its own text. */
function childOf(tree: Tree, step: PropertyKey): Tree | undefined {
  if (tree.kind === "map") return tree.entries.get(String(step));
  if (tree.kind === "scalar") return undefined;
  if (typeof step !== "string") return tree.items[Number(step)];
  return tree.items.find((item) => item.kind === "scalar" && item.value === step);
}
