/** The general-purpose extension attributes that every user has, beside the named ones of the schema (documentation: user identity attributes). */
import type { JsonObject } from "../../json.ts";

/** How many there are of each kind. */
const INDEXED_STRINGS = 20;
const OTHERS = 5;

type Schema = { schema: { properties: JsonObject; order: string[] } };

/** The definition of the user type with `frIndexedString1` … `frUnindexedInteger5`. */
export function extensionAttributes<T extends Schema>(definition: T): T {
  const added = Object.fromEntries(["Indexed", "Unindexed"].flatMap((kind) => attributesOf(kind)));
  const { properties, order } = definition.schema;
  const schema = {
    ...definition.schema,
    properties: { ...properties, ...added },
    order: [...order, ...Object.keys(added)],
  };
  return { ...definition, schema };
}

function attributesOf(kind: string): [string, JsonObject][] {
  const several = (count: number, form: string, type: JsonObject) =>
    Array.from({ length: count }, (_, index): [string, JsonObject] => {
      const title = `Generic ${kind} ${form} ${index + 1}`;
      const shown = { viewable: true, searchable: false, userEditable: true };
      return [`fr${kind}${form}${index + 1}`, { title, description: title, ...type, ...shown }];
    });
  return [
    ...several(kind === "Indexed" ? INDEXED_STRINGS : OTHERS, "String", { type: "string" }),
    ...several(OTHERS, "Multivalued", { type: "array", items: { type: "string" } }),
    ...several(OTHERS, "Date", { type: "string" }),
    ...several(OTHERS, "Integer", { type: "number" }),
  ];
}
