/** Definitions of a JSON Schema: what stands in several places is written once. */

import { mapValues } from "../../src/components/settings.ts";
import type { Schema } from "./fields.ts";

/** Characters of a schema that is worth a name. */
const WORTH = 120;

/**
 * Schemas by name, and below them definitions of what is in them more than once, each named by the key that it stands under
 * first, with the name of the schema before it where only that has it.
 */
export function shared(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const places = new Map<string, { key: string; roots: Set<string>; count: number }>();
  for (const [root, schema] of Object.entries(schemas)) {
    each(schema, (inner, key) => {
      const text = JSON.stringify(inner);
      const known = places.get(text) ?? { key, roots: new Set(), count: 0 };
      places.set(text, { ...known, roots: known.roots.add(root.replace(/\..*/, "")), count: known.count + 1 });
    });
  }
  const names = new Map<string, string>();
  const taken = new Set(Object.keys(schemas));
  const definitions: Record<string, Schema> = {};

  function nameOf(text: string, path: readonly string[]): string {
    const roots = places.get(text)?.roots ?? new Set();
    const prefix = roots.size === 1 ? `${[...roots][0]}.` : "";
    const free = path
      .map((_key, index) => prefix + path.slice(path.length - 1 - index).join("."))
      .find((name) => !taken.has(name));
    const name = free ?? `${prefix}${path.join(".")}.${names.size}`;
    taken.add(name);
    return name;
  }

  function replaced(schema: Schema, path: readonly string[]): Schema {
    const text = JSON.stringify(schema);
    if (path.length === 0 || text.length < WORTH || (places.get(text)?.count ?? 0) < 2) return below(schema, path);
    const known = names.get(text);
    if (known !== undefined) return { $ref: `#/$defs/${known}` };
    const name = nameOf(text, path);
    names.set(text, name);
    definitions[name] = below(schema, path);
    return { $ref: `#/$defs/${name}` };
  }

  const below = (schema: Schema, path: readonly string[]): Schema => {
    if (typeof schema !== "object") return schema; // false: nothing may be there
    const { properties, additionalProperties, items, anyOf, allOf, then } = schema;
    return {
      ...schema,
      ...(properties && { properties: mapValues(properties, (key, one) => replaced(one, [...path, key])) }),
      ...(typeof additionalProperties === "object" && { additionalProperties: replaced(additionalProperties, path) }),
      ...(items && { items: replaced(items, path) }),
      ...(anyOf && { anyOf: anyOf.map((one) => below(one, path)) }),
      ...(allOf && { allOf: allOf.map((one) => below(one, path)) }),
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
      ...(then && { then: below(then, path) }),
    };
  };

  const all = mapValues(schemas, (_name, schema) => below(schema, []));
  return { ...all, ...definitions };
}

/** Looks at every schema inside of another, with the key that it stands under. */
function each(schema: Schema, look: (inner: Schema, key: string) => void, key = ""): void {
  const { properties = {}, additionalProperties, items, anyOf = [], allOf = [], then } = schema;
  const inner = [
    ...Object.entries(properties),
    ...[additionalProperties, items].flatMap((one) => (typeof one === "object" ? [[key, one] as const] : [])),
  ];
  for (const [name, one] of inner) {
    look(one, name);
    each(one, look, name);
  }
  for (const one of [...anyOf, ...allOf, ...(then ? [then] : [])]) each(one, look, key);
}
