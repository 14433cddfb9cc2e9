/** The part of a live object that a declaration is compared with. */

import type { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { isExclusive, shapeOf } from "./annotations.ts";

/**
 * What a live object shows of what is declared: objects of the schema key by key, everything else as a whole. A field
 * that nobody declared is not looked at: it belongs to somebody else.
 */
export function project(schema: z.core.$ZodType, wanted: unknown, found: unknown): unknown {
  const shape = shapeOf(schema);
  if (!shape || !isRecord(wanted)) return found;
  const has = isRecord(found) ? found : {};
  const pick = (key: string) => [key, shape[key] && project(shape[key], wanted[key], has[key])];
  return Object.fromEntries(Object.keys(isExclusive(schema) ? { ...has, ...wanted } : wanted).map(pick));
}
