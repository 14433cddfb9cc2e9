/** What managed objects are patched with. */
import { expect, test } from "vitest";
import { replacements } from "../../../src/providers/aic/managed-kind.ts";

test("a value replaces; what has none is removed, since null is no value of a patch (aic §15)", () => {
  expect(replacements({ name: "Bot", owners: [], description: null, customAttributes: undefined })).toEqual([
    { operation: "replace", field: "/name", value: "Bot" },
    { operation: "replace", field: "/owners", value: [] },
    { operation: "remove", field: "/description" },
    { operation: "remove", field: "/customAttributes" },
  ]);
});
