/** Values on their way between the engine and a provider: what cannot be stored is named. */

import { expect, test } from "vitest";
import { clean, hasUnknown, markSecret, revealSecret, UNKNOWN } from "../../src/providers/pulumi-values.ts";

test("clean keeps what JSON has, and drops what is undefined at any depth", () => {
  const value = { a: null, b: [1, { c: "x", d: undefined }], e: { f: undefined }, g: false, h: undefined };
  expect(clean(value)).toStrictEqual({ a: null, b: [1, { c: "x" }], e: {}, g: false });
});

test.for<[name: string, value: unknown, path: string]>([
  ["a function", { agent: { tokens: [{ lifetime: () => 1 }] } }, "agent.tokens[0].lifetime"],
  ["a number that is none", { a: { b: Number.NaN } }, "a.b"],
  ["infinity", { a: [1, Number.POSITIVE_INFINITY] }, "a[1]"],
  ["a date", { a: { at: new Date(0) } }, "a.at"],
  ["a map", { a: new Map() }, "a"],
  ["a bigint", { a: 1n }, "a"],
  ["a symbol", Symbol("x"), "/"],
  ["undefined in a list", { a: ["x", undefined] }, "a[1]"],
])("clean refuses %s and names its path", ([, value, path]) => {
  expect(() => clean(value)).toThrow(expect.objectContaining({ code: "ERR_INTERNAL_VALUE" }));
  expect(() => clean(value)).toThrow(`cannot be stored at "${path}"`);
});

test("an unknown is found at any depth", () => {
  expect(hasUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
  expect(hasUnknown(markSecret(UNKNOWN))).toBe(true);
  expect(hasUnknown({ a: ["x", null, 1, undefined] })).toBe(false);
});

test("a secret is revealed once; what is none stays as it is", () => {
  expect(revealSecret(markSecret("s"))).toBe("s");
  expect(revealSecret("s")).toBe("s");
  expect(revealSecret({ value: "s" })).toEqual({ value: "s" });
  expect(revealSecret(null)).toBeNull();
});
