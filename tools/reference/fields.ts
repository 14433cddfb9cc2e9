/** The fields of a schema with what they say of themselves, as the reference of TypeScript shows it. */

import { z } from "zod";
import { metaOf } from "../../src/fields/meta.ts";
import { ownership } from "../../src/providers/annotations.ts";

/** A field of an object. */
export type Field = {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  readonly isOptional: boolean;
  readonly description: string | undefined;
  /** What holds where the field is left out, in words; undefined where it has to be there. */
  readonly otherwise: string | undefined;
  /** True where another value is another object. */
  readonly replaces: boolean;
  /** A comment for editors, two blanks before each line; "" where there is nothing to say. */
  readonly text: string;
};

/** The fields of an object. @param replaces names of those whose change replaces the resource */
export function fieldsOf(schema: z.ZodObject, replaces: readonly string[] = []): Field[] {
  return Object.entries(schema.shape as Record<string, z.core.$ZodType>).map(([name, field]) => {
    const isOptional = isLeftOut(field);
    const one = { name, schema: field, isOptional, replaces: replaces.includes(name) };
    const said = { ...one, description: describe(field), otherwise: isOptional ? otherwise(field) : undefined };
    return { ...said, text: commentOf(said) };
  });
}

const isLeftOut = (schema: z.core.$ZodType): boolean => z.safeParse(schema, undefined).success;

/** Description, unit and the meaning of each word, in a sentence or two. */
function describe(schema: z.core.$ZodType): string | undefined {
  const { description, unit, words } = metaOf(schema);
  if (description === undefined) return undefined;
  const inUnit = unit && !description.toLowerCase().includes(unit) ? `${description}, in ${unit}` : description;
  const meanings = Object.entries(words ?? {}).filter(([, meaning]) => meaning);
  const list = meanings.map(([word, meaning]) => `\`${word}\` (${meaning})`).join(", ");
  return sentence(list ? `${sentence(inUnit)} ${list}` : inUnit);
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What holds where nobody declares a field: as it says itself, its schema's default, what its resource puts there. */
function otherwise(schema: z.core.$ZodType): string {
  const meta = metaOf(schema);
  if (meta.otherwise !== undefined) return meta.otherwise;
  const owned = ownership(schema);
  const value = "default" in meta ? meta.default : (z.safeParse(schema, undefined).data ?? owned?.unset ?? undefined);
  if (value !== undefined && value !== null) return `\`${JSON.stringify(value)}\``;
  return owned ? "none" : "";
}

function commentOf({ description, otherwise: unset, replaces, schema }: Omit<Field, "text">): string {
  const { examples = [] } = metaOf(schema);
  const lines = [
    ...(description ? wrapped(description) : []),
    ...(replaces ? ["Another one is another object: it replaces the resource."] : []),
  ];
  const tags = [
    ...(unset ? [`@default ${unset.replaceAll("`", "")}`] : []),
    ...examples.map((example) => `@example ${JSON.stringify(example)}`),
  ];
  if (lines.length + tags.length === 0) return "";
  const whole = [...lines, ...tags].join(" ");
  if (lines.length + tags.length <= 2 && whole.length < WIDTH) return `  /** ${whole.replaceAll("*/", "*\\/")} */\n`;
  const all = [...lines, ...(lines.length && tags.length ? [""] : []), ...tags];
  return `  /**\n${all.map((line) => `   *${line && ` ${line}`}`.replaceAll("*/", "*\\/")).join("\n")}\n   */\n`;
}

const WIDTH = 112;
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
