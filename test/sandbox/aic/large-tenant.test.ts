/** What a request costs where thousands of objects name the same few: counted in documents that are read, not in time. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { inTurns } from "../../../src/sandbox/turns.ts";
import { type TestTenant, testTenant } from "../tenant.ts";

const PRIVILEGES = 1_200;
const COLLECTION = "/openidm/managed/alpha_aiagentprivilege";
const FIELDS =
  "_id,description,permissions,resourceData,agentOAuth2ClientId,agent,resource,subjects,subjectGroups".split(",");
const ref = (path: string) => ({ _ref: `managed/alpha_${path}` });

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
  const names = Array.from({ length: PRIVILEGES }, (_, index) => `p${index}`);
  const objects = [
    ...["u1", "u2"].map((id) => ({ path: `/openidm/managed/alpha_user/${id}`, body: { _id: id, userName: id } })),
    { path: "/openidm/managed/alpha_group/hub", body: { _id: "hub", name: "hub", members: [ref("user/u2")] } },
    { path: "/openidm/managed/alpha_application/app", body: { _id: "app", name: "app" } },
    { path: "/openidm/managed/alpha_aiagent/agent", body: { _id: "agent", oauth2ClientId: "agent" } },
    ...names.map((id) => ({
      path: `${COLLECTION}/${id}`,
      body: {
        ...{ _id: id, permissions: [], agent: ref("aiagent/agent"), resource: ref("application/app") },
        ...{ subjects: [ref("user/u1")], subjectGroups: [ref("group/hub")] },
      },
    })),
  ];
  expect((await tenant.control("load", { objects })).status).toBe(204);
});

async function cost(path: string) {
  const before = tenant.tenant.store.documentsRead;
  const { status, body } = await tenant.call("GET", path);
  expect(status).toBe(200);
  return { read: tenant.tenant.store.documentsRead - before, body };
}

describe("where 1,200 privileges name the same group, user, agent and application", () => {
  test("a page reads its own rows, not the collection", async () => {
    const { read, body } = await cost(`${COLLECTION}?_queryFilter=true&_pageSize=10&_fields=_id`);
    expect(body.resultCount).toBe(10);
    expect(read).toBeLessThan(PRIVILEGES / 2);
  });

  test("a filter computes no relation that it does not name", async () => {
    const filter = encodeURIComponent('_id eq "p700"');
    const { read, body } = await cost(`${COLLECTION}?_queryFilter=${filter}&_fields=_id,subjects`);
    expect(body.result).toMatchObject([{ _id: "p700", subjects: [{ _refResourceId: "u1" }] }]);
    expect(read).toBeLessThan(PRIVILEGES + 20);
  });

  test("a row costs itself and its own edges, whatever its group and user have", async () => {
    const { read, body } = await cost(`${COLLECTION}?_queryFilter=true&_pageSize=1000&_fields=${FIELDS}`);
    expect(body.result).toHaveLength(1_000);
    expect(body.result[999]).toMatchObject({ subjectGroups: [{ _refResourceId: "hub" }] });
    expect(read).toBeLessThan(6 * 1_000);
  });

  test("a group reads its members, not what names it", async () => {
    const { read, body } = await cost("/openidm/managed/alpha_group/hub?_fields=members/userName");
    expect(body.members).toMatchObject([{ userName: "u2" }]);
    expect(read).toBeLessThan(20);
  });

  test("pages of a relation read on from the cookie, also when what was read has gone meanwhile", async () => {
    const path = "/openidm/managed/alpha_aiagent/agent/privileges?_queryFilter=true&_pageSize=5";
    const first = await cost(path);
    const seen = first.body.result.map((row: { _refResourceId: string }) => row._refResourceId);
    expect(seen).toEqual(["p0", "p1", "p2", "p3", "p4"]);
    expect(first.read).toBeLessThan(PRIVILEGES / 2);
    await tenant.call("DELETE", `${COLLECTION}/p3`);
    const second = await cost(`${path}&_pagedResultsCookie=${first.body.pagedResultsCookie}`);
    expect(second.body.result[0]._refResourceId).toBe("p5");
  });

  test("an object that goes takes all its edges along", async () => {
    await tenant.call("DELETE", "/openidm/managed/alpha_user/u1");
    const { body } = await tenant.call("GET", `${COLLECTION}/p1?_fields=subjects,subjectGroups`);
    expect(body).toMatchObject({ subjects: [], subjectGroups: [{ _refResourceId: "hub" }] });
  });
});

test("long reads pause for others", async () => {
  const order: string[] = [];
  const other = setImmediate().then(() => order.push("another request"));
  const busy = (name: string) => {
    const end = performance.now() + 11;
    while (performance.now() < end);
    order.push(name);
    return false;
  };
  await inTurns(["first row", "second row"], busy);
  await other;
  expect(order).toEqual(["first row", "another request", "second row"]);
});

test("edges of a data folder of before are found, and only by their property", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "ping-agents-edges-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const before = await testTenant({ dataDir });
  const { store } = before.tenant;
  for (const { id, document } of store.list<{ ends: { ref: string }[] }>("edges")) {
    const objects = document.ends.map(({ ref: object }) => object);
    store.put("edges", id, document, objects);
  }
  store.delete("sandbox/settings", "edges");
  before.close();
  const after = await testTenant({ dataDir });
  const { body } = await after.call("GET", "/openidm/managed/alpha_group/customers?_fields=members/userName");
  after.close();
  expect(body.members.map(({ userName }: { userName: string }) => userName).sort()).toEqual([
    "barbara.jensen",
    "end.user",
  ]);
});
