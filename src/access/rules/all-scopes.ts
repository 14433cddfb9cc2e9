/** Every scope of an application or resource. Pure. */

import type { Entry, Rule } from "./rule.ts";
import { changes } from "./scope-words.ts";

/** Said so, or listed one by one where some of them change something. */
function isAll({ scopes, offered = [] }: Entry): boolean {
  if (scopes === "all") return true;
  return offered.length > 1 && offered.every((one) => scopes.includes(one)) && offered.some(changes);
}

export const allScopes: Rule = {
  id: "all-scopes",
  severity: "medium",
  reason: "an agent needs some of the scopes, and gets those, too, that somebody adds later",
  fix: "name the scopes that the agent needs",
  source: "RFC 9700 §2.3",
  find: ({ clients }) =>
    clients
      .filter(({ acts }) => acts)
      .flatMap((about) =>
        about.entries
          .filter(isAll)
          .map(({ target, path }) => ({ about, what: `has every scope of ${target.name}`, path })),
      ),
};
