/** Words that the formats share. Pure. */

import type { AgentChange, Verdict } from "../../access/difference.ts";
import type { Reach } from "../../access/reach.ts";
import type { Row } from "../../access/row.ts";
import { bundles, counted, listed, sentenceOf, type Wording } from "../../access/sentence.ts";
import type { Allowed } from "../../fields/undeclared-access.ts";
import type { Comparison, Matrix } from "./report.ts";

/** `3 agents, 12 rows of access`. */
export const summaryOf = ({ agents, rows }: Matrix): string =>
  `${counted(agents.length, "agent", "agents")}, ${counted(rows.length, "row", "rows")} of access`;

/** What a row's words mean that cannot be guessed; nothing where no row has them. */
export const legendOf = ({ rows, unsure = [] }: Matrix): string[] =>
  [...rows, ...unsure].some(({ unenforced }) => unenforced === "unnamed")
    ? ["Not enforced: others get such a token, too, in which nobody acts; whoever takes it has to look at act."]
    : [];

/** `2 agents more, 1 incomparable, 3 unchanged`. */
export function verdictsOf({ changes }: Comparison): string {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of changes) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const said = [...counts].map(([verdict, count], index) =>
    index === 0 ? `${counted(count, "agent", "agents")} ${verdict}` : `${count} ${verdict}`,
  );
  return said.join(", ") || "no agent has any access";
}

/** `unknown people × 2 scopes × 1 target`. */
export function reachText(reach: Reach | undefined): string {
  if (!reach) return "nothing";
  const { people, clients, scopes, targets } = reach;
  const who =
    typeof people === "number" ? counted(people, "person", "people") : people === "unknown" ? "unknown people" : people;
  return [
    clients === undefined ? who : `${who} and ${counted(clients, "client", "clients")}`,
    scopes === "unknown" ? "unknown scopes" : counted(scopes, "scope", "scopes"),
    counted(targets, "target", "targets"),
  ].join(" × ");
}

/** How rows are headed that are only in one of the sets. */
export const HEADINGS: Readonly<Record<Comparison["of"], { readonly gained: string; readonly lost: string }>> = {
  change: { gained: "Gained", lost: "Lost" },
  tenant: { gained: "On the tenant, and not declared", lost: "Declared, and not on the tenant" },
};

/** What stands after "may" in their sentences. */
export const adverbs = (of: Comparison["of"]) =>
  of === "change" ? ({ gained: "now", lost: "no longer" } as const) : ({ gained: undefined, lost: undefined } as const);

/** Rows as sentences, each with the line where it is, or was, declared. */
export const sentencesOf = (rows: readonly Row[], wording: Wording): string[] =>
  bundles(rows).map((bundle) => {
    const [{ place, grantedBy }] = bundle;
    const where = place ? `${place.file}:${place.line}` : grantedBy;
    return `${sentenceOf(bundle, wording)} (${wording.show(where, false)})`;
  });

/** Agents that nobody declared, in a sentence; undefined where there are none. */
export function strangersText({ strangers, of }: Comparison, show: (name: string) => string): string | undefined {
  if (strangers.length === 0) return undefined;
  const names = listed(
    strangers.map(({ id, name }) =>
      id.toLowerCase() === name.toLowerCase() ? show(name) : `${show(name)} (${show(id)})`,
    ),
  );
  const [one, many] =
    of === "change" ? ["New agent", "New agents"] : ["Agent that is not declared", "Agents that are not declared"];
  return `${strangers.length === 1 ? one : many}: ${names}`;
}

/** Agents that something became of. */
export const changed = ({ changes }: Comparison): readonly AgentChange[] =>
  changes.filter(({ verdict }) => verdict !== "unchanged");

/** Over the rows that nobody declared and somebody answers for. */
export const ALLOWED = "Not declared, and allowed";

/** Who answers for a row or a finding, why and how long: `allowed by jane.doe: migration, until 2026-12-31`. */
export const allowedText = (
  { owner, reason, expires }: Omit<Allowed, "access">,
  show: (name: string) => string,
  verb = "allowed",
): string => `${verb} by ${show(owner)}: ${show(reason)}${expires === undefined ? "" : `, until ${expires}`}`;
