/** The tenant's memory against a plain model: what a transaction wrote is kept whole, also in the file, or not at all. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { Store } from "../../src/sandbox/store.ts";

type Row = { readonly id: string; readonly value: number; readonly mentions: readonly string[] };

const id = fc.constantFrom("a", "A", "b", "c");
const name = fc.constantFrom("x", "y", "z");
const operation = fc.oneof(
  fc.record({ do: fc.constant("put" as const), id, value: fc.nat(9), mentions: fc.uniqueArray(name) }),
  fc.record({ do: fc.constant("delete" as const), id }),
  fc.record({ do: fc.constant("deleteMentioning" as const), name }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

const DOCUMENTS = "documents";

function applied(rows: readonly Row[], operation: Operation): readonly Row[] {
  if (operation.do === "deleteMentioning") return rows.filter(({ mentions }) => !mentions.includes(operation.name));
  if (operation.do === "delete") return rows.filter((row) => row.id !== operation.id);
  const { do: _do, ...row } = operation;
  const isThere = rows.some((one) => one.id === row.id);
  return isThere ? rows.map((one) => (one.id === row.id ? row : one)) : [...rows, row];
}

function apply(store: Store, operation: Operation): void {
  if (operation.do === "put") {
    const { id, value, mentions } = operation;
    store.put(DOCUMENTS, id, { value }, mentions);
  } else if (operation.do === "delete") store.delete(DOCUMENTS, operation.id);
  else store.deleteMentioning(DOCUMENTS, operation.name);
}

/** All that the store tells, by each way to ask. */
const told = (store: Store) => ({
  list: store.list(DOCUMENTS).map(({ id, document }) => [id, document.value]),
  each: [...store.each(DOCUMENTS)].map(({ id }) => id),
  mentioning: ["x", "y", "z"].map((one) => store.mentioning(DOCUMENTS, one).map(({ id }) => id)),
  find: ["a", "B"].map((one) => store.find(DOCUMENTS, one)?.id),
  collections: store.collections(),
});

function toldOf(rows: readonly Row[]): ReturnType<typeof told> {
  const oldest = (one: string) =>
    rows.find((row) => row.id === one) ?? rows.find((row) => row.id.toLowerCase() === one.toLowerCase());
  return {
    list: rows.map(({ id, value }) => [id, value]),
    each: rows.map(({ id }) => id),
    mentioning: ["x", "y", "z"].map((one) => rows.filter(({ mentions }) => mentions.includes(one)).map(({ id }) => id)),
    find: ["a", "B"].map((one) => oldest(one)?.id),
    collections: rows.length > 0 ? [DOCUMENTS] : [],
  };
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "ping-agents-store-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("a transaction that throws leaves everything as it was, one that does not is in the file as well", () => {
  const transactions = fc.array(fc.record({ operations: fc.array(operation), throws: fc.boolean() }), { maxLength: 8 });
  const data = folder();
  fc.assert(
    fc.property(transactions, (all) => {
      let store = new Store(data);
      let rows: readonly Row[] = [];
      try {
        for (const { operations, throws } of all) {
          const run = () =>
            store.transaction(() => {
              for (const one of operations) apply(store, one);
              if (throws) throw new Error("as planned");
            });
          if (throws) expect(run).toThrow("as planned");
          else run();
          if (!throws) rows = operations.reduce(applied, rows);
          expect(told(store)).toEqual(toldOf(rows));
        }
        store.close();
        store = new Store(data);
        expect(told(store)).toEqual(toldOf(rows));
      } finally {
        for (const { id } of store.list(DOCUMENTS)) store.delete(DOCUMENTS, id);
        store.close();
      }
    }),
    { numRuns: 60 },
  );
});

test("places in the order and counts are never given out twice, also across starts", () => {
  const data = folder();
  const first = new Store(data);
  first.put(DOCUMENTS, "a", {});
  const [{ sequence } = expect.unreachable()] = first.list(DOCUMENTS);
  first.delete(DOCUMENTS, "a");
  expect([first.count("n"), first.count("n")]).toEqual([1, 2]);
  first.close();
  const second = new Store(data);
  second.put(DOCUMENTS, "a", {});
  expect(second.list(DOCUMENTS)[0]?.sequence).toBeGreaterThan(sequence);
  expect(second.count("n")).toBe(3);
  second.close();
});

test("between two documents of a long read others may be written, and what is read cannot be changed", () => {
  const store = new Store(undefined);
  for (const one of ["a", "b", "c"]) store.put(DOCUMENTS, one, { inner: { one } });
  const seen: string[] = [];
  for (const { id, document } of store.each<{ inner: { one: string } }>(DOCUMENTS)) {
    seen.push(id);
    if (id === "a") store.delete(DOCUMENTS, "b");
    if (id === "c" && seen.length < 3) store.put(DOCUMENTS, "d", { inner: { one: "d" } });
    expect(() => Object.assign(document.inner, { one: "another" })).toThrow(TypeError);
  }
  expect(seen).toEqual(["a", "c", "d"]);
});
