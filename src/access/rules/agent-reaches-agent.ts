/** An agent that reaches the application of another agent, or takes over tokens that another agent got. Pure. */

import type { Row } from "../row.ts";
import { byAgent, type Rule, type World } from "./rule.ts";

function otherOf({ agent, target, subject, via }: Row, { agents }: World): string | undefined {
  const [last] = via.slice(-1);
  if (last) return last.name;
  const id = target.is === "application" ? target.id : subject.is === "client" ? subject.id : agent.id;
  return agents.find((other) => other.id === id && id !== agent.id)?.name;
}

export const agentReachesAgent: Rule = {
  id: "agent-reaches-agent",
  severity: "medium",
  reason: "what is planted in one agent goes on to the other, and the log shows the last of them",
  fix: "let the agent reach the application or resource itself, with scopes of its own",
  source: "delegation §1.4",
  find: (world) =>
    byAgent(world).flatMap((rows) => {
      const others = Map.groupBy(rows, (row) => otherOf(row, world));
      return [...others].flatMap(([other, [row]]) =>
        other !== undefined && row
          ? [{ about: row.agent, what: `reaches the agent ${other}, or its tokens`, row }]
          : [],
      );
    }),
};
