/** Rows as lines of a table: scopes and people that share all the rest stand together. Pure. */

import { EVERY_SCOPE, keyOf, type Row, subjectKey } from "../../access/row.ts";
import { bundles, listed, ownScopes, together, type Wording, wayOf, whom } from "../../access/sentence.ts";

/** Titles of the columns. */
export const HEADER = ["Agent", "May", "On", "For", "How"] as const;

/** A line of the matrix: the row that it begins with, and the cells in words. */
export type Line = { readonly row: Row; readonly cells: readonly [agent: string, ...others: string[]] };

/** The lines of some rows, in the order of the rows. */
export function linesOf(rows: readonly Row[], wording: Wording): Line[] {
  const scopesIn = (bundle: readonly Row[]) => JSON.stringify(bundle.map(({ scope }) => scope).toSorted());
  const merged = together(bundles(rows), (bundle) =>
    keyOf({ ...bundle[0], subject: { is: "itself" }, scope: scopesIn(bundle) }),
  );
  return merged.map((same) =>
    lineOf(
      same[0],
      same.map(([{ subject }]) => subject),
      wording,
    ),
  );
}

function lineOf(rows: readonly [Row, ...Row[]], subjects: readonly Row["subject"][], wording: Wording): Line {
  const { show } = wording;
  const [row] = rows;
  const people = new Map(subjects.map((subject) => [subjectKey(subject), whom(subject, wording)]));
  const cells: Line["cells"] = [
    show(row.agent.name, false),
    rows.map(({ scope }) => (scope === EVERY_SCOPE ? scope : show(scope, true))).join(", "),
    row.target.is === "agent" ? ownScopes(rows) : show(row.target.name, false),
    listed([...people.values()]),
    wayOf(row, wording),
  ];
  return { row, cells };
}
