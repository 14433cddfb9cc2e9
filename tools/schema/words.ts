/** A field of the declaration in words, for a cell of a table each. */

import { flowText } from "../../src/declaration/yaml.ts";
import { type Schema, VARIABLE } from "./fields.ts";

/** The forms of a choice, also of one inside of another. */
export function formsOf(schema: Schema): readonly Schema[] {
  return schema.anyOf ? schema.anyOf.flatMap(formsOf) : [schema];
}

/** A text as a cell of a table takes it. */
export const cell = (text: string) => text.replaceAll("|", "\\|");

const code = (text: string) => `\`${text}\``;
const FORMATS: Readonly<Record<string, string>> = {
  uri: "address",
  uuid: "UUID",
  date: "day",
  email: "e-mail address",
};

/** Of which type a field is. */
export function typeOf(field: Schema): string {
  const { type, unit, format, words, isOpen, enum: taken, const: only, items, additionalProperties } = field;
  if (words) return isOpen ? "word (open)" : "word";
  if (taken) return taken.map((one) => code(String(one))).join(", ");
  if (only !== undefined) return code(String(only));
  if (unit) return `${unit}${rangeOf(formsOf(field).find((form) => form.type === "integer") ?? field)}`;
  if (field.anyOf) {
    const forms = formsOf(field).filter(({ pattern }) => pattern !== VARIABLE);
    return [...new Set(forms.map(typeOf))].join(" or ");
  }
  if (items) return `list of ${listed(items)}`;
  if (type === "object") return typeof additionalProperties === "object" ? mappingOf(additionalProperties) : "mapping";
  if (type === "integer") return `whole number${rangeOf(field)}`;
  if (type === "boolean") return "boolean";
  return type === "string" ? (FORMATS[String(format)] ?? "text") : "any value";
}

const PLURALS: Readonly<Record<string, string>> = {
  address: "addresses",
  mapping: "mappings",
  text: "texts",
  "word (open)": "words (open)",
};

const listed = (items: Schema) => PLURALS[typeOf(items)] ?? typeOf(items);

function mappingOf(additionalProperties: Schema): string {
  const inner = typeOf(additionalProperties);
  return ["mapping", "any value"].includes(inner) ? "mapping" : `mapping of ${listed(additionalProperties)}`;
}

function rangeOf({ minimum, maximum }: Schema): string {
  const [least, most] = [minimum, maximum].map((one) => (one === undefined ? "" : Number(one).toLocaleString("en")));
  if (most) return `, ${least} to ${most}`;
  return least && least !== "0" ? `, from ${least}` : "";
}

/** What holds where nobody declares a field. */
export function defaultOf({ default: usual, otherwise }: Schema): string {
  if (otherwise !== undefined) return otherwise;
  return usual === undefined ? "" : code(flowText(usual));
}

/** A value that somebody could write. */
export function exampleOf({ examples: [example] = [], words, enum: taken, type }: Schema): string {
  if (words || taken || type === "boolean" || example === undefined) return "";
  return code(flowText(example));
}

/** The words of a field or its entries, with what each means. */
export const wordsOf = ({ words, items }: Schema) => words ?? items?.words;

/** What words mean, a line each. */
export const meanings = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([word, means]) => `${code(word)}: ${means}`);
