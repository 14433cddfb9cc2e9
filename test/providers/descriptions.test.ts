/** Descriptions, which people write as YAML blocks: every kind keeps the same of them, so that none is drift for ever. */

import { expect, test } from "vitest";
import type { z } from "zod";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";

const described = [...aicKinds, ...pingOneKinds].flatMap(({ type, inputs }): [string, z.ZodType][] => {
  const { description } = inputs.shape;
  return description ? [[type, description as z.ZodType]] : [];
});

test("most kinds have a description", () => {
  expect(described.length).toBeGreaterThan(8);
});

test.for(described)("%s", ([, description]) => {
  expect(description.parse("One.\nTwo.\n")).toBe("One.\nTwo.");
  expect(description.parse("")).toBeUndefined();
  expect(description.parse(" \n")).toBeUndefined();
});
