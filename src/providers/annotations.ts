/** What a schema says of itself beside its shape. A note is found again whatever was done to the schema afterwards. */

import { z } from "zod";

/** Notes of one sort on schemas. */
export class Notes<Note> {
  // The note is typed here, since the registry's own types rewrite functions and schemas inside of what it keeps.
  readonly #registry = z.registry<{ readonly note: unknown }>();
  /** What was asked for: the registry goes through all that a schema was made from, each time. */
  #known = new WeakMap<z.core.$ZodType, { readonly note: Note | undefined }>();

  /** Writes a note on a schema, and answers the schema. */
  add<T extends z.core.$ZodType>(schema: T, note: Note): T {
    this.#registry.add(schema, { note });
    this.#known = new WeakMap();
    return schema;
  }

  /** The note on a schema, also on one that was described, checked, made optional or given a default since. */
  of(schema: z.core.$ZodType): Note | undefined {
    const known = this.#known.get(schema) ?? { note: this.#find(schema) };
    this.#known.set(schema, known);
    return known.note;
  }

  #find(schema: z.core.$ZodType): Note | undefined {
    const inner = innerOf(schema);
    return (this.#registry.get(schema)?.note as Note | undefined) ?? (inner && this.of(inner));
  }
}

/** The schema inside of one that is optional, nullable or has a default; undefined for any other. */
export function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const wraps = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
  return wraps ? schema.unwrap() : undefined;
}

/** The fields of an object schema, also of one inside of another; undefined for what is no object. */
export function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | undefined {
  if (schema instanceof z.ZodObject) return schema.shape;
  const inner = innerOf(schema);
  return inner && shapeOf(inner);
}

const wholes = new Notes<true>();

/** An object schema that a write sends whole as soon as a field of it is declared. */
export const sentWhole = <T extends z.ZodObject>(schema: T): T => wholes.add(schema, true);

/** True for a schema that is sent whole. */
export const isSentWhole = (schema: z.core.$ZodType) => wholes.of(schema) === true;

const owns = new Notes<{ readonly unset: unknown }>();

/**
 * A field that its resource owns although nobody declared it, because it decides about access: what differs from `unset` is
 * drift (decision 0004).
 *
 * @param unset what the field is when nobody declares it, in our terms. @default nothing
 */
export const owned = <T extends z.core.$ZodType>(schema: T, unset?: unknown): T => owns.add(schema, { unset });

/** What an owned field is when nobody declares it; undefined for a field that is not owned. */
export const ownership = (schema: z.core.$ZodType) => owns.of(schema);

const secrets = new Notes<true>();

/** An output that is encrypted in the state and hidden in displays. */
export const secretOutput = <T extends z.ZodType>(schema: T): T => secrets.add(schema, true);

/** True for an output that is secret. */
export const isSecretOutput = (schema: z.core.$ZodType) => secrets.of(schema) === true;
