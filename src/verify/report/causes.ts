/** Why rows did not pass: each cause once, with the rows that it hit. Pure. */
import type { Report, Row } from "./report.ts";

export type Cause = {
  readonly message: string;
  /** Rows of cases that failed by it. */
  readonly failed: readonly Row[];
  /** Rows of cases that prove nothing by it. */
  readonly inconclusive: readonly Row[];
};

/** @returns what preflight found first, then what failed otherwise, then what is not proven; every row that did not pass */
export function causesOf({ rows }: Report): Cause[] {
  const open = rows.filter(({ verdict }) => verdict !== "pass");
  const rank = (row: Row) => (row.case === "preflight" ? 0 : row.verdict === "fail" ? 1 : 2);
  const groups = [...Map.groupBy(open, messageOf)].map(([message, hit]) => ({ message, hit }));
  const first = ({ hit }: (typeof groups)[number]) => Math.min(...hit.map(rank));
  return groups
    .toSorted((one, other) => first(one) - first(other))
    .map(({ message, hit }) => ({
      message,
      failed: hit.filter((row) => rank(row) === 1),
      inconclusive: hit.filter((row) => rank(row) === 2),
    }));
}

/** What is to be said of a failed row beside its cause. */
export function failure(row: Row, { message }: Cause): string {
  const own = row.cause?.slice(row.findings?.join("; ").length ?? 0).replace(/^; /, "");
  const told = `expected ${row.expected}, got ${row.got}`;
  return own && own !== message ? `${told}: ${own}` : told;
}

/** A finding that explains several rows is one cause, whatever else is to be said of each. */
function messageOf({ case: id, got, findings, cause }: Row): string {
  return (id === "preflight" ? got : (findings?.[0] ?? cause)) ?? "no cause is known";
}
