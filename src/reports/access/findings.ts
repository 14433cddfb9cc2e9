/** What rules and assertions say of access, below a matrix or comparison. Pure. */

import type { Finding } from "../../access/findings.ts";
import { listed, together } from "../../access/sentence.ts";
import { SEVERITIES, type Severity } from "../../fields/access-policy.ts";
import type { ShownFindings } from "./report.ts";
import { allowedText } from "./words.ts";

/** Findings under a title: those of one rule together, or each by itself. */
export type FindingSection = {
  readonly title: string;
  readonly groups: readonly FindingGroup[];
  readonly items: readonly string[];
};

/** What one rule found. */
type FindingGroup = {
  readonly severity: Severity;
  /** What the items below it have in common. */
  readonly text: string;
  /** Each finding, and what to do at the end; none for what is counted only. */
  readonly items: readonly string[];
};

/**
 * What was found; no section where nothing was. What was found by one rule stands together, with what to do once.
 *
 * @param show how the format shows a name, or a text that has names in it
 */
export function findingSections(findings: ShownFindings, show: (text: string) => string): FindingSection[] {
  const { open, accepted, isWhole } = findings;
  const told = open.filter(({ severity }) => isWhole || severity !== "info");
  const rest = open.filter((one) => !told.includes(one));
  const groups = together(told, ({ rule, severity, reason, fix }) => JSON.stringify([rule, severity, reason, fix])).map(
    (same): FindingGroup => {
      const [{ rule, severity, reason, fix }] = same;
      const items = same.map((one) => findingText(one, show));
      return { severity, text: `${rule}: ${show(reason)}`, items: [...items, `Next: ${show(fix)}`] };
    },
  );
  if (rest.length > 0) groups.push({ severity: "info", text: `${byRule(rest)}: --all shows them`, items: [] });
  const answered = accepted.map(
    ({ entry, ...one }) => `${one.rule}: ${findingText(one, show)}, ${allowedText(entry, show, "accepted")}`,
  );
  return [
    ...(open.length > 0 ? [{ title: `Findings, ${countsOf(open)}`, groups, items: [] }] : []),
    ...(answered.length > 0 ? [{ title: "Accepted findings", groups: [], items: answered }] : []),
  ];
}

/** How a format of lines shows names, titles and the points below them. */
type Format = {
  readonly show: (name: string) => string;
  readonly heading: (text: string) => readonly string[];
  readonly group: (severity: string, text: string) => string;
  readonly item: (text: string) => string;
};

/** The same, line by line. */
export function findingLines(findings: ShownFindings, { show, heading, group, item }: Format): string[] {
  return findingSections(findings, show).flatMap(({ title, groups, items }) => [
    ...heading(title),
    ...groups.flatMap(({ severity, text, items }) => [group(severity, text), ...items.map(item)]),
    ...items.map(item),
  ]);
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

/** A finding by itself: `Bot: has no owner (stacks/dev.yaml:70)`. */
export function findingText({ about, what, place, grantedBy }: Finding, show: (text: string) => string): string {
  const where = place ? `${place.file}:${place.line}` : grantedBy;
  return `${show(about.name)}: ${show(what)}${where === undefined ? "" : ` (${show(where)})`}`;
}
