/** Two sets of rows side by side: what each agent gained and lost, whether that is more or less, and how far it reaches. Pure. */

import { coverage } from "./order.ts";
import type { People } from "./people.ts";
import { type Reach, reachOf } from "./reach.ts";
import { keyOf, type Party, type Row } from "./row.ts";

/**
 * `more`: at least what it was, and something besides; `less`: the other way round; `incomparable`: something came and something
 * else went; `unchanged`: the same rows.
 */
export type Verdict = "more" | "less" | "incomparable" | "unchanged";

/** What becomes of an agent. */
export type AgentChange = {
  readonly agent: Party;
  readonly verdict: Verdict;
  readonly gained: readonly Row[];
  readonly lost: readonly Row[];
  /** Undefined for an agent that had nothing before. */
  readonly before: Reach | undefined;
  /** Undefined for an agent that has nothing any more. */
  readonly after: Reach | undefined;
};

/** The worst first, as a reader needs it. */
const ORDER: readonly Verdict[] = ["more", "incomparable", "less", "unchanged"];

/** What becomes of each agent of either set: those that gain first. @param people of the groups, as far as they are known */
export function difference(before: readonly Row[], after: readonly Row[], people: People): AgentChange[] {
  const [old, now] = [before, after].map((rows) => Map.groupBy(rows, ({ agent }) => agent.id));
  const ids = new Set([...(now?.keys() ?? []), ...(old?.keys() ?? [])]);
  const changes = [...ids].map((id) => changeOf(old?.get(id) ?? [], now?.get(id) ?? [], people));
  return changes.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
}

function changeOf(before: readonly Row[], after: readonly Row[], people: People): AgentChange {
  const gained = without(after, before);
  const lost = without(before, after);
  const [{ agent }] = [...after, ...before] as [Row];
  return {
    ...{ agent, gained, lost },
    verdict: verdictOf(gained, lost, coverage(before, people), coverage(after, people)),
    before: before.length > 0 ? reachOf(before, people) : undefined,
    after: after.length > 0 ? reachOf(after, people) : undefined,
  };
}

/** Rows that the others have not. */
function without(rows: readonly Row[], others: readonly Row[]): Row[] {
  const keys = new Set(others.map(keyOf));
  return rows.filter((row) => !keys.has(keyOf(row)));
}

type Covers = (row: Row) => boolean;

/**
 * What is gained beside a row that gave as much before, such as a user of a group, is nothing more today; where that is all, the
 * rows themselves decide, for the group may lose the user tomorrow.
 */
function verdictOf(gained: readonly Row[], lost: readonly Row[], before: Covers, after: Covers): Verdict {
  if (gained.length === 0 && lost.length === 0) return "unchanged";
  const isMore = lost.every(after);
  const isLess = gained.every(before);
  if (isMore !== isLess) return isMore ? "more" : "less";
  if (!isMore || (gained.length > 0 && lost.length > 0)) return "incomparable";
  return lost.length === 0 ? "more" : "less";
}
