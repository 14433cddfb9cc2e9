/** Why each field of an agent or application is as it is: declared, given by its pattern or type, or the default. Pure. */

import { z } from "zod";
import { forms, formsWithin } from "../declaration/schema-forms.ts";
import { grantTypeName } from "../fields/grant-types.ts";
import { metaOf } from "../fields/meta.ts";

/** A field, what it is, and why. */
export type Explained = {
  /** As in the declaration: `tokens.accessTokenLifetime`, `access[0].scopes`. */
  readonly field: string;
  /** Absent where a default is none or in words. */
  readonly value?: unknown;
  readonly from: "declared" | "pattern" | "type" | "default";
  /** Of what a pattern or type gives: the step of the documentation, and where the fact is written down. Of a default: its words. */
  readonly why?: string;
  /** Where it is declared, as a path of the declaration. */
  readonly declaredAt?: readonly PropertyKey[];
};

/** An agent or application, and what becomes of it. */
export type Expansion = {
  /** As it is declared: `agents`, its key, its fields. */
  readonly path: readonly [kind: "agents" | "applications", key: string];
  readonly declared: Readonly<Record<string, unknown>>;
  /** What its resources get, with what the pattern or type gives. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Why what nobody declared is given, by field; that of a section holds for what is in it. */
  readonly reasons: Readonly<Record<string, string>>;
  /** What is made because of it elsewhere in the declaration. @default nothing */
  readonly elsewhere?: readonly Explained[];
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Every field of an agent or application: first what is declared or given, then what is left to the default.
 *
 * @param declaration what holds for all agents, such as `undeclaredAccess`, is taken from it
 * @param schema of the declaration, whose fields say their defaults
 */
export function explained(expansion: Expansion, declaration: object, schema: z.ZodType): Explained[] {
  const said = saidOf(expansion);
  const isSaid = (field: string) =>
    said.some((one) => one.field.match(/^[^[]*/)?.[0] === field || one.field.startsWith(`${field}.`));
  const rest = fieldsOf(schema, expansion.path).filter(([field]) => !isSaid(field));
  const ofFile = Object.fromEntries(forms(schema).flatMap(shapeOf));
  // What nobody says of an agent is what the file says for all.
  const defaults = rest.map(([field, one]) => usualOf(field, ofFile[field] ?? one, (declaration as Fields)[field]));
  return [...said, ...(expansion.elsewhere ?? []), ...defaults];
}

/** A field that an entry does not say. @param ofAll what the file says of it for all */
function usualOf(field: string, schema: z.core.$ZodType, ofAll: unknown): Explained {
  if (ofAll !== undefined) return { field, value: ofAll, from: "declared", declaredAt: [field] };
  const { default: value, otherwise: why } = metaOf(schema);
  return { field, from: "default", ...(why === undefined ? { value } : { why }) };
}

/** The fields that are declared or given, those of sections and the entries of lists one by one. */
function saidOf({ path, declared, settings, reasons }: Expansion): Explained[] {
  const from = path[0] === "agents" ? ("pattern" as const) : ("type" as const);
  const others = Object.entries(declared).filter(([field]) => !(field in settings));

  function explain(at: readonly [string, ...string[]], value: unknown, own: unknown): Explained[] {
    const field = at.join(".");
    const declaredAt = [...path, ...at];
    if (value === undefined) return [];
    if (isFields(value) && at.length === 1)
      return Object.entries(value).flatMap(([key, one]) => explain([...at, key], one, isFields(own) ? own[key] : own));
    if (Array.isArray(own) && own.some(isFields))
      return own.flatMap((one, index) =>
        Object.entries(one as Fields).map(([key, inner]) => ({
          ...{ field: `${field}[${index}].${key}`, value: inner, from: "declared" as const },
          // Entries of `allow` are sorted, and so not where they were written.
          declaredAt: field === "access" || field === "delegates" ? [...declaredAt, index, key] : declaredAt,
        })),
      );
    const shown = field === "grantTypes" ? (value as string[]).map(grantTypeName) : value;
    if (own !== undefined) return [{ field, value: shown, from: "declared", declaredAt }];
    return [{ field, value: shown, from, why: reasons[at[0]] ?? "" }];
  }

  return [...Object.entries(settings), ...others].flatMap(([field, value]) => explain([field], value, declared[field]));
}

/** The fields of an entry, those of sections one by one. */
function fieldsOf(schema: z.ZodType, path: readonly string[]): (readonly [field: string, schema: z.core.$ZodType])[] {
  const entry = path.reduce<readonly z.core.$ZodType[]>(formsWithin, forms(schema));
  return entry.flatMap(shapeOf).flatMap(([field, one]) => {
    const inner = forms(one).flatMap(shapeOf);
    // Of what needs a field, there is no saying what the others are while it is not there.
    const isSection = inner.length > 0 && inner.every(([, its]) => its instanceof z.ZodOptional);
    return isSection ? inner.map(([key, its]) => [`${field}.${key}`, its] as const) : [[field, one] as const];
  });
}

const shapeOf = (form: z.core.$ZodType) => (form instanceof z.ZodObject ? Object.entries(form.shape) : []);
