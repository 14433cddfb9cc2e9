/** Two entries that the cloud would find under one natural key: they would be one object, and each would undo the other. Pure. */

import type { z } from "zod";

/** Where an entry stands, and what the cloud finds it by. */
export type Keyed = { readonly path: readonly [kind: string, id: string, ...field: string[]]; readonly key: string };

/**
 * Refuses every entry whose key an earlier one has.
 *
 * @param what the key, in words
 */
export function refuseTwins(what: string, entries: readonly Keyed[], { addIssue }: z.RefinementCtx): void {
  const taken = new Map<string, string>();
  for (const { path, key } of entries) {
    const other = taken.get(key);
    if (other) addIssue({ code: "custom", path: [...path], message: `${other} has this ${what} already` });
    else taken.set(key, path.slice(0, 2).join("."));
  }
}

/** The entries of one mapping of the declaration. @param keyOf the key of an entry, and the field that says it */
export const keyed = <Entry>(
  kind: string,
  entries: Readonly<Record<string, Entry>> = {},
  keyOf: (id: string, entry: Entry) => readonly [key: string, ...field: string[]],
): Keyed[] =>
  Object.entries(entries).map(([id, entry]) => {
    const [key, ...field] = keyOf(id, entry);
    return { path: [kind, id, ...field], key };
  });
