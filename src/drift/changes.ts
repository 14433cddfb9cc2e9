/** In which fields two sets of inputs differ, and how that is told. Pure. */

import { isDeepStrictEqual } from "node:util";
import { setDifference } from "./bearing.ts";
import type { Change } from "./finding.ts";

type Leaf = { readonly path: readonly string[]; readonly was: unknown; readonly is: unknown };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Fields that differ; an object is looked into, also where it is on one side only.
 *
 * @param isWhole true for an object that is told as one
 */
export function leaves(
  was: unknown,
  is: unknown,
  isWhole: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
): Leaf[] {
  const isObject = [was, is].some(isRecord) && [was, is].every((side) => side === undefined || isRecord(side));
  if (!isObject || isWhole(path)) return isDeepStrictEqual(was, is) ? [] : [{ path, was, is }];
  const [before, after] = [isRecord(was) ? was : {}, isRecord(is) ? is : {}];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => leaves(before[key], after[key], isWhole, [...path, key]));
}

/** What is told of a value: of lists, and of what is one on one side only, what came and went. */
export function changeOf(was: unknown, is: unknown): Change {
  const lists = [was, is].map((side) => (side === undefined ? [] : side));
  const [before, after] = lists;
  if (Array.isArray(before) && Array.isArray(after) && before.length + after.length > 0) {
    const change = setDifference(before, after);
    // Nothing but the order is another one.
    if (change.added.length + change.removed.length > 0) return change;
  }
  return { was, is };
}
