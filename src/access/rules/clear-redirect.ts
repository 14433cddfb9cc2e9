/** An authorization code that goes over the net in clear. Pure. */

import { type Rule, warned } from "./rule.ts";

export const clearRedirect: Rule = {
  id: "clear-redirect",
  severity: "medium",
  reason: "whoever listens on the way has the code",
  fix: "use https",
  source: "RFC 6749 §3.1.2.1",
  find: warned("clear-redirect"),
};
