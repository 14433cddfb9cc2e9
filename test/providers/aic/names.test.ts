/** Names to ids: exactly one object of exactly this name, and one query for many names. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { Names } from "../../../src/providers/aic/names.ts";
import { type LocalAic, startAic } from "../../support/aic.ts";

const USERS = "managed/alpha_user";
const WHERE = { resource: "aic:AiAgent alpha/bot", field: "owners" };

let tenant: LocalAic;
let names: Names;
beforeEach(async () => {
  tenant = await startAic();
  names = new Names(tenant.admin.idm);
});
afterEach(() => tenant.stop());

/** Makes users, each with its name as id as far as that can be. */
async function users(...userNames: string[]): Promise<Record<string, string>> {
  const ids = userNames.map((_name, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`);
  const objects = userNames.map((userName, index) => ({
    path: `/openidm/${USERS}/${ids[index]}`,
    body: { _id: ids[index], userName, givenName: "G", sn: "S", mail: `u${index}@example.com` },
  }));
  await tenant.control("load", { objects });
  return Object.fromEntries(userNames.map((name, index) => [name, ids[index] ?? ""]));
}

/** The queries of a collection that `work` makes. */
async function queries(work: () => Promise<unknown>, collection = USERS): Promise<number> {
  await tenant.control("requests/clear", {});
  await work();
  const { requests } = (await tenant.control("requests")) as { requests: { path: string }[] };
  return requests.filter(({ path }) => path.startsWith(`/openidm/${collection}`)).length;
}

const idOf = (name: string) => names.idOf(USERS, "userName", name, WHERE);

test("a name means the object of exactly this name: the look-up ignores case, the match does not", async () => {
  const { Twin, twin } = await users("Twin", "twin", "other");
  expect(await idOf("Twin")).toBe(Twin);
  expect(await idOf("twin")).toBe(twin);
  await expect(idOf("TWIN")).rejects.toMatchObject({ code: "ERR_NAME_NOT_FOUND" });
});

test("no object of the name is an error that says which and where, and the next look asks again", async () => {
  await expect(idOf("jdoe")).rejects.toMatchObject({ code: "ERR_NAME_NOT_FOUND", where: WHERE });
  await expect(idOf("jdoe")).rejects.toThrow('there is no managed/alpha_user with userName "jdoe"');
  const { jdoe } = await users("jdoe");
  expect(await idOf("jdoe")).toBe(jdoe);
});

test("two objects of the name are an error", async () => {
  const [first, second] = Object.values(await users("a", "b"));
  const body = (_id?: string) => ({ _id, userName: "same", givenName: "G", sn: "S", mail: "s@example.com" });
  const objects = [first, second].map((id) => ({ path: `/openidm/${USERS}/${id}`, body: body(id) }));
  await tenant.control("load", { objects });
  await expect(idOf("same")).rejects.toMatchObject({ code: "ERR_NAME_AMBIGUOUS" });
  await expect(idOf("same")).rejects.toThrow("2 objects match");
});

test("the one of several names that is wrong is told by its place", async () => {
  const list = ["demo.owner", "nobody", "end.user"];
  await expect(names.idsOf(USERS, "userName", list, WHERE)).rejects.toMatchObject({
    where: { ...WHERE, field: "owners[1]" },
  });
});

test.for(['O"Neill', "back\\slash", "it's", "a or true", "%41", "naïve 漢", "x*"])(
  "a name is data, not a part of the query: %s",
  async (name) => {
    const ids = await users(name, "decoy");
    expect(await idOf(name)).toBe(ids[name]);
    expect(await names.namesOf(USERS, "userName", [ids[name] ?? ""])).toEqual([name]);
  },
);

test("names that are asked for together go out in one query, and are asked for once", async () => {
  const list = Array.from({ length: 30 }, (_, index) => `user-${index}`);
  const ids = await users(...list);
  const all = () => Promise.all(list.map(idOf));
  expect(await queries(async () => expect(await all()).toEqual(Object.values(ids)))).toBe(1);
  expect(await queries(all)).toBe(0);
});

test("many names go out in several queries, so that no URL grows too long", async () => {
  const list = Array.from({ length: 90 }, (_, index) => `user-${index}`);
  const ids = await users(...list);
  const all = () => names.idsOf(USERS, "userName", list, WHERE);
  expect(await queries(async () => expect(await all()).toEqual(Object.values(ids)))).toBe(3);
});

test("ids go back to names, sorted, without a query for what was looked up before; who is gone stands for himself", async () => {
  const ids = await users("b", "a");
  const gone = "00000000-0000-4000-8000-00000000dead";
  await idOf("a");
  const back = () => names.namesOf(USERS, "userName", [ids.b ?? "", gone, ids.a ?? ""]);
  expect(await back()).toEqual([gone, "a", "b"]);
  expect(await queries(() => names.namesOf(USERS, "userName", [ids.a ?? ""]))).toBe(0);
});

test("an application is found by its client id; all look-ups share one list", async () => {
  const load = (id: string, oidcId: string) => ({
    path: `/openidm/managed/alpha_application/${id}`,
    body: { _id: id, name: `App ${id}`, templateName: "service", templateVersion: "1.0", ssoEntities: { oidcId } },
  });
  const [one, two, three] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [string, string, string];
  await tenant.control("load", { objects: [load(one, "one"), load(two, "two")] });
  const of = (clientId: string) => names.applicationOf("alpha", clientId, WHERE);
  const both = () => Promise.all([of("one"), of("two")]);
  expect(await queries(async () => expect(await both()).toEqual([one, two]), "managed/alpha_application")).toBe(1);
  await expect(of("three")).rejects.toMatchObject({ code: "ERR_NAME_NOT_FOUND", where: WHERE });
  await tenant.control("load", { objects: [load(three, "one")] });
  expect(await of("one")).toBe(one); // found before, and kept for this run
  await expect(new Names(tenant.admin.idm).applicationOf("alpha", "one", WHERE)).rejects.toMatchObject({
    code: "ERR_NAME_AMBIGUOUS",
  });
});
