/** What rules and assertions say of what `ping-agents access` and `preview` look at. */

import type { Access } from "../../access/access.ts";
import { allFindings, brokenAssertions, unapproved, undecided } from "../../access/assertions.ts";
import { difference } from "../../access/difference.ts";
import { type Finding, type Findings, findingsOf, isAssertion, newFindings } from "../../access/findings.ts";
import { isAtLeast, type Severity } from "../../fields/access-policy.ts";
import { declaredAccess, declaredWorld } from "../../platforms.ts";
import { revision } from "../git.ts";
import { type CheckedDeclaration, declarationAt } from "../stacks.ts";

/** A declaration, and the access that is looked at: its own with groups counted, or that of the tenant. */
export type Subject = { readonly of: CheckedDeclaration; readonly access: Access };

/** Of what is not declared. */
export const NOTHING: Access = { rows: [], agents: [], people: new Map() };

/**
 * What a revision declares in the file of a declaration; undefined where it has none.
 *
 * @param count adds to its access how many people are in groups
 * @throws ERR_REVISION, ERR_DECLARATION
 */
export async function subjectAt(
  base: string,
  { files }: CheckedDeclaration,
  count: (access: Access) => Promise<Access>,
): Promise<Subject | undefined> {
  const found = declarationAt(files[0] ?? "", revision(base));
  return found && { of: found, access: await count(declaredAccess(found.declaration, found.placeOf)) };
}

/** All of a declaration. */
export function declaredFindings({ of, access }: Subject): Findings {
  const { declaration, placeOf } = of;
  return allFindings([{ ...declaredWorld(declaration, of), ...access }], declaration.accessPolicy, placeOf);
}

/**
 * Of the tenant, which shows its rows and nothing else: the declaration says what they are held to.
 *
 * @param declared access whose findings are left out, where both are compared
 */
export function tenantFindings({ of, access }: Subject, declared?: Access): Findings {
  const { declaration, placeOf } = of;
  const { accessPolicy } = declaration;
  const nothing = { clients: [], lifetimes: [], offers: [], written: undefined, warnings: new Map() };
  const world = { ...declaredWorld(declaration, of), ...nothing };
  const inRows = (rows: Access) => findingsOf({ ...world, ...rows }, accessPolicy, placeOf);
  const { open, accepted } = inRows(access);
  const others = declared ? newFindings(open, inRows(declared).open) : open;
  const broken = [...brokenAssertions(access, accessPolicy, placeOf), ...undecided(open, accessPolicy, placeOf)];
  return { open: [...broken, ...others], accepted };
}

/**
 * What a change brings, and every assertion that does not hold. The base says what is critical, so that no change takes its own
 * approval away; where the declaration is new it says so itself.
 */
export function changeFindings(after: Subject, before: Subject | undefined, approvedBy: readonly string[]): Findings {
  const { open, accepted } = declaredFindings(after);
  const old = before ? declaredFindings(before).open.filter((one) => !isAssertion(one)) : [];
  const { critical = [] } = (before ?? after).of.declaration.accessPolicy ?? {};
  const people = new Map([...(before?.access.people ?? []), ...after.access.people]);
  const gained = difference(before?.access.rows ?? [], after.access.rows, people).flatMap((change) => change.gained);
  const missing = unapproved(gained, critical, approvedBy, people).map((one) =>
    before ? one : { ...one, fix: `${one.fix}; they are those whom the new file names, since the base lacks it` },
  );
  return { open: [...missing, ...newFindings(open, old)], accepted };
}

/**
 * Findings by which a run fails: an assertion that does not hold, an agent that has expired, which fails `verify`, too, or what is of
 * a severity.
 *
 * @param failOn @default other findings fail no run
 */
export const failing = (open: readonly Finding[], failOn: Severity | undefined): readonly Finding[] =>
  open.filter(
    (one) =>
      isAssertion(one) || one.rule === "agent-expired" || (failOn !== undefined && isAtLeast(one.severity, failOn)),
  );
