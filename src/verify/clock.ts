/** Time as the tenant has it. A local tenant's clock is moved, so that nobody waits; a real tenant's time passes. */

import { setTimeout } from "node:timers/promises";

export type Clock = {
  /** Seconds since 1970 at the tenant. */
  now(): number;
  /** Lets seconds pass. */
  wait(seconds: number): Promise<void>;
};

/** @param signal ends a wait with an `AbortError` */
export function machineClock(signal?: AbortSignal): Clock {
  return {
    now: () => Math.floor(Date.now() / 1000),
    wait: (seconds) => setTimeout(seconds * 1000, undefined, signal && { signal }),
  };
}
