/** How long to wait before a call is repeated. */

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Pause before a repetition, in milliseconds: exponential with jitter, but never shorter than the server asks for.
 *
 * @param attempt how many attempts have failed, 1 or more
 * @param random a number from 0 up to 1; spreads clients that failed together
 * @param atLeastMs what the server asked for with `Retry-After`, 0 when it did not
 */
export function pauseBefore(attempt: number, random: () => number, atLeastMs: number): number {
  const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  const jittered = Math.round((ceiling * (1 + random())) / 2);
  // The server's wish is a lower bound for everybody: without jitter on top all clients would come back in the same moment.
  return atLeastMs > 0 ? Math.max(jittered, atLeastMs + Math.round((FIRST_PAUSE_MS * random()) / 2)) : jittered;
}

/**
 * The wait that a `Retry-After` header asks for, in milliseconds; 0 when there is none (RFC 9110 §10.2.3: seconds or HTTP date).
 * A date is read against the server's own `Date` header, so that a wrong local clock does no harm.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number {
  const value = headers["retry-after"]?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return 0;
  const serverNow = Date.parse(headers.date ?? "");
  return Math.max(0, until - (Number.isNaN(serverNow) ? Date.now() : serverNow));
}
