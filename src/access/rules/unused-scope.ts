/** A scope that no tool needs. Pure. */

import { type Rule, warned } from "./rule.ts";

export const unusedScope: Rule = {
  id: "unused-scope",
  severity: "low",
  reason: "an agent that is taken over can use what it does not need",
  fix: "take the scope away, or say which tool needs it",
  source: "RFC 9700 §2.3",
  find: warned("unused-scope"),
};
