/** The least that has to be declared for a declaration to equal what is there: the way back from `projection.ts`. Pure. */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { metaOf } from "../fields/meta.ts";
import { ownership, shapeOf } from "../providers/annotations.ts";
import type { Properties } from "../providers/pulumi-values.ts";

/**
 * Of what a live object shows only what differs from what holds where nobody declares the field.
 *
 * @param given what a pattern or type gives already
 * @param found in the terms of the schema
 */
export function least(schema: z.ZodObject, given: object, found: object): Properties {
  return (differing(schema, given, found) as Properties | undefined) ?? {};
}

function differing(schema: z.core.$ZodType, given: unknown, found: unknown): unknown {
  const shape = shapeOf(schema);
  if (!shape || !isRecord(found)) return isUsual(schema, given, found) ? undefined : found;
  const fields = Object.entries(shape).map(([key, field]) => {
    return [key, differing(field, isRecord(given) ? given[key] : undefined, found[key])] as const;
  });
  const differ = fields.filter(([, value]) => value !== undefined);
  return differ.length > 0 ? Object.fromEntries(differ) : undefined;
}

/** Whether a field is what it would be if nobody declared it. */
function isUsual(schema: z.core.$ZodType, given: unknown, found: unknown): boolean {
  if (found === undefined) return true;
  // As its kind would have it: a set has an order there, whatever order it was given in.
  const usual = given === undefined ? undefined : (z.core.safeParse(schema, given).data ?? given);
  return isDeepStrictEqual(found, usual ?? ownership(schema)?.unset ?? metaOf(schema).default);
}

/** A list that says something. */
export const listed = (value: unknown) => (Array.isArray(value) && value.length === 0 ? undefined : value);

/** How many values stand in an entry. */
export function size(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + size(inner), 1);
}
