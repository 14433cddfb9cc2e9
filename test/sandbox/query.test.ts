/** Filters, fields and pages of IDM. */
import { beforeAll, describe, expect, test } from "vitest";
import { type TestTenant, testTenant } from "./tenant.ts";

const ROLES = "/openidm/managed/alpha_role";
let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
  for (const [id, name, description] of [
    ["r1", "Admin", "may do all"],
    ["r2", "admin helper", "helps"],
    ["r3", "Guest", undefined],
    ["r4", "it's", "quoted"],
  ]) {
    await tenant.call("PUT", `${ROLES}/${id}`, { name, description });
  }
});

const query = (filter: string, rest = "") => tenant.call("GET", `${ROLES}?_queryFilter=${filter}${rest}`);
const ids = ({ body }: { body: { result: { _id: string }[] } }) => body.result.map(({ _id }) => _id);

describe("filters (aic §1.3, §3.7)", () => {
  test.each([
    ["true", ["r1", "r2", "r3", "r4"]],
    ["name eq 'admin'", ["r1"]],
    ['name eq "ADMIN"', ["r1"]],
    ["name sw 'adm'", ["r1", "r2"]],
    ["name co 'help'", ["r2"]],
    ["description pr", ["r1", "r2", "r4"]],
    ["!(description pr)", ["r3"]],
    ["name sw 'adm' and !(name co 'help') or name eq 'guest'", ["r1", "r3"]],
    ["name sw 'adm' and (name co 'help' or name eq 'guest')", ["r2"]],
    ["name eq 'it\\'s'", ["r4"]],
    ["/name eq 'Guest'", ["r3"]],
    ["name eq 'nobody'", []],
  ])("%s", async (filter, expected) => {
    expect(ids(await query(encodeURIComponent(filter)))).toEqual(expected);
  });

  test("a plus is a space (aic §11.4)", async () => {
    expect(ids(await query('name+eq+"admin+helper"'))).toEqual(["r2"]);
  });

  test.each(["nonsense", "name in ('a')", "name eq", "name eq Guest", "(true", "name eq 'a' xor true"])(
    "%s is 400",
    async (filter) => {
      expect((await query(encodeURIComponent(filter))).status).toBe(400);
    },
  );

  test("no row is 200 with an empty result and IDM's envelope", async () => {
    expect((await query("false")).body).toEqual({
      result: [],
      resultCount: 0,
      pagedResultsCookie: null,
      totalPagedResultsPolicy: "NONE",
      totalPagedResults: -1,
      remainingPagedResults: -1,
    });
  });
});

describe("fields (aic §1.3)", () => {
  test("_id and _rev are always there, relations only when asked for", async () => {
    const [row] = (await query("name eq 'guest'", "&_fields=name,members")).body.result;
    expect(row).toEqual({ _id: "r3", _rev: expect.any(String), name: "Guest", members: [] });
    expect((await query("name eq 'guest'")).body.result[0]).not.toHaveProperty("members");
  });

  test("fields of related objects can be asked for", async () => {
    const { body } = await tenant.call("GET", "/openidm/managed/alpha_group/customers?_fields=members/userName");
    expect(body.members.map(({ userName }: { userName: string }) => userName).sort()).toEqual([
      "barbara.jensen",
      "end.user",
    ]);
  });
});

describe("pages (aic §1.3)", () => {
  test("the last full page has a cookie, the page after it is empty and has none; the cookie is appended as it is", async () => {
    const pages: string[][] = [];
    let cookie: string | null = "";
    do {
      const answer = await query("true", `&_pageSize=2&_fields=_id${cookie && `&_pagedResultsCookie=${cookie}`}`);
      pages.push(ids(answer));
      cookie = answer.body.pagedResultsCookie as string | null;
      if (cookie) expect(cookie).toMatch(/%3A0$/);
    } while (cookie !== null);
    expect(pages).toEqual([["r1", "r2"], ["r3", "r4"], []]);
  });

  test("a page that is not full is the last", async () => {
    expect((await query("true", "&_pageSize=1000")).body.pagedResultsCookie).toBeNull();
  });

  test("a cookie is taken as it was answered, and encoded once more (aic §15); encoded twice more it is 400", async () => {
    const { body } = await query("true", "&_pageSize=2");
    const next = (cookie: string) => query("true", `&_pageSize=2&_pagedResultsCookie=${cookie}`);
    const once = encodeURIComponent(body.pagedResultsCookie);
    for (const cookie of [body.pagedResultsCookie, once]) expect(ids(await next(cookie))).toEqual(["r3", "r4"]);
    expect((await next(encodeURIComponent(once))).status).toBe(400);
  });
});
