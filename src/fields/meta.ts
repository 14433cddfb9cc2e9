/** What a field says of itself beside its shape: the one source of the JSON Schema, the reference and texts in editors. */

import { z } from "zod";

declare module "zod" {
  interface GlobalMeta {
    /** What holds where nobody declares the field. */
    default?: unknown;
    /** In words, where no value says it: `generated`, `none`. */
    otherwise?: string;
    /** Of a number. */
    unit?: "seconds" | "milliseconds" | undefined;
    examples?: readonly unknown[];
    /** What each word of an enumeration means. An open one takes other words, too. */
    words?: Readonly<Record<string, string>>;
    /** True for an enumeration that stays open. */
    isOpen?: boolean;
  }
}

/** The schema inside of one that is optional, has a default, or changes what is written. */
function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return schema.unwrap();
  return schema instanceof z.ZodPipe ? schema.in : undefined;
}

/** What a field says of itself; what was said last holds. */
export function metaOf(schema: z.core.$ZodType): z.GlobalMeta {
  const inner = innerOf(schema);
  return { ...(inner && metaOf(inner)), ...z.globalRegistry.get(schema) };
}
