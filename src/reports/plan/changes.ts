/** In what a resource changes, property by property; lists as what comes and what goes, never by index. Pure. */

import { isDeepStrictEqual } from "node:util";
import { type Properties, SECRET, type Step, UNKNOWN } from "./plan.ts";

/** A property that changes. `path` as in the declaration where the field has the name there: `overrides.enabled`. */
export type Change = { readonly path: string } & (
  | {
      readonly is: "list";
      readonly added: readonly unknown[];
      readonly removed: readonly unknown[];
      /** Lengths. */
      readonly from: number;
      readonly to: number;
    }
  /** The same entries in another order. */
  | { readonly is: "order" }
  | { readonly is: "set"; readonly to: unknown }
  | { readonly is: "unset"; readonly from: unknown }
  | { readonly is: "value"; readonly from: unknown; readonly to: unknown }
  /** A secret becomes another. */
  | { readonly is: "secret" }
  /** Made of something that changes in the same run. */
  | { readonly is: "unknown"; readonly from: unknown }
);

/** What differs between the inputs before and after; of a new resource all that is set. */
export function changesOf({ before, after, differs }: Pick<Step, "before" | "after" | "differs">): Change[] {
  if (after === undefined) return [];
  return compared(before ?? {}, after, "", new Set(differs));
}

function compared(before: unknown, after: unknown, path: string, differs: ReadonlySet<string>): Change[] {
  const [from, to] = [emptied(before), emptied(after)];
  if (isProperties(from ?? to) && isProperties(to ?? from) && !isKey(from ?? to)) {
    const [old, now] = [from ?? {}, to ?? {}] as [Properties, Properties];
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => compared(old[key], now[key], joined(path, key), differs));
  }
  if (isDeepStrictEqual(from, to)) {
    // Secrets look alike: the engine alone knows that one became another.
    const isAnother = [...differs].some((one) => one === path || one.startsWith(`${path}[`));
    return isAnother && JSON.stringify(to)?.includes(SECRET) ? [{ path, is: "secret" }] : [];
  }
  if (to === UNKNOWN) return [{ path, is: "unknown", from }];
  if (Array.isArray(from ?? to) && Array.isArray(to ?? from)) return [listed(asList(from), asList(to), path)];
  if (from === undefined) return [{ path, is: "set", to }];
  if (to === undefined) return [{ path, is: "unset", from }];
  return [{ path, is: "value", from, to }];
}

/** An empty list or text says no more than its absence. */
function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? value : undefined;
  if (isProperties(value)) return Object.keys(value).length > 0 ? value : undefined;
  return value === "" || value === null ? undefined : value;
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function listed(from: readonly unknown[], to: readonly unknown[], path: string): Change {
  const added = without(to, from);
  const removed = without(from, to);
  if (added.length === 0 && removed.length === 0) return { path, is: "order" };
  return { path, is: "list", added, removed, from: from.length, to: to.length };
}

/** Entries that the others have not, each as often as it is more. */
function without(entries: readonly unknown[], others: readonly unknown[]): unknown[] {
  const left = others.map(textOf);
  return entries.filter((entry) => {
    const at = left.indexOf(textOf(entry));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** The same for objects whose keys stand in another order. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) =>
    isProperties(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

/** A path as the engine writes it: `owner.name`, `allowed["a key with a /"]`. */
const joined = (path: string, key: string) => {
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
};

export const isProperties = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JSON Web Key is one value: its members say nothing to a reader. */
export const isKey = (value: unknown): value is Properties => isProperties(value) && typeof value.kty === "string";
