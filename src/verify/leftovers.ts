/** What runs that were killed have left behind: found by name and mark, and removed before anything is made. */
import { VerifyError } from "./errors.ts";
import { isOver, runOf } from "./run-name.ts";
import { type Removal, type Remove, removeAll } from "./throw-away.ts";
import type { Timer } from "./timer.ts";

/** An object that carries the name of a run. */
export type Found = { readonly path: string; readonly run: string };

/** One collection to look through. */
export type Search = {
  /** What is looked for, in words. */
  readonly what: string;
  find(): Promise<Found[]>;
};

/** What became of what was found. */
export type Swept = Removal & {
  /** What may belong to a run that is under way elsewhere. */
  readonly inUse: readonly string[];
  /** What could not be looked for, and why. */
  readonly unseen: readonly string[];
};

/** The object, when its name is one that runs give and it carries the mark of that run. @param mark what stands in its place */
export function foundAs(path: string, name: unknown, mark: (run: string) => boolean): Found[] {
  const run = runOf(String(name));
  return run !== undefined && mark(run) ? [{ path, run }] : [];
}

/**
 * Removes what runs that have ended left behind; what may belong to one that goes on is left alone.
 *
 * @param searches in the order in which is removed
 * @param now seconds since 1970
 */
export async function sweep(
  searches: readonly Search[],
  { now, remove, timer, end }: { now: number; remove: Remove; timer: Pick<Timer, "pause">; end: AbortSignal },
): Promise<Swept> {
  const found: Found[] = [];
  const unseen: string[] = [];
  for (const { what, find } of searches) {
    try {
      found.push(...(await find()));
    } catch (error) {
      // Whoever may not look there has made nothing there either; what the plan needs is read before this.
      if (!(error instanceof VerifyError)) throw error;
      unseen.push(`${what}: ${error.line}`);
    }
  }
  const over = found.filter(({ run }) => isOver(run, now));
  const inUse = found.filter((one) => !over.includes(one));
  const paths = (some: readonly Found[]) => some.map(({ path }) => path);
  return { ...(await removeAll(paths(over), remove, timer, end)), inUse: paths(inUse), unseen };
}
