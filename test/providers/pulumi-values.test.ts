/** Values on their way between the engine and a provider: what cannot be stored is named, and differences are told by path. */

import { expect, test } from "vitest";
import {
  clean,
  describeDifferences,
  differences,
  hasUnknown,
  markSecret,
  revealSecret,
  UNKNOWN,
} from "../../src/providers/pulumi-values.ts";

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

test("differences are leaves; lists count as a whole, and the order of keys does not", () => {
  const wanted = { same: { x: 1, y: 2 }, list: ["a", "b"], deep: { one: 1, gone: true }, kind: { a: 1 } };
  const found = { same: { y: 2, x: 1 }, list: ["b", "a"], deep: { one: 2, more: null }, kind: "text" };
  expect(differences(wanted, found)).toEqual([
    { path: "list", wanted: ["a", "b"], found: ["b", "a"] },
    { path: "deep.one", wanted: 1, found: 2 },
    { path: "deep.gone", wanted: true, found: undefined },
    { path: "deep.more", wanted: undefined, found: null },
    { path: "kind", wanted: { a: 1 }, found: "text" },
  ]);
  expect(differences(wanted, structuredClone(wanted))).toEqual([]);
});

test("differences as text show no secret, and tell what is unset from what is empty", () => {
  const list = [
    { path: "colour", wanted: "red", found: undefined },
    { path: "tags", wanted: [], found: ["x"] },
    { path: "secret", wanted: "s1", found: "s2" },
    { path: "secret", wanted: "s1", found: undefined },
  ];
  expect(describeDifferences(list, (path) => path === "secret").split("\n    ")).toEqual([
    'colour: declared "red", found (unset)',
    'tags: declared [], found ["x"]',
    "secret: declared [secret], found [secret]",
    "secret: declared [secret], found (unset)",
  ]);
});
