/** The tenant's clock. It can be moved forward, so that what expires can be shown without waiting, be wrong, and be set right again. */

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves the clock. @param milliseconds may not be negative */
  advance(milliseconds: number): void;
  /** Sets how far the clock is from the time that passes by itself. @param milliseconds negative where it is behind */
  skew(milliseconds: number): void;
  /** Takes back all that it was moved: whoever calls the tenant next goes by the time that passes by itself. */
  reset(): void;
};

/** Seconds since 1970 by the tenant's clock, as tokens count them. */
export function secondsNow({ clock }: { readonly clock: Clock }): number {
  return Math.floor(clock.now() / 1000);
}

/** @param source the time that passes by itself; by default that of the machine */
export function createClock(source: () => number = Date.now): Clock {
  let offset = 0;
  return {
    now: () => source() + offset,
    advance: (milliseconds) => {
      if (!(milliseconds >= 0)) throw new RangeError("the clock only moves forward");
      offset += milliseconds;
    },
    skew: (milliseconds) => {
      offset = milliseconds;
    },
    reset: () => {
      offset = 0;
    },
  };
}
