/** Users and what they belong to: whole objects, all their relations, single references, partial objects that were loaded. */
import { beforeEach, describe, expect, test } from "vitest";
import { type TestTenant, testTenant, userId } from "../tenant.ts";

const GROUP = "/openidm/managed/alpha_group/customers";
const PRIVILEGE = "/openidm/managed/alpha_aiagentprivilege/p";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});

const change = (path: string, operation: string, field: string, value?: unknown) =>
  tenant.call("PATCH", path, [{ operation, field, value }]);

describe("users (aic §10, documentation: user identity attributes)", () => {
  const path = "/openidm/managed/alpha_user/u";
  const body = { userName: "jane", givenName: "Jane", sn: "Doe", mail: "jane@example.com" };

  test("show every property, null or an empty list where nothing is set; what is removed is unset again", async () => {
    const { body: created } = await tenant.call("PUT", path, { ...body, city: "Bristol" });
    const unset = { frIndexedString20: null, frUnindexedMultivalued5: [], effectiveRoles: [], preferences: null };
    expect(created).toMatchObject({ ...unset, accountStatus: "active", cn: "Jane Doe", city: "Bristol" });
    expect((await change(path, "remove", "/city")).body.city).toBeNull();
  });

  test("are loaded with relations of every kind, roles of administrators among them", async () => {
    const reference = (collection: string, id: string) => ({
      _ref: `${collection}/${id}`,
      _refResourceCollection: collection,
      _refResourceId: id,
      _refProperties: { _id: `edge-${id}`, _rev: "1" },
    });
    const relations = {
      authzRoles: [reference("internal/role", "openidm-admin")],
      memberOfOrg: [reference("managed/alpha_organization", "org")],
      assignments: [],
      manager: null,
    };
    await tenant.load("/openidm/internal/role/openidm-admin", { _id: "openidm-admin", name: "openidm-admin" });
    await tenant.load(path, { _id: "u", _rev: "a-1", userName: "jane", ...relations });
    const { body: read } = await tenant.call(
      "GET",
      `${path}?_fields=userName,authzRoles,memberOfOrg,assignments,manager`,
    );
    expect(read).toEqual({ _id: "u", _rev: "a-1", userName: "jane", ...relations });
    expect((await tenant.call("GET", path)).body).toEqual({ _id: "u", _rev: "a-1", userName: "jane" });
    expect((await tenant.call("GET", "/openidm/internal/role/openidm-admin")).body.name).toBe("openidm-admin");
  });

  test("a name that is taken is refused whoever has it, loaded or made, in any case (aic §3.7)", async () => {
    await tenant.load(path, { _id: "u", userName: "jane" });
    const { status, body: said } = await tenant.call("PUT", `${path}2`, { ...body, userName: "JANE" });
    expect([status, said.detail.failedPolicyRequirements[0].property]).toEqual([403, "userName"]);
    await tenant.call("DELETE", path);
    expect((await tenant.call("PUT", `${path}2`, { ...body, userName: "JANE" })).status).toBe(201);
  });
});

test("each type tells its schema (aic §3.1)", async () => {
  for (const [type, property] of [
    ["alpha_user", "frUnindexedInteger5"],
    ["bravo_role", "members"],
    ["alpha_group", "members"],
    ["svcacct", "jwks"],
  ] as const) {
    const { status, body } = await tenant.call("GET", `/openidm/schema/managed/${type}`);
    expect([status, body.resourceCollection]).toEqual([200, `managed/${type}`]);
    expect(body.properties).toHaveProperty(property);
  }
});

describe("single references (aic §3.7)", () => {
  const members = async () => {
    const { body } = await tenant.call("GET", `${GROUP}?_fields=members`);
    return body.members.map(({ _refResourceId }: { _refResourceId: string }) => _refResourceId);
  };

  test("are added and replaced by place, and removed by what they point at", async () => {
    const [first, second] = await members();
    const owner = { _ref: `managed/alpha_user/${await userId(tenant, "demo.owner")}` };
    await change(GROUP, "remove", "/members", { _ref: `managed/alpha_user/${first}` });
    expect(await members()).toEqual([second]);
    expect((await change(GROUP, "replace", "/members/0", owner)).status).toBe(200);
    await change(GROUP, "add", "/members/-", { _ref: `managed/alpha_user/${first}` });
    expect(await members()).toEqual([owner._ref.split("/")[2], first]);
    await change(GROUP, "remove", "/members", owner);
    expect(await members()).toEqual([first]);
    expect((await change(GROUP, "replace", "/members/7", owner)).status).toBe(400);
  });

  test("a list that was not there begins with the first element that is added", async () => {
    const path = "/openidm/managed/alpha_application/app";
    await tenant.call("PUT", path, { name: "app" });
    expect((await change(path, "add", "/mappingNames/-", "one")).body.mappingNames).toEqual(["one"]);
  });
});

