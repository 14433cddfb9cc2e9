/** The fingerprint of what a pull request was reviewed for: another one means that the run would do something else. Pure. */

import { createHash } from "node:crypto";
import { keyOf, partiesOf, type Row } from "../../access/row.ts";
import { changesOf, textOf } from "../plan/changes.ts";
import { isHidden } from "../plan/masking.ts";
import { changing } from "../plan/plan.ts";
import type { DeclaredPlan, DeclaredStep } from "./report.ts";

/** Hexadecimal digits: 128 bits. */
const LENGTH = 32;

/**
 * Of the operations with the properties that they change, and of all rows of the agents that they are about, those included that others
 * have with tokens of theirs. What others have changed meanwhile elsewhere in the environment is no part of it.
 *
 * @param rows of the declaration
 */
export function fingerprintOf(environment: string, plan: DeclaredPlan, rows: readonly Row[]): string {
  const steps = changing(plan.steps) as readonly DeclaredStep[];
  const touched = new Set(steps.map(({ entry }) => entry?.[1]));
  const operations = steps.map(({ urn, operation, replacedFor, ...step }) => ({
    ...{ urn, operation, replacedFor: replacedFor.toSorted() },
    changes: changesOf(step).map((change) => canonical(change)),
  }));
  const reviewed = {
    environment,
    operations: operations.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)),
    access: rows
      .filter((row) => partiesOf(row).some(({ id }) => touched.has(id)))
      .map(keyOf)
      .toSorted(),
  };
  return createHash("sha256").update(textOf(reviewed)).digest("hex").slice(0, LENGTH);
}

/** A change without what is secret, and without the order of entries. */
function canonical(change: ReturnType<typeof changesOf>[number]): unknown {
  const { path, is } = change;
  if (isHidden(path)) return { path, is };
  if (change.is !== "list") return change;
  const sorted = (entries: readonly unknown[]) => entries.map(textOf).toSorted();
  return { path, is, added: sorted(change.added), removed: sorted(change.removed) };
}
