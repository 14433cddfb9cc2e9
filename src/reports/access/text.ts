/** A report about access for a terminal. Pure. */

import type { Row } from "../../access/row.ts";
import { sentenceOf } from "../../access/sentence.ts";
import { visible } from "../names.ts";
import { textTable } from "../table.ts";
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

/** Text, line by line. */
export function textLines(report: Report): string[] {
  const lines = report.is === "matrix" ? matrixLines(report) : comparisonLines(report);
  lines.push(...chainLines(report));
  return report.findings ? [...lines, ...findingLines(report.findings, FINDINGS)] : lines;
}

function chainLines(report: Report): string[] {
  const { shown, left } = chainsIn(report, { show: visible, sizeOf: sizeIn(report.people) });
  if (shown.length === 0) return [];
  const said = shown.flatMap(({ sentence, tokens }) => [
    `  ${sentence}`,
    ...tokens.map((token, at) => `    ${at + 1} ${token}`),
  ]);
  return ["", `${CHAINS}:`, ...said, ...(left > 0 ? [`  ${leftText(left)}`] : [])];
}

const FINDINGS: Parameters<typeof findingLines>[1] = {
  show: visible,
  heading: (text) => ["", `${text}:`],
  group: (severity, text) => `  ${severity} ${text}`,
  item: (text) => `    ${text}`,
};

function matrixLines(matrix: Matrix): string[] {
  const { title, rows, unsure = [] } = matrix;
  return [
    `${visible(title)}: ${summaryOf(matrix)}`,
    ...table(matrix, rows),
    ...(unsure.length > 0 ? ["Only for members of a group that nobody counted:", ...table(matrix, unsure)] : []),
    ...legendOf(matrix),
  ];
}

function table({ people }: Matrix, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const lines = linesOf(rows, { show: visible, sizeOf: sizeIn(people) });
  const cells = lines.map(({ row, cells: [agent, ...others] }, index) => {
    const isSame = lines[index - 1]?.row.agent.id === row.agent.id;
    return [isSame ? "" : agent, ...others];
  });
  return textTable(
    HEADER.map((title) => title.toUpperCase()),
    cells,
  );
}

function comparisonLines(comparison: Comparison): string[] {
  const { title, base, of, people } = comparison;
  const strangers = strangersText(comparison, visible);
  const sides = (["gained", "lost"] as const).flatMap((side) => {
    const rows = changed(comparison).flatMap((change) => change[side]);
    const wording = { show: visible, sizeOf: sizeIn(people), adverb: adverbs(of)[side] };
    const said = sentencesOf(rows, wording).map((sentence) => `  ${side === "gained" ? "+" : "-"} ${sentence}`);
    return rows.length > 0 ? ["", `${HEADINGS[of][side]}:`, ...said] : [];
  });
  const allowed = comparison.allowed.map((row) => {
    const sentence = sentenceOf([row], { show: visible, sizeOf: sizeIn(people) });
    return `    ${sentence} (${allowedText(row.entry, visible)})`;
  });
  const verdicts = changed(comparison).map(({ agent, verdict, before, after }) => [
    visible(agent.name),
    verdict,
    reachText(before),
    `-> ${reachText(after)}`,
  ]);
  return [
    `${visible(title)} against ${visible(base)}: ${verdictsOf(comparison)}`,
    ...(strangers ? [strangers] : []),
    ...sides,
    ...(allowed.length > 0 ? ["", `${ALLOWED}:`, ...allowed] : []),
    ...(verdicts.length > 0 ? ["", ...textTable(["AGENT", "ACCESS", "REACH BEFORE", "AND AFTER"], verdicts)] : []),
  ];
}
