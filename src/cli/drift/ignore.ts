/** Entries of `allow` for what is on the tenant, in the text of a declaration; comments stay. Pure. */

import { parseDocument } from "yaml";
import { isRecord } from "../../admin-api/http/json.ts";
import { YAML_OPTIONS } from "../../declaration/yaml.ts";
import type { Finding } from "../../drift/finding.ts";
import type { Allowed } from "../../fields/undeclared-access.ts";

/** Who answers for what is there, why, and until when. */
export type Answer = Pick<Allowed, "owner" | "reason" | "expires">;

/** Access that nobody declared is allowed where its holder is declared, since a repair obeys that; all else for the whole file. */
const listOf = ({ isUndeclared, at }: Finding) => (isUndeclared ? [...at.slice(0, 2), "allow"] : ["allow"]);

/**
 * The text with an entry for each finding, in place of an older one of the same name.
 *
 * @param declared what the declaration says, bases and all: a list of this file takes the place of a base's as a whole
 */
export function withIgnored(text: string, declared: unknown, findings: readonly Finding[], answer: Answer): string {
  const document = parseDocument(text, YAML_OPTIONS);
  for (const [, group] of Map.groupBy(findings, (finding) => JSON.stringify(listOf(finding)))) {
    const path = group[0] ? listOf(group[0]) : [];
    const entries = group.map(({ access }) => ({ access, ...answer }));
    const isOld = (one: unknown) => isRecord(one) && entries.some(({ access }) => access === one.access);
    const before = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), declared);
    const kept = Array.isArray(before) ? before : [];
    if (!document.hasIn(path)) {
      document.setIn(path, document.createNode([...kept.filter((one) => !isOld(one)), ...entries]));
      continue;
    }
    for (const index of [...kept.keys()].reverse()) if (isOld(kept[index])) document.deleteIn([...path, index]);
    for (const entry of entries) document.addIn(path, document.createNode(entry));
  }
  return document.toString({ lineWidth: 0 });
}
