/** What the rules find in access, with what somebody answers for taken out. Pure. */

import {
  type Accepted,
  type AccessPolicy,
  isOver,
  RULES,
  type RuleId,
  SEVERITIES,
  type Severity,
} from "../fields/access-policy.ts";
import type { Party, Place, Row } from "./row.ts";
import { rules } from "./rules/all.ts";
import type { Found, World } from "./rules/rule.ts";

/** What is to be looked at: the finding of a rule, or an assertion of the declaration that does not hold. */
export type Finding = {
  readonly rule: RuleId | "allow" | "never" | "critical";
  readonly severity: Severity;
  /** The agent, application, resource or group. */
  readonly about: Party;
  /** What is so, in words that go on after the name and a colon. */
  readonly what: string;
  /** Why it is worth a word. */
  readonly reason: string;
  /** What to do. */
  readonly fix: string;
  /** Where it is declared; undefined for what was read from a tenant. */
  readonly place?: Place | undefined;
  /** The object of the tenant that grants or shows it. */
  readonly grantedBy?: string | undefined;
  /** Whether somebody may have access by it who has no row. @default false */
  readonly hidesRows?: true | undefined;
};

/** A finding that somebody answers for. */
export type AcceptedFinding = Finding & { readonly entry: Accepted };

/** Findings, the worst first, and those that somebody answers for. */
export type Findings = { readonly open: readonly Finding[]; readonly accepted: readonly AcceptedFinding[] };

/** True for an assertion that does not hold, which fails whatever else is asked for. */
export const isAssertion = ({ rule }: Finding): boolean => !(rule in RULES);

/** Where a path of the declaration is written; undefined where there is no file of it. */
export type PlaceOf = (path: readonly PropertyKey[]) => Place | undefined;

/** What all rules find. */
export function findingsOf(world: World, policy: AccessPolicy = {}, placeOf: PlaceOf): Findings {
  const { severity: own = {}, accept = [] } = policy;
  const found = rules.flatMap((rule) => {
    const { id, reason, fix } = rule;
    return rule.find(world).map((one): Finding & { readonly rule: RuleId } => ({
      ...{ rule: id, severity: own[id] ?? rule.severity, about: one.about, what: one.what, reason, fix },
      ...whereOf(one, placeOf),
      ...(one.hidesRows && { hidesRows: true }),
    }));
  });
  const entryOf = ({ rule, about }: (typeof found)[number]) =>
    accept.find((one) => one.rule === rule && isAbout(one, about) && !isOver(one, world.today));
  return {
    open: inOrder(found.filter((one) => !entryOf(one))),
    accepted: found.flatMap((one) => {
      const entry = entryOf(one);
      return entry ? [{ ...one, entry }] : [];
    }),
  };
}

const isAbout = ({ on }: Accepted, { id, name }: Party) => on === undefined || on === id || on === name;

function whereOf({ path, row, object }: Found, placeOf: PlaceOf): Pick<Finding, "place" | "grantedBy"> {
  if (row && !path) return rowPlace(row);
  return { place: path && placeOf(path), grantedBy: object };
}

/** Where a row comes from. */
export const rowPlace = ({ place, grantedBy }: Row): Pick<Finding, "place" | "grantedBy"> => ({ place, grantedBy });

/** The worst first; of one severity in the order in which they came. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));

/** Findings that another set does not have: what a change brings. Where they are written does not count. */
export function newFindings(findings: readonly Finding[], before: readonly Finding[]): Finding[] {
  const keyOf = ({ rule, about, what }: Finding) => JSON.stringify([rule, about.id, what]);
  const known = new Set(before.map(keyOf));
  return findings.filter((one) => !known.has(keyOf(one)));
}
