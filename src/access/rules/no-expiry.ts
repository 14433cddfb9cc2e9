/** An agent without an end. Pure. */

import type { Rule } from "./rule.ts";

export const noExpiry: Rule = {
  id: "no-expiry",
  severity: "info",
  reason: "an agent that nobody needs any more stays",
  fix: "give it expires: a day on which somebody looks at it again",
  source: "decision 0012",
  find: ({ clients }) =>
    clients
      .filter(({ path: [kind], enabled, expires }) => kind === "agents" && enabled && expires === undefined)
      .map((about) => ({ about, what: "has no end", path: about.path })),
};
