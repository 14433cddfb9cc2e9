/** The CIBA keys of a client in the text of a declaration: read, and replaced with not a character changed elsewhere. Pure. */

import { isMap, isNode, parseDocument, type YAMLMap } from "yaml";
import { isRecord } from "../admin-api/http/json.ts";
import { withEntry } from "../declaration/edit.ts";
import { YAML_OPTIONS } from "../declaration/yaml.ts";
import type { PublicJwk } from "../providers/jwks.ts";

/** A client of a declaration and the keys it publishes. */
export type DeclaredKeys = {
  /** In the order of the text; the newest is the last. */
  readonly published: readonly PublicJwk[];
  /** Whether a run makes the keys, as the declaration asks for. */
  readonly isGenerated: boolean;
  /** The text with other keys in their place. */
  replaced(keys: readonly PublicJwk[]): string;
};

/**
 * The keys of an agent or application, or `undefined` when nothing declares such a client, or not where it can be edited.
 *
 * @param text the file that is to hold the keys; where it does not name the client yet, it will
 * @param declared what the declaration says, bases and all
 */
export function declaredKeys(text: string, client: string, declared: unknown): DeclaredKeys | undefined {
  const valueAt = (path: readonly string[]) =>
    path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), declared);
  const section = ["agents", "applications"].find((one) => isRecord(valueAt([one, client])));
  if (!section) return undefined;
  const { contents } = parseDocument(text, YAML_OPTIONS);
  const written = isMap(contents) ? contents.getIn([section, client], true) : undefined;
  if (!isMap(contents) || (written !== undefined && !isMap(written))) return undefined;
  const list = valueAt([section, client, "ciba", "keys", "keys"]);
  const isGenerated = valueAt([section, client, "ciba", "keys"]) === "generated" && valueAt(["tier"]) === "development";
  return {
    isGenerated,
    published: Array.isArray(list) ? list : [],
    // JSON is YAML, in flow style and in block style.
    replaced: (others) =>
      withValue(text, contents, [section, client, "ciba", "keys"], JSON.stringify({ keys: others })),
  };
}

/** The text with a value under a path, in the mappings that are there. */
function withValue(text: string, mapping: YAMLMap, [key = "", ...rest]: readonly string[], value: string): string {
  const current = mapping.get(key, true);
  if (rest.length > 0 && isMap(current)) return withValue(text, current, rest, value);
  if (rest.length > 0 || !isNode(current) || !current.range) {
    const inner = rest.reduceRight((written, one) => `{ ${one}: ${written} }`, value);
    return withEntry(text, mapping, `${key}: ${inner}`);
  }
  const [start, end] = current.range;
  return text.slice(0, start) + value + text.slice(start + text.slice(start, end).trimEnd().length);
}
