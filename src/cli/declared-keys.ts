/** The CIBA keys of a client in the text of a declaration: read, and replaced with not a character changed elsewhere. Pure. */

import { isMap, isNode, type Pair, parseDocument, type YAMLMap } from "yaml";
import { YAML_OPTIONS } from "../declaration/yaml.ts";
import type { PublicJwk } from "../providers/jwks.ts";

/** A client of a declaration and the keys it publishes. */
export type DeclaredKeys = {
  /** In the order of the text; the newest is the last. */
  readonly published: readonly PublicJwk[];
  /** The text with other keys in their place. */
  replaced(keys: readonly PublicJwk[]): string;
};

/** The keys of an agent or application, or `undefined` when the text declares no such client. */
export function declaredKeys(text: string, client: string): DeclaredKeys | undefined {
  const document = parseDocument(text, YAML_OPTIONS);
  const sections = ["agents", "applications"].map((section) => document.getIn([section, client], true));
  const declared = sections.find((found) => isMap(found));
  if (!declared) return undefined;
  const keys = declared.getIn(["ciba", "keys"], true);
  const list: unknown = isMap(keys) && keys.toJS(document).keys;
  return {
    published: Array.isArray(list) ? list : [],
    // JSON is YAML, in flow style and in block style.
    replaced: (others) => withKeys(text, declared, JSON.stringify({ keys: others })),
  };
}

function withKeys(text: string, client: YAMLMap, keys: string): string {
  const ciba = client.get("ciba", true);
  if (!isMap(ciba)) return withEntry(text, client, `ciba: { keys: ${keys} }`);
  const current = ciba.get("keys", true);
  if (!isNode(current) || !current.range) return withEntry(text, ciba, `keys: ${keys}`);
  const [start, end] = current.range;
  return text.slice(0, start) + keys + text.slice(start + text.slice(start, end).trimEnd().length);
}

/** The text with one more entry at the end of a mapping, on a line of its own in block style. */
function withEntry(text: string, mapping: YAMLMap, entry: string): string {
  const [start = 0, end = 0] = mapping.range ?? [];
  if (mapping.flow) {
    const last = endOf(mapping.items.at(-1)) ?? start + 1;
    return `${text.slice(0, last)}${mapping.items.length ? "," : ""} ${entry}${text.slice(last)}`;
  }
  const indent = " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
  const written = text.slice(0, end).trimEnd().length;
  const lineEnd = written + text.slice(written).search(/\r?\n|$/); // a comment stays on its line
  const newLine = text.includes("\r\n") ? "\r\n" : "\n";
  return `${text.slice(0, lineEnd)}${newLine}${indent}${entry}${text.slice(lineEnd)}`;
}

/** Where an entry of a mapping ends. */
function endOf(pair: Pair | undefined): number | undefined {
  const node = pair?.value ?? pair?.key;
  return isNode(node) ? node.range?.[1] : undefined;
}
