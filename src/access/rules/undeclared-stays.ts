/** Undeclared access that a repair leaves alone. Pure. */

import { type Rule, written } from "./rule.ts";

export const undeclaredStays: Rule = {
  id: "undeclared-stays",
  severity: "low",
  reason: "what somebody adds by hand stays, whoever that was",
  fix: "take undeclaredAccess: report out, and name under allow what may stay",
  source: "decision 0010",
  find: ({ written: all, clients }) =>
    written(all)
      .filter(({ path, value }) => path.at(-1) === "undeclaredAccess" && value === "report")
      .map(({ path }) => {
        const [section = "", key = "all agents"] = path.length > 1 ? path : [];
        const name = String(key);
        const about = clients.find((one) => one.path[0] === section && one.id === key) ?? { id: name, name };
        return { about, what: "keeps access that nobody declared", path };
      }),
};
