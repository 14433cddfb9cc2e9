/** Words and lines that the formats share. Pure. */

import { counted, listed, together } from "../../access/sentence.ts";
import { type Change, CLASSES, type Finding, type Unreadable } from "../../drift/finding.ts";
import { byClass, coverageOf, type DriftReport } from "./report.ts";

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

/** `42 resources read, 1 of them missing; 2 unreadable`. */
export function coverageText(report: DriftReport): string {
  const { managed, missing, unreadable } = coverageOf(report);
  const gone = missing > 0 ? `, ${missing} of them missing` : "";
  return `${counted(managed, "resource", "resources")} read${gone}; ${unreadable} unreadable`;
}

/** A line about a finding, and a line for each value that came or went. */
export function findingLines({ entry, means, change, access }: Finding, show: Show): [string, ...string[]] {
  const name = access === undefined ? "" : ` (${show(access)})`;
  return [`${show(entry)}: ${show(means)}${name}`, ...(change ? changeLines(change, show) : [])];
}

function changeLines(change: Change, show: Show): string[] {
  const value = (of: unknown) => show(valueText(of));
  if (!("added" in change)) return [`${value(change.was)} -> ${value(change.is)}`];
  return [...change.added.map((one) => `+ ${value(one)}`), ...change.removed.map((one) => `- ${value(one)}`)];
}

/** A value on one line; a public key is its name. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return value === "" ? '""' : value;
  if (typeof value === "object" && "kty" in value) return `key ${"kid" in value ? value.kid : "without a name"}`;
  return JSON.stringify(value);
}

/** What is unreadable for one reason, in one line. */
export const unreadableLines = (unreadable: readonly Unreadable[], show: Show): string[] =>
  together(unreadable, ({ code, reason }) => `${code} ${reason}`).map((same) => {
    const [{ type, name, code, reason }] = same;
    const more = same.length > 1 ? ` and ${same.length - 1} more` : "";
    return `${show(`${type} ${name}`)}${more}: ${code}: ${show(reason)}`;
  });

/** Over what could not be read. */
export const UNREADABLE = "Could not be read, so nothing is known of it";
