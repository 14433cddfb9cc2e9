/** An owner of an agent whose account is switched off. Pure. */

import type { Rule } from "./rule.ts";

export const ownerDisabled: Rule = {
  id: "owner-disabled",
  severity: "medium",
  reason: "who has left answers for nothing, and often nobody took over",
  fix: "name somebody else under owners, or end the agent",
  source: "decision 0012",
  find: ({ live }) =>
    (live?.disabledOwners ?? []).map(({ of, owner, path }) => ({
      about: of,
      what: `has the owner ${owner}, whose account is switched off`,
      path,
      object: `user/${owner}`,
    })),
};
