/** Two entries of `delegates` that allow together what none of them names. Pure. */

import type { Row } from "../row.ts";
import { together } from "../sentence.ts";
import { byAgent, quoted, type Rule } from "./rule.ts";

/** Whose token the agent exchanges, as an entry names it: a resource that it is for (PingOne), or the client that got it (AIC). */
function sourceOf({ target, subject, via }: Row): string {
  const last = via.at(-1);
  if (last) return target.is === "audience" ? last.name : last.target.name;
  if (subject.is === "client" && target.is === "audience") return subject.name;
  return "tokensOf" in subject && subject.tokensOf ? subject.tokensOf.name : "others";
}

export const delegatesCombine: Rule = {
  id: "delegates-combine",
  severity: "medium",
  reason: "the tenant keeps whose tokens a client may exchange and what for, and not which of them belong together",
  fix: "let another client exchange one of them, or write an entry for both if they may go together",
  source: "delegation §1",
  find: (world) =>
    byAgent(world).flatMap((rows) => {
      const combined = rows.filter(({ isCombined }) => isCombined);
      return together(combined, (row) => JSON.stringify([sourceOf(row), row.target.id])).map((same) => {
        const [row] = same;
        const scopes = quoted(same.map(({ scope }) => scope));
        const what = `gets ${scopes} on ${row.target.name} with tokens of ${sourceOf(row)}, which no entry names together`;
        return { about: row.agent, what, row };
      });
    }),
};
