/** What a run makes for itself: each object when it is first asked for, all of them removed at the end, whatever happened. */
import { once as event } from "node:events";
import type { Timer } from "./timer.ts";

export type ThrowAways = {
  /** Notes what has to be removed, before it is made: an answer may be lost although it was. */
  note(path: string): void;
  /** Makes an object at the first call, also when several come at once; the others get the same one. */
  once<Result>(make: () => Promise<Result>): () => Promise<Result>;
  /** Removes everything in reverse order. @param end after it nothing is tried any more */
  dispose(timer: Pick<Timer, "pause">, end: AbortSignal): Promise<Removal>;
};

/** What became of what was to be removed. */
export type Removal = {
  readonly gone: readonly string[];
  /** What is still there, and what nobody could look for. */
  readonly left: readonly string[];
  /** What of that nobody could look for. */
  readonly unknown: readonly string[];
};

/** Deletes an object, and looks. @returns whether it is seen gone */
export type Remove = (path: string) => Promise<boolean>;

export function createThrowAways(remove: Remove): ThrowAways {
  const made: string[] = [];
  const making = new Set<Promise<unknown>>();
  return {
    note: (path) => void made.push(path),
    once(make) {
      let object: ReturnType<typeof make> | undefined;
      return () => {
        if (!object) {
          const running = make();
          object = running;
          making.add(running);
          const done = () => void making.delete(running);
          running.then(done, done);
        }
        return object;
      };
    },
    async dispose(timer, end) {
      while (making.size && !end.aborted) {
        await Promise.race([Promise.allSettled(making), event(end, "abort")]);
      }
      return removeAll(made.splice(0).reverse(), remove, timer, end);
    },
  };
}

/** Seconds between the tries, for a tenant that is down for a moment. */
const PAUSES = [1, 3];

/** Removes in the given order, and tries again what is not seen gone. */
export async function removeAll(
  paths: readonly string[],
  remove: Remove,
  { pause }: Pick<Timer, "pause">,
  end: AbortSignal,
): Promise<Removal> {
  const gone = new Set<string>();
  const seen = new Set<string>();
  const left = () => paths.filter((path) => !gone.has(path));
  const removeRest = async () => {
    for (const path of left()) {
      if (end.aborted) return;
      // Also when the tenant does not answer the rest has to be tried.
      const isGone = await remove(path).catch(() => undefined);
      if (isGone) gone.add(path);
      else if (isGone === false) seen.add(path);
    }
  };
  await removeRest();
  for (const seconds of PAUSES) {
    if (left().length === 0 || end.aborted) break;
    await pause(seconds, end).catch(() => {});
    await removeRest();
  }
  return { gone: [...gone], left: left(), unknown: left().filter((path) => !seen.has(path)) };
}
