/** An agent that nobody answers for. Pure. */

import type { Rule } from "./rule.ts";

export const noOwner: Rule = {
  id: "no-owner",
  severity: "medium",
  reason: "nobody can be asked what it is for, or told that it misbehaves",
  fix: "name owners, or a sponsor",
  source: "decision 0012",
  find: ({ clients }) =>
    clients
      .filter(({ acts, owners, sponsor }) => acts && owners.length === 0 && sponsor === undefined)
      .map((about) => ({ about, what: "has no owner and no sponsor", path: about.path })),
};
