/** What a schema takes at a place of a value: the ways that lead there, without what is wrapped around them. Pure. */

import { z } from "zod";
import { named } from "../named.ts";

type Schema = z.core.$ZodType;

/** A schema without what is wrapped around it, in all forms that a union allows. */
export function forms(schema: Schema): Schema[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return forms(schema.unwrap());
  if (schema instanceof z.ZodLazy) return forms(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(forms);
  if (schema instanceof z.ZodPipe) return [...forms(schema.in), ...forms(schema.out)];
  return [schema];
}

/** The forms one step into a value. */
export function formsWithin(outer: readonly Schema[], step: string): Schema[] {
  return outer.flatMap((schema) => within(schema, step)).flatMap(forms);
}

function within(schema: Schema, step: string): Schema[] {
  if (schema instanceof z.ZodObject) {
    const field = named<Schema>(schema.shape, step);
    return field ? [field] : [];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  return schema instanceof z.ZodArray ? [schema.element] : [];
}
