/** A list that never ends is refused, whatever makes it endless. */
import { expect, test } from "vitest";
import { boundedRows } from "../../../src/admin-api/http/list-bounds.ts";

const list = () => boundedRows<number>({ where: { tenant: "https://tenant.example.com" } }, "/list", (row) => row);
const TOO_LARGE = expect.objectContaining({ code: "ERR_API_TOO_LARGE" });

test("more rows, more text or more pages than a tenant has", () => {
  const rows = list();
  rows.add(Array(150_000).fill(0), 1, "2");
  expect(() => rows.add(Array(50_001).fill(0), 1, "3")).toThrow(TOO_LARGE);
  expect(rows.rows).toHaveLength(150_000);
  const text = list();
  text.add([], 200 * 1024 * 1024, "2");
  expect(() => text.add([], 200 * 1024 * 1024, undefined)).toThrow(TOO_LARGE);
  const pages = list();
  for (let page = 1; page < 1_000; page += 1) pages.add([page], 1, String(page));
  expect(() => pages.add([1_000], 1, "1000")).toThrow(TOO_LARGE);
});

test("pages that lead back", () => {
  const rows = list();
  rows.add([1], 1, "one");
  rows.add([2], 1, "two");
  expect(() => rows.add([3], 1, "one")).toThrow(expect.objectContaining({ code: "ERR_API_UNEXPECTED" }));
});

test("other pages for ever, and no new row", () => {
  const rows = list();
  for (let page = 1; page < 11; page += 1) rows.add([1, 2, 3], 1, `cookie ${page}`);
  expect(() => rows.add([3, 2, 1], 1, "cookie 11")).toThrow(expect.objectContaining({ code: "ERR_API_UNEXPECTED" }));
  const moving = list();
  for (let page = 1; page < 100; page += 1) moving.add([page, page + 1, page + 2], 1, `cookie ${page}`);
  moving.add([101], 1, undefined);
  expect(moving.rows).toHaveLength(298);
});

test("a page of any length that is within them is taken", () => {
  const rows = list();
  rows.add(Array(200_000).fill(7), 1, undefined);
  expect(rows.rows).toHaveLength(200_000);
});
