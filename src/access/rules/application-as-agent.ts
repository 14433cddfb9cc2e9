/** An ordinary application that acts as an agent. Pure. */

import type { Rule } from "./rule.ts";

export const applicationAsAgent: Rule = {
  id: "application-as-agent",
  severity: "info",
  reason: "nobody who looks for agents on the tenant finds it, and it has no sponsor and no last day",
  fix: "declare it under agents",
  source: "delegation §2.3",
  find: ({ clients }) =>
    clients
      .filter(({ acts, enabled, path: [kind] }) => acts && enabled && kind === "applications")
      .map((about) => ({
        about,
        what: "is an application, and asks users for approval or exchanges tokens",
        path: about.path,
      })),
};