describe("an object that tells computed properties and not the relations behind them (aic §3.4)", () => {
  const told = { _id: "p", agentID: "a", agentOAuth2ClientId: "agent", subjectIDs: ["u"], description: "x" };
  const agent = { _ref: "managed/alpha_aiagent/a" };
  beforeEach(async () => {
    await tenant.load("/openidm/managed/alpha_aiagent/a", { _id: "a" });
    await tenant.load("/openidm/managed/alpha_user/u", { _id: "u" });
    await tenant.load("/openidm/managed/alpha_user/v", { _id: "v" });
    await tenant.load(PRIVILEGE, { ...told, _rev: "r-1" });
  });

  test("keeps them over a write of something else", async () => {
    const { body } = await change(PRIVILEGE, "replace", "/description", "y");
    expect(body).toMatchObject({ ...told, description: "y" });
  });

  test("knows the references that they tell of already", async () => {
    const { headers, body } = await change(PRIVILEGE, "replace", "/agent", agent);
    expect([headers.get("x-not-modified"), body]).toEqual(["true", expect.objectContaining({ ...told, _rev: "r-1" })]);
    const subjects = await change(PRIVILEGE, "replace", "/subjects", [{ _ref: "managed/alpha_user/u" }]);
    expect(subjects.headers.get("x-not-modified")).toBe("true");
  });

  test("computes them anew once a relation moves", async () => {
    const { headers, body } = await change(PRIVILEGE, "replace", "/subjects", [{ _ref: "managed/alpha_user/v" }]);
    expect([headers.get("x-not-modified"), body.subjectIDs, body.agentID]).toEqual([null, ["v"], "a"]);
  });
});

test("features that were loaded are listed, and AI agents with them (aic §2.9)", async () => {
  await tenant.load("/openidm/feature/am%2F2fa%2Fprofiles", { _id: "am/2fa/profiles", installedVersion: null });
  const { body } = await tenant.call("GET", "/openidm/feature?_queryFilter=true");
  expect(body.result).toMatchObject([{ _id: "aiagent", installedVersion: "1" }, { _id: "am/2fa/profiles" }]);
});

describe("ids that need an encoding (aic §15)", () => {
  const pathOf = (id: string) => `/openidm/managed/alpha_group/${encodeURIComponent(id)}`;
  const referred = async () => {
    const { body } = await tenant.call("GET", `${PRIVILEGE}?_fields=subjectGroups`);
    return body.subjectGroups.map(({ _ref, _refResourceId }: Record<string, string>) => [_ref, _refResourceId]);
  };
  const grant = (subjectGroups: object[]) => tenant.call("PUT", PRIVILEGE, { ...others, subjectGroups });
  const others = {
    permissions: [],
    agent: { _ref: "managed/alpha_aiagent/agent" },
    resource: { _ref: "managed/alpha_application/app" },
  };
  beforeEach(async () => {
    for (const [type, id] of [
      ["aiagent", "agent"],
      ["application", "app"],
    ])
      await tenant.load(`/openidm/managed/alpha_${type}/${id}`, { _id: id, name: id });
    for (const name of ["a/b", "50%41", "a b"]) await tenant.call("PUT", pathOf(name), { name });
  });

  test.each([
    ["a/b", "a%2Fb"],
    ["50%41", "50%2541"],
    ["a b", "a%20b"],
  ])("%s is written and shown as %s, and its edges are seen from both ends", async (id, encoded) => {
    const _ref = `managed/alpha_group/${encoded}`;
    expect((await grant([{ _ref }])).status).toBe(201);
    expect(await referred()).toEqual([[_ref, id]]);
    expect((await tenant.call("GET", pathOf(id))).body).toMatchObject({ _id: id, name: id });
    expect((await grant([{ _ref }])).headers.get("x-not-modified")).toBe("true");
    await tenant.call("DELETE", pathOf(id));
    expect(await referred()).toEqual([]);
  });

  test("members of such a group are found by the virtual properties of what names it", async () => {
    const member = await userId(tenant, "end.user");
    await change(pathOf("a/b"), "add", "/members/-", { _ref: `managed/alpha_user/${member}` });
    await grant([{ _ref: "managed/alpha_group/a%2Fb" }]);
    expect((await tenant.call("GET", PRIVILEGE)).body.subjectIDs).toEqual([member]);
  });

  test("the id as it is, in a path, is another object's", async () => {
    for (const id of ["a/b", "50%41"]) {
      const { status } = await grant([{ _ref: `managed/alpha_group/${id}` }]);
      expect(status).toBe(400);
    }
    const byParts = { _refResourceCollection: "managed/alpha_group", _refResourceId: "a/b" };
    expect((await grant([byParts])).status).toBe(201);
  });
});
