/** Long reads let others have their turn: the tenant has one thread. */
import { setImmediate } from "node:timers/promises";

/** Longest stretch of work without a pause, in milliseconds. */
const SLICE_MS = 10;

/**
 * Runs an act on one element after the other, with pauses in which other requests are served.
 *
 * @param act answers true to end before the last element
 */
export async function inTurns<T>(elements: Iterable<T>, act: (element: T) => boolean): Promise<void> {
  let since = performance.now();
  for (const element of elements) {
    if (act(element)) return;
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}

/** The elements as an act makes them, each when it is asked for. */
export function* mapped<T, R>(elements: Iterable<T>, act: (element: T) => R): Generator<R, undefined> {
  for (const element of elements) yield act(element);
  return undefined;
}
