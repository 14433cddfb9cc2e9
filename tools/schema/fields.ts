/** What a file may say on each platform, as JSON Schema, with all that the fields say of themselves. */

import { z } from "zod";
import { metaOf } from "../../src/fields/meta.ts";
import { takesVariables } from "../../src/fields/text.ts";
import { platforms } from "../../src/platforms.ts";

/** A JSON Schema, before it was made standard with what `fields/meta.ts` knows beside. */
export type Schema = { readonly [keyword: string]: unknown } & {
  readonly description?: string;
  readonly default?: unknown;
  readonly otherwise?: string | undefined;
  readonly unit?: "seconds" | "milliseconds" | undefined;
  readonly examples?: readonly unknown[];
  readonly words?: Readonly<Record<string, string>>;
  readonly isOpen?: boolean;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly then?: Schema;
};

/** How the text of a variable is known. */
export const VARIABLE = "\\$\\{env:";

/** What is written in a file of each platform, before defaults and canonical forms. */
export function writtenSchemas(): Readonly<Record<string, Schema>> {
  const schemas = Object.fromEntries(
    Object.entries(platforms).map(([name, { title, schema }]) => [name, schema.meta({ title })]),
  );
  const { properties } = z.toJSONSchema(z.object(schemas), { io: "input", override: asWritten });
  return properties as Readonly<Record<string, Schema>>;
}

type Override = { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema };

/** What zod leaves out, says at too great length, or cannot know. */
function asWritten({ zodSchema, jsonSchema }: Override): void {
  const meta = metaOf(zodSchema);
  if (meta.default !== undefined) jsonSchema.default = meta.default as z.core.JSONSchema.BaseSchema["default"];
  if (meta.examples !== undefined) jsonSchema.examples = [...meta.examples];
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.format) delete jsonSchema.pattern;
  // A form is known by what it says; where less has to be said, several may be meant.
  if (jsonSchema.oneOf) {
    jsonSchema.anyOf = jsonSchema.oneOf;
    delete jsonSchema.oneOf;
  }
  // Keys for what anchors share.
  if (jsonSchema.additionalProperties === false) jsonSchema.patternProperties = { "^x-": {} };
  withVariables(zodSchema, jsonSchema);
}

/** An address may stand in a variable. */
function withVariables(zodSchema: z.core.$ZodType, jsonSchema: z.core.JSONSchema.BaseSchema): void {
  const { format, pattern } = jsonSchema;
  if (!takesVariables.get(zodSchema)?.takesVariables || !(format ?? pattern)) return;
  delete jsonSchema.format;
  delete jsonSchema.pattern;
  const type = "string" as const;
  const written = { type, ...(format && { format }), ...(pattern && { pattern }) };
  jsonSchema.anyOf = [written, { type, pattern: VARIABLE }];
}
