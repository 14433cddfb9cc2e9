/** An agent that acts for nobody, and changes something. Pure. */

import { byAgent, quoted, type Rule } from "./rule.ts";
import { changes } from "./scope-words.ts";

export const autonomousWrites: Rule = {
  id: "autonomous-writes",
  severity: "medium",
  reason: "no user is asked, and none is to be seen in the log",
  fix: "take the scope away, or let the agent act on behalf of a user or after an approval",
  source: "scenarios §A",
  find: (world) =>
    byAgent(world)
      .filter((rows) => rows.every(({ subject }) => subject.is === "itself"))
      .flatMap((rows) => {
        const writing = rows.filter(({ scope }) => changes(scope));
        const [row] = writing;
        return row
          ? [{ about: row.agent, what: `acts for itself and has ${quoted(writing.map(({ scope }) => scope))}`, row }]
          : [];
      }),
};
