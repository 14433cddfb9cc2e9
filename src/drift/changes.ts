/** In which fields two sets of inputs differ. Pure. */

import { isDeepStrictEqual } from "node:util";

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
