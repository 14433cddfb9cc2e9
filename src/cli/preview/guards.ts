/** What stops a change that nothing is wrong with: too many deletions, another plan than the one that was reviewed. Pure. */

import { InvalidArgumentError } from "commander";
import { calledIn, type DeclaredPlan, deletions } from "../../reports/preview/report.ts";

/** How many deletions are let through: a number, or a share of what the state has. */
export type Limit = { readonly count: number } | { readonly percent: number };

/** `3`, `10%`. @throws InvalidArgumentError */
export function limitOf(text: string): Limit {
  const [, digits, sign] = /^(\d{1,6})(%?)$/.exec(text) ?? [];
  if (digits === undefined || (sign && Number(digits) > 100)) {
    throw new InvalidArgumentError("It is a number, such as 3, or a share of all resources, such as 10%.");
  }
  return sign ? { percent: Number(digits) } : { count: Number(digits) };
}

export type Guards = {
  /** @default no limit, unless deletions are acknowledged: then all others are too many */
  readonly maxDeletions?: Limit | undefined;
  /** Deletions that somebody answers for: `agent/bot`, and with it all below. */
  readonly allowDelete: readonly string[];
  /** Fingerprints of what was reviewed; none where none is asked for. */
  readonly expect: readonly string[];
};

/** Why a plan must not be carried out; nothing where it may be. Without a plan nothing is what was expected. */
export function refusalsOf(
  plan: DeclaredPlan | undefined,
  fingerprint: string | undefined,
  { maxDeletions, allowDelete, expect }: Guards,
): string[] {
  if (!plan) return expect.length > 0 ? ["there is no plan to compare with what was reviewed"] : [];
  const open = deletions(plan.steps).filter((step) => {
    const called = calledIn(step);
    return !allowDelete.some((allowed) => called === allowed || called.startsWith(`${allowed}/`));
  });
  const limit = maxDeletions ?? (allowDelete.length > 0 ? { count: 0 } : undefined);
  const present = plan.steps.filter(({ before }) => before !== undefined).length;
  const most = limit && ("count" in limit ? limit.count : Math.floor((present * limit.percent) / 100));
  const refusals: string[] = [];
  if (most !== undefined && open.length > most) {
    const names = [...new Set(open.map(calledIn))];
    const allowed = limit && "percent" in limit ? `${limit.percent}% of ${present}, that is ${most}` : `${most}`;
    refusals.push(
      `${open.length} deleted or replaced and not acknowledged, where ${allowed} may be: ${names.join(", ")}. ` +
        "Acknowledge each by --allow-delete NAME, or keep it",
    );
  }
  if (expect.length > 0 && fingerprint !== undefined && !expect.includes(fingerprint)) {
    refusals.push(
      `the plan is not the one that was reviewed: its fingerprint is ${fingerprint}, expected was ${expect.join(" or ")}. ` +
        "Review this report, then expect its fingerprint",
    );
  }
  return refusals;
}
