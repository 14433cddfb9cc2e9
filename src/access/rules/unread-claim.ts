/** Claims and scripts that say who may act, in a way that cannot be read. Pure. */

import type { Rule } from "./rule.ts";

export const unreadClaim: Rule = {
  id: "unread-claim",
  severity: "medium",
  reason: "whoever may act by it has no row here, and may do more than is shown",
  fix: "say it by delegates, or in a form that can be read: on PingOne the expressions of delegation §3, on AIC a script that names one client",
  source: "delegation §3",
  find: ({ unread = [] }) => unread,
};
