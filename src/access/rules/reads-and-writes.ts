/** Read and write scopes in one agent. Pure. */

import { byAgent, quoted, type Rule } from "./rule.ts";
import { changes, scopeKind } from "./scope-words.ts";

export const readsAndWrites: Rule = {
  id: "reads-and-writes",
  severity: "low",
  reason: "what the agent reads can make it write: a text that it is given is an order to it",
  fix: "split the agent: one reads, and one writes after the user's approval",
  source: "RFC 9700 §2.3",
  find: (world) =>
    byAgent(world).flatMap((rows) => {
      const reading = rows.filter(({ scope }) => scopeKind(scope) === "read").map(({ scope }) => scope);
      const writing = rows.filter(({ scope }) => changes(scope));
      const [row] = writing;
      if (!row || reading.length === 0) return [];
      const what = `reads (${quoted(reading)}) and writes (${quoted(writing.map(({ scope }) => scope))})`;
      return [{ about: row.agent, what, row }];
    }),
};
