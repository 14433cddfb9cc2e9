/** The clocks of this machine and of a server: what is signed here goes by the one and is judged by the other. */

import type { ApiResponse } from "./answer.ts";

/** Seconds by which the two may differ. */
export const CLOCK_TOLERANCE_S = 60;

/** The clock of the server when it answered; undefined where it does not say (RFC 9110 §6.6.1). */
export function answeredAt({ headers }: Pick<ApiResponse<unknown>, "headers">): Date | undefined {
  const at = new Date(headers.date ?? "");
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/**
 * How this machine's clock differs from the server's, e.g. `3600 s behind`.
 *
 * @param at the server's time
 * @param now milliseconds since 1970 on this machine
 * @returns undefined where they agree within a minute
 */
export function skew(at: Date, now: number): string | undefined {
  const ahead = Math.round((now - at.getTime()) / 1000);
  if (Math.abs(ahead) <= CLOCK_TOLERANCE_S) return undefined;
  return `${Math.abs(ahead)} s ${ahead > 0 ? "ahead of" : "behind"}`;
}
