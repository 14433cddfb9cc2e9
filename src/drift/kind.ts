/** What a kind of resource says about a change by hand, and the findings about a resource that was compared. Pure. */

import { createHash } from "node:crypto";
import { grantTypeName } from "../fields/grant-types.ts";
import { type Bearings, bearingAt, guard } from "./bearing.ts";
import { leaves } from "./changes.ts";
import type { Finding, LastChange, ResourceName, Verdict } from "./finding.ts";

/** What a kind says. */
export type DriftKind = {
  /** What people call such an object: `agent`. */
  readonly noun: string;
  /** Where a field stands in the entry of the declaration. @default at its own path */
  readonly field?: (path: readonly string[]) => readonly string[];
  /** Bearings of the inputs that a read shows. */
  readonly fields: Bearings;
  /** What it means that the object is gone. @default access is narrowed */
  readonly gone?: Verdict;
};

/** A resource as it was compared. */
export type Compared = ResourceName & { readonly kind: DriftKind } & (
    | {
        readonly is: "there";
        readonly was: Readonly<Record<string, unknown>>;
        readonly seen: Readonly<Record<string, unknown>>;
        /** What a field is where nobody declares it. */
        readonly defaultOf: (path: readonly string[]) => unknown;
        /** Whether the value at a path must not be shown. */
        readonly isSecret: (path: readonly string[]) => boolean;
        /** Of the object itself: access below it is told without. */
        readonly lastChange?: LastChange | undefined;
      }
    | { readonly is: "missing" }
    /** Another object stands in its place; whose it is, in words. */
    | { readonly is: "replaced"; readonly by: string }
  );

/**
 * The findings about a resource; none where it is as the state has it.
 *
 * @param entryOf where it is declared: the keys that lead there; undefined for what a program made
 */
export function findingsOf(
  compared: Compared,
  entryOf: (resource: ResourceName) => readonly string[] | undefined,
): Finding[] {
  const { type, name, kind } = compared;
  const { noun, field = (path) => path, fields, gone } = kind;
  const entry = entryOf(compared) ?? [`${type} ${name}`];
  const at = (path: readonly string[], is: unknown) => {
    const within = field(path);
    const place = [...entry, ...within].join(".");
    return { type, name, path, entry: place, at: entry, field: within, access: `${place}#${digest(is)}` };
  };
  if (compared.is === "missing") {
    return [{ ...at([], null), isMissing: true, ...(gone ?? { class: "narrowed", means: `the ${noun} is gone` }) }];
  }
  if (compared.is === "replaced") {
    const { by } = compared;
    const means = `another object stands in the place of the ${noun}: it belongs to ${by}`;
    return [{ ...at([], by), class: "weakened", means }];
  }
  const { was, seen, defaultOf, isSecret, lastChange } = compared;
  const dated = lastChange && { lastChange };
  const bearingOf = (path: readonly string[]) => bearingAt(fields, path) ?? unknownField;
  return leaves(was, seen, (path) => typeof nodeAt(fields, path) === "function").map(({ path, was, is }) => {
    const [before, after] = [was ?? defaultOf(path), is ?? defaultOf(path)];
    const verdict = bearingOf(path)(before, after);
    const [section, access] = path;
    if (section === UNDECLARED && access !== undefined)
      return { ...at([], is), path, ...verdict, access, isUndeclared: true };
    return {
      ...at(path, after),
      ...{ ...verdict, ...dated },
      ...(!isSecret(path) && { values: { was: spoken(path, before), is: spoken(path, after) } }),
    };
  });
}

/** Tells a value from others. */
const digest = (value: unknown) =>
  createHash("sha256")
    .update(JSON.stringify(value) ?? "")
    .digest("hex")
    .slice(0, 8);

/** A value in the declaration's words. */
const spoken = (path: readonly string[], value: unknown) =>
  path.at(-1) === "grantTypes" && Array.isArray(value) ? value.map((one) => grantTypeName(String(one))) : value;

/** The input in which a read shows access that nobody declared. */
const UNDECLARED = "undeclared";

const unknownField = guard("something that this version does not know is another one");

/** What stands in the table at exactly this path. */
function nodeAt(fields: Bearings, path: readonly string[]): Bearings[string] | undefined {
  return path.reduce<Bearings[string] | undefined>(
    (node, key) => (typeof node === "object" && Object.hasOwn(node, key) ? node[key] : undefined),
    fields,
  );
}
