/** What a report about drift is made of. Pure. */

import type { Answered } from "../../drift/allowance.ts";
import { type Class, classes, type Finding, isAtLeast, type Unreadable } from "../../drift/finding.ts";
import type { Stranger } from "../../drift/inventory.ts";
import type { Step } from "../plan/plan.ts";

/** How a stack stands to its tenant. */
export type DriftReport = {
  /** Environment. */
  readonly title: string;
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Differences that somebody answers for. */
  readonly allowed: readonly Answered[];
  readonly unreadable: readonly Unreadable[];
  /** Resources of the stack that could be compared. */
  readonly compared: number;
  /** What acts on the tenant and is not the stack's; undefined where nobody could look. */
  readonly strangers: readonly Stranger[] | undefined;
  /** What is declared and not brought up yet. @default nobody looked */
  readonly declared?: Declared | undefined;
};

/** What the next `up` would do for the declaration alone; `unchecked` says why nobody knows. It is no drift. */
export type Declared = { readonly pending: readonly Pending[] } | { readonly unchecked: string };

/** An entry of the declaration, or a resource that none stands for, and what becomes of it. */
export type Pending = Pick<Step, "operation"> & { readonly entry: string };

/** How much of everything was seen. */
export type Coverage = {
  /** Resources of the stack that were read. */
  readonly managed: number;
  /** Of those, what the tenant has no more. */
  readonly missing: number;
  /** Agents, and what acts as one, that are nobody's as far as anybody knows; undefined where nobody could look. */
  readonly undeclared: number | undefined;
  /** Resources of which nothing is known. */
  readonly unreadable: number;
};

export const coverageOf = ({ findings, allowed, unreadable, compared, strangers }: DriftReport): Coverage => ({
  managed: compared,
  missing: [...findings, ...allowed].filter(({ isMissing }) => isMissing).length,
  undeclared: strangers?.filter(({ whose }) => whose !== "of-stack").length,
  unreadable: unreadable.length,
});

/** `differs` where something of a class is found, else `unknown` where something could not be read. */
export type Outcome = "in-sync" | "differs" | "unknown";

/** @param failOn the least class that counts */
export function outcomeOf({ findings, unreadable }: DriftReport, failOn: Class): Outcome {
  if (findings.some((one) => isAtLeast(one.class, failOn))) return "differs";
  return unreadable.length > 0 ? "unknown" : "in-sync";
}

/** Findings by class, the worst first; none that is empty. */
export const byClass = (findings: readonly Finding[]): (readonly [Class, readonly Finding[]])[] =>
  classes.flatMap((one) => {
    const own = findings.filter((finding) => finding.class === one);
    return own.length > 0 ? [[one, own] as const] : [];
  });
