/** Bounds how many calls are under way at once: Pulumi runs four steps per CPU core, a tenant is not sized for that. */

/** Runs work when a place is free, first come, first served. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/** @param places how many pieces of work may run at the same time, at least 1. */
export function createLimiter(places: number): Limiter {
  let free = Math.max(1, places);
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
