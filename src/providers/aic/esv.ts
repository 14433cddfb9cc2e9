/** What secrets and variables of the environment have in common (aic §8). */

import type { EsvSecret, EsvVariable } from "../../admin-api/aic/esv.ts";
import type { LastChange } from "../../drift/finding.ts";

export const toBase64 = (value: string) => Buffer.from(value, "utf8").toString("base64");
export const fromBase64 = (value: string) => Buffer.from(value, "base64").toString("utf8");

/** Of all objects that a stack has on AIC only these say it (aic §8). */
export const lastChange = ({ lastChangeDate, lastChangedBy }: EsvSecret | EsvVariable): LastChange => ({
  at: lastChangeDate,
  by: lastChangedBy,
});

/**
 * Says that a change waits for a restart of the tenant. Printed, because a dynamic provider has no other way to warn;
 * nothing is ever restarted behind the user's back.
 */
export function warnPendingRestart(id: string, origin: string): void {
  console.warn(`warning: ${id} takes effect after a restart of ${origin}: npx ping-agents restart`);
}
