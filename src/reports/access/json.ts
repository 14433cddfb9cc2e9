/** A report about access for programs: every row by itself, each with its sentence. Pure. */

import { isChained, type Row } from "../../access/row.ts";
import { sentenceOf, type Wording } from "../../access/sentence.ts";
import { tokensOf } from "../../access/token.ts";
import { type Report, sizeIn } from "./report.ts";
import { adverbs } from "./words.ts";

/** What `JSON.stringify` shows of a report. Names are as they are. */
export function jsonOf(report: Report): object {
  const { title, people, findings } = report;
  const found = findings && { findings: findings.open, acceptedFindings: findings.accepted };
  const groups = Object.fromEntries([...people].map(([group, { size }]) => [group, size]));
  const shown = (adverb?: Wording["adverb"]) => (row: Row) => ({
    ...jsonRow(row),
    sentence: sentenceOf([row], { adverb, show: (name) => name, sizeOf: sizeIn(people) }),
  });
  if (report.is === "matrix") {
    const { agents, rows, unsure } = report;
    return {
      environment: title,
      agents,
      groups,
      rows: rows.map(shown()),
      ...(unsure && { unsure: unsure.map(shown()) }),
      ...found,
    };
  }
  const { of, base, strangers, changes, allowed } = report;
  const { gained, lost } = adverbs(of);
  return {
    environment: title,
    ...{ of, base, groups },
    [of === "change" ? "newAgents" : "undeclaredAgents"]: strangers,
    ...(of === "tenant" && { allowed: allowed.map(shown()) }),
    changes: changes.map(({ before = null, after = null, ...change }) => ({
      ...change,
      gained: change.gained.map(shown(gained)),
      lost: change.lost.map(shown(lost)),
      reach: { before, after },
    })),
    ...found,
  };
}

/** A chain has its tokens, whose claims are names as {@link tokensOf} has them. */
const jsonRow = ({ claims, ...row }: Row) => ({
  ...row,
  via: row.via.map(({ id, name, target }) => ({ id, name, target })),
  ...(isChained(row) && { tokens: tokensOf({ ...row, claims }) }),
});
