/** The schemas of fields in TypeScript's own words: types, with what a field says of itself as the text that editors show. */

import { z } from "zod";
import { metaOf } from "../../src/fields/meta.ts";
import { fieldsOf } from "./fields.ts";

/** What is written, or what it becomes. What a transformation answers is taken for one of the things that it takes. */
export type Side = "input" | "output";

/** Interfaces of objects inside of objects, which schemas of one cloud share. */
export class TypeTexts {
  /** Objects inside of objects, by their names. */
  readonly objects = new Map<string, z.ZodObject>();
  readonly #texts = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** Adds an interface that others use. @param summary a sentence without its end */
  add(name: string, summary: string, members: string): void {
    this.#texts.set(name, `/** ${summary}. */\nexport interface ${name} {\n${members}}\n`);
  }

  /** All interfaces, in the order in which they were met. */
  get text(): string {
    const json =
      "/** Any JSON. */\ntype Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };\n";
    const texts = [...this.#texts.values()].join("\n");
    return /\bJson\b/.test(texts) ? `${json}\n${texts}` : texts;
  }

  /**
   * The members of what a resource takes, or has.
   *
   * @param owner its name, for the names of objects inside
   */
  members(schema: z.ZodObject, side: Side, owner: string, replaces: readonly string[] = []): string {
    return fieldsOf(schema, replaces)
      .map(({ name, schema: field, isOptional, text }) => {
        const names = [
          pascal(name),
          owner + pascal(name),
          ...(side === "output" ? [`${owner}${pascal(name)}Outputs`] : []),
        ];
        const mayLack = isOptional && !(side === "output" && hasDefault(field));
        const key = `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}${mayLack ? "?" : ""}`;
        return `${text}  readonly ${key}: ${this.typeOf(field, side, names)}${mayLack ? " | undefined" : ""};\n`;
      })
      .join("");
  }

  /** The type of a value, without `undefined`. @param names for the interface of an object: the first that is free */
  typeOf(schema: z.core.$ZodType, side: Side, names: readonly string[]): string {
    const of = (inner: z.core.$ZodType) => this.typeOf(inner, side, names);
    const each = (inner: z.core.$ZodType) => this.typeOf(inner, side, names.map(singular));
    const words = wordsOf(schema);
    if (words) return words;
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
      return of(schema.unwrap() as z.core.$ZodType);
    if (schema instanceof z.ZodNullable) return `${of(schema.unwrap() as z.core.$ZodType)} | null`;
    if (schema instanceof z.ZodPipe) return of(pipedSide(schema, side));
    if (schema instanceof z.ZodUnion) return [...new Set(this.#options(schema, side, names))].join(" | ");
    if (schema instanceof z.ZodArray) return `readonly ${bracketed(each(schema.element as z.core.$ZodType))}[]`;
    if (schema instanceof z.ZodRecord) return `Readonly<Record<string, ${each(schema.valueType as z.core.$ZodType)}>>`;
    if (schema instanceof z.ZodObject) return this.#interface(schema, side, names);
    if (schema instanceof z.ZodEnum) return literals(schema.options);
    if (schema instanceof z.ZodLiteral) return literals([...schema.values]);
    if (schema instanceof z.ZodBoolean) return "boolean";
    if (schema instanceof z.ZodNumber) return "number";
    if (schema instanceof z.ZodLazy) return "Json"; // z.json() is the only one
    if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return "string";
    throw new Error(`no type for a ${schema._zod.def.type} (${names.join(", ")})`);
  }

  /** The forms of a union; of several objects each stands where it is, since none has a name. */
  #options({ options }: z.ZodUnion, side: Side, names: readonly string[]): string[] {
    const objects = options.filter((one) => one instanceof z.ZodObject);
    return options.map((one) =>
      one instanceof z.ZodObject && objects.length > 1
        ? `{\n${this.members(one, side, names[0] ?? "")}}`
        : this.typeOf(one as z.core.$ZodType, side, names),
    );
  }

  /** Objects of the same members are one interface. */
  #interface(schema: z.ZodObject, side: Side, names: readonly string[]): string {
    const members = this.members(schema, side, names[0] ?? "");
    const known = this.#names.get(members);
    if (known) return known;
    const name = names.find((one) => !this.#texts.has(one));
    if (name === undefined) throw new Error(`no name is free: ${names.join(", ")}`);
    this.#names.set(members, name);
    this.objects.set(name, schema);
    const said = metaOf(schema).description;
    this.#texts.set(name, `${said ? `/** ${said}. */\n` : ""}export interface ${name} {\n${members}}\n`);
    return name;
  }
}

const pascal = (name: string) => name.replace(/^\W+/, "").replace(/^./, (first) => first.toUpperCase());
const singular = (name: string) => name.replace(/(?<=[^s])s$/, "");
const bracketed = (type: string) => (/[ |]/.test(type) ? `(${type})` : type);
const literals = (words: readonly unknown[]) => words.map((word) => JSON.stringify(word)).join(" | ");
const hasDefault = (schema: z.core.$ZodType): boolean =>
  schema instanceof z.ZodDefault || (schema instanceof z.ZodOptional && hasDefault(schema.unwrap() as z.core.$ZodType));

/** The words of a field that takes any text as far as its schema goes: an enumeration of its own, or one that stays open. */
function wordsOf(schema: z.core.$ZodType): string | undefined {
  const meta = z.globalRegistry.get(schema);
  if (!meta) return undefined;
  if (Array.isArray(meta.enum)) return literals(meta.enum);
  if (!meta.isOpen || !meta.words) return undefined;
  const open = `${literals(Object.keys(meta.words))} | ${others(meta.pattern)}`;
  return isList(schema) ? `readonly (${open})[]` : open;
}

/** What an open enumeration takes beside its words: any text, or what begins as its pattern says. */
const others = (pattern: unknown) =>
  typeof pattern === "string" ? `\`${pattern.replace(/^\^/, "")}\${string}\`` : "(string & Record<never, never>)";

/** True for the schema of a list, whatever becomes of it. */
function isList(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return isList(schema.unwrap() as z.core.$ZodType);
  return schema instanceof z.ZodPipe ? isList(schema.in as z.core.$ZodType) : schema instanceof z.ZodArray;
}

/** The schema of what is written, or of what it becomes. */
function pipedSide(schema: z.ZodPipe, side: Side): z.core.$ZodType {
  const { in: written, out } = schema;
  if (written instanceof z.ZodTransform) return out as z.core.$ZodType;
  if (out instanceof z.ZodTransform) return written as z.core.$ZodType;
  return (side === "input" ? written : out) as z.core.$ZodType;
}
