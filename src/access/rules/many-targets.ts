/** One registration for several capabilities. Pure. */

import { byAgent, type Rule } from "./rule.ts";

/** Applications and resources that one agent may reach before it is many agents in one. */
const MOST = 3;

export const manyTargets: Rule = {
  id: "many-targets",
  severity: "low",
  reason: "each capability of the agent can use what the others need",
  fix: "register an agent for each capability",
  source: "RFC 9700 §2.3",
  find: (world) =>
    byAgent(world).flatMap((rows) => {
      const { size } = new Set(rows.map(({ target }) => target.id));
      const [row] = rows;
      return size > MOST ? [{ about: row.agent, what: `reaches ${size} applications or resources`, row }] : [];
    }),
};
