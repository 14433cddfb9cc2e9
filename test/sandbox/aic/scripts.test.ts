/** Scripts of a realm: what a write takes and answers, and what is refused (delegation §4). */
import { beforeEach, describe, expect, test } from "vitest";
import { CONFIG, type TestTenant, testTenant } from "../tenant.ts";

const SCRIPTS = CONFIG.replace("realm-config", "scripts");
const ID = "c9cb4b1e-1cd3-4e5b-8f56-140f83ba9f6d";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const script = {
  name: "May act",
  context: "OAUTH2_MAY_ACT",
  language: "JAVASCRIPT",
  script: base64("token.getMayAct();"),
};
const NOT_HERE = "This operation is not available in PingOne Advanced Identity Cloud.";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});
const put = (id: string, body: object) => tenant.call("PUT", `${SCRIPTS}/${id}`, body);
const get = (id: string) => tenant.call("GET", `${SCRIPTS}/${id}`);

describe("a script", () => {
  test("has a revision in the answer that creates it only; authors and dates are the server's", async () => {
    const mine = { createdBy: "me", creationDate: 1, lastModifiedBy: "me", lastModifiedDate: 1, default: true };
    const created = await put(ID, { ...script, ...mine, _rev: "1" });
    const { _rev, ...kept } = created.body;
    expect([created.status, created.headers.get("etag")]).toEqual([201, `"${_rev}"`]);
    expect(created.headers.get("location")).toMatch(new RegExp(`${SCRIPTS}/${ID}$`));
    const by = `id=${tenant.serviceAccount.id},ou=user,ou=am-config`;
    expect(kept).toEqual({
      ...{ _id: ID, ...script, description: null, default: false, evaluatorVersion: "1.0" },
      ...{ createdBy: by, creationDate: expect.any(Number), lastModifiedBy: by, lastModifiedDate: kept.creationDate },
    });
    const read = await get(ID);
    expect([read.status, read.body, read.headers.get("etag")]).toEqual([200, kept, null]);

    const updated = await put(ID, { ...script, script: "" });
    expect([updated.status, updated.headers.get("etag")]).toEqual([200, null]);
    expect(updated.body).toEqual({ ...kept, script: "", lastModifiedDate: updated.body.lastModifiedDate });
  });

  test("keeps the authors that it was loaded with, and is read without a revision", async () => {
    const authors = { createdBy: "null", creationDate: 0, lastModifiedBy: "null", lastModifiedDate: 0 };
    await tenant.load(`${SCRIPTS}/${ID}`, { _id: ID, _rev: "7", ...script, ...authors });
    expect((await get(ID)).body).toEqual({ _id: ID, ...script, ...authors });
    expect((await put(ID, script)).body).toMatchObject({ createdBy: "null", creationDate: 0 });
  });

  test("is created by POST under an id of the server's", async () => {
    const { status, headers, body } = await tenant.call("POST", `${SCRIPTS}?_action=create`, script);
    expect([status, body]).toEqual([201, expect.objectContaining({ ...script, _rev: expect.any(String) })]);
    expect(headers.get("location")).toMatch(new RegExp(`${SCRIPTS}/${body._id}$`));
    expect((await get(body._id)).status).toBe(200);
  });

  test("is found by its name, in an envelope that counts nothing", async () => {
    await put(ID, script);
    await put("other", { ...script, name: "Other" });
    const { body } = await tenant.call("GET", `${SCRIPTS}?_queryFilter=name%20eq%20%22May%20act%22`);
    const counts = { totalPagedResultsPolicy: "NONE", totalPagedResults: -1, remainingPagedResults: 0 };
    expect(body).toEqual({ result: [(await get(ID)).body], resultCount: 1, pagedResultsCookie: null, ...counts });
  });

  test("is deleted with its id for an answer; missing it is 404", async () => {
    await put(ID, script);
    const deleted = await tenant.call("DELETE", `${SCRIPTS}/${ID}`);
    expect([deleted.status, deleted.body]).toEqual([200, { _id: ID }]);
    const message = `Script with UUID ${ID} could not be found in realm /alpha`;
    for (const method of ["GET", "DELETE"]) {
      const { status, body } = await tenant.call(method, `${SCRIPTS}/${ID}`);
      expect([status, body]).toEqual([404, { code: 404, reason: "Not Found", message }]);
    }
  });

  test("has a name of its own in the realm", async () => {
    await put(ID, script);
    const { status, body } = await put("other", script);
    expect([status, body.message]).toEqual([409, "Script with name May act already exist in realm /alpha"]);
    const bravo = await tenant.call("PUT", `${SCRIPTS.replace("alpha", "bravo")}/other`, script);
    expect(bravo.status).toBe(201);
  });
});

