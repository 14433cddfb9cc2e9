/** Reads that wait together are one; no answer is used for a read that was asked for after it had begun. */

import { expect, test } from "vitest";
import { Gathering } from "../../src/providers/gathering.ts";

type Row = { readonly id: string; readonly version: number };

/** A collection that counts what is asked of it. */
function collection(...ids: string[]) {
  const asked: string[] = [];
  let version = 1;
  const rows = (): Row[] => ids.map((id) => ({ id, version }));
  return {
    asked,
    change: () => {
      version += 1;
    },
    get: async (id: string) => {
      asked.push(`get ${id}`);
      if (id === "broken") throw new Error("no answer");
      return rows().find((row) => row.id === id);
    },
    list: async (wanted: readonly string[], most: number) => {
      asked.push(`list ${wanted}`);
      return ids.length > most ? undefined : rows();
    },
  };
}

test("a lone read is a single get", async () => {
  const things = collection("a");
  expect(await new Gathering().read("things", "a", things)).toEqual({ id: "a", version: 1 });
  expect(things.asked).toEqual(["get a"]);
});

test("reads of a collection that wait together are one list, and what that does not show is looked for alone", async () => {
  const [things, others] = [collection("a", "b"), collection("a")];
  const gathering = new Gathering();
  const found = await Promise.all([
    gathering.read("things", "a", things),
    gathering.read("others", "a", others),
    gathering.read("things", "b", things),
    gathering.read("things", "gone", things),
    gathering.read("things", "a", things),
  ]);
  expect(found.map((row) => row?.id)).toEqual(["a", "a", "b", undefined, "a"]);
  expect([things.asked, others.asked]).toEqual([["list a,b,gone", "get gone"], ["get a"]]);
});

test("who asks while a read is under way, or after it, waits for the next one", async () => {
  const things = collection("a", "b");
  const gathering = new Gathering();
  let second: Promise<Row | undefined> | undefined;
  const list = async (ids: readonly string[], most: number) => {
    const rows = await things.list(ids, most);
    things.change();
    second ??= gathering.read("things", "a", { ...things, list });
    return rows;
  };
  const first = ["a", "b"].map((id) => gathering.read("things", id, { ...things, list }));
  expect((await Promise.all(first)).map((row) => row?.version)).toEqual([1, 1]);
  expect(await second).toEqual({ id: "a", version: 2 });
  things.change();
  expect(await gathering.read("things", "b", things)).toEqual({ id: "b", version: 3 });
  expect(things.asked).toEqual(["list a,b", "get a", "get b"]);
});

test("a list answers no more reads than it may", async () => {
  const things = collection("a", "b", "c");
  const gathering = new Gathering();
  await Promise.all(["a", "b", "c"].map((id) => gathering.read("things", id, things, 2)));
  expect(things.asked).toEqual(["list a,b", "get c"]);
});

test("a collection that is large for the reads that it would answer is not listed again for so few", async () => {
  const things = collection(...Array.from({ length: 120 }, (_, index) => `${index}`));
  const gathering = new Gathering();
  const read = (...ids: string[]) => Promise.all(ids.map((id) => gathering.read("things", id, things)));
  await read("0", "1");
  expect(things.asked.splice(0)).toEqual(["list 0,1", "get 0", "get 1"]);
  await read("2", "3");
  expect(things.asked.splice(0)).toEqual(["get 2", "get 3"]);
  await read("4", "5", "6");
  expect(things.asked.splice(0)).toEqual(["list 4,5,6"]);
});

test("a get that fails is no failure of the others; a list that fails is one of all who wait for it", async () => {
  const things = collection("a");
  const gathering = new Gathering();
  const settled = async (readable: Parameters<typeof gathering.read<Row>>[2]) =>
    (await Promise.allSettled(["a", "broken"].map((id) => gathering.read("things", id, readable)))).map(
      ({ status }) => status,
    );
  expect(await settled({ get: things.get })).toEqual(["fulfilled", "rejected"]);
  const list = async () => Promise.reject(new Error("no list"));
  expect(await settled({ get: things.get, list })).toEqual(["rejected", "rejected"]);
});
