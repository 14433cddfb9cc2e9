/** A signing key of two clients. Pure. */

import type { Rule } from "./rule.ts";

/** What makes a public key: its numbers. */
function numbersOf(key: object): string {
  const { x, y, n } = key as Readonly<Record<string, unknown>>;
  return JSON.stringify([x, y, n]);
}

export const sharedKey: Rule = {
  id: "shared-key",
  severity: "high",
  reason: "each of them can sign requests of the other",
  fix: "npx ping-agents keys new for one of them",
  source: "oauth-flows §7",
  find: ({ clients }) => {
    const first = new Map<string, string>();
    return clients.flatMap((about) =>
      [...new Set(about.keys.map(numbersOf))].flatMap((key) => {
        const other = first.get(key);
        if (other === undefined) first.set(key, about.name);
        return other === undefined ? [] : [{ about, what: `signs with a key of ${other}`, path: about.path }];
      }),
    );
  },
};
