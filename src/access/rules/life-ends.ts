/** An agent whose last day is near or over. Pure. */

import { type Rule, warned } from "./rule.ts";

export const lifeEnds: Rule = {
  id: "life-ends",
  severity: "medium",
  reason: "nothing is switched off by itself: an agent that has outlived its purpose still gets tokens",
  fix: "renew expires, or end the agent",
  source: "decision 0012",
  find: warned("life-ends"),
};
