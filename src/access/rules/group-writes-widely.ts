/** A group for which agents change something in several places. Pure. */

import { listed } from "../sentence.ts";
import type { Rule } from "./rule.ts";
import { changes } from "./scope-words.ts";

export const groupWritesWidely: Rule = {
  id: "group-writes-widely",
  severity: "medium",
  reason: "whoever gets into the group gets all of it",
  fix: "use a group for each application or resource",
  source: "scenarios §B",
  find: ({ rows }) => {
    const writing = rows.filter(({ subject, scope }) => subject.is === "group" && changes(scope));
    const groups = Map.groupBy(writing, ({ subject }) => (subject.is === "group" ? subject.name : ""));
    return [...groups].flatMap(([name, those]) => {
      const targets = [...new Set(those.map(({ target }) => target.name))];
      const what = `agents change something for its members on ${listed(targets)}`;
      return targets.length > 1 ? [{ about: { id: name, name }, what, row: those[0] }] : [];
    });
  },
};
