/** What secrets and variables of the environment have in common (aic §8). */

import { z } from "zod";

/** Ids of ESVs. */
export const esvId = z
  .string()
  .regex(/^esv-[a-z0-9_-]{1,124}$/, 'starts with "esv-"; lower-case letters, digits, dash, underscore');

export const toBase64 = (value: string) => Buffer.from(value, "utf8").toString("base64");
export const fromBase64 = (value: string) => Buffer.from(value, "base64").toString("utf8");

/**
 * Says that a change waits for a restart of the tenant. Printed, because a dynamic provider has no other way to warn;
 * nothing is ever restarted behind the user's back.
 */
export function warnPendingRestart(id: string, origin: string): void {
  console.warn(`warning: ${id} takes effect after a restart of ${origin}: npx ping-agents restart`);
}
