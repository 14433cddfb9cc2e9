/** A connection as a whole: settings in, calls with one shared token and one shared limit out. */
import { exportJWK, generateKeyPair } from "jose";
import { describe, expect, test } from "vitest";
import { connectAic } from "../../../src/admin-api/aic/tenant.ts";
import { failureOf } from "../failure.ts";
import { type Behaviour, serve } from "../server.ts";

const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const serviceAccountKey = JSON.stringify(await exportJWK(privateKey));

const tenantServer: Behaviour = ({ url }) => {
  if (url.startsWith("/am/oauth2/")) return { body: { access_token: "t0ken", expires_in: 899 } };
  return { body: { _id: "x", result: [], restartStatus: "ready" } };
};

test("all clients of a tenant share one token", async () => {
  const { url, calls } = await serve(tenantServer);
  const tenant = connectAic({ tenantUrl: `${url}/am/`, serviceAccountId: "id", serviceAccountKey });
  expect(tenant.origin).toBe(url);
  expect(calls).toHaveLength(0);
  await Promise.all([
    tenant.am("alpha").get("AIAgent", "x"),
    tenant.am("bravo").query("AIAgent"),
    tenant.idm.get("managed/alpha_user", "x"),
    tenant.environment.startupStatus(),
  ]);
  expect(calls.filter((call) => call.url === "/am/oauth2/access_token")).toHaveLength(1);
  expect(new Set(calls.slice(1).map(({ headers }) => headers.authorization))).toEqual(new Set(["Bearer t0ken"]));
  expect(calls).toHaveLength(5);
});

test("a tenant's token that it forgot is renewed on the way", async () => {
  let tokens = 0;
  const { url } = await serve((call) => {
    if (call.url.startsWith("/am/oauth2/")) {
      tokens += 1;
      return { body: { access_token: `t${tokens}`, expires_in: 899 } };
    }
    const isKnown = call.headers.authorization === "Bearer t2";
    return isKnown ? { body: { _id: "x" } } : { status: 401, body: { code: 401, message: "Access Denied" } };
  });
  const tenant = connectAic({ tenantUrl: url, serviceAccountId: "id", serviceAccountKey });
  const gets = Array.from({ length: 5 }, () => tenant.idm.get("managed/alpha_user", "x"));
  expect(await Promise.all(gets)).toEqual(Array(5).fill({ _id: "x" }));
  expect(tokens).toBe(2);
});

describe("identity: the name of the session cookie", () => {
  const connected = async (...behaviours: Behaviour[]) => {
    const { url, calls } = await serve(...behaviours);
    const settings = { tenantUrl: url, serviceAccountId: "id", serviceAccountKey };
    return { tenant: connectAic(settings, { sleep: async () => {} }), calls };
  };

  test("is asked for once and without a token", async () => {
    const { tenant, calls } = await connected({ body: { _id: "*", cookieName: "c0ffee" } });
    expect(await Promise.all([tenant.identity(), tenant.identity()])).toEqual(["c0ffee", "c0ffee"]);
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /am/json/serverinfo/*"]);
    expect(calls[0]?.headers).toMatchObject({ "accept-api-version": "resource=1.1" });
    expect(calls[0]?.headers).not.toHaveProperty("authorization");
  });

  test.each([{}, { cookieName: "" }, { cookieName: 1 }, { cookieName: "iPlanetDirectoryPro" }])(
    "a tenant that says %j has none of its own",
    async (body) => {
      const { tenant } = await connected({ body });
      expect(await tenant.identity()).toBeUndefined();
    },
  );

  test("is asked for again where the tenant gave no answer", async () => {
    const { tenant } = await connected({ status: 403, body: { code: 403 } }, { body: { cookieName: "c0ffee" } });
    expect(await failureOf(() => tenant.identity())).toMatchObject({ code: "ERR_API_FORBIDDEN" });
    expect(await tenant.identity()).toBe("c0ffee");
  });
});

test("settings that cannot be used fail before any call", async () => {
  const settings = { tenantUrl: "http://tenant.example.com", serviceAccountId: "id", serviceAccountKey };
  expect(await failureOf(() => connectAic(settings))).toMatchObject({ code: "ERR_INSECURE_TENANT_URL" });
  const key = { ...settings, tenantUrl: "https://tenant.example.com", serviceAccountKey: "canary" };
  expect(await failureOf(() => connectAic(key))).toMatchObject({ code: "ERR_SETTING_INVALID" });
});
