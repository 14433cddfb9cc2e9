/**
 * Which row gives at least what another one gives. Pure.
 *
 * Anyone is more than a group, and a group is more than each user who is known to be in it. Every scope is more than one, and what
 * others get, too, is more than what the tenant refuses them. All else must be equal: agent, flow, target and chain. So an exchange is neither more nor less than an approval (CIBA), which the user can
 * refuse, and what nobody knows the order of is incomparable.
 */

import type { People } from "./people.ts";
import { EVERY_SCOPE, keyOf, type Row, type Subject, type Unenforced } from "./row.ts";

/** Answers of a set of rows whether it gives at least what a row gives. */
export function coverage(rows: readonly Row[], people: People): (row: Row) => boolean {
  const subjects = Map.groupBy(rows, (row) => placeKey(row, row.scope));
  const at = (row: Row, scope: string) =>
    LEVELS.slice(LEVELS.indexOf(row.unenforced)).flatMap(
      (unenforced) => subjects.get(placeKey({ ...row, unenforced }, scope)) ?? [],
    );
  return (row) =>
    [...at(row, row.scope), ...at(row, EVERY_SCOPE)].some(({ subject }) => includes(subject, row.subject, people));
}

/** The least first; what nobody knows may be all. */
const LEVELS: readonly (Unenforced | undefined)[] = [undefined, "unnamed", "named", "unknown"];

/** All of a row but its subject. */
const placeKey = (row: Row, scope: string) => keyOf({ ...row, scope, subject: { is: "itself" } });

/** Whether somebody for whom the second stands is one for whom the first stands. */
function includes(more: Subject, less: Subject, people: People): boolean {
  if (isSame(more, less)) return true;
  if (less.is === "itself" || less.is === "client") return false;
  if (more.is === "anyone") return more.tokensOf === undefined || isSameSource(more, less);
  if (more.is !== "group" || less.is !== "user" || more.tokensOf) return false;
  return people.get(more.name)?.members?.has(less.name) ?? false;
}

function isSame(one: Subject, other: Subject): boolean {
  if (one.is === "itself") return other.is === "itself";
  if (one.is === "client") return other.is === "client" && one.id === other.id;
  if (one.is === "user") return other.is === "user" && one.name === other.name;
  if (one.is !== other.is || !isSameSource(one, other)) return false;
  return one.is === "anyone" || (other.is === "group" && one.name === other.name);
}

const sourceOf = (subject: Subject) => ("tokensOf" in subject ? subject.tokensOf?.id : undefined);
const isSameSource = (one: Subject, other: Subject) => sourceOf(one) === sourceOf(other);
