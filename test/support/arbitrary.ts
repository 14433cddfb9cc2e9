/** Arbitrary inputs of a kind, from its own schema: whatever the schema takes, the kind must bring home unchanged. */

import fc from "fast-check";
import { z } from "zod";
import { utcDay } from "../../src/fields/undeclared-access.ts";
import { webUrl } from "./urls.ts";

/** What a field must be drawn from where the schema cannot know, by the field's name; `undefined` leaves it out. */
export type Choices = Readonly<Record<string, fc.Arbitrary<unknown> | undefined>>;

/** Text as people write it; IDM and AM keep any of it. */
const words = fc
  .string({ unit: fc.constantFrom(..."abcxyzÄé漢 019-_.:/|'\"%&+<>".split("")), minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() === text && !/^\.+$/.test(text));

/** Those with a year of four digits. */
const DAYS = { min: new Date("1970-01-01"), max: new Date("9999-12-31") };

/** Values that a schema accepts. */
export function arbitraryOf(schema: z.core.$ZodType, choices: Choices): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return fields(schema, choices);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return arbitraryOf(schema.unwrap() as z.core.$ZodType, choices);
  if (schema instanceof z.ZodPipe)
    return arbitraryOf(schema.in as z.core.$ZodType, choices).filter((value) => z.safeParse(schema, value).success);
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => arbitraryOf(option as z.core.$ZodType, choices)));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodArray)
    return fc.array(arbitraryOf(schema.element as z.core.$ZodType, choices), { minLength: 1, maxLength: 3 });
  if (schema instanceof z.ZodRecord) return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), words, { maxKeys: 3 });
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return fc.integer({ min: 0, max: Math.min(100_000, schema.maxValue ?? 100_000) });
  if (schema instanceof z.ZodURL) return webUrl;
  if (schema instanceof z.ZodISODate) return fc.date({ ...DAYS, noInvalidDate: true }).map(utcDay);
  if (schema instanceof z.ZodString) return pattern(schema) ?? words;
  throw new Error(`no arbitrary for a ${schema._zod.def.type}`);
}

function fields(schema: z.ZodObject, choices: Choices): fc.Arbitrary<unknown> {
  const entries = Object.entries(schema.shape as Record<string, z.core.$ZodType>).filter(
    ([key]) => !(key in choices) || choices[key],
  );
  const model = Object.fromEntries(entries.map(([key, field]) => [key, choices[key] ?? arbitraryOf(field, choices)]));
  const required = entries.flatMap(([key, field]) => (field instanceof z.ZodOptional ? [] : [key]));
  return fc.record(model, { requiredKeys: required });
}

/** Strings of a `regex` check. */
function pattern(schema: z.ZodString): fc.Arbitrary<string> | undefined {
  for (const check of schema._zod.def.checks ?? []) {
    const definition = check._zod.def as { pattern?: RegExp };
    if (definition.pattern) return fc.stringMatching(definition.pattern).filter((text) => text.length < 60);
  }
  return undefined;
}
