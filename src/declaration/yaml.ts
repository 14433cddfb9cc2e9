/** YAML text to values with their places, or what the parser finds wrong. */

import { type Document, isNode, isScalar, parseDocument, stringify, visit, type YAMLError } from "yaml";
import { type Problem, type Source, type Tree, treeOf } from "./tree.ts";

/** How a declaration is read: a key is the text that stands there, also where YAML would take it for a number (`00417`, `1e3`). */
export const YAML_OPTIONS = { uniqueKeys: true, prettyErrors: false, merge: true, stringKeys: true } as const;

/** Parses a text that holds one document. Problems have the places of their first characters. */
export function parseYaml(source: Source): Tree | readonly Problem[] {
  const { text, lines } = source;
  const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter: lines });
  const problems: Problem[] = [];
  const refuse = (offset: number, message: string) =>
    void problems.push({ place: { source, offset }, path: [], message });
  for (const { pos, code, message } of withoutSequels([...document.errors, ...document.warnings]))
    refuse(pos[0], reword(code, message));
  const broken = text.indexOf("\uFFFD");
  if (broken >= 0) refuse(broken, "is not UTF-8: save the file in that encoding");
  if (problems.length === 0) refuseNodes(document, refuse);
  if (problems.length) return problems;
  const tree = treeOf(document, source, refuse);
  return problems.length ? problems : tree;
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
function refuseNodes(document: Document, refuse: (offset: number, message: string) => void): void {
  const at = (node: unknown) => (isNode(node) && node.range?.[0]) || 0;
  visit(document, {
    Alias(_key, alias, ancestors) {
      const meant = alias.resolve(document);
      if (!meant) refuse(at(alias), `there is no anchor &${alias.source} before this alias`);
      else if (ancestors.includes(meant)) {
        refuse(at(alias), `the alias *${alias.source} stands inside what it stands for`);
      }
    },
    Pair(_key, { key }) {
      // JavaScript would take it for something else, and drop it.
      if (isScalar(key) && key.value === "__proto__") refuse(at(key), "this key is reserved");
    },
  });
}

/** A value in a line of YAML. */
export const flowText = (value: unknown): string =>
  stringify(value, {
    collectionStyle: "flow",
    flowCollectionPadding: false,
    lineWidth: 0,
    blockQuote: false,
  }).trimEnd();
