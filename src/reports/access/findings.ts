/** What rules and assertions say of access, below a matrix or comparison. Pure. */

import type { Finding } from "../../access/findings.ts";
import { listed, together } from "../../access/sentence.ts";
import { SEVERITIES } from "../../fields/access-policy.ts";
import type { ShownFindings } from "./report.ts";
import { allowedText } from "./words.ts";

/** How a format shows names, titles and the points below them. */
type Format = {
  readonly show: (name: string) => string;
  readonly heading: (text: string) => readonly string[];
  /** What the points below it have in common. */
  readonly group: (severity: string, text: string) => string;
  readonly item: (text: string) => string;
};

/** Nothing where nothing was found; what was found by one rule stands together, with what to do once. */
export function findingLines(findings: ShownFindings, { show, heading, group, item }: Format): string[] {
  const { open, accepted, isWhole } = findings;
  const told = open.filter(({ severity }) => isWhole || severity !== "info");
  const rest = open.filter((one) => !told.includes(one));
  const groups = together(told, ({ rule, severity, reason, fix }) => JSON.stringify([rule, severity, reason, fix]));
  const found = groups.flatMap((findings) => {
    const [{ rule, severity, reason, fix }] = findings;
    return [
      group(severity, `${rule}: ${show(reason)}`),
      ...findings.map((one) => item(findingText(one, show))),
      item(`Next: ${show(fix)}`),
    ];
  });
  const answered = accepted.map(({ entry, ...one }) =>
    item(`${one.rule}: ${findingText(one, show)}, ${allowedText(entry, show, "accepted")}`),
  );
  return [
    ...(open.length > 0 ? [...heading(`Findings, ${countsOf(open)}`), ...found] : []),
    ...(rest.length > 0 ? [group("info", `${byRule(rest)}: --all shows them`)] : []),
    ...(accepted.length > 0 ? [...heading("Accepted findings"), ...answered] : []),
  ];
}

/** `1 high, 3 info`. */
function countsOf(findings: readonly Finding[]): string {
  const counts = SEVERITIES.toReversed().map((severity) => ({
    severity,
    count: findings.filter((one) => one.severity === severity).length,
  }));
  return listed(counts.flatMap(({ severity, count }) => (count > 0 ? [`${count} ${severity}`] : [])));
}

/** `2 no-expiry and 1 idle-scope`. */
const byRule = (findings: readonly Finding[]): string =>
  listed(together(findings, ({ rule }) => rule).map((same) => `${same.length} ${same[0].rule}`));

function findingText({ about, what, place, grantedBy }: Finding, show: Format["show"]): string {
  const where = place ? `${place.file}:${place.line}` : grantedBy;
  return `${show(about.name)}: ${show(what)}${where === undefined ? "" : ` (${show(where)})`}`;
}
