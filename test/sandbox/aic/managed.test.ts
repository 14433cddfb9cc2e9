/** Managed objects: relations seen from both ends, computed properties, policies, conditions, revisions. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { CONFIG, minimalAgent, type TestTenant, testTenant, userId } from "../tenant.ts";

const PRIVILEGES = "/openidm/managed/alpha_aiagentprivilege";
const ALL =
  "_id,agent,agentID,agentOAuth2ClientId,description,permissions,resource,resourceData,subjectGroups,subjectIDs,subjects";

let tenant: TestTenant;
let agent: string;
let app: string;
let barbara: string;
let privilege: string;
beforeEach(async () => {
  tenant = await testTenant();
  agent = randomUUID();
  app = randomUUID();
  privilege = randomUUID();
  await tenant.call("PUT", `${CONFIG}/agents/AIAgent/helper`, minimalAgent("helper", agent));
  const application = {
    name: "Billing",
    templateName: "web",
    templateVersion: "1.0",
    ssoEntities: { oidcId: "billing" },
  };
  await tenant.call("PUT", `/openidm/managed/alpha_application/${app}`, application);
  barbara = await userId(tenant, "barbara.jensen");
});

const ref = (type: string, id: string) => ({
  _ref: `managed/alpha_${type}/${id}`,
  _refResourceCollection: `managed/alpha_${type}`,
  _refResourceId: id,
});
const patch = (path: string, operation: string, field: string, value?: unknown) =>
  tenant.call("PATCH", path, [{ operation, field, ...(value !== undefined && { value }) }]);
const createPrivilege = (body: object = {}, query = "") =>
  tenant.call(
    "PUT",
    `${PRIVILEGES}/${privilege}${query}`,
    { agent: ref("aiagent", agent), ...body },
    { "if-none-match": "*" },
  );

describe("privileges (aic §3.4)", () => {
  test("created with the agent only, then one patch per relation; repeating one changes nothing", async () => {
    const created = await createPrivilege({ permissions: [{ type: "scopes", values: ["read"] }] });
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toMatch(
      new RegExp(`/openidm/managed/alpha_aiagentprivilege/${privilege}$`),
    );
    expect(created.body).toMatchObject({
      agentID: agent,
      agentOAuth2ClientId: "helper",
      resourceData: {},
      subjectIDs: [],
    });
    expect(created.body).not.toHaveProperty("agent");

    const path = `${PRIVILEGES}/${privilege}`;
    const withApp = await patch(path, "replace", "/resource", ref("application", app));
    expect(withApp.body.resourceData).toMatchObject({
      _id: app,
      ssoEntities: { oidcId: "billing" },
      _refResourceId: app,
    });
    expect(withApp.body._rev).not.toBe(created.body._rev);
    const grouped = await patch(path, "replace", "/subjectGroups", [ref("group", "customers")]);
    expect(grouped.body.subjectIDs).toHaveLength(2);
    const subjects = await patch(path, "replace", "/subjects", [ref("user", barbara)]);
    expect(subjects.body.subjectIDs).toHaveLength(2);

    const again = await patch(path, "replace", "/subjects", [ref("user", barbara)]);
    expect(again.headers.get("x-not-modified")).toBe("true");
    expect(again.body._rev).toBe(subjects.body._rev);
  });

  test("all relations in one body, and `_fields` shows them in the answer", async () => {
    const body = {
      resource: ref("application", app),
      subjects: [ref("user", barbara)],
      subjectGroups: [ref("group", "customers")],
    };
    const { body: created } = await createPrivilege(body, `?_fields=${ALL}`);
    expect(created.resource).toMatchObject({ _refResourceId: app });
    expect(created.subjects).toHaveLength(1);
    expect(created.agent._refProperties).toMatchObject({ _id: expect.any(String), _rev: expect.any(String) });
  });

  test("an existing id is 412 with If-None-Match, in the directory's escaped words (aic §1.4)", async () => {
    await createPrivilege();
    const { status, body } = await createPrivilege();
    const dn = `fr-idm-uuid&#61;${privilege},ou&#61;aiagentprivilege,o&#61;alpha,o&#61;root,ou&#61;identities`;
    const message = `Entry Already Exists: The entry &#39;${dn}&#39; cannot be added because an entry with that name already exists`;
    expect([status, body]).toEqual([412, { code: 412, reason: "Precondition Failed", message }]);
  });

  test("rows of the agent's list are edges: `_id` is the edge's, `_refResourceId` the privilege's (aic §3.6)", async () => {
    const { body: created } = await createPrivilege({ resource: ref("application", app) });
    const list = `/openidm/managed/alpha_aiagent/${agent}/privileges?_queryFilter=true&_pageSize=1000&_fields=${ALL}`;
    const [row] = (await tenant.call("GET", list)).body.result;
    expect(row).toMatchObject({ _refResourceId: privilege, _refResourceRev: created._rev, agentID: agent });
    expect(row._id).not.toBe(privilege);
    expect(row._id).toBe(row._refProperties._id);
    expect(row.agent._refProperties).toEqual(row._refProperties);
    expect(row.resource._refResourceId).toBe(app);
    const identity = await tenant.call("GET", `/openidm/managed/alpha_aiagent/${agent}?_fields=owners,privileges`);
    expect(identity.body).toMatchObject({ owners: [], privileges: [{ _refResourceId: privilege }] });
  });

  test("adding one moves neither the agent's nor the application's revision (aic §1.5)", async () => {
    const paths = [`/openidm/managed/alpha_aiagent/${agent}`, `/openidm/managed/alpha_application/${app}`];
    const revisions = () => Promise.all(paths.map(async (path) => (await tenant.call("GET", path)).body._rev));
    const before = await revisions();
    await createPrivilege({ resource: ref("application", app) });
    expect(await revisions()).toEqual(before);
  });
});

describe("acts that a relative answers (aic §3.7)", () => {
  beforeEach(() => createPrivilege({ resource: ref("application", app), description: "old" }));

  test("permissions and description can be patched; a relation can be removed or emptied", async () => {
    const path = `${PRIVILEGES}/${privilege}`;
    expect((await patch(path, "replace", "/description", "new")).body.description).toBe("new");
    const permissions = [{ type: "scopes", values: ["write"] }];
    expect((await patch(path, "replace", "/permissions", permissions)).body.permissions).toEqual(permissions);
    expect((await patch(path, "remove", "/resource")).body.resourceData).toEqual({});
    expect((await tenant.call("GET", `${path}?_fields=resource,subjects`)).body).toMatchObject({
      resource: null,
      subjects: [],
    });
    await patch(path, "replace", "/subjects", [ref("user", barbara)]);
    expect((await patch(path, "replace", "/subjects", [])).body.subjectIDs).toEqual([]);
  });

  test("the required agent may be removed by PATCH, but a PUT without it is 403", async () => {
    const path = `${PRIVILEGES}/${privilege}`;
    const refused = await tenant.call("PUT", path, { description: "x" });
    expect(refused.status).toBe(403);
    expect(refused.body.detail.failedPolicyRequirements).toEqual([
      { policyRequirements: [{ policyRequirement: "REQUIRED" }], property: "agent" },
    ]);
    expect((await patch(path, "remove", "/agent")).status).toBe(200);
    expect((await tenant.call("GET", `${path}?_fields=agent`)).body.agent).toBeNull();
  });

  test("a PUT that leaves relations out keeps them and replaces plain properties", async () => {
    const path = `${PRIVILEGES}/${privilege}`;
    await tenant.call("PUT", path, { agent: ref("aiagent", agent) });
    const { body } = await tenant.call("GET", `${path}?_fields=*,resource`);
    expect(body.resource._refResourceId).toBe(app);
    expect(body).not.toHaveProperty("description");
  });

  test("a reference to nothing is 400, and nothing of the write stays", async () => {
    const path = `${PRIVILEGES}/${privilege}`;
    const { status, body } = await tenant.call("PATCH", path, [
      { operation: "replace", field: "/description", value: "half" },
      { operation: "replace", field: "/resource", value: ref("application", "missing") },
    ]);
    expect([status, body.message]).toEqual([
      400,
      "The referenced relationship 'managed/alpha_application/missing', does not exist",
    ]);
    expect((await tenant.call("GET", path)).body.description).toBe("old");
  });

  test("adding a link that is there is 412; a new one is added", async () => {
    const path = `/openidm/managed/alpha_aiagent/${agent}`;
    expect((await patch(path, "add", "/owners/-", ref("user", barbara))).status).toBe(200);
    const again = await patch(path, "add", "/owners/-", ref("user", barbara));
    expect([again.status, again.body.message]).toEqual([
      412,
      expect.stringMatching(/^Duplicate relationship specified/),
    ]);
  });

  test("stale If-Match is 412 on PUT, PATCH and DELETE; on a missing object it is 404", async () => {
    const path = `${PRIVILEGES}/${privilege}`;
    const stale = { "if-match": '"0-0"' };
    const body = { agent: ref("aiagent", agent) };
    expect((await tenant.call("PUT", path, body, stale)).status).toBe(412);
    expect((await tenant.call("PATCH", path, [], stale)).status).toBe(412);
    expect((await tenant.call("DELETE", path, undefined, stale)).status).toBe(412);
    expect((await tenant.call("PUT", `${PRIVILEGES}/${randomUUID()}`, body, { "if-match": "*" })).status).toBe(404);
    const { _rev } = (await tenant.call("GET", path)).body;
    expect((await tenant.call("DELETE", path, undefined, { "if-match": `"${_rev}"` })).status).toBe(200);
  });
});

describe("policies are 403, not 400 (aic §1.4, §3.1, §3.5)", () => {
  const failure = (body: { detail: { failedPolicyRequirements: unknown } }) => body.detail.failedPolicyRequirements;

  test("an object where an array belongs", async () => {
    const value = ref("aiagentprivilege", privilege);
    const { status, body } = await patch(
      `/openidm/managed/alpha_application/${app}`,
      "add",
      "/aiagentprivileges",
      value,
    );
    expect([status, body.message]).toEqual([403, "Failed policy validation"]);
    const params = { invalidType: "object", validTypes: ["array"] };
    expect(failure(body)).toEqual([
      { policyRequirements: [{ policyRequirement: "VALID_TYPE", params }], property: "aiagentprivileges" },
    ]);
  });

  test("a name that is taken, in any case", async () => {
    const { status, body } = await tenant.call("POST", "/openidm/managed/alpha_application?_action=create", {
      name: "BILLING",
    });
    expect(status).toBe(403);
    expect(failure(body)).toEqual([{ policyRequirements: [{ policyRequirement: "UNIQUE" }], property: "name" }]);
  });

  test.each([
    ["friends", { name: "others" }, 403],
    ["a%2F*b", { name: "a/*b" }, 403],
    ["a%2Fb", { name: "a/b" }, 201],
    ["a*b", { name: "a*b" }, 201],
  ])("a group's id equals its name, which must not contain /*: %s", async (id, body, status) => {
    expect((await tenant.call("PUT", `/openidm/managed/alpha_group/${id}`, body)).status).toBe(status);
  });
});

describe("objects (aic §1.4, §1.5, §4)", () => {
  test("a write that changes nothing is not modified; ids are found in any case", async () => {
    const body = {
      _id: app,
      name: "Billing",
      templateName: "web",
      templateVersion: "1.0",
      ssoEntities: { oidcId: "billing" },
    };
    const before = (await tenant.call("GET", `/openidm/managed/alpha_application/${app}`)).body;
    const put = await tenant.call("PUT", `/openidm/managed/alpha_application/${app.toUpperCase()}`, body);
    expect([put.status, put.headers.get("x-not-modified"), put.body]).toEqual([200, "true", before]);
    expect(before._rev).toMatch(/^[0-9a-f-]{36}-\d+$/);
  });

  test("a missing object is 404 in the directory's words", async () => {
    const { status, body } = await tenant.call("GET", "/openidm/managed/alpha_user/nobody");
    const dn = "fr-idm-uuid&#61;nobody,ou&#61;user,o&#61;alpha,o&#61;root,ou&#61;identities";
    expect([status, body.message]).toEqual([
      404,
      `No Such Entry: The search base entry &#39;${dn}&#39; does not exist`,
    ]);
  });

  test("deleting an object takes its edges from the other ends", async () => {
    await createPrivilege({ resource: ref("application", app) });
    await tenant.call("DELETE", `/openidm/managed/alpha_application/${app}`);
    const { body } = await tenant.call("GET", `${PRIVILEGES}/${privilege}?_fields=resource,resourceData`);
    expect(body).toMatchObject({ resource: null, resourceData: {} });
  });

  test("a password goes in and never comes out", async () => {
    const body = { userName: "new.user", givenName: "N", sn: "U", mail: "n@example.com", password: "canary-password" };
    const created = await tenant.call("POST", "/openidm/managed/alpha_user?_action=create", body);
    expect(created.status).toBe(201);
    const read = await tenant.call("GET", `/openidm/managed/alpha_user/${created.body._id}?_fields=*,password`);
    expect(JSON.stringify([created.body, read.body, (await tenant.control("dump")).body])).not.toContain(
      "canary-password",
    );
  });

  test("the schemas tell which properties are computed (aic §3.1)", async () => {
    const { body } = await tenant.call("GET", "/openidm/schema/managed/bravo_aiagentprivilege");
    expect(body).toMatchObject({ required: ["agent"], resourceCollection: "managed/bravo_aiagentprivilege" });
    expect(body.properties.subjectIDs.isVirtual).toBe(true);
    expect(JSON.stringify(body)).not.toContain("alpha");
  });
});
