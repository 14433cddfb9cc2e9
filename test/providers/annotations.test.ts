/** A note on a schema is found whatever is done to the schema afterwards. */

import { expect, test } from "vitest";
import { z } from "zod";
import { attribute, attributePaths } from "../../src/providers/aic/attributes.ts";
import { exclusive, isExclusive, isSecretOutput, secretOutput } from "../../src/providers/annotations.ts";
import { modelledProperties, property } from "../../src/providers/pingone/properties.ts";

const later: readonly (readonly [string, (schema: z.ZodOptional<z.ZodString>) => z.ZodType])[] = [
  [".describe()", (schema) => schema.describe("text")],
  [".optional()", (schema) => schema.optional()],
  [".meta()", (schema) => schema.meta({ title: "text" })],
  [".refine()", (schema) => schema.refine(() => true)],
  [".nullable()", (schema) => schema.nullable()],
  [".default()", (schema) => schema.default("text")],
  [
    "all of it",
    (schema) =>
      schema
        .describe("a")
        .optional()
        .describe("b")
        .nullable()
        .refine(() => true),
  ],
];

test.each(later)("what a field stands for, after %s", (_name, change) => {
  const ofAm = change(attribute("section.name", z.string(), null));
  expect([...attributePaths(z.strictObject({ name: ofAm }))]).toEqual([["section.name", "name"]]);
  const ofPingOne = change(property("name", z.string()));
  expect(modelledProperties(z.strictObject({ name: ofPingOne }))).toEqual(["name"]);
});

test("that a block is owned as a whole, and that an output is secret", () => {
  const block = exclusive(z.strictObject({ on: z.boolean().optional() }));
  const changed = block
    .describe("text")
    .refine(() => true)
    .optional()
    .describe("more");
  expect([block, changed].map(isExclusive)).toEqual([true, true]);
  const secret = secretOutput(z.string());
  expect([secret, secret.optional().describe("text")].map(isSecretOutput)).toEqual([true, true]);
});

test("schemas without a note have none, nor have those that a note was written on a copy of", () => {
  const plain = z.strictObject({ on: z.boolean().optional() });
  exclusive(plain.describe("a copy"));
  expect(isExclusive(plain)).toBe(false);
  expect(isSecretOutput(z.string())).toBe(false);
});
