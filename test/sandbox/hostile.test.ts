/** Requests that nobody should send: the sandbox answers in the tenant's error shape, and goes on. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { CONFIG, type TestTenant, testTenant } from "./tenant.ts";

const APPLICATION = "/openidm/managed/alpha_application/app";
const CLIENT = `${CONFIG}/agents/OAuth2Client/app`;

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
  await tenant.call("PUT", APPLICATION, { name: "app" });
});

describe("what would exhaust the stack is refused", () => {
  test.each([
    ["a body of IDM", "PUT", APPLICATION, `{"uiConfig":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
    ["a body of AM", "PUT", CLIENT, `{"a":${'{"a":'.repeat(20_000)}1${"}".repeat(20_001)}`],
    ["a filter", "GET", `${CONFIG}/agents/OAuth2Client?_queryFilter=${"(".repeat(5000)}`, undefined],
    ["a negation", "GET", `/openidm/managed/alpha_user?_queryFilter=${"!".repeat(5000)}true`, undefined],
  ])("%s", async (_what, method, path, body) => {
    expect((await tenant.call(method, path, body)).status).toBe(400);
  });

  test("text of any length is no nesting", async () => {
    const icon = `${"[".repeat(100_000)}\\"{`;
    expect((await tenant.call("PUT", APPLICATION, `{"name":"app","icon":"${icon}"}`)).status).toBe(200);
  });
});

test("no patch, field or filter reaches what objects inherit", async () => {
  const patched = await tenant.call("PATCH", APPLICATION, [
    { operation: "replace", field: "/__proto__/polluted", value: "yes" },
  ]);
  expect([patched.status, ({} as Record<string, unknown>).polluted]).toEqual([400, undefined]);
  const { body } = await tenant.call("GET", "/openidm/managed/alpha_application?_queryFilter=constructor+pr");
  expect(body.result).toEqual([]);
  for (const path of [
    `${CONFIG}/agents/constructor`,
    `${CONFIG}/authentication/authenticationtrees/nodes/toString/x`,
  ]) {
    expect([404, 501]).toContain((await tenant.call("GET", `${path}?_queryFilter=true`)).status);
  }
});

test("a reference with a broken encoding is one that does not exist", async () => {
  const owners = [{ _ref: "managed/alpha_user/%E0%A4%A" }];
  expect((await tenant.call("PUT", APPLICATION, { name: "app", owners })).status).toBe(400);
});

test("whatever is sent, an error says its code and a message", async () => {
  const paths = fc.constantFrom(
    CLIENT,
    `${CONFIG}/agents/AIAgent/app`,
    `${CONFIG}/services/oauth-oidc`,
    `${CONFIG}/authentication/authenticationtrees/trees/app`,
    `${CONFIG}/authentication/authenticationtrees/nodes/PageNode/app`,
    APPLICATION,
    "/openidm/managed/alpha_user/app",
    "/openidm/managed/alpha_aiagentprivilege/app",
    "/environment/secrets/esv-app",
    "/environment/variables/esv-app",
  );
  const keys = fc.constantFrom("_id", "name", "coreOAuth2ClientConfig", "nodes", "entryNodeId", "agent", "valueBase64");
  const bodies = fc.oneof(
    fc.dictionary(fc.oneof(keys, fc.string()), fc.jsonValue(), { maxKeys: 6 }),
    fc.array(
      fc.record({ operation: fc.constantFrom("add", "replace", "remove"), field: fc.string(), value: fc.jsonValue() }),
    ),
    fc.jsonValue(),
  );
  const methods = fc.constantFrom("PUT", "POST", "PATCH", "DELETE", "GET");
  await fc.assert(
    fc.asyncProperty(methods, paths, bodies, async (method, path, body) => {
      const sent = method === "GET" ? undefined : JSON.stringify(body);
      const { status, body: answer, headers } = await tenant.call(method, path, sent);
      if (status < 400) return;
      const said = typeof answer === "string" ? JSON.parse(answer) : answer;
      expect(said).toMatchObject({ code: expect.any(Number), message: expect.any(String) });
      expect(said.message).not.toContain("sandbox failed");
      if (status === 501) expect(headers.get("x-sandbox-gap")).toBe("1");
    }),
    { numRuns: 400 },
  );
});

describe("a body without an end is refused, and the next request is served", () => {
  test.each([
    ["of a known length", {}],
    ["of a length that nobody says", { "transfer-encoding": "chunked" }],
  ])("%s", async (_what, headers) => {
    const text = JSON.stringify({ name: "x".repeat(16 * 1024 * 1024) });
    for (const path of [APPLICATION, CLIENT, "/am/oauth2/access_token"]) {
      const method = path.endsWith("token") ? "POST" : "PUT";
      const length = { "content-length": String(text.length), ...headers };
      const { status, body } = await tenant.call(method, path, text, length);
      expect([status, body.code]).toEqual([413, 413]);
    }
    expect((await tenant.call("PUT", APPLICATION, { name: "app" })).status).toBeLessThan(300);
  });

  test("the control plane takes more", async () => {
    const objects = [{ path: "/openidm/managed/alpha_role/r", body: { _id: "r", name: "x".repeat(20 * 1024 * 1024) } }];
    expect((await tenant.control("load", { objects })).status).toBe(204);
  });
});
