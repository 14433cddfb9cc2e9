/** A report about access for a pull request. Pure. */

import type { Row } from "../../access/row.ts";
import { sentenceOf, type Wording } from "../../access/sentence.ts";
import { markdownName } from "../names.ts";
import { markdownTable } from "../table.ts";
import { CHAINS, chainsIn, leftText } from "./chains.ts";
import { findingLines } from "./findings.ts";
import { HEADER, linesOf } from "./lines.ts";
import { type Comparison, type Matrix, type Report, sizeIn } from "./report.ts";
import {
  ALLOWED,
  adverbs,
  allowedText,
  changed,
  HEADINGS,
  legendOf,
  reachText,
  sentencesOf,
  strangersText,
  summaryOf,
  verdictsOf,
} from "./words.ts";

const show: Wording["show"] = (name, isEmphasised) => (isEmphasised ? `*${markdownName(name)}*` : markdownName(name));

/** GitHub's Markdown, line by line. */
export function markdownLines(report: Report): string[] {
  const lines = report.is === "matrix" ? matrixLines(report) : comparisonLines(report);
  return [...lines, ...below(report)];
}

/** Chains and what was found, with the empty line that has to stand before it. */
export const below = (report: Report): string[] => [
  ...chainLines(report),
  ...(report.findings ? findingLines(report.findings, FINDINGS) : []),
];

function chainLines(report: Report): string[] {
  const { shown, left } = chainsIn(report, { show, sizeOf: sizeIn(report.people) });
  if (shown.length === 0) return [];
  const said = shown.flatMap(({ sentence, tokens }) => [
    `- ${sentence}`,
    ...tokens.map((token, at) => `  ${at + 1}. ${token}`),
  ]);
  return ["", `**${CHAINS}**`, "", ...said, ...(left > 0 ? [`- ${leftText(left)}`] : [])];
}

const FINDINGS: Parameters<typeof findingLines>[1] = {
  show: markdownName,
  heading: (text) => ["", `**${text}**`, ""],
  group: (severity, text) => `- **${severity}** ${text}`,
  item: (text) => `  - ${text}`,
};

function matrixLines(matrix: Matrix): string[] {
  const { title, rows, unsure = [] } = matrix;
  return [
    ...[`### Access: ${markdownName(title)}`, "", summaryOf(matrix)],
    ...table(matrix, rows),
    ...(unsure.length > 0 ? ["", "Only for members of a group that nobody counted:", ...table(matrix, unsure)] : []),
    ...legendOf(matrix).flatMap((line) => ["", line]),
  ];
}

/** The table of a matrix, with the empty line that has to stand before it. */
export function table({ people }: Pick<Matrix, "people">, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const lines = linesOf(rows, { show, sizeOf: sizeIn(people) });
  return [
    "",
    ...markdownTable(
      HEADER,
      lines.map(({ cells }) => cells),
    ),
  ];
}

function comparisonLines(comparison: Comparison): string[] {
  const { title, base, of, people } = comparison;
  const strangers = strangersText(comparison, (name) => `**${markdownName(name)}**`);
  const sides = (["gained", "lost"] as const).flatMap((side) => {
    const rows = changed(comparison).flatMap((change) => change[side]);
    const wording = { show, sizeOf: sizeIn(people), adverb: adverbs(of)[side] };
    return rows.length > 0
      ? ["", `**${HEADINGS[of][side]}**`, "", ...sentencesOf(rows, wording).map((sentence) => `- ${sentence}`)]
      : [];
  });
  const allowed = comparison.allowed.map((row) => {
    const sentence = sentenceOf([row], { show, sizeOf: sizeIn(people) });
    return `- ${sentence} (${allowedText(row.entry, markdownName)})`;
  });
  const verdicts = changed(comparison).map(({ agent, verdict, before, after }) => [
    markdownName(agent.name),
    `**${verdict}**`,
    reachText(before),
    reachText(after),
  ]);
  return [
    ...[`### Access: ${markdownName(title)} against ${markdownName(base)}`, "", verdictsOf(comparison)],
    ...(strangers ? ["", strangers] : []),
    ...sides,
    ...(allowed.length > 0 ? ["", `**${ALLOWED}**`, "", ...allowed] : []),
    ...(verdicts.length > 0
      ? ["", ...markdownTable(["Agent", "Access", "Reach before", "Reach after"], verdicts)]
      : []),
  ];
}
