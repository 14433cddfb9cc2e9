/**
 * The tenant's memory: named collections of JSON documents, and where it has a folder all of them in one file, too. A
 * transaction is in that file before it returns, whole or not at all, whenever the process is killed.
 */
import { frozen, type JsonObject } from "./json.ts";
import { StoreFile } from "./store-file.ts";

/** A document with its id and its place in the order of creation. */
export type Entry<T = JsonObject> = { readonly id: string; readonly sequence: number; readonly document: T };

/** A document as it was written, and parsed from its first read on. */
type Row = {
  readonly id: string;
  readonly sequence: number;
  readonly mentions: readonly string[];
  readonly body: string;
  parsed?: object;
};

/** A row that a transaction has replaced, made (it was undefined) or deleted. */
type Change = { readonly collection: string; readonly id: string; readonly before: Row | undefined };

const bySequence = (one: Row, other: Row) => one.sequence - other.sequence;

/** The documents of one name, in the order in which they were created, and what they are found by. */
class Collection {
  rows = new Map<string, Row>();
  /** Ids by their form without case. */
  readonly #folded = new Map<string, Set<string>>();
  readonly #mentions = new Map<string, Set<string>>();

  set(row: Row): void {
    this.delete(row.id, false);
    this.rows.set(row.id, row);
    added(this.#folded, folded(row.id), row.id);
    for (const name of row.mentions) added(this.#mentions, name, row.id);
  }

  /** @param isGone false keeps the place in the order for another row of the id */
  delete(id: string, isGone = true): void {
    const row = this.rows.get(id);
    if (!row) return;
    if (isGone) this.rows.delete(id);
    removed(this.#folded, folded(id), id);
    for (const name of row.mentions) removed(this.#mentions, name, id);
  }

  /** Rows whose id is equal when case is ignored, oldest first. */
  folded(id: string): Row[] {
    return this.#of(this.#folded.get(folded(id)));
  }

  mentioning(name: string): Row[] {
    return this.#of(this.#mentions.get(name));
  }

  /** After rows that had gone were put back. */
  sort(): void {
    this.rows = new Map([...this.rows.values()].sort(bySequence).map((row) => [row.id, row]));
  }

  #of(ids: Iterable<string> = []): Row[] {
    return [...ids].map((id) => this.rows.get(id) as Row).sort(bySequence);
  }
}

const NONE = new Collection();

/** Collections of JSON documents. All methods are synchronous; documents go as copies and come frozen. */
export class Store {
  readonly #collections = new Map<string, Collection>();
  readonly #counters = new Map<string, number>();
  readonly #file: StoreFile | undefined;
  #sequence = 0;
  #changes: Change[] | undefined;
  #read = 0;

  /**
   * @param folder where the file `tenant.db` is kept; undefined keeps everything in memory
   * @throws {SandboxError} `ERR_SANDBOX_DATA_IN_USE` when another process has the folder open, `ERR_SANDBOX_DATA` when it is
   *   no folder or cannot be written
   */
  constructor(folder: string | undefined) {
    if (folder === undefined) return;
    this.#file = new StoreFile(folder);
    const { documents, counters, sequence } = this.#file.load();
    for (const { collection, ...row } of documents) this.#collectionOf(collection).set(row);
    for (const { name, value } of counters) this.#counters.set(name, value);
    this.#sequence = sequence;
  }

  /** How many documents were read until now: what a request costs. */
  get documentsRead(): number {
    return this.#read;
  }

  /** The document with exactly this id. */
  get<T = JsonObject>(collection: string, id: string): T | undefined {
    const row = this.#collections.get(collection)?.rows.get(id);
    return row && this.#entry<T>(row).document;
  }

  /** The document whose id is equal when case is ignored; an exact match is preferred. */
  find<T = JsonObject>(collection: string, id: string): Entry<T> | undefined {
    const rows = this.#known(collection).folded(id);
    const row = rows.find((one) => one.id === id) ?? rows[0];
    return row && this.#entry(row);
  }

  /** All documents of a collection in the order in which they were created. */
  list<T = JsonObject>(collection: string): Entry<T>[] {
    return Array.from(this.#known(collection).rows.values(), (row) => this.#entry<T>(row));
  }

  /**
   * The documents of a collection one by one in the order in which they were created: between two of them there may be writes.
   * @param after the place in the order after which to begin
   */
  *each<T = JsonObject>(collection: string, after = 0): Generator<Entry<T>, undefined> {
    for (const row of this.#known(collection).rows.values()) if (row.sequence > after) yield this.#entry<T>(row);
    return undefined;
  }

  /**
   * Creates or replaces a document. Its place in the order stays.
   * @param mentions names under which {@link mentioning} finds the document
   */
  put(collection: string, id: string, document: object, mentions: string[] = []): void {
    const body = JSON.stringify(document);
    this.transaction(() => {
      const known = this.#collectionOf(collection);
      const before = known.rows.get(id);
      if (!before) this.#sequence += 1;
      const row: Row = { id, sequence: before?.sequence ?? this.#sequence, mentions: [...new Set(mentions)], body };
      this.#change({ collection, id, before });
      known.set(row);
      this.#file?.put({ collection, ...row });
    });
  }

  /** @returns whether there was such a document */
  delete(collection: string, id: string): boolean {
    const known = this.#known(collection);
    const before = known.rows.get(id);
    if (!before) return false;
    this.transaction(() => {
      this.#change({ collection, id, before });
      known.delete(id);
      this.#file?.delete(before.sequence);
    });
    return true;
  }

  /** Deletes what {@link mentioning} finds. */
  deleteMentioning(collection: string, name: string): void {
    this.transaction(() => {
      for (const { id } of this.#known(collection).mentioning(name)) this.delete(collection, id);
    });
  }

  /** The documents of a collection that were put with a mention of `name`, oldest first. */
  mentioning<T = JsonObject>(collection: string, name: string): Entry<T>[] {
    return [...this.eachMentioning<T>(collection, name)];
  }

  /** As {@link mentioning}, one by one as {@link each} reads. */
  *eachMentioning<T = JsonObject>(collection: string, name: string, after = 0): Generator<Entry<T>, undefined> {
    const known = this.#known(collection);
    for (const { id, sequence } of known.mentioning(name)) {
      const row = known.rows.get(id);
      if (row && sequence > after) yield this.#entry<T>(row);
    }
    return undefined;
  }

  /** Names of all collections that hold a document, in order. */
  collections(): string[] {
    return [...this.#collections].flatMap(([name, { rows }]) => (rows.size > 0 ? [name] : [])).sort();
  }

  /** The next value of a named counter: 1, 2, 3 … Never the same twice, also across starts. */
  count(name: string): number {
    return this.transaction(() => {
      const value = (this.#counters.get(name) ?? 0) + 1;
      this.#counters.set(name, value);
      this.#file?.count(name, value);
      return value;
    });
  }

  /** Runs `act` so that all it writes is kept, or nothing when it throws. Inner transactions join the outer one. */
  transaction<T>(act: () => T): T {
    if (this.#changes) return act();
    this.#changes = [];
    try {
      const result = act();
      this.#file?.commit();
      return result;
    } catch (error) {
      this.#undo(this.#changes);
      this.#file?.rollback();
      throw error;
    } finally {
      this.#changes = undefined;
    }
  }

  close(): void {
    this.#file?.close();
  }

  #known(name: string): Collection {
    return this.#collections.get(name) ?? NONE;
  }

  #collectionOf(name: string): Collection {
    const known = this.#collections.get(name) ?? new Collection();
    this.#collections.set(name, known);
    return known;
  }

  #change(change: Change): void {
    this.#changes?.push(change);
  }

  #undo(changes: readonly Change[]): void {
    for (const { collection, id, before } of changes.toReversed()) {
      if (before) this.#collectionOf(collection).set(before);
      else this.#collectionOf(collection).delete(id);
    }
    for (const collection of new Set(changes.map((change) => change.collection))) this.#collectionOf(collection).sort();
  }

  #entry<T>(row: Row): Entry<T> {
    this.#read += 1;
    row.parsed ??= frozen(JSON.parse(row.body) as object);
    return { id: row.id, sequence: row.sequence, document: row.parsed as T };
  }
}

const folded = (id: string) => id.toLowerCase();

function added(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key) ?? new Set();
  index.set(key, ids.add(id));
}

function removed(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}
