/** An agent whose last day is near. Pure. */

import { isExpired } from "./agent-expired.ts";
import { type Rule, warned } from "./rule.ts";

export const lifeEnds: Rule = {
  id: "life-ends",
  severity: "medium",
  reason: "verify and access fail for an agent that has outlived its purpose",
  fix: "renew expires, or end the agent",
  source: "decision 0012",
  find: (world) => warned("life-ends")(world).filter(({ about }) => !isExpired(about, world)),
};
