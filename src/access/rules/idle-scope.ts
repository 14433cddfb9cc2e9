/** A scope that nobody can get. Pure. */

import type { Rule } from "./rule.ts";

export const idleScope: Rule = {
  id: "idle-scope",
  severity: "info",
  reason: "nobody misses it, and somebody may be given it by mistake",
  fix: "take it away, or give somebody access to it",
  source: "RFC 9700 §2.3",
  find: ({ offers, clients, rows }) => {
    const got = new Set([
      ...rows.map(({ target, scope }) => JSON.stringify([target.id, scope])),
      ...clients.flatMap(({ entries }) =>
        entries.flatMap(({ target, scopes, offered = [] }) =>
          (scopes === "all" ? offered : scopes).map((scope) => JSON.stringify([target.id, scope])),
        ),
      ),
    ]);
    return offers
      .filter(({ of, scope }) => !got.has(JSON.stringify([of.id, scope])))
      .map(({ of, scope, path }) => ({ about: of, what: `has the scope "${scope}", which nobody can get`, path }));
  },
};
