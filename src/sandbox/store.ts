/**
 * The tenant's memory: named collections of JSON documents on SQLite, in one file. A transaction is on disk before it
 * returns, whole or not at all, whenever the process is killed; a second process that opens the file is refused.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { SandboxError } from "./errors.ts";
import { frozen, type JsonObject } from "./json.ts";

/** A document with its id and its place in the order of creation. */
export type Entry<T = JsonObject> = { readonly id: string; readonly sequence: number; readonly document: T };

/** The file in a data folder. */
export const DATABASE = "tenant.db";

/** WAL with FULL syncs each commit; the exclusive lock is the kernel's, so a killed process leaves none behind. */
const SETUP = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  CREATE TABLE IF NOT EXISTS document (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (collection, id)
  );
  CREATE INDEX IF NOT EXISTS document_order ON document (collection);
  CREATE INDEX IF NOT EXISTS document_nocase ON document (collection, id COLLATE NOCASE);
  CREATE TABLE IF NOT EXISTS mention (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    name TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS mention_name ON mention (name, document);
  CREATE INDEX IF NOT EXISTS mention_document ON mention (document);
  CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`;

const SQL = {
  get: "SELECT sequence, id FROM document WHERE collection = ? AND id = ?",
  find: "SELECT sequence, id FROM document WHERE collection = ? AND id = ? COLLATE NOCASE ORDER BY sequence",
  list: "SELECT sequence, id FROM document WHERE collection = ? AND sequence > ? ORDER BY sequence LIMIT ?",
  body: "SELECT body FROM document WHERE sequence = ?",
  put: `INSERT INTO document (collection, id, body) VALUES (?, ?, ?)
        ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body RETURNING sequence`,
  delete: "DELETE FROM document WHERE collection = ? AND id = ? RETURNING sequence",
  deleteMentioning: `DELETE FROM document WHERE collection = ?
                     AND sequence IN (SELECT document FROM mention WHERE name = ?) RETURNING sequence`,
  collections: "SELECT DISTINCT collection FROM document ORDER BY collection",
  mention: "INSERT INTO mention (document, name) VALUES (?, ?)",
  forget: "DELETE FROM mention WHERE document = ?",
  mentioning: `SELECT d.sequence, d.id FROM mention m JOIN document d ON d.sequence = m.document
               WHERE m.name = ? AND d.collection = ? AND m.document > ? ORDER BY m.document LIMIT ?`,
  count: `INSERT INTO counter (name, value) VALUES (?, 1)
          ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
} as const;

type Row = { readonly sequence: number; readonly id: string };

/** Documents that are read at once by those who look at them one by one. */
const CHUNK = 200;
/** `LIMIT` of SQLite for all that there are. */
const ALL = -1;
/** Documents that are kept parsed. */
const MOST_PARSED = 20_000;

