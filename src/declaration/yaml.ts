/** YAML text to plain values, with what the parser finds wrong and the place of every value. */

import {
  type Document,
  isNode,
  isScalar,
  type LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";

/** How a declaration is read: a key is the text that stands there, also where YAML would take it for a number (`00417`, `1e3`). */
export const YAML_OPTIONS = { uniqueKeys: true, prettyErrors: false, merge: true, stringKeys: true } as const;

/** A problem of the text itself; `offset` counts characters from the start. */
export type Problem = { readonly offset: number; readonly message: string };

/** A parsed text. Where there are problems, there is no value. */
export type Parsed = {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Where the value of a path is written: at its key, else at the innermost parent that is there. */
  offsetOf(path: readonly PropertyKey[]): number;
};

/** Values that an alias may stand for, all in all: more is an attack on memory. */
const MAX_ALIASES = 100;

/** Parses a text that holds one document. */
export function parseYaml(text: string, lines: LineCounter): Parsed {
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter: lines });
  const problems: Problem[] = withoutSequels([...document.errors, ...document.warnings]).map(
    ({ pos, code, message }) => ({ offset: pos[0], message: reword(code, message) }),
  );
  const broken = text.indexOf("\uFFFD");
  if (broken >= 0) problems.push({ offset: broken, message: "is not UTF-8: save the file in that encoding" });
  if (problems.length === 0) problems.push(...wrongNodes(document));
  const offsetOf = (path: readonly PropertyKey[]) => find(document.contents, path)?.range?.[0] ?? 0;
  if (problems.length) return { value: undefined, problems, offsetOf };
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {}, problems, offsetOf };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { value: undefined, problems: [{ offset: 0, message: "too many aliases (*name)" }], offsetOf };
  }
}

/** Faults that leave the parser where it was: what comes after them is read as it was meant. */
const HARMLESS: readonly string[] = ["DUPLICATE_KEY", "MULTIPLE_DOCS", "NON_STRING_KEY", "TAG_RESOLVE_FAILED"];

/** What the parser found in the order of the text, up to the first fault that makes it see others where there are none. */
function withoutSequels<Fault extends YAMLError>(faults: readonly Fault[]): Fault[] {
  const inOrder = faults.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const first = inOrder.findIndex(({ code }) => !HARMLESS.includes(code));
  return first < 0 ? inOrder : inOrder.slice(0, first + 1);
}

/** Messages of the parser in words of a declaration, without what stands in the file: that may be a secret. */
function reword(code: string, message: string): string {
  if (code === "MULTIPLE_DOCS") return "a second YAML document: a file holds one declaration";
  if (code === "DUPLICATE_KEY") return "this key stands in the mapping already";
  if (code === "NON_STRING_KEY") return "a key is a text";
  return ["UNEXPECTED_TOKEN", "TAG_RESOLVE_FAILED"].includes(code) ? message.replace(/: .*/s, "") : message;
}

/** What is YAML and cannot be a value: aliases without an anchor or inside their own, and a key that is lost. */
function wrongNodes(document: Document): Problem[] {
  const problems: Problem[] = [];
  const refuse = (node: unknown, message: string) =>
    problems.push({ offset: (isNode(node) && node.range?.[0]) || 0, message });
  visit(document, {
    Alias(_key, alias, ancestors) {
      const meant = alias.resolve(document);
      if (!meant) refuse(alias, `there is no anchor &${alias.source} before this alias`);
      else if (ancestors.includes(meant)) refuse(alias, `the alias *${alias.source} stands inside what it stands for`);
    },
    Pair(_key, { key }) {
      // JavaScript would take it for something else, and drop it.
      if (isScalar(key) && key.value === "__proto__") refuse(key, "this key is reserved");
    },
  });
  return problems;
}

/** The key of a path, or its value where that has no key; else the same of the innermost parent that is written. */
function find(root: unknown, path: readonly PropertyKey[]): Node | undefined {
  let place = isNode(root) ? root : undefined;
  let value: unknown = root;
  for (const step of path) {
    const items: unknown[] = typeof value === "object" && value && "items" in value ? (value.items as unknown[]) : [];
    const pair = items.find((item) => isPairOf(item, step));
    const next = pair ? pair.value : items[Number(step)];
    if (!pair && !isNode(next)) break;
    place = pair ? (pair.key as Node) : (next as Node);
    value = next;
  }
  return place;
}

const isPairOf = (item: unknown, step: PropertyKey): item is { key: unknown; value: unknown } =>
  typeof item === "object" &&
  item !== null &&
  "key" in item &&
  isScalar(item.key) &&
  String(item.key.value) === String(step);
