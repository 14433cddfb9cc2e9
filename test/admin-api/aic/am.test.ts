/** What AM's clients put on the wire: paths, version headers (aic §1.2), and how they read the answers. */
import { describe, expect, test } from "vitest";
import { type AmCollection, AmRealm } from "../../../src/admin-api/aic/am.ts";
import { aicDialect } from "../../../src/admin-api/aic/dialect.ts";
import { Transport } from "../../../src/admin-api/http/transport.ts";
import { failureOf } from "../failure.ts";
import { type Behaviour, serve } from "../server.ts";

const BASE = "/am/json/realms/root/realms/alpha/realm-config";
const NOT_FOUND: Behaviour = { status: 404, body: { code: 404, reason: "Not Found", message: "Not Found" } };

async function realm(...behaviours: readonly Behaviour[]) {
  const server = await serve(...behaviours);
  return {
    ...server,
    am: new AmRealm(new Transport({ baseUrl: server.url, dialect: aicDialect, retries: 0 }), "alpha"),
  };
}

describe("agents", () => {
  test.each([
    ["AIAgent", "protocol=2.1,resource=2.0"],
    ["OAuth2Client", "protocol=2.1,resource=1.0"],
  ] as const)("%s is asked for with %s", async (type, version) => {
    const { am, calls } = await realm(
      { body: { _id: "a" } },
      { body: { result: [{ _id: "a" }], pagedResultsCookie: null } },
    );
    expect(await am.get(type, "a b/c")).toEqual({ _id: "a" });
    expect(await am.query(type, "_id eq 'x'")).toEqual([{ _id: "a" }]);
    expect(calls).toMatchObject([
      { method: "GET", url: `${BASE}/agents/${type}/a%20b%2Fc`, headers: { "accept-api-version": version } },
      {
        method: "GET",
        url: `${BASE}/agents/${type}?_queryFilter=_id%20eq%20%27x%27`,
        headers: { "accept-api-version": version },
      },
    ]);
  });

  test("put tells a create from an update", async () => {
    const { am, calls } = await realm({ status: 201, body: { _id: "a" } }, { body: { _id: "a", _rev: "1" } });
    expect(await am.put("AIAgent", "a", { x: 1 }, { ifNoneMatch: true })).toEqual({
      created: true,
      document: { _id: "a" },
    });
    expect(await am.put("AIAgent", "a", { x: 1 })).toEqual({ created: false, document: { _id: "a", _rev: "1" } });
    expect(calls).toMatchObject([
      { method: "PUT", body: '{"x":1}', headers: { "if-none-match": "*" } },
      { method: "PUT" },
    ]);
    expect(calls[1]?.headers).not.toHaveProperty("if-none-match");
  });

  test("absence is an answer for get and delete, not for put", async () => {
    const { am } = await realm(NOT_FOUND);
    expect(await am.get("AIAgent", "a")).toBeUndefined();
    expect(await am.delete("AIAgent", "a")).toBe(false);
    expect(await failureOf(am.put("AIAgent", "a", {}))).toMatchObject({ code: "ERR_API_NOT_FOUND" });
  });

  test("a forbidden realm is not an absent agent", async () => {
    const { am } = await realm({ status: 403, body: { code: 403, message: "This operation is not available" } });
    expect(await failureOf(am.get("AIAgent", "a"))).toMatchObject({ code: "ERR_API_FORBIDDEN" });
  });

  test("delete says that something was deleted", async () => {
    const { am, calls } = await realm({ body: { _id: "a" } });
    expect(await am.delete("OAuth2Client", "a")).toBe(true);
    expect(calls).toMatchObject([{ method: "DELETE", url: `${BASE}/agents/OAuth2Client/a` }]);
  });

  test.each(["", ".", ".."])('id "%s" never reaches the server: it would mean the collection', async (id) => {
    const { am, calls } = await realm({});
    expect(await failureOf(() => am.delete("AIAgent", id))).toMatchObject({ code: "ERR_API_BAD_REQUEST" });
    expect(calls).toHaveLength(0);
  });
});

test("the OAuth 2.0 provider is read and written as a whole, over what was read", async () => {
  const { am, calls } = await realm({ body: { _id: "" } }, { status: 201, body: { _id: "" } }, NOT_FOUND);
  expect(await am.getOAuth2Provider()).toEqual({ _id: "" });
  expect(await am.putOAuth2Provider({ cibaConfig: {} }, { ifMatch: "-17" })).toEqual({
    created: true,
    document: { _id: "" },
  });
  expect(await am.getOAuth2Provider()).toBeUndefined();
  const wire = { url: `${BASE}/services/oauth-oidc`, headers: { "accept-api-version": "protocol=2.1,resource=1.0" } };
  expect(calls).toMatchObject([
    { method: "GET", ...wire },
    { method: "PUT", ...wire, headers: { ...wire.headers, "if-match": '"-17"' }, body: '{"cibaConfig":{}}' },
    { method: "GET", ...wire },
  ]);
});

const TREES = "authentication/authenticationtrees";
const collections: [string, (am: AmRealm) => AmCollection, string, string][] = [
  ["trees", (am) => am.trees, `${TREES}/trees`, "protocol=2.1,resource=1.0"],
  ["nodes", (am) => am.nodes("PollingWaitNode"), `${TREES}/nodes/PollingWaitNode`, "protocol=2.1,resource=1.0"],
  ["versioned nodes", (am) => am.nodes("PageNode", "2.0"), `${TREES}/nodes/PageNode/2.0`, "protocol=2.1,resource=3.0"],
  [
    "secret mappings",
    (am) => am.secretMappings,
    "secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings",
    "protocol=2.1,resource=2.0",
  ],
];
test.each(collections)("%s have their own path and version", async (_name, collectionOf, path, version) => {
  const { am, calls } = await realm({ body: { _id: "x", result: [{ _id: "x" }] } });
  const collection = collectionOf(am);
  await collection.get("Agent Push");
  await collection.query();
  await collection.put("x", {});
  await collection.delete("x");
  const headers = { "accept-api-version": version };
  expect(calls).toMatchObject([
    { method: "GET", url: `${BASE}/${path}/Agent%20Push`, headers },
    { method: "GET", url: `${BASE}/${path}?_queryFilter=true`, headers },
    { method: "PUT", url: `${BASE}/${path}/x`, headers },
    { method: "DELETE", url: `${BASE}/${path}/x`, headers },
  ]);
});
