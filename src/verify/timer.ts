/** Time of this machine, which nobody moves: what bounds clean-up, and how long a busy tenant is waited for. */
import { setTimeout } from "node:timers/promises";

export type Timer = {
  /** Lets seconds pass. @param signal ends the pause with an `AbortError` */
  pause(seconds: number, signal: AbortSignal): Promise<unknown>;
  /** Aborts when the seconds have passed. */
  deadline(seconds: number): AbortSignal;
};

export const machineTimer: Timer = {
  pause: (seconds, signal) => setTimeout(seconds * 1000, undefined, { signal }),
  deadline: (seconds) => AbortSignal.timeout(seconds * 1000),
};