test.each([
  ["name", undefined, "Script name must be specified"],
  ["context", undefined, "Script type must be specified"],
  ["language", undefined, "Scripting language must be specified"],
  ["script", undefined, "A script must be specified"],
  ["context", "OAUTH2_MAY_NOT_ACT", "Script type not recognised: OAUTH2_MAY_NOT_ACT"],
  ["_id", "other", "Script resource id and script JSON body id do not match"],
])("400 for %s %s", async (field, value, message) => {
  const { status, body } = await put(ID, { ...script, [field]: value });
  expect([status, body.message]).toEqual([400, message]);
});

test.each([
  ["OAUTH2_MAY_ACT", "2.0", "OAUTH2_MAY_ACT", "1.0"],
  ["OAUTH2_MAY_ACT_NEXT_GEN", "2.0", "OAUTH2_MAY_ACT_NEXT_GEN", "2.0"],
  ["LIBRARY", "2.0", "LIBRARY", "2.0"],
  ["SCRIPTED_DECISION_NODE", "2.0", "AUTHENTICATION_TREE_DECISION_NODE", "2.0"],
])("context %s sent with engine %s is %s with %s", async (sent, engine, context, evaluatorVersion) => {
  const { body } = await put(ID, { ...script, context: sent, evaluatorVersion: engine });
  expect(body).toMatchObject({ context, evaluatorVersion });
});

test.each([
  ["that is no base64", { script: "not base64" }],
  ["with an attribute that nobody has seen", { future: 1 }],
  ["in another language", { language: "PYTHON" }],
  ["of a next generation in the old engine", { context: "OAUTH2_MAY_ACT_NEXT_GEN" }],
])("a script %s is a gap", async (_what, more) => {
  const { status, headers } = await put(ID, { ...script, ...more });
  expect([status, headers.get("x-sandbox-gap")]).toEqual([501, "1"]);
});

test("another context for a script that is there is a gap", async () => {
  await put(ID, script);
  expect((await put(ID, { ...script, context: "OIDC_CLAIMS" })).status).toBe(501);
});

test.each([`${SCRIPTS}/1f389a3d-21cf-417c-a6d3-42ea620071f0`, "/am/json/realms/root/scripts/x", "/am/json/scripts"])(
  "%s is closed",
  async (path) => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const { status, body } = await tenant.call(method, path, method === "PUT" ? script : undefined);
      expect([status, body.message], method).toEqual([403, NOT_HERE]);
    }
  },
);

test("the scripts of a new tenant are there, and nobody knows their text", async () => {
  expect((await get("39c08084-1238-43e8-857f-2e11005eac49")).headers.get("x-sandbox-gap")).toBe("1");
});

describe("the deletion", () => {
  const remove = () => tenant.call("DELETE", `${SCRIPTS}/${ID}`);

  test("of a default script is refused", async () => {
    await tenant.load(`${SCRIPTS}/${ID}`, { _id: ID, ...script, default: true });
    expect((await put(ID, script)).body.default).toBe(true);
    const { status, body } = await remove();
    expect([status, body.message]).toEqual([403, "Default script May act cannot be deleted"]);
  });

  test("of a library that one script uses is refused", async () => {
    await put(ID, { ...script, name: "lib", context: "LIBRARY", evaluatorVersion: "2.0" });
    await put("user", { ...script, script: base64("var lib = require('lib');") });
    const { status, body } = await remove();
    expect([status, body.message]).toEqual([500, "The script lib is used once"]);
  });

  test("of a script that a client names is a gap", async () => {
    await put(ID, script);
    const overrides = { overrideOAuth2ClientConfig: { accessTokenMayActScript: ID } };
    expect((await tenant.call("PUT", `${CONFIG}/agents/OAuth2Client/gateway`, overrides)).status).toBe(201);
    expect((await remove()).headers.get("x-sandbox-gap")).toBe("1");
  });
});
