/**
 * How a run sends: a tenant that says when it can answer again is waited for, a read whose connection was lost is sent again, and every
 * call ends with the run.
 */
import { Busy, VerifyError } from "./errors.ts";
import { type Call, call, isBusy, type Observation } from "./http.ts";
import type { Timer } from "./timer.ts";

/**
 * One HTTP call.
 *
 * @param resent whether it may be sent again when the tenant has answered that it is busy. @default true
 * @throws {VerifyError} `ERR_VERIFY_UNREACHABLE` when there is no answer at all, {@link Busy} when there were answers before
 */
export type Send = (url: string, init?: Call, resent?: boolean) => Promise<Observation>;

/** Seconds that one answer may ask for; a tenant that asks for more is not waited for. */
const LONGEST_PAUSE = 30;
/** Times that a read is sent again, a second later. */
const MOST_REPEATS = 2;
/** Seconds that a run waits in all. */
const PATIENCE = 300;

/**
 * @param end ends calls and pauses
 * @param interruption ends pauses only: what is under way is finished
 */
export function createSend({ pause }: Pick<Timer, "pause">, end: AbortSignal, interruption?: AbortSignal): Send {
  let patience = PATIENCE;
  const awake = interruption ? AbortSignal.any([end, interruption]) : end;
  let hasAnswered = false;

  async function attempt(url: string, init: Call, repeats: number): Promise<Observation> {
    try {
      const answer = await call(url, { ...init, signal: end });
      hasAnswered = true;
      return answer;
    } catch (error) {
      if (!hasAnswered || end.aborted || !(error instanceof VerifyError)) throw error;
      // Of anything else nobody knows whether it took effect (RFC 9110 §9.2.2).
      if (repeats === 0) throw new Busy(`${error.what}, the connection was lost`);
    }
    await pause(1, awake);
    return attempt(url, init, repeats - 1);
  }

  return async (url, init = {}, resent = true) => {
    for (;;) {
      const answer = await attempt(url, init, (init.method ?? "GET") === "GET" ? MOST_REPEATS : 0);
      // A zero is no leave to ask without end.
      const seconds = Math.max(answer.retryAfter ?? Number.POSITIVE_INFINITY, 1);
      // Without Retry-After nobody knows whether the request was processed (RFC 9110 §10.2.3, RFC 6585 §4).
      if (!resent || !isBusy(answer) || seconds > Math.min(LONGEST_PAUSE, patience)) return answer;
      patience -= seconds;
      await pause(seconds, awake);
    }
  };
}
