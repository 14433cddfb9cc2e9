/** The part of a live object that a declaration is compared with. */

import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { ownership, shapeOf } from "./annotations.ts";

/**
 * What a live object shows of what is declared: objects of the schema key by key, everything else as a whole. Of the fields
 * that nobody declared only the owned ones are looked at, and shown where they are not what nobody declares (decision 0004):
 * the others belong to somebody else.
 */
export function project(schema: z.core.$ZodType, wanted: unknown, found: unknown): unknown {
  if (wanted === undefined) return undeclared(schema, found);
  const shape = shapeOf(schema);
  if (!shape || !isRecord(wanted)) return found;
  return fieldsOf(shape, isRecord(found) ? found : {}, (field, value, key) => project(field, wanted[key], value));
}

function undeclared(schema: z.core.$ZodType, found: unknown): unknown {
  const own = ownership(schema);
  if (own) return isDeepStrictEqual(found, own.unset) ? undefined : found;
  const shape = shapeOf(schema);
  if (!shape || !isRecord(found)) return undefined;
  const seen = fieldsOf(shape, found, undeclared);
  return Object.keys(seen).length > 0 ? seen : undefined;
}

/** What is seen of each field of an object; one of which nothing is seen is left out. */
function fieldsOf(
  shape: NonNullable<ReturnType<typeof shapeOf>>,
  found: Readonly<Record<string, unknown>>,
  see: (schema: z.core.$ZodType, found: unknown, key: string) => unknown,
): Record<string, unknown> {
  const entries = Object.entries(shape).map(([key, field]) => [key, see(field, found[key], key)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
