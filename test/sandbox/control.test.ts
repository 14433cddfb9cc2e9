/** The control plane: reset, load, counts, gaps, faults, dump. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { CONFIG, minimalAgent, send, type TestTenant, testTenant } from "./tenant.ts";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});

test("needs its own token; an access token is none", async () => {
  for (const authorization of ["", "Bearer nonsense"]) {
    const answer = await send(tenant, "/__sandbox/reset", { method: "POST", headers: { authorization } });
    expect(answer.status).toBe(401);
  }
  expect((await tenant.call("GET", "/__sandbox/dump")).status).toBe(401);
});

describe("reset", () => {
  test("empty leaves services, schemas and access tokens, and nothing else; without, the seed comes back", async () => {
    expect((await tenant.control("reset", { empty: true })).status).toBe(204);
    const lists = ["user", "group", "application", "aiagent"].map(
      (type) => `/openidm/managed/alpha_${type}?_queryFilter=true`,
    );
    lists.push("/openidm/managed/svcacct?_queryFilter=true", `${CONFIG}/agents/OAuth2Client?_queryFilter=true`);
    lists.push(`${CONFIG}/authentication/authenticationtrees/trees?_queryFilter=true`);
    for (const path of lists) expect((await tenant.call("GET", path)).body).toMatchObject({ resultCount: 0 });
    expect((await tenant.call("GET", `${CONFIG}/services/oauth-oidc`)).status).toBe(200);
    await tenant.control("reset", {});
    expect((await tenant.call("GET", lists[0] ?? "")).body.resultCount).toBe(3);
  });
});

describe("promote", () => {
  const TREE = `${CONFIG}/authentication/authenticationtrees/trees`;
  const PROVIDER = `${CONFIG}/services/oauth-oidc`;
  const journey = { entryNodeId: "70e691a5-1e33-4ac3-a356-e7b6d60d92e0", description: "Approves" };
  const put = async (where: TestTenant, path: string, body: object) =>
    expect((await where.call("PUT", path, body)).status).toBe(201);

  test("puts static configuration in the place of what is there, and leaves the rest", async () => {
    const staging = await testTenant();
    await put(tenant, `${TREE}/Approval`, journey);
    await put(staging, `${TREE}/Old`, journey);
    for (const where of [tenant, staging]) {
      const id = where === staging ? "own-agent" : "other-agent";
      await put(where, `${CONFIG}/agents/AIAgent/${id}`, minimalAgent(id, randomUUID()));
    }
    const { _rev, ...provider } = (await tenant.call("GET", PROVIDER)).body;
    const advanced = { ...provider.advancedOIDCConfig, loaMapping: { push: "Approval" } };
    const mapped = { ...provider, advancedOIDCConfig: advanced };
    expect((await tenant.call("PUT", PROVIDER, mapped)).status).toBe(200);

    const { body } = await tenant.control("promote");
    expect((await staging.control("promote", body)).status).toBe(204);

    const read = (path: string) => staging.call("GET", path);
    expect((await read(`${TREE}/Approval`)).body).toEqual((await tenant.call("GET", `${TREE}/Approval`)).body);
    expect((await read(PROVIDER)).body).toEqual((await tenant.call("GET", PROVIDER)).body);
    expect((await read(`${TREE}/Old`)).status).toBe(404);
    expect((await read(`${CONFIG}/agents/AIAgent/own-agent`)).status).toBe(200);
    expect((await read(`${CONFIG}/agents/AIAgent/other-agent`)).status).toBe(404);
    staging.close();
  });

  test("takes nothing else, and then nothing at all", async () => {
    await put(tenant, `${TREE}/Approval`, journey);
    const { body } = await tenant.control("promote");
    const before = (await tenant.control("dump")).body;
    const refused = await tenant.control("promote", { ...body, "am/alpha/agents/AIAgent": [] });
    expect(refused).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining("static configuration only") },
    });
    expect((await tenant.control("promote", { "am/alpha/trees": {} })).status).toBe(400);
    expect((await tenant.control("dump")).body).toEqual(before);
  });
});

describe("load", () => {
  const id = randomUUID();
  const application = (body: object = {}) => ({
    path: `/openidm/managed/alpha_application/${id}`,
    body: { _id: id, ...body },
  });

  test("objects are read as they were loaded, revision and missing keys included, until they are written", async () => {
    const agent = `${CONFIG}/agents/AIAgent/old`;
    const body = { _id: "old", _rev: "-42", coreOAuth2ClientConfig: { scopes: { inherited: false, value: ["a"] } } };
    await tenant.load(agent, body);
    const read = await tenant.call("GET", agent);
    expect([read.body, read.headers.get("etag")]).toEqual([body, '"-42"']);
    const row = (await tenant.call("GET", `${CONFIG}/agents/AIAgent?_queryFilter=_id+eq+'old'`)).body.result[0];
    expect(row.coreOAuth2ClientConfig.scopes).toEqual(["a"]);
    expect(row._rev).not.toBe("-42");
  });

  test("a revision of AM belongs to the content: it comes back with it", async () => {
    const path = `${CONFIG}/agents/OAuth2Client/app`;
    const core = { scopes: { inherited: false, value: ["a"] } };
    const type = { _id: "OAuth2Client", name: "OAuth2 Clients", collection: true };
    await tenant.load(path, { _id: "app", _rev: "77", coreOAuth2ClientConfig: core, _type: type });
    expect((await tenant.call("PUT", path, { coreOAuth2ClientConfig: { scopes: ["b"] } })).body._rev).not.toBe("77");
    expect((await tenant.call("PUT", path, { coreOAuth2ClientConfig: { scopes: ["a"] } })).body._rev).toBe("77");
  });

  test("an edge may come with either end, with its own properties, in any order", async () => {
    const privilege = randomUUID();
    const edge = { _id: "e-1", _rev: "e-2" };
    const resource = { _ref: `managed/alpha_application/${id}`, _refProperties: edge };
    const path = `/openidm/managed/alpha_aiagentprivilege/${privilege}`;
    const objects = [{ path, body: { _id: privilege, _rev: "p-1", resource } }, application({ _rev: "a-1" })];
    expect((await tenant.control("load", { objects })).status).toBe(204);
    const far = await tenant.call("GET", `${objects[1]?.path}?_fields=aiagentprivileges`);
    expect(far.body.aiagentprivileges).toEqual([
      {
        _ref: `managed/alpha_aiagentprivilege/${privilege}`,
        _refResourceCollection: "managed/alpha_aiagentprivilege",
        _refResourceId: privilege,
        _refProperties: edge,
      },
    ]);
    expect(far.body._rev).toBe("a-1");
    const near = await tenant.call("GET", path);
    expect(near.body).toEqual({ _id: privilege, _rev: "p-1" });
  });

  const trees = `${CONFIG}/authentication/authenticationtrees`;
  const mappings = `${CONFIG}/secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings`;
  test.each([
    [`${CONFIG}/agents/OAuth2Client/a%20b`, { _id: "a b", coreOAuth2ClientConfig: {} }],
    [`${CONFIG}/agents/WebAgent/web`, { _id: "web" }],
    [`${CONFIG}/services/oauth-oidc`, { _id: "", future: { deep: [1] } }],
    ["/am/json/realms/root/realms/alpha/scripts/s", { _id: "s", name: "a script" }],
    [`${trees}/trees/Login`, { _id: "Login", future: true }],
    [`${trees}/nodes/CustomNode/n`, { _id: "n" }],
    [`${trees}/nodes/CustomNode/2.0/n`, { _id: "n", future: true }],
    [`${mappings}/am.future`, { _id: "am.future", aliases: ["esv-a"] }],
    ["/openidm/managed/bravo_role/r", { _id: "r", name: "a role" }],
    ["/openidm/internal/role/openidm-admin", { _id: "openidm-admin" }],
    ["/environment/secrets/esv-a", { _id: "esv-a", future: true }],
    ["/environment/secrets/esv-a/versions/7", { version: "7", status: "ENABLED" }],
    ["/environment/variables/esv-b", { _id: "esv-b", future: true }],
  ])("%s is loaded where it is read", async (path, body) => {
    expect((await tenant.load(path, body)).status).toBe(204);
    const read = await tenant.call("GET", path);
    expect([read.status, read.body]).toEqual([200, expect.objectContaining(body)]);
  });

  test.each([
    `${CONFIG.replace("alpha", "charlie")}/agents/AIAgent/a`,
    `${CONFIG}/agents/AIAgent/a/b`,
    `${CONFIG}/services/other`,
    `${trees}/trees/Login/`,
    `${trees}/trees/%zz`,
    `${trees}/nodes/CustomNode/2x0/n`,
    "/openidm/managed/alpha_nothing/x",
    "/openidm/external/role/x",
    "/v1/roles/x",
  ])("%s is not served", async (path) => {
    expect((await tenant.load(path, { _id: "x" })).status).toBe(422);
  });

  test("a path that is not served is 422, and none of the objects is loaded", async () => {
    const objects = [application(), { path: "/openidm/system/x/y", body: {} }];
    const { status, body } = await tenant.control("load", { objects });
    expect([status, body.message]).toEqual([422, expect.stringContaining("/openidm/system/x/y")]);
    expect((await tenant.call("GET", application().path)).status).toBe(404);
  });
});

test("requests are counted, token requests too, without bodies or queries", async () => {
  await tenant.control("requests/clear", {});
  await tenant.call("GET", "/environment/count?x=1");
  await send(tenant, "/am/oauth2/access_token", { method: "POST", body: "grant_type=x" });
  const { requests } = (await tenant.control("requests")).body;
  expect(requests).toEqual([
    { method: "GET", path: "/environment/count", status: 200 },
    { method: "POST", path: "/am/oauth2/access_token", status: 400 },
  ]);
});

test("a request is under way until it has taken effect", async () => {
  const underWay = async () => (await tenant.control("requests")).body.underWay;
  await tenant.control("faults", { faults: [{ pathPattern: "/environment/count", delayMs: 200 }] });
  const answer = tenant.call("GET", "/environment/count");
  expect(await underWay()).toBe(1);
  await answer;
  expect(await underWay()).toBe(0);
});

test("what is not served is 501, marked, and listed as a gap", async () => {
  const { status, headers } = await tenant.call("GET", "/openidm/system/test");
  expect([status, headers.get("x-sandbox-gap")]).toEqual([501, "1"]);
  expect((await tenant.control("gaps")).body.gaps).toMatchObject([{ method: "GET", path: "/openidm/system/test" }]);
});

test("the dump is the same after something came and went", async () => {
  const dump = async () => JSON.stringify((await tenant.control("dump")).body);
  const before = await dump();
  await tenant.call("PUT", `${CONFIG}/agents/AIAgent/helper`, minimalAgent("helper", randomUUID()));
  expect(await dump()).not.toBe(before);
  await tenant.call("DELETE", `${CONFIG}/agents/AIAgent/helper`);
  expect(await dump()).toBe(before);
});
