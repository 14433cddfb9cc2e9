/** YAML text to values with their places, or what the parser finds wrong. */

import { type Document, isNode, isScalar, parseDocument, visit } from "yaml";
import { type Problem, type Source, type Tree, treeOf } from "./tree.ts";

/** Parses a text that holds one document. Problems have the places of their first characters. */
export function parseYaml(source: Source): Tree | readonly Problem[] {
  const { text, lines } = source;
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, merge: true });
  const problems: Problem[] = [];
  const refuse = (offset: number, message: string) =>
    void problems.push({ place: { source, offset }, path: [], message });
  for (const { pos, code, message } of [...document.errors, ...document.warnings])
    refuse(pos[0], reword(code, message));
  const broken = text.indexOf("\uFFFD");
  if (broken >= 0) refuse(broken, "is not UTF-8: save the file in that encoding");
  if (problems.length === 0) refuseNodes(document, refuse);
  if (problems.length) return problems;
  const tree = treeOf(document, source, refuse);
  return problems.length ? problems : tree;
}

/** Messages of the parser in words of a declaration, without what stands in the file: that may be a secret. */
function reword(code: string, message: string): string {
  if (code === "MULTIPLE_DOCS") return "a second YAML document: a file holds one declaration";
  if (code === "DUPLICATE_KEY") return "this key stands in the mapping already";
  return ["UNEXPECTED_TOKEN", "TAG_RESOLVE_FAILED"].includes(code) ? message.replace(/: .*/s, "") : message;
}

/** What is YAML and cannot be a value: aliases without an anchor or inside their own, and keys that are no text. */
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
      if (!isScalar(key)) refuse(at(key), "a key is a text");
      // JavaScript would take it for something else, and drop it.
      else if (key.value === "__proto__") refuse(at(key), "this key is reserved");
    },
  });
}
