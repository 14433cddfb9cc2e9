/** What a schema says of itself beside its shape. A note is found again whatever was done to the schema afterwards. */

import { z } from "zod";

/** Notes of one sort on schemas. */
export class Notes<Note> {
  // The note is typed here, since the registry's own types rewrite functions and schemas inside of what it keeps.
  readonly #registry = z.registry<{ readonly note: unknown }>();

  /** Writes a note on a schema, and answers the schema. */
  add<T extends z.core.$ZodType>(schema: T, note: Note): T {
    this.#registry.add(schema, { note });
    return schema;
  }

  /** The note on a schema, also on one that was described, checked, made optional or given a default since. */
  of(schema: z.core.$ZodType): Note | undefined {
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

const exclusives = new Notes<true>();

/**
 * An object schema that its resource owns as a whole: a field of it that nobody declared and that is not at its default is
 * drift, too.
 */
export const exclusive = <T extends z.ZodObject>(schema: T): T => exclusives.add(schema, true);

/** True for a schema that is owned as a whole. */
export const isExclusive = (schema: z.core.$ZodType) => exclusives.of(schema) === true;

const secrets = new Notes<true>();

/** An output that is encrypted in the state and hidden in displays. */
export const secretOutput = <T extends z.ZodType>(schema: T): T => secrets.add(schema, true);

/** True for an output that is secret. */
export const isSecretOutput = (schema: z.core.$ZodType) => secrets.of(schema) === true;
