/** How a run ends: from an interruption, or else from the last case on, clean-up has a minute in all. */
import type { Timer } from "./timer.ts";

/** Seconds. */
const CLEANUP = 60;

export type Ending = {
  /** Aborts when the time for clean-up is over: nothing is sent any more. */
  readonly signal: AbortSignal;
  /** Starts the time for clean-up, unless it runs. */
  begin(): void;
};

/** @param interruption starts the time for clean-up as well */
export function createEnding({ deadline }: Pick<Timer, "deadline">, interruption?: AbortSignal): Ending {
  const end = new AbortController();
  let over: AbortSignal | undefined;
  const begin = () => {
    if (over) return;
    over = deadline(CLEANUP);
    if (over.aborted) end.abort();
    over.addEventListener("abort", () => end.abort(), { once: true });
  };
  if (interruption?.aborted) begin();
  interruption?.addEventListener("abort", begin, { once: true });
  return { signal: end.signal, begin };
}
