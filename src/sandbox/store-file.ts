/** The file of a store, on SQLite. A second process that opens it is refused. */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { SandboxError } from "./errors.ts";

/** A document as it is kept. */
export type StoredDocument = {
  readonly collection: string;
  readonly id: string;
  /** Place in the order of creation. */
  readonly sequence: number;
  /** As JSON. */
  readonly body: string;
  readonly mentions: readonly string[];
};

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
  CREATE TABLE IF NOT EXISTS mention (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    name TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS mention_document ON mention (document);
  CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`;

const SQL = {
  documents: "SELECT sequence, collection, id, body FROM document ORDER BY sequence",
  mentions: "SELECT document, name FROM mention",
  counters: "SELECT name, value FROM counter",
  sequence: "SELECT seq AS sequence FROM sqlite_sequence WHERE name = 'document'",
  put: `INSERT INTO document (sequence, collection, id, body) VALUES (?, ?, ?, ?)
        ON CONFLICT (sequence) DO UPDATE SET body = excluded.body`,
  delete: "DELETE FROM document WHERE sequence = ?",
  mention: "INSERT INTO mention (document, name) VALUES (?, ?)",
  forget: "DELETE FROM mention WHERE document = ?",
  count: "INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
} as const;

/** Writes begin a transaction where none is open; {@link commit} ends it. */
export class StoreFile {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<keyof typeof SQL, StatementSync>();

  /**
   * @throws {SandboxError} `ERR_SANDBOX_DATA_IN_USE` when another process has the folder open, `ERR_SANDBOX_DATA` when it is
   *   no folder or cannot be written
   */
  constructor(folder: string) {
    const file = makeFile(folder);
    this.#database = new DatabaseSync(file, { timeout: 0 });
    try {
      this.#database.exec(SETUP);
      this.#database.exec("BEGIN IMMEDIATE; COMMIT");
    } catch (cause) {
      this.#database.close();
      throw unopened(file, cause);
    }
  }

  /** Everything in it, documents in the order of their creation, and the highest place that there ever was. */
  load() {
    const mentions = Object.groupBy(
      this.#all<{ document: number; name: string }>("mentions"),
      ({ document }) => document,
    );
    const documents = this.#all<Omit<StoredDocument, "mentions">>("documents").map(
      (row): StoredDocument => ({ ...row, mentions: (mentions[row.sequence] ?? []).map(({ name }) => name) }),
    );
    const [{ sequence } = { sequence: 0 }] = this.#all<{ sequence: number }>("sequence");
    return { documents, counters: this.#all<{ name: string; value: number }>("counters"), sequence };
  }

  put({ sequence, collection, id, body, mentions }: StoredDocument): void {
    this.#begin();
    this.#sql("put").run(sequence, collection, id, body);
    this.#sql("forget").run(sequence);
    for (const name of mentions) this.#sql("mention").run(sequence, name);
  }

  delete(sequence: number): void {
    this.#begin();
    this.#sql("delete").run(sequence);
  }

  count(name: string, value: number): void {
    this.#begin();
    this.#sql("count").run(name, value);
  }

  commit(): void {
    if (this.#database.isTransaction) this.#database.exec("COMMIT");
  }

  rollback(): void {
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
  }

  close(): void {
    this.#database.close();
  }

  #begin(): void {
    if (!this.#database.isTransaction) this.#database.exec("BEGIN IMMEDIATE");
  }

  #all<T>(name: keyof typeof SQL): T[] {
    return this.#sql(name).all() as T[];
  }

  #sql(name: keyof typeof SQL): StatementSync {
    const statement = this.#statements.get(name) ?? this.#database.prepare(SQL[name]);
    this.#statements.set(name, statement);
    return statement;
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
