/** Each rule of IDM's strictness (aic §15): a request that it refuses, and that the same is answered once the rule is off. */
import { beforeEach, expect, test } from "vitest";
import { type Reply, type TestTenant, testTenant, userId } from "../tenant.ts";

const GROUP = "/openidm/managed/alpha_group/readers";
const USERS = "/openidm/managed/alpha_user?_queryFilter=true&_pageSize=1";

let tenant: TestTenant;
let member: { readonly _ref: string };
beforeEach(async () => {
  tenant = await testTenant();
  member = { _ref: `managed/alpha_user/${await userId(tenant, "end.user")}` };
  await tenant.call("PUT", GROUP, { _id: "readers", name: "readers", description: "Who read", members: [member] });
});

const put = (change: object, headers?: Record<string, string>) =>
  tenant.call("PUT", GROUP, { _id: "readers", name: "readers", ...change }, headers);
const patch = (operation: object) => tenant.call("PATCH", GROUP, [operation]);
const members = async () => (await tenant.call("GET", `${GROUP}?_fields=members`)).body.members.length;

type Case = { readonly rule: string; readonly status: number; readonly says: string; provoke(): Promise<Reply> };

const CASES: readonly Case[] = [
  {
    rule: "cookieWithOffset",
    status: 400,
    says: "mutually exclusive",
    async provoke() {
      const { body } = await tenant.call("GET", USERS);
      return tenant.call("GET", `${USERS}&_pagedResultsCookie=${body.pagedResultsCookie}&_pagedResultsOffset=1`);
    },
  },
  {
    rule: "duplicateReference",
    status: 412,
    says: "Duplicate relationship specified in relationship collection.",
    provoke: () => put({ members: [member, member] }),
  },
  {
    rule: "ifNoneMatchValue",
    status: 400,
    says: 'not "1"',
    provoke: () => put({}, { "if-none-match": '"1"' }),
  },
  {
    rule: "patchNull",
    status: 400,
    says: "No value field provided for 'replace' operation",
    provoke: () => patch({ operation: "replace", field: "/description", value: null }),
  },
  {
    rule: "removeList",
    status: 400,
    says: "Cannot delete collection: /members",
    provoke: () => patch({ operation: "remove", field: "/members" }),
  },
  {
    rule: "staleRevision",
    status: 412,
    says: "has changed since the revision 0-0",
    provoke: () => put({ _rev: "0-0" }),
  },
];

test.each(CASES)("$rule", async ({ rule, status, says, provoke }) => {
  const before = await tenant.call("GET", `${GROUP}?_fields=*,members`);
  const { headers, body, ...reply } = await provoke();
  expect([reply.status, body.code, body.message]).toEqual([status, status, expect.stringContaining(says)]);
  expect([headers.get("x-sandbox-rule"), headers.get("x-sandbox-evidence")]).toEqual([rule, "O"]);
  expect((await tenant.call("GET", `${GROUP}?_fields=*,members`)).body, "nothing changed").toEqual(before.body);

  await tenant.control("rules", { off: [rule] });
  expect((await provoke()).status).toBe(200);
});

test("no rule is without a case", async () => {
  const { body } = await tenant.control("rules");
  expect(Object.keys(body.idm).sort()).toEqual(CASES.map(({ rule }) => rule).sort());
});

test("what is no such mistake is taken: a duplicate in a patch is refused too, an element goes by its value", async () => {
  const twice = { operation: "replace", field: "/members", value: [member, member] };
  expect((await patch(twice)).headers.get("x-sandbox-rule")).toBe("duplicateReference");
  expect((await patch({ operation: "remove", field: "/members/0" })).headers.get("x-sandbox-rule")).toBe("removeList");
  expect((await patch({ operation: "remove", field: "/members", value: member })).status).toBe(200);
  expect(await members()).toBe(0);
  expect((await patch({ operation: "replace", field: "/members", value: [member] })).status).toBe(200);
  expect((await patch({ operation: "replace", field: "/members", value: [] })).status).toBe(200);
  expect(await members()).toBe(0);
  const removed = await patch({ operation: "remove", field: "/description" });
  expect([removed.status, removed.body.description]).toEqual([200, undefined]);
  expect((await put({ _rev: removed.body._rev })).status).toBe(200);
});