/** Collections of JSON documents. All methods are synchronous; documents go as copies and come frozen. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<keyof typeof SQL, StatementSync>();
  /** By their place in the order. Nobody else writes to the file. */
  readonly #parsed = new Map<number, object>();
  #depth = 0;
  #isChanged = false;
  #read = 0;

  /**
   * @param folder where the file `tenant.db` is kept; undefined keeps everything in memory
   * @throws {SandboxError} `ERR_SANDBOX_DATA_IN_USE` when another process has the folder open, `ERR_SANDBOX_DATA` when it is
   *   no folder or cannot be written
   */
  constructor(folder: string | undefined) {
    const file = folder ? makeFile(folder) : ":memory:";
    this.#database = new DatabaseSync(file, { timeout: 0 });
    try {
      this.#database.exec(SETUP);
      this.#database.exec("BEGIN IMMEDIATE; COMMIT");
    } catch (cause) {
      this.#database.close();
      throw unopened(file, cause);
    }
  }

  /** How many documents were read until now: what a request costs. */
  get documentsRead(): number {
    return this.#read;
  }

  /** The document with exactly this id. */
  get<T = JsonObject>(collection: string, id: string): T | undefined {
    const row = this.#sql("get").get(collection, id);
    return row && this.#entries<T>([row])[0]?.document;
  }

  /** The document whose id is equal when case is ignored; an exact match is preferred. */
  find<T = JsonObject>(collection: string, id: string): Entry<T> | undefined {
    const rows = this.#entries<T>(this.#sql("find").all(collection, id));
    return rows.find((row) => row.id === id) ?? rows[0];
  }

  /** All documents of a collection in the order in which they were created. */
  list<T = JsonObject>(collection: string): Entry<T>[] {
    return this.#entries(this.#sql("list").all(collection, 0, ALL));
  }

  /**
   * The documents of a collection one by one in the order in which they were created, read a few at a time: between two of
   * them there may be writes.
   * @param after the place in the order after which to begin
   */
  each<T = JsonObject>(collection: string, after = 0): Generator<Entry<T>, undefined> {
    return inChunks((place) => this.#entries<T>(this.#sql("list").all(collection, place, CHUNK)), after);
  }

  /**
   * Creates or replaces a document. Its place in the order stays.
   * @param mentions names under which {@link mentioning} finds the document
   */
  put(collection: string, id: string, document: object, mentions: string[] = []): void {
    this.transaction(() => {
      const row = this.#sql("put").get(collection, id, JSON.stringify(document));
      const [sequence = 0] = this.#changed([row]);
      this.#sql("forget").run(sequence);
      for (const name of new Set(mentions)) this.#sql("mention").run(sequence, name);
    });
  }

  /** @returns whether there was such a document */
  delete(collection: string, id: string): boolean {
    return this.#changed(this.#sql("delete").all(collection, id)).length > 0;
  }

  /** Deletes what {@link mentioning} finds. */
  deleteMentioning(collection: string, name: string): void {
    this.#changed(this.#sql("deleteMentioning").all(collection, name));
  }

  /** The documents of a collection that were put with a mention of `name`, oldest first. */
  mentioning<T = JsonObject>(collection: string, name: string): Entry<T>[] {
    return this.#entries(this.#sql("mentioning").all(name, collection, 0, ALL));
  }

  /** As {@link mentioning}, read as {@link each} does. */
  eachMentioning<T = JsonObject>(collection: string, name: string, after = 0): Generator<Entry<T>, undefined> {
    return inChunks((place) => this.#entries<T>(this.#sql("mentioning").all(name, collection, place, CHUNK)), after);
  }

  /** Names of all collections that hold a document. */
  collections(): string[] {
    return this.#sql("collections")
      .all()
      .map(({ collection }) => String(collection));
  }

  /** The next value of a named counter: 1, 2, 3 … Never the same twice, also across starts. */
  count(name: string): number {
    return (this.#sql("count").get(name) as { value: number }).value;
  }

  /** Runs `act` so that all it writes is kept, or nothing when it throws. Inner transactions join the outer one. */
  transaction<T>(act: () => T): T {
    if (this.#depth > 0) return act();
    this.#database.exec("BEGIN IMMEDIATE");
    this.#depth += 1;
    this.#isChanged = false;
    try {
      const result = act();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      if (this.#isChanged) this.#parsed.clear();
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  close(): void {
    this.#database.close();
  }

  #entries<T>(rows: readonly unknown[]): Entry<T>[] {
    this.#read += rows.length;
    return (rows as Row[]).map(({ id, sequence }) => ({ id, sequence, document: this.#document(sequence) as T }));
  }

  #document(sequence: number): object {
    const known = this.#parsed.get(sequence);
    if (known) return known;
    const { body } = this.#sql("body").get(sequence) as { body: string };
    const document = frozen(JSON.parse(body) as object);
    if (this.#parsed.size >= MOST_PARSED) this.#parsed.clear();
    this.#parsed.set(sequence, document);
    return document;
  }

  /** Forgets what was read of rows that are written now. @returns their places in the order */
  #changed(rows: readonly unknown[]): number[] {
    this.#isChanged = true;
    const places = (rows as { sequence: number }[]).map(({ sequence }) => sequence);
    for (const place of places) this.#parsed.delete(place);
    return places;
  }

  #sql(name: keyof typeof SQL): StatementSync {
    const statement = this.#statements.get(name) ?? this.#database.prepare(SQL[name]);
    this.#statements.set(name, statement);
    return statement;
  }
}

/** @param read the next entries after a place in the order */
function* inChunks<T>(read: (after: number) => Entry<T>[], after: number): Generator<Entry<T>, undefined> {
  for (let place = after; ; ) {
    const entries = read(place);
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined || entries.length < CHUNK) return undefined;
    place = last.sequence;
  }
}

/** The database of a folder, both made where they are missing. It holds keys and passwords. SQLite gives its companions the same mode. */
function makeFile(folder: string): string {
  const file = join(folder, DATABASE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(file, "a", 0o600));
    return file;
  } catch (cause) {
    throw unopened(file, cause);
  }
}

function unopened(file: string, cause: unknown): SandboxError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return /locked|busy/i.test(said)
    ? new SandboxError("ERR_SANDBOX_DATA_IN_USE", `another sandbox is running on ${file}`, {
        hint: "end the other sandbox, or choose another folder with --data",
        cause,
      })
    : new SandboxError("ERR_SANDBOX_DATA", `cannot open ${file}: ${said}`, {
        hint: "choose another folder with --data",
        cause,
      });
}
