/** What the formats for people have in common: the declared flows, the refusals, and what columns mean. Pure. */

import { RECORDED } from "../judge.ts";
import type { DeclaredFlow, Report, Row } from "./report.ts";

/** Columns of the declared flows. */
export const FLOW_HEADINGS = ["agent", "scopes", "on", "for", "how", "verdict"] as const;

/** What must work, with what came of it. */
export function declaredFlows({ rows }: Report): (Row & { readonly declared: DeclaredFlow })[] {
  return rows.flatMap((row) => (row.declared ? [{ ...row, declared: row.declared }] : []));
}

/** @returns a cell for each of {@link FLOW_HEADINGS} but the verdict */
export function flowCells({ names }: Report, { agent, declared }: ReturnType<typeof declaredFlows>[number]): string[] {
  const { scopes, on = "", for: whom = "", how } = declared;
  return [names[agent] ?? agent, scopes.toSorted().join(", "), names[on] ?? on, whom, how];
}

/** A number with its noun, e.g. `2 rows`. */
export const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** How many provocations were answered as they must be, those of assertions apart; empty where none was. */
export function refusals({ rows }: Report): string {
  const passed = rows.filter(({ verdict, declared, asserted }) => verdict === "pass" && !declared && !asserted);
  const recorded = passed.filter(({ expected }) => expected === RECORDED).length;
  const refused = passed.length - recorded;
  return [
    ...(refused ? [`${counted(refused, "refusal")} as expected`] : []),
    ...(recorded ? [`${counted(recorded, "answer")} recorded that nobody knew`] : []),
  ].join(", ");
}

/** Case ids, each once. */
export function idsOf(rows: readonly Row[]): string {
  return [...new Set(rows.map((row) => row.case))].join(", ");
}

/** What letters of evidence stand for (oauth-flows §0, pingone §0). */
const EVIDENCE: Readonly<Record<string, string>> = {
  A: "asserted by the declaration",
  S2: "documented scenario 2",
  S3: "documented scenario 3",
  S4: "documented scenario 4",
  D: "documentation",
  M: "measured on a tenant by others",
  T: "seen on a tenant by others",
  L: "source of a public ancestor",
  P: "open standard",
  I: "inferred",
  K: "nobody knows",
  U: "nobody knows",
};

/** The columns of the table of all rows, each with what it says. */
export function legend({ rows }: Report): (readonly [string, string])[] {
  const letters = new Set(rows.flatMap(({ evidence }) => evidence.split(/[ /]/)));
  const known = Object.entries(EVIDENCE).filter(([letter]) => letters.has(letter));
  return [
    ["case", "what is tried: one case runs on several agents, and in several ways"],
    ["verdict", "pass: as expected; fail: not so; inconclusive: nothing is proven, the cause says why"],
    ["flow", "the way to the token"],
    ["expected", "of a local tenant its exact answer, of a real one what must not happen"],
    ["evidence", `how that is known: ${known.map(([letter, words]) => `${letter} ${words}`).join(", ")}`],
  ];
}
