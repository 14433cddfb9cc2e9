/** Words and lines that the formats share. Pure. */

import { counted, listed, together } from "../../access/sentence.ts";
import type { Answered } from "../../drift/allowance.ts";
import { CLASSES, type Finding, type LastChange, type Unreadable } from "../../drift/finding.ts";
import { type Stranger, WHOSE } from "../../drift/inventory.ts";
import { allowedText } from "../access/words.ts";
import { type Change, changesOf } from "../plan/changes.ts";
import { withoutSecrets } from "../plan/masking.ts";
import { changeText } from "../plan/words.ts";
import { timeText } from "../time.ts";
import { byClass, coverageOf, type DriftReport, type Pending } from "./report.ts";

/** How a format shows a name or value that somebody chose. */
export type Show = (name: string) => string;

/** `3 differences: 2 access widened and 1 cosmetic`. */
export function summaryOf({ findings, unreadable }: DriftReport): string {
  if (findings.length > 0) {
    const classes = byClass(findings).map(([one, { length }]) => `${length} ${CLASSES[one]}`);
    return `${counted(findings.length, "difference", "differences")}: ${listed(classes)}`;
  }
  return unreadable.length > 0 ? "no difference in what could be read" : "in sync";
}

/** `42 resources read, 1 of them missing; 3 agents undeclared; 2 unreadable`. */
export function coverageText(report: DriftReport): string {
  const { managed, missing, undeclared, unreadable } = coverageOf(report);
  const others =
    undeclared === undefined ? "undeclared agents not known" : `${counted(undeclared, "agent", "agents")} undeclared`;
  const gone = missing > 0 ? `, ${missing} of them missing` : "";
  return `${counted(managed, "resource", "resources")} read${gone}; ${others}; ${unreadable} unreadable`;
}

/** A line about a finding: where, what it means, and in what the values differ. */
function findingLine(finding: Finding, show: Show): string {
  const { entry, means, access, isUndeclared, lastChange } = finding;
  const changes = changesIn(finding).map((change) => changeText(change, show));
  const dated = lastChange ? [lastChangeText(lastChange, show)] : [];
  const beside = [...changes, ...(isUndeclared ? [show(access)] : []), ...dated];
  return `${show(entry)}: ${show(withoutSecrets(means))}${beside.length > 0 ? ` (${beside.join("; ")})` : ""}`;
}

/** `last changed 2026-11-27 05:03 UTC by jane.doe`. */
function lastChangeText({ at, by }: LastChange, show: Show): string {
  const time = new Date(at);
  const when = Number.isNaN(time.getTime()) ? show(at) : timeText(time);
  return `last changed ${when}${by === undefined ? "" : ` by ${show(by)}`}`;
}

/** In what the values of a finding differ; lists as what came and went. */
export function changesIn({ path, values }: Pick<Finding, "path" | "values">): readonly Change[] {
  const [name = ""] = path.slice(-1);
  if (!values) return [];
  return changesOf({ before: { [name]: values.was }, after: { [name]: values.is }, differs: [] });
}

/** A line about a finding that somebody answers for. */
const answeredLine = ({ allowed, ...finding }: Answered, show: Show): string =>
  `${findingLine(finding, show)}, ${allowedText(allowed, show)}`;

/** What is unreadable for one reason, in one line. */
const unreadableLines = (unreadable: readonly Unreadable[], show: Show): string[] =>
  together(unreadable, ({ code, reason }) => `${code} ${reason}`).map((same) => {
    const [{ type, name, code, reason }] = same;
    const more = same.length > 1 ? ` and ${same.length - 1} more` : "";
    return `${show(`${type} ${name}`)}${more}: ${code}: ${show(reason)}`;
  });

/** What the next `up` brings, or why that is not known. */
function pendingLines({ declared }: DriftReport, show: Show): string[] {
  if (!declared) return [];
  if ("unchecked" in declared) return [`not checked: ${show(withoutSecrets(declared.unchecked))}`];
  return declared.pending.map(({ entry, operation }: Pending) => `${operation} ${show(entry)}`);
}

/** `Mail Bot (3f2a…), undeclared: client_credentials, 2 privileges`. */
function strangerLine({ is, id, name, whose, stack, can }: Stranger, show: Show): string {
  const named = id === name ? show(name) : `${show(name)} (${show(id)})`;
  const owner = whose === "of-stack" && stack !== undefined ? `of stack ${show(stack)}` : WHOSE[whose];
  return `${is} ${named}, ${owner}${can.length > 0 ? `: ${show(listed(can))}` : ""}`;
}

/** A part of a report, which has something to say. */
export type Section = { readonly heading: string; readonly lines: readonly string[]; readonly below?: string };

/** The parts of a report, in order. */
export function sectionsOf(report: DriftReport, show: Show): Section[] {
  const { findings, allowed, unreadable, strangers = [] } = report;
  const sections: readonly Section[] = [
    ...byClass(findings).map(([one, own]) => ({
      heading: capital(CLASSES[one]),
      lines: own.map((finding) => findingLine(finding, show)),
    })),
    { heading: "Allowed", lines: allowed.map((one) => answeredLine(one, show)) },
    { heading: "Could not be read, so nothing is known of it", lines: unreadableLines(unreadable, show) },
    { heading: "Declared, and not brought up yet", lines: pendingLines(report, show) },
    {
      heading: "Also on the tenant, and not of this stack",
      lines: strangers.map((one) => strangerLine(one, show)),
      below: "Agents that Governance (IGA) discovers elsewhere are not seen here.",
    },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** With a capital letter. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
