/**
 * The tenant's memory: named collections of JSON documents on SQLite, in one file. A transaction is on disk before it
 * returns, whole or not at all, whenever the process is killed; a second process that opens the file is refused.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { SandboxError } from "./errors.ts";
import type { JsonObject } from "./json.ts";

/** A document with its id and its place in the order of creation. */
export type Entry<T = JsonObject> = { readonly id: string; readonly sequence: number; readonly document: T };

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
  get: "SELECT sequence, id, body FROM document WHERE collection = ? AND id = ?",
  find: "SELECT sequence, id, body FROM document WHERE collection = ? AND id = ? COLLATE NOCASE ORDER BY sequence",
  list: "SELECT sequence, id, body FROM document WHERE collection = ? ORDER BY sequence",
  put: `INSERT INTO document (collection, id, body) VALUES (?, ?, ?)
        ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body RETURNING sequence`,
  delete: "DELETE FROM document WHERE collection = ? AND id = ?",
  collections: "SELECT DISTINCT collection FROM document ORDER BY collection",
  mention: "INSERT INTO mention (document, name) VALUES (?, ?)",
  forget: "DELETE FROM mention WHERE document = ?",
  mentioning: `SELECT d.sequence, d.id, d.body FROM mention m JOIN document d ON d.sequence = m.document
               WHERE m.name = ? AND d.collection = ? ORDER BY d.sequence`,
  count: `INSERT INTO counter (name, value) VALUES (?, 1)
          ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
} as const;

type Row = { sequence: number; id: string; body: string };

/** Collections of JSON documents. All methods are synchronous; documents come and go as copies. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<keyof typeof SQL, StatementSync>();
  #depth = 0;

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

  /** The document with exactly this id. */
  get<T = JsonObject>(collection: string, id: string): T | undefined {
    return entry<T>(this.#sql("get").get(collection, id))?.document;
  }

  /** The document whose id is equal when case is ignored; an exact match is preferred. */
  find<T = JsonObject>(collection: string, id: string): Entry<T> | undefined {
    const rows = this.#sql("find")
      .all(collection, id)
      .map(entry<T>);
    return rows.find((row) => row?.id === id) ?? rows[0];
  }

  /** All documents of a collection in the order in which they were created. */
  list<T = JsonObject>(collection: string): Entry<T>[] {
    return this.#sql("list")
      .all(collection)
      .map(entry<T>)
      .filter(present);
  }

  /**
   * Creates or replaces a document. Its place in the order stays.
   * @param mentions names under which {@link mentioning} finds the document
   */
  put(collection: string, id: string, document: object, mentions: string[] = []): void {
    this.transaction(() => {
      const { sequence } = this.#sql("put").get(collection, id, JSON.stringify(document)) as { sequence: number };
      this.#sql("forget").run(sequence);
      for (const name of mentions) this.#sql("mention").run(sequence, name);
    });
  }

  /** @returns whether there was such a document */
  delete(collection: string, id: string): boolean {
    return this.#sql("delete").run(collection, id).changes > 0;
  }

  /** The documents of a collection that were put with a mention of `name`, oldest first. */
  mentioning<T = JsonObject>(collection: string, name: string): Entry<T>[] {
    return this.#sql("mentioning")
      .all(name, collection)
      .map(entry<T>)
      .filter(present);
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
    try {
      const result = act();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  close(): void {
    this.#database.close();
  }

  #sql(name: keyof typeof SQL): StatementSync {
    const statement = this.#statements.get(name) ?? this.#database.prepare(SQL[name]);
    this.#statements.set(name, statement);
    return statement;
  }
}

function entry<T>(row: unknown): Entry<T> | undefined {
  if (row === undefined) return undefined;
  const { id, sequence, body } = row as Row;
  return { id, sequence, document: JSON.parse(body) as T };
}

function present<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** The database of a folder, both made where they are missing. It holds keys and passwords. SQLite gives its companions the same mode. */
function makeFile(folder: string): string {
  const file = join(folder, "tenant.db");
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
