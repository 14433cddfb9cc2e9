/** Reads that wait together are answered by one: a destroy reads what it is about to delete in batches, and nothing is kept. */

import DataLoader from "dataloader";

/** Milliseconds: the engine starts operations side by side, and writes its state between two of them. */
const GATHER = 20;
/** Rows that a list may have for each of the reads that it saves: a list of thousands costs a tenant more than a few reads. */
const ROWS_PER_READ = 50;

/** A collection whose objects are read by id. */
export type Readable<Row> = {
  get(id: string): Promise<Row | undefined>;
  /**
   * Rows of a list with the objects of these ids among them; undefined where that would be more rows than `most`.
   *
   * @default none: only reads of the same id are one
   */
  readonly list?: (ids: readonly string[], most: number) => Promise<readonly Row[] | undefined>;
  /** @default the row's `id` */
  readonly idOf?: (row: Row) => unknown;
};

/** Gathers reads. Each begins after it was asked for and ends before its answer is used: it is no older than a read of its own. */
export class Gathering {
  readonly #loaders = new Map<string, DataLoader<string, unknown>>();
  /** How many rows a collection had when it was last listed. */
  readonly #sizes = new Map<string, number>();
  readonly #gather: number;

  /** @param gather milliseconds in which reads are gathered. @default 20 */
  constructor(gather = GATHER) {
    this.#gather = gather;
  }

  /**
   * Reads an object together with all others of its collection for which somebody waits, and alone where nobody does.
   *
   * @param collection tells it from all others
   * @param most reads that one list may answer. @default any number
   */
  async read<Row>(collection: string, id: string, readable: Readable<Row>, most?: number): Promise<Row | undefined> {
    const known = this.#loaders.get(collection);
    const loader = known ?? this.#loader(collection, readable as Readable<unknown>, most);
    this.#loaders.set(collection, loader);
    return (await loader.load(id)) as Row | undefined;
  }

  /** Gathers until its first read begins; where more wait than one list may answer, it reads several. */
  #loader(collection: string, readable: Readable<unknown>, most: number | undefined): DataLoader<string, unknown> {
    const loader = new DataLoader<string, unknown>(
      (ids) => {
        // Who asks from now on waits for the next read.
        if (this.#loaders.get(collection) === loader) this.#loaders.delete(collection);
        return this.#answer(collection, ids, readable);
      },
      { batchScheduleFn: (run) => setTimeout(run, this.#gather), ...(most !== undefined && { maxBatchSize: most }) },
    );
    return loader;
  }

  async #answer(collection: string, ids: readonly string[], readable: Readable<unknown>): Promise<unknown[]> {
    const { get, idOf = idOfRow } = readable;
    const rows = await this.#list(collection, ids, readable);
    const found = new Map(rows.map((row) => [idOf(row), row]));
    // A row may be missed between two pages while others are deleted, so it is not gone. One that fails is no failure of the others.
    return Promise.all(ids.map((id) => found.get(id) ?? get(id).catch((error: Error) => error)));
  }

  /** What a list shows, where one is worth while. */
  async #list(collection: string, ids: readonly string[], { list }: Readable<unknown>): Promise<readonly unknown[]> {
    const most = ids.length * ROWS_PER_READ;
    if (!list || ids.length === 1 || (this.#sizes.get(collection) ?? 0) > most) return [];
    const rows = await list(ids, most);
    this.#sizes.set(collection, rows?.length ?? most + 1);
    return rows ?? [];
  }
}

const idOfRow = (row: unknown) => (row as { readonly id?: unknown }).id;
