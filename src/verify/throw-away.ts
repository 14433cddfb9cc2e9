/** What a run makes for itself: each object when it is first asked for, all of them removed at the end, whatever happened. */
import { randomBytes } from "node:crypto";

export type ThrowAways = {
  /** First part of the names of a run. */
  readonly prefix: string;
  /** Notes what has to be removed. Before it is made, where its path is known: an answer may be lost although it was. */
  note(path: string): void;
  /** Makes an object at the first call, also when several come at once; the others get the same one. */
  once<Result>(make: () => Promise<Result>): () => Promise<Result>;
  /** Removes everything in reverse order. @returns the paths of what could not be removed */
  dispose(): Promise<string[]>;
};

/** @param remove deletes an object; true when it is gone */
export function createThrowAways(remove: (path: string) => Promise<boolean>): ThrowAways {
  const made: string[] = [];
  const making = new Set<Promise<unknown>>();
  return {
    prefix: `ping-agents-verify-${randomBytes(4).toString("hex")}`,
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
    async dispose() {
      while (making.size) await Promise.allSettled(making);
      const left: string[] = [];
      for (const path of made.splice(0).reverse()) {
        // Also when the tenant does not answer the rest has to be tried.
        if (!(await remove(path).catch(() => false))) left.push(path);
      }
      return left;
    },
  };
}
