/** What an adoption comes to, as text and as JSON. Pure. */

import type { EntryId } from "../../adoption/candidate.ts";
import type { Objection, Proposal } from "../../adoption/proposal.ts";
import { visible } from "../../reports/names.ts";
import { patchText } from "../patch.ts";

export const FORMATS = ["text", "json"] as const;
export type Format = (typeof FORMATS)[number];

/**
 * The declaration, or what changes in it, with the report; as JSON all that the proposal says.
 *
 * @param before nothing for a file that is new
 */
export function render(
  { file, before }: { readonly file: string; readonly before: string | undefined },
  { shared: _shared, ...proposal }: Proposal,
  lines: readonly string[],
  format: Format,
): string {
  if (format === "json") return `${JSON.stringify({ file, ...proposal }, undefined, 2)}\n`;
  const change = before === undefined ? proposal.text : patchText(file, before, proposal.text);
  return [change.trimEnd(), ...lines, ""].join("\n");
}

/** What is taken over, and what is not, in lines. */
export function report(
  proposal: Pick<Proposal, "marked" | "leftOut" | "named" | "spelledOut" | "different">,
): string[] {
  const { marked, different } = proposal;
  const byEntry = Map.groupBy(marked, ({ entry }) => entry);
  const objects = marked.length === 1 ? "1 object" : `${marked.length} objects`;
  return [
    marked.length > 0 ? `The stack's mark on ${objects}, and no other write:` : "Nothing to take over",
    ...[...byEntry].map(([entry, all]) => `  ${field(entry)}: ${all.map(({ object }) => visible(object)).join(", ")}`),
    ...refusals(proposal),
    ...objections("Declared, and not so on the tenant", different),
  ];
}

/** What is not taken in, or not in the words that one would choose, in lines. */
export const refusals = ({
  leftOut,
  named,
  spelledOut,
}: Pick<Proposal, "leftOut" | "named" | "spelledOut">): string[] => [
  ...objections("Not taken in, and left as it is", leftOut),
  ...objections("Stays a name", named),
  ...objections("Spelled out", spelledOut),
];

const UUID = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g;

/** Users that stand in a declaration by their ids, since an export does not name them. */
export const unnamed = (text: string): string[] =>
  [...new Set(text.match(UUID))].map((id) => `The export does not name user ${id}: write the user name instead`);

function objections(title: string, all: readonly Objection[]): string[] {
  return all.flatMap(({ id, reasons }) => {
    const [first = "", ...others] = reasons.map(visible);
    return [`${title}: ${field(id)}: ${first}`, ...others.map((reason) => `  ${reason}`)];
  });
}

/** As a path of the declaration. */
const field = (id: EntryId) => visible(id.replace("/", "."));
