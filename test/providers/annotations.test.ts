/** A note on a schema is found whatever is done to the schema afterwards. */

import { expect, test } from "vitest";
import { z } from "zod";
import { attribute, attributePaths } from "../../src/providers/aic/attributes.ts";
import {
  isSecretOutput,
  isSentWhole,
  owned,
  ownership,
  secretOutput,
  sentWhole,
} from "../../src/providers/annotations.ts";
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

test("that a block is sent whole, that a field is owned, and that an output is secret", () => {
  const block = sentWhole(z.strictObject({ on: z.boolean().optional() }));
  const changed = block
    .describe("text")
    .refine(() => true)
    .optional()
    .describe("more");
  expect([block, changed].map(isSentWhole)).toEqual([true, true]);
  const field = owned(z.string().optional(), "unset");
  expect([field, field.describe("text")].map(ownership)).toEqual([{ unset: "unset" }, { unset: "unset" }]);
  const secret = secretOutput(z.string());
  expect([secret, secret.optional().describe("text")].map(isSecretOutput)).toEqual([true, true]);
});

test("schemas without a note have none, nor have those that a note was written on a copy of", () => {
  const plain = z.strictObject({ on: z.boolean().optional() });
  sentWhole(plain.describe("a copy"));
  owned(plain.describe("another"));
  expect(isSentWhole(plain)).toBe(false);
  expect(ownership(plain)).toBeUndefined();
  expect(isSecretOutput(z.string())).toBe(false);
});
