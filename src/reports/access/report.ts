/** What a report about access says, before it has a format. Pure. */

import type { Access } from "../../access/access.ts";
import { type AgentChange, difference } from "../../access/difference.ts";
import type { Findings } from "../../access/findings.ts";
import type { People } from "../../access/people.ts";
import { keyOf, type Party, type Row } from "../../access/row.ts";
import type { Allowed } from "../../fields/undeclared-access.ts";

/** What was found, and whether findings that are for information alone are told one by one. */
export type ShownFindings = Findings & { readonly isWhole: boolean };

/** Access of one environment. */
export type Matrix = Access & {
  readonly is: "matrix";
  readonly title: string;
  /** Rows for a group that may have the person who is asked for: nobody knows its members. @default none */
  readonly unsure?: readonly Row[] | undefined;
  readonly findings?: ShownFindings | undefined;
};

/** Two sets of access side by side. */
export type Comparison = {
  readonly is: "comparison";
  readonly title: string;
  /** What the sets are: a change, which a revision is the base of, or a declaration and the tenant that it is for. */
  readonly of: "change" | "tenant";
  /** How the first set is called: the revision, or the file. */
  readonly base: string;
  readonly changes: readonly AgentChange[];
  /** Rows of both sets. */
  readonly kept: readonly Row[];
  /** Rows of the second set that are not declared, and that somebody answers for: they count for no verdict. */
  readonly allowed: readonly AllowedRow[];
  /** Agents of the second set that the first one does not have. */
  readonly strangers: readonly Party[];
  readonly people: People;
  readonly findings?: ShownFindings | undefined;
};

type AllowedRow = Row & { readonly entry: Allowed };

export type Report = Matrix | Comparison;

/** Compares two sets. @param base how the first is called */
export function comparisonOf(
  [before, after]: readonly [Access, Access],
  { title, of, base, findings }: Pick<Comparison, "title" | "of" | "base" | "findings">,
): Comparison {
  const people = new Map([...before.people, ...after.people]);
  const known = new Set(before.agents.map(({ id }) => id));
  const declared = new Set(before.rows.map(keyOf));
  const entryOf = (row: Row) => (of === "tenant" && !declared.has(keyOf(row)) ? before.allows?.(row) : undefined);
  return {
    is: "comparison",
    ...{ title, of, base, people, findings },
    changes: difference(
      before.rows,
      after.rows.filter((row) => !entryOf(row)),
      people,
    ),
    kept: after.rows.filter((row) => declared.has(keyOf(row))),
    allowed: after.rows.flatMap((row) => {
      const entry = entryOf(row);
      return entry ? [{ ...row, entry }] : [];
    }),
    strangers: after.agents.filter(({ id }) => !known.has(id)),
  };
}

/** How many people are in a group, as {@link sentenceOf} asks for it. */
export const sizeIn = (people: People) => (group: string) => people.get(group)?.size;
