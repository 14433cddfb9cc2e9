/** The report of an acceptance, as Markdown. Pure. */

import { markdownName } from "../../src/reports/names.ts";
import { markdownTable } from "../../src/reports/table.ts";
import type { Judged, Verdict } from "./compare.ts";

const count = (found: readonly Judged[], verdict: Verdict) => found.filter((one) => one.verdict === verdict).length;

/** How many facts were confirmed, contradicted and not met. */
export const summaryOf = (found: readonly Judged[]): string =>
  (["confirmed", "contradicted", "not met"] as const)
    .map((verdict) => `${count(found, verdict)} ${verdict}`)
    .join(", ");

/** @param place where in the tenant, which is not named: a report may be passed on */
export function reportText(place: string, prefix: string, found: readonly Judged[]): string {
  const contradicted = found.filter(({ verdict }) => verdict === "contradicted");
  const lines = [
    ...[
      "# Acceptance",
      "",
      `${place}; names began with \`${prefix}\`. Facts of docs/contracts: ${summaryOf(found)}.`,
      "",
    ],
    ...contradicted.flatMap(({ cite, says, differences }) => [
      ...[`## ${cite}: ${markdownName(says)}`, ""],
      ...differences.map((one) => `- ${markdownName(one)}`),
      "",
    ]),
    ...["## All", ""],
    ...markdownTable(
      ["Fact", "Says", "Result"],
      found.map(({ cite, says, verdict }) => [cite, markdownName(says), verdict]),
    ),
  ];
  return `${lines.join("\n")}\n`;
}
