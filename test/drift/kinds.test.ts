/** Every field of every kind says what a change of it by hand means. */

import { describe, expect, test } from "vitest";
import { type Bearings, bearingAt } from "../../src/drift/bearing.ts";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { shapeOf } from "../../src/providers/annotations.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";

type Schema = Parameters<typeof shapeOf>[0];

/** The paths of all fields without fields. */
const leavesOf = (schema: Schema, path: readonly string[] = []): (readonly string[])[] => {
  const shape = shapeOf(schema);
  return shape ? Object.entries(shape).flatMap(([key, field]) => leavesOf(field, [...path, key])) : [path];
};
/** The paths that have a bearing, but for those that mean any other field. */
const namedIn = (bearings: Bearings, path: readonly string[] = []): (readonly string[])[] =>
  Object.entries(bearings).flatMap(([key, inner]) => {
    if (key === "*") return [];
    return typeof inner === "object" ? namedIn(inner, [...path, key]) : [[...path, key]];
  });

const kinds = [...aicKinds, ...pingOneKinds];

describe.each(kinds.map((kind) => [kind.type, kind] as const))("%s", (_type, kind) => {
  const { fields } = kind.drift;
  const told = (key: string | undefined) =>
    key !== undefined && (kind.trace?.input === key || !kind.notShown?.includes(key));
  const leaves = leavesOf(kind.inputs).filter(([key]) => told(key));

  test("has a bearing for every input that a read shows", () => {
    const without = leaves.filter((path) => bearingAt(fields, path) === undefined);
    expect(without.map((path) => path.join("."))).toEqual([]);
  });

  test("names no field that is not there", () => {
    const known = new Set(leaves.map((path) => path.join(".")));
    expect(
      namedIn(fields)
        .map((path) => path.join("."))
        .filter((path) => !known.has(path)),
    ).toEqual([]);
  });
});
