/** Differences are told by path, and as text without secrets. */

import { expect, test } from "vitest";
import { noteSecret } from "../../src/admin-api/http/redaction.ts";
import { describeDifferences, differences } from "../../src/providers/differences.ts";

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

test("a secret that somebody has put into another field is not shown either", () => {
  noteSecret("canary-in-a-description");
  const list = [{ path: "description", wanted: "Ours", found: "the secret is canary-in-a-description" }];
  expect(describeDifferences(list, () => false)).toBe('description: declared "Ours", found "the secret is [redacted]"');
});
