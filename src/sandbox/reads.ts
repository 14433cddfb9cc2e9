/** Reads of one request that are made once: thousands of rows name the same few objects. */
import type { Store } from "./store.ts";

/** What a look at objects and their relations needs of the store. */
export type Reads = Pick<Store, "get" | "mentioning">;

/** Answers that are kept at the same time. */
const MOST_KEPT = 10_000;

/** The store as one request sees it. What it answers is shared: not to be changed. */
export function remembering(store: Reads): Reads {
  const kept = new Map<string, unknown>();
  const once = <T>(act: string, collection: string, name: string, read: () => T): T => {
    const key = `${act} ${collection} ${name}`;
    if (kept.has(key)) return kept.get(key) as T;
    if (kept.size >= MOST_KEPT) kept.clear();
    const answer = read();
    kept.set(key, answer);
    return answer;
  };
  return {
    get: (collection, id) => once("get", collection, id, () => store.get(collection, id)),
    mentioning: (collection, name) => once("mentioning", collection, name, () => store.mentioning(collection, name)),
  };
}
