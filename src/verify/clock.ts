/** Time as the tenant has it. A local tenant's clock is moved, so that nobody waits; a real tenant's time passes. */

export type Clock = {
  /** Seconds since 1970 at the tenant. */
  now(): number;
  /** Lets seconds pass. */
  wait(seconds: number): Promise<void>;
};

export const machineClock: Clock = {
  now: () => Math.floor(Date.now() / 1000),
  wait: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
};
