/** An exception whose last day is over. Pure. */

import { isOver } from "../../fields/access-policy.ts";
import { exceptionsOf } from "./exceptions.ts";
import type { Rule } from "./rule.ts";

export const expiredException: Rule = {
  id: "expired-exception",
  severity: "medium",
  reason: "what it stood for is an exception no more, and is found again",
  fix: "take the entry out, or let its owner renew it",
  source: "decision 0010",
  find: (world) =>
    exceptionsOf(world)
      .filter((one) => isOver(one, world.today))
      .map(({ about, what, owner, expires, path }) => ({
        about,
        what: `${owner} answered for ${what} until ${expires}`,
        path,
      })),
};
