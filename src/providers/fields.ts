/**
 * Fields of a schema that stand for something in a remote document. A platform says with each field what that is; this
 * file finds the fields again, wherever they are nested, and moves values along their paths.
 */

import { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { innerOf, isSentWhole, type Notes, owned, ownership, shapeOf } from "./annotations.ts";
import type { Properties } from "./pulumi-values.ts";

/** A mapped field and its place in the schema. */
export type Field<Mapping> = Mapping & {
  /** The way through the schema. */
  readonly at: readonly string[];
  /** The way to the object that is sent whole and holds this field. */
  readonly within: readonly string[] | undefined;
  /** True for a field that is owned although nobody declared it. */
  readonly isOwned: boolean;
};

/** Every field of a schema with a note of what it stands for. */
export function mappedFields<Mapping extends object>(
  mappings: Notes<Mapping>,
  schema: z.core.$ZodType,
  at: readonly string[] = [],
  within?: readonly string[],
): Field<Mapping>[] {
  const mapping = mappings.of(schema);
  if (mapping) return [{ ...mapping, at, within, isOwned: ownership(schema) !== undefined }];
  const inner = innerOf(schema);
  if (inner) return mappedFields(mappings, inner, at, within);
  if (!(schema instanceof z.ZodObject)) return [];
  const block = isSentWhole(schema) ? at : within;
  const fields = Object.entries(schema.shape as Record<string, z.core.$ZodType>);
  return fields.flatMap(([key, field]) => mappedFields(mappings, field, [...at, key], block));
}

/**
 * Notes mapped fields as owned, and answers them.
 *
 * @param unset what a field is when nobody declares it, in our terms
 */
export function ownFields<Mapping extends object, Fields extends z.core.$ZodShape>(
  mappings: Notes<Mapping>,
  fields: Fields,
  unset: (mapping: Mapping) => unknown,
): Fields {
  for (const field of Object.values(fields)) {
    const mapping = mappings.of(field);
    if (mapping) owned(field, canonicalValue(field, unset(mapping)));
  }
  return fields;
}

/** Between our terms and those of a document: decodes what the document has, encodes what is declared. */
export type Codec = z.ZodCodec;

/** The value in the document. */
export const toWire = (codec: Codec | undefined, value: unknown) => (codec ? z.encode(codec, value) : value);

/** The value in our terms; one that the codec does not know is shown as it is. */
export function fromWire(codec: Codec | undefined, value: unknown): unknown {
  if (!codec) return value;
  const { success, data } = z.safeDecode(codec, value);
  return success ? data : value;
}

/** The value at a path, or undefined. */
export function get(from: unknown, at: readonly string[]): unknown {
  return at.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), from);
}

/** Sets the value at a path and makes the objects on the way. */
export function put(into: Properties, at: readonly string[], value: unknown): void {
  const [key, ...rest] = at;
  if (key === undefined) return;
  if (rest.length === 0) into[key] = value;
  else {
    into[key] ??= {};
    put(into[key] as Properties, rest, value);
  }
}

/**
 * What stands under `extra` in the document's own terms, each value with its path.
 *
 * @param depth number of names in a path
 */
export function extraOf(
  declared: Properties | undefined,
  depth: number,
): (readonly [path: string[], value: unknown])[] {
  const below = (value: unknown, path: string[]): [string[], unknown][] => {
    if (path.length === depth) return [[path, value]];
    return isRecord(value) ? Object.entries(value).flatMap(([name, inner]) => below(inner, [...path, name])) : [];
  };
  return below(declared?.extra, []);
}

/** Shows what the document has where something is declared under `extra`; `null` for nothing. */
export function showExtra(found: Properties, declared: Properties, depth: number, document: Properties): void {
  for (const [path] of extraOf(declared, depth)) put(found, ["extra", ...path], get(document, path) ?? null);
}

/** Sorts the sets of decoded values as the schema does with declared ones; leaves alone what the schema would refuse. */
export function canonical(schema: z.core.$ZodType, values: Properties): Properties {
  const result: Properties = {};
  const shape = shapeOf(schema) ?? {};
  for (const [key, value] of Object.entries(values)) {
    const field = shape[key];
    if (field && shapeOf(field)) result[key] = canonical(field, value as Properties);
    else if (field) result[key] = canonicalValue(field, value);
  }
  return result;
}

const canonicalValue = (field: z.core.$ZodType, value: unknown) => z.safeParse(field, value).data ?? value;
