/** The part of a live object that a declaration is compared with. */

import { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { exclusive } from "./kind.ts";

/**
 * What a live object shows of what is declared: objects of the schema key by key, everything else as a whole. A field
 * that nobody declared is not looked at: it belongs to somebody else.
 */
export function project(schema: z.core.$ZodType, wanted: unknown, found: unknown): unknown {
  const shape = shapeOf(schema);
  if (!shape || !isRecord(wanted)) return found;
  const has = isRecord(found) ? found : {};
  const pick = (key: string) => [key, shape[key] && project(shape[key], wanted[key], has[key])];
  return Object.fromEntries(Object.keys(owned(schema) ? { ...has, ...wanted } : wanted).map(pick));
}

/** True for an object schema that its resource owns as a whole. */
function owned(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodOptional ? owned(schema.unwrap()) : exclusive.has(schema);
}

/** The fields of an object schema, also of an optional one; undefined for any other schema. */
function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | undefined {
  if (schema instanceof z.ZodOptional) return shapeOf(schema.unwrap());
  return schema instanceof z.ZodObject ? schema.shape : undefined;
}
