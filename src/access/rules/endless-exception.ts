/** An exception without an end. Pure. */

import { exceptionsOf } from "./exceptions.ts";
import type { Rule } from "./rule.ts";

export const endlessException: Rule = {
  id: "endless-exception",
  severity: "info",
  reason: "nobody looks at it again",
  fix: "give it expires",
  source: "decision 0010",
  find: (world) =>
    exceptionsOf(world)
      .filter(({ expires }) => expires === undefined)
      .map(({ about, what, owner, path }) => ({ about, what: `${owner} answers for ${what} for ever`, path })),
};
