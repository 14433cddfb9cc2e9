/** What came of each assertion: how many of its requests were granted and refused as asserted, and for how many it is computed only. Pure. */
import type { Verdict } from "../judge.ts";
import type { Asserted, Report, Row } from "./report.ts";

/** `computed`: nothing of it could be tried. */
type Outcome = Asserted & { readonly proven: string; readonly verdict: Verdict | "computed" };

/** Columns of the assertions. */
export const ASSERTION_HEADINGS = ["verdict", "proven", "declared", "assertion"] as const;

/** Each assertion with what came of it, in the order of the declaration. */
export function assertionOutcomes({ assertions, rows }: Report): Outcome[] {
  return assertions.map((one) => {
    const its = rows.filter(({ asserted }) => asserted?.name === one.name && asserted.place === one.place);
    return { ...one, proven: provenText(its, one), verdict: verdictOf(its) };
  });
}

/** @returns a cell for each of {@link ASSERTION_HEADINGS} but the verdict */
export const assertionCells = ({ name, reason, place, proven }: Outcome): string[] => [
  proven,
  place,
  reason === undefined ? name : `${name} (${reason})`,
];

/** `3 assertions computed, 2 proven, 1 of them in part`; empty where nothing is asserted. */
export function assertionSummary(report: Report): string {
  const all = assertionOutcomes(report);
  if (all.length === 0) return "";
  const proven = all.filter(({ verdict }) => verdict === "pass");
  const partly = proven.filter(({ untried }) => untried > 0).length;
  const noun = all.length === 1 ? "assertion" : "assertions";
  return `${all.length} ${noun} computed, ${proven.length} proven${partly ? `, ${partly} of them in part` : ""}`;
}

function provenText(rows: readonly Row[], { untried }: Asserted): string {
  const passed = (expected: string) => rows.filter((row) => row.verdict === "pass" && row.expected === expected).length;
  const [granted, refused] = [passed("granted"), passed("refused")];
  return [
    ...(granted ? [`${granted} granted`] : []),
    ...(refused ? [`${refused} refused`] : []),
    ...(untried ? [`${untried} computed only`] : []),
  ].join(", ");
}

function verdictOf(rows: readonly Row[]): Outcome["verdict"] {
  const verdicts = rows.map(({ verdict }) => verdict);
  if (verdicts.length === 0) return "computed";
  return verdicts.includes("fail") ? "fail" : verdicts.includes("inconclusive") ? "inconclusive" : "pass";
}
