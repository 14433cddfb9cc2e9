/** What `explain` prints: fields in columns, or JSON. Pure. */

import type { Explained } from "../components/explanation.ts";
import type { Mistake } from "../declaration/load.ts";
import { flowText } from "../declaration/yaml.ts";

export const FORMATS = ["text", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** A field, and where it is declared. */
type Field = Omit<Explained, "declaredAt"> & { readonly place?: Pick<Mistake, "file" | "line" | "column"> };

/** An agent or application of a declaration. */
export type Explanation = {
  /** The declaration, its base, the base of that. */
  readonly files: readonly string[];
  /** `agents.KEY`. */
  readonly name: string;
  readonly fields: readonly Field[];
};

/** Characters of a value; JSON shows it whole. */
const LONGEST = 80;

/** What is printed. */
export function render(explanation: Explanation, format: Format): string {
  if (format === "json") return `${JSON.stringify(explanation, null, 2)}\n`;
  const { files, name, fields } = explanation;
  const from = (...origins: Field["from"][]) => fields.filter((field) => origins.includes(field.from));
  const declared = from("declared").toSorted((one, other) => orderOf(files, one) - orderOf(files, other));
  const given = from("pattern", "type");
  const usual = from("default").filter((field) => !isInner(field));
  const blocks = [
    ["Declared", declared.map((field) => [field.field, shownValue(field), placeOf(field)])],
    [titleOf(given, declared), given.map((field) => [field.field, shownValue(field), field.why ?? ""])],
    ["At the default", usual.map((field) => [field.field, field.why?.replaceAll("`", "") ?? shownValue(field)])],
  ] as const;
  const said = blocks.filter(([, rows]) => rows.length > 0).flatMap(([title, rows]) => [title, ...columns(rows), ""]);
  return [`${files.join(" extends ")}: ${name}`, "", ...said, ...restOf(from("default").filter(isInner))].join("\n");
}

/** As the files stand, the environment's own first. */
const orderOf = (files: readonly string[], { place }: Field) =>
  place ? files.indexOf(place.file) * 1_000_000 + place.line : 0;

function titleOf([given]: readonly Field[], declared: readonly Field[]): string {
  const word = declared.find(({ field }) => field === given?.from)?.value;
  return `Given by the ${given?.from} ${word}`;
}

/** True for a field of a section. */
const isInner = ({ field }: Field) => field.includes(".");

function shownValue({ value }: Field): string {
  const text = value === undefined ? "none" : flowText(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

const placeOf = ({ place }: Field) => (place ? `${place.file}:${place.line}` : "");

function columns(rows: readonly (readonly string[])[]): string[] {
  const last = Math.max(...rows.map((row) => row.length)) - 1;
  const widths = [...Array(last).keys()].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}

/** The sections whose fields are at their default. */
function restOf(fields: readonly Field[]): string[] {
  if (fields.length === 0) return [];
  const sections = [...new Set(fields.map(({ field }) => field.split(".", 1)[0]))].join(", ");
  return [`So are ${fields.length} fields of ${sections}: docs/declaration.md, or --format json.`, ""];
}
