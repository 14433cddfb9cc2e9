/**
 * Fields of a schema that stand for something in a remote document. A platform says with each field what that is; this
 * file finds the fields again, wherever they are nested, and moves values along their paths.
 */

import { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { exclusive } from "./kind.ts";
import type { Properties } from "./pulumi-values.ts";

/** A mapped field and its place in the schema. */
export type Field<Mapping> = Mapping & {
  /** The way through the schema. */
  readonly at: readonly string[];
  /** The way to the object that is owned as a whole and holds this field. */
  readonly within: readonly string[] | undefined;
};

/** What the fields of a platform's schemas stand for. */
export class FieldMap<Mapping extends object> {
  readonly #mappings = new WeakMap<z.core.$ZodType, Mapping>();

  /** Declares an optional field. */
  optional<T extends z.ZodType>(schema: T, mapping: Mapping): z.ZodOptional<T> {
    const field = schema.optional();
    this.#mappings.set(field, mapping);
    return field;
  }

  /** Every mapped field of a schema. */
  of(schema: z.core.$ZodType, at: readonly string[] = [], within?: readonly string[]): Field<Mapping>[] {
    const mapping = this.#mappings.get(schema);
    if (mapping) return [{ ...mapping, at, within }];
    if (schema instanceof z.ZodOptional) return this.of(schema.unwrap(), at, within);
    if (!(schema instanceof z.ZodObject)) return [];
    const block = exclusive.has(schema) ? at : within;
    const fields = Object.entries(schema.shape as Record<string, z.core.$ZodType>);
    return fields.flatMap(([key, inner]) => this.of(inner, [...at, key], block));
  }
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

/** Sorts the sets of decoded values as the schema does with declared ones; leaves alone what the schema would refuse. */
export function canonical(schema: z.core.$ZodType, values: Properties): Properties {
  const result: Properties = {};
  const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.core.$ZodType>) : {};
  for (const [key, value] of Object.entries(values)) {
    const field = shape[key];
    const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
    if (inner instanceof z.ZodObject) result[key] = canonical(inner, value as Properties);
    else if (field) result[key] = z.safeParse(field, value).data ?? value;
  }
  return result;
}

/** A set of strings: order and repetition carry no meaning, so the canonical form is sorted. */
export const set = () => z.array(z.string().min(1)).transform((values) => [...new Set(values)].sort());
