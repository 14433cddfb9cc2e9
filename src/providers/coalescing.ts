/** What the connections of all platforms share: reads that arrive together are answered by one list, writers take turns. */

/** Milliseconds for which a list of a collection answers the reads of a refresh. */
const LIST_LIFE = 10_000;

/** Finds one row of a collection by its key; reads that arrive together share one list. */
export type ListReader = <T>(
  collection: string,
  key: string,
  list: () => Promise<readonly T[]>,
  keyOf: (row: T) => string,
) => Promise<T | undefined>;

/** A reader whose lists are kept for some seconds. Never for reads that lead to a write. */
export function listReader(): ListReader {
  const lists = new Map<string, Promise<ReadonlyMap<string, unknown>>>();
  return async <T>(
    collection: string,
    key: string,
    list: () => Promise<readonly T[]>,
    keyOf: (row: T) => string,
  ): Promise<T | undefined> => {
    let known = lists.get(collection);
    if (!known) {
      known = list().then((rows) => new Map(rows.map((row) => [keyOf(row), row])));
      lists.set(collection, known);
      const forget = () => lists.delete(collection);
      known.then(() => setTimeout(forget, LIST_LIFE).unref(), forget);
    }
    return (await known).get(key) as T | undefined;
  };
}

/** Runs writers of one remote document one after the other. */
export type Exclusively = <T>(document: string, task: () => Promise<T>) => Promise<T>;

export function createLocks(): Exclusively {
  const locks = new Map<string, Promise<unknown>>();
  return <T>(document: string, task: () => Promise<T>): Promise<T> => {
    const turn = (locks.get(document) ?? Promise.resolve()).then(task, task);
    locks.set(document, turn);
    return turn;
  };
}
