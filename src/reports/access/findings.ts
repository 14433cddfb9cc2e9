/** What rules and assertions say of access, below a matrix or comparison. Pure. */

import type { Finding, Findings } from "../../access/findings.ts";
import { listed, together } from "../../access/sentence.ts";
import { SEVERITIES } from "../../fields/access-policy.ts";
import { allowedText } from "./words.ts";

/** How a format shows names, titles and the points below them. */
type Format = {
  readonly show: (name: string) => string;
  readonly heading: (text: string) => readonly string[];
  /** A rule, and what it says below that. */
  readonly group: (title: { readonly severity: string; readonly rule: string }, reason: string) => string;
  readonly item: (text: string) => string;
};

/** Nothing where nothing was found; what was found by one rule stands together, with what to do once. */
export function findingLines({ open, accepted }: Findings, { show, heading, group, item }: Format): string[] {
  const groups = together(open, ({ rule, severity, reason, fix }) => JSON.stringify([rule, severity, reason, fix]));
  const found = groups.flatMap((findings) => {
    const [{ rule, severity, reason, fix }] = findings;
    return [
      group({ severity, rule }, show(reason)),
      ...findings.map((one) => item(findingText(one, show))),
      item(`Next: ${show(fix)}`),
    ];
  });
  const answered = accepted.map(({ entry, ...one }) =>
    item(`${one.rule}: ${findingText(one, show)}, ${allowedText(entry, show, "accepted")}`),
  );
  return [
    ...(open.length > 0 ? [...heading(`Findings, ${countsOf(open)}`), ...found] : []),
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

function findingText({ about, what, place, grantedBy }: Finding, show: Format["show"]): string {
  const where = place ? `${place.file}:${place.line}` : grantedBy;
  return `${show(about.name)}: ${show(what)}${where === undefined ? "" : ` (${show(where)})`}`;
}
