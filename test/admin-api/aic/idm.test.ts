/** What the IDM client puts on the wire, and that it reads lists to their end. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aicDialect } from "../../../src/admin-api/aic/dialect.ts";
import { anyOf, eq, Idm } from "../../../src/admin-api/aic/idm.ts";
import { Transport } from "../../../src/admin-api/http/transport.ts";
import { failureOf } from "../failure.ts";
import { type Behaviour, serve } from "../server.ts";

const ABSENT: Behaviour = { status: 404, body: { code: 404, reason: "Not Found", message: "Not Found" } };
const USERS = "managed/alpha_user";

async function connected(...behaviours: readonly Behaviour[]) {
  const server = await serve(...behaviours);
  const transport = new Transport({ baseUrl: server.url, dialect: aicDialect, retries: 1, sleep: async () => {} });
  return { ...server, idm: new Idm(transport) };
}

describe("lists", () => {
  test("are read to the end: cookies go back unchanged, the last full page still has one (aic §1.3)", async () => {
    const { idm, calls } = await connected(
      { body: { result: [{ _id: "1" }], pagedResultsCookie: "fHwAAAAAAJiWlA%3D%3D%3A0" } },
      { body: { result: [{ _id: "2" }], pagedResultsCookie: "dXNlcnJvb3QwfHw%3D%3A0" } },
      { body: { result: [], pagedResultsCookie: null } },
    );
    const rows = await idm.query(USERS, eq("userName", "b jensen"), { fields: ["userName", "sn"], pageSize: 1 });
    expect(rows).toEqual([{ _id: "1" }, { _id: "2" }]);
    const url =
      "/openidm/managed/alpha_user?_queryFilter=userName%20eq%20%22b%20jensen%22&_pageSize=1&_fields=userName%2Csn";
    expect(calls.map((call) => call.url)).toEqual([
      url,
      `${url}&_pagedResultsCookie=fHwAAAAAAJiWlA%3D%3D%3A0`,
      `${url}&_pagedResultsCookie=dXNlcnJvb3QwfHw%3D%3A0`,
    ]);
  });

  test("encode a cookie once that is no encoding yet, as OpenIDM writes them (aic §15)", async () => {
    const { idm, calls } = await connected(
      { body: { result: [{ _id: "1" }], pagedResultsCookie: "a+b/c==:0" } },
      { body: { result: [{ _id: "2" }], pagedResultsCookie: "2" } },
      { body: { result: [], pagedResultsCookie: null } },
    );
    await idm.query(USERS, "true", { pageSize: 1 });
    const cookies = calls.map(({ url }) => url.split("&_pagedResultsCookie=")[1]);
    expect(cookies).toEqual([undefined, "a%2Bb%2Fc%3D%3D%3A0", "2"]);
  });

  test("ask for 1000 rows a page and send no version header", async () => {
    const { idm, calls } = await connected({ body: { result: [], pagedResultsCookie: null } });
    expect(await idm.query(USERS)).toEqual([]);
    expect(calls[0]?.url).toBe("/openidm/managed/alpha_user?_queryFilter=true&_pageSize=1000");
    expect(calls[0]?.headers).not.toHaveProperty("accept-api-version");
  });

  test("that never end, or are none, are an error", async () => {
    const { idm } = await connected({ body: { result: [], pagedResultsCookie: "same" } });
    expect(await failureOf(idm.query(USERS))).toMatchObject({ code: "ERR_API_UNEXPECTED" });
    const cookies = ["one", "two", "one"].map((cookie) => ({ body: { result: [], pagedResultsCookie: cookie } }));
    const circle = await connected(...cookies);
    expect(await failureOf(circle.idm.query(USERS))).toMatchObject({ code: "ERR_API_UNEXPECTED" });
    let number = 0;
    const endless = await connected(() => ({ body: { result: [], pagedResultsCookie: String(++number) } }));
    expect(await failureOf(endless.idm.query(USERS))).toMatchObject({ code: "ERR_API_UNEXPECTED" });
    expect(number).toBe(10);
    const other = await connected({ body: { _id: "x" } });
    expect(await failureOf(other.idm.query(USERS))).toMatchObject({ code: "ERR_API_UNEXPECTED" });
  });
});

describe("objects", () => {
  test("get asks for the fields, and absence is an answer", async () => {
    const { idm, calls } = await connected({ body: { _id: "x" } }, ABSENT);
    expect(await idm.get("managed/alpha_group", "a b", { fields: ["_id", "owners"] })).toEqual({ _id: "x" });
    expect(await idm.get("managed/alpha_group", "a/b")).toBeUndefined();
    expect(calls.map(({ url }) => url)).toEqual([
      "/openidm/managed/alpha_group/a%20b?_fields=_id%2Cowners",
      "/openidm/managed/alpha_group/a%2Fb",
    ]);
  });

  test("create never replaces", async () => {
    const { idm, calls } = await connected(
      { status: 201, body: { _id: "x" } },
      { status: 412, body: { code: 412, reason: "Precondition Failed", message: "Entry Already Exists" } },
    );
    expect(await idm.create(USERS, "x", { _id: "x" }, { fields: ["_id"] })).toEqual({ _id: "x" });
    expect(await failureOf(idm.create(USERS, "x", {}))).toMatchObject({ code: "ERR_API_PRECONDITION", attempts: 1 });
    expect(calls[0]).toMatchObject({
      method: "PUT",
      url: "/openidm/managed/alpha_user/x?_fields=_id",
      headers: { "if-none-match": "*" },
      body: '{"_id":"x"}',
    });
  });

  test("a create that meets the trace of its own lost attempt says so", async () => {
    const { idm } = await connected("drop", { status: 412, body: { code: 412 } });
    expect(await failureOf(idm.create(USERS, "x", {}))).toMatchObject({ code: "ERR_API_PRECONDITION", attempts: 2 });
  });

  test("put replaces without a condition, delete tells whether there was something", async () => {
    const { idm, calls } = await connected({ body: { _id: "x" } }, { body: { _id: "x" } }, ABSENT);
    expect(await idm.put(USERS, "x", { a: 1 })).toEqual({ _id: "x" });
    expect(await idm.delete(USERS, "x")).toBe(true);
    expect(await idm.delete(USERS, "x")).toBe(false);
    expect(calls[0]?.headers).not.toHaveProperty("if-none-match");
  });

  test.each([
    ["replace", 2],
    ["add", 1],
    ["remove", 2],
  ] as const)("a PATCH with %s is sent %i times when the connection drops", async (operation, times) => {
    const { idm, calls } = await connected("drop", { body: { _id: "x" } });
    const operations = [{ operation, field: "/owners", value: [] }];
    await idm.patch(USERS, "x", operations, { fields: ["owners"] }).catch(() => {});
    expect(calls).toHaveLength(times);
    expect(calls[0]).toMatchObject({
      method: "PATCH",
      url: "/openidm/managed/alpha_user/x?_fields=owners",
      body: JSON.stringify(operations),
    });
  });
});

describe("filters", () => {
  test("quote strings and leave numbers and booleans", () => {
    expect(eq("userName", `a"b\\c'd`)).toBe(`userName eq "a\\"b\\\\c'd"`);
    expect(eq("ssoEntities/oidcId", "x")).toBe(`ssoEntities/oidcId eq "x"`);
    expect([eq("n", 1), eq("b", true)]).toEqual(["n eq 1", "b eq true"]);
  });

  test("no value can end its own quotes", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const literal = eq("f", value).slice("f eq ".length);
        expect(literal).toMatch(/^"(?:[^"\\]|\\["\\])*"$/s);
        expect(literal.slice(1, -1).replace(/\\(.)/gs, "$1")).toBe(value);
      }),
    );
  });

  test("anyOf joins, and no value selects nothing", () => {
    expect(anyOf("name", ["a", "b"])).toBe(`(name eq "a" or name eq "b")`);
    expect(anyOf("name", [])).toBe("false");
  });

  test("a field must be a name", async () => {
    expect(await failureOf(() => eq("a eq 1 or b", "x"))).toMatchObject({ code: "ERR_API_BAD_REQUEST" });
  });
});
