/** Comparisons that answer what is not as expected. Pure. */

/** A claim that must be so; undefined stands for a claim that must not be there. */
export function equal(name: string, found: unknown, wanted: unknown): string[] {
  return found === wanted ? [] : [`${name} ${String(found ?? "(none)")} instead of ${String(wanted ?? "(none)")}`];
}

/** Whether two lists have the same members, in any order. */
export function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return new Set([...one, ...other]).size === new Set(one).size && new Set(one).size === new Set(other).size;
}
