/** Values on their way between our terms and a document's: what a codec does not know is shown, not hidden and not a crash. */

import { expect, test } from "vitest";
import { z } from "zod";
import { decodeProperties, encodeProperties, property } from "../../src/providers/pingone/properties.ts";

const schema = z.strictObject({
  signed: property("signing.required", z.boolean(), {
    codec: z.codec(z.enum(["YES", "NO"]), z.boolean(), {
      decode: (word) => word === "YES",
      encode: (value) => (value ? "YES" : "NO"),
    }),
  }),
  extra: z.record(z.string(), z.json()).optional(),
});

test.for<[live: unknown, shown: unknown]>([
  ["YES", true],
  ["NO", false],
  ["SOMETIMES", "SOMETIMES"],
  [{ at: "night" }, { at: "night" }],
])("%o in the document is %o in our terms", ([live, shown]) => {
  expect(decodeProperties(schema, { signing: { required: live } }, {})).toEqual({ signed: shown });
});

test("a declared value is written in the document's terms, beside what is there", () => {
  const live = { id: "1", signing: { required: "NO", other: 1 }, unknown: true };
  const body = encodeProperties(schema, { signed: true }, undefined, live);
  expect(body).toEqual({ signing: { required: "YES", other: 1 }, unknown: true });
});

test("extra is written as it is, shown where it is declared, and taken back with the declaration", () => {
  const declared = { extra: { colour: { shade: "dark" } } };
  const body = encodeProperties(schema, declared, undefined, { id: "1", other: 1 });
  expect(body).toEqual({ other: 1, colour: { shade: "dark" } });
  expect(decodeProperties(schema, body, declared)).toEqual(declared);
  expect(decodeProperties(schema, { other: 1 }, declared)).toEqual({ extra: { colour: null } });
  expect(encodeProperties(schema, {}, declared, { id: "1", ...body })).toEqual({ other: 1 });
});
