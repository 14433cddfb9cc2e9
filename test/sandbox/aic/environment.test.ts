/** ESVs, restart, and the switch of the AI-agent feature. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createClock } from "../../../src/sandbox/index.ts";
import { CONFIG, login, minimalAgent, type TestTenant, testTenant } from "../tenant.ts";

const clock = createClock();
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant({ clock });
});

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("secrets (aic §8.1)", () => {
  const path = "/environment/secrets/esv-agent-secret";
  const create = (body: object = {}) =>
    tenant.call("PUT", path, { valueBase64: base64("canary"), description: "d", ...body });
  const newVersion = (value: string) =>
    tenant.call("POST", `${path}/versions?_action=create`, { valueBase64: base64(value) });

  test("created with 200, once, and never read back", async () => {
    const created = await create();
    expect([created.status, created.body.activeVersion, created.body.loaded]).toEqual([200, "1", false]);
    const again = await create();
    expect([again.status, again.body]).toEqual([
      400,
      { code: 400, message: "Failed to create secret, the secret already exists" },
    ]);
    const everything = JSON.stringify([(await tenant.call("GET", path)).body, (await tenant.control("dump")).body]);
    expect(everything).not.toContain(base64("canary"));
  });

  test("a new version is a new value; the same value is the same version; the latest cannot be disabled or destroyed", async () => {
    await create();
    expect((await newVersion("canary")).body.version).toBe("1");
    expect((await newVersion("other")).body.version).toBe("2");
    expect((await tenant.call("GET", path)).body.activeVersion).toBe("2");
    const status = (version: number) =>
      tenant.call("POST", `${path}/versions/${version}?_action=changestatus`, { status: "DISABLED" });
    expect((await status(2)).body.message).toBe("Cannot disable latest secret version");
    expect((await status(1)).body.status).toBe("DISABLED");
    expect((await tenant.call("DELETE", `${path}/versions/1`)).body.status).toBe("DESTROYED");
    expect((await tenant.call("DELETE", `${path}/versions/2`)).status).toBe(500);
    const versions = (await tenant.call("GET", `${path}/versions`)).body;
    expect(versions.map(({ version }: { version: string }) => version)).toEqual(["2", "1"]);
  });

  test("an unknown encoding is 422 with code 606, errors end with a newline", async () => {
    const { status, body } = await create({ encoding: "other" });
    const message = "encoding in body should be one of [generic pem base64hmac]";
    expect([status, body]).toEqual([422, { code: 606, message }]);
    const raw = await tenant.app.request("http://127.0.0.1:8080/environment/secrets");
    expect(await raw.text()).toMatch(/\}\n$/);
  });

  test("setDescription answers nothing", async () => {
    await create();
    const { status, body } = await tenant.call("POST", `${path}?_action=setDescription`, { description: "new" });
    expect([status, body]).toEqual([200, ""]);
    expect((await tenant.call("GET", path)).body.description).toBe("new");
  });
});

describe("variables (aic §8.2)", () => {
  const path = "/environment/variables/esv-agent-url";
  const put = (body: object) => tenant.call("PUT", path, { valueBase64: base64("x"), ...body });

  test("the type is needed at first and cannot change", async () => {
    expect((await put({})).body.message).toMatch(/^Variable type required/);
    expect((await put({ expressionType: "text" })).status).toBe(400);
    expect((await put({ expressionType: "string" })).body).toMatchObject({ valueBase64: base64("x"), loaded: false });
    expect((await put({})).status).toBe(200);
    expect((await put({ expressionType: "int" })).status).toBe(400);
  });

  test("one that a placeholder uses cannot be deleted", async () => {
    await put({ expressionType: "string" });
    const client = `${CONFIG}/agents/OAuth2Client/app`;
    await tenant.call("PUT", client, { coreOAuth2ClientConfig: { redirectionUris: ["&{esv.agent.url}"] } });
    const { status, body } = await tenant.call("DELETE", path);
    expect([status, body.message]).toEqual([403, "Cannot delete a variable that has an existing config placeholder"]);
    await tenant.call("DELETE", client);
    expect((await tenant.call("DELETE", path)).status).toBe(200);
    expect((await tenant.call("GET", path)).body).toEqual({ code: 404, message: "The variable does not exist" });
  });
});

test("a change takes effect after a restart (aic §8.3)", async () => {
  await tenant.call("PUT", "/environment/secrets/esv-a", { valueBase64: base64("x") });
  const startup = async () => (await tenant.call("GET", "/environment/startup")).body.restartStatus;
  expect(await startup()).toBe("ready");
  await tenant.call("POST", "/environment/startup?_action=restart");
  expect(await startup()).toBe("restarting");
  clock.advance(60_000);
  expect(await startup()).toBe("ready");
  expect((await tenant.call("GET", "/environment/secrets/esv-a")).body).toMatchObject({
    loaded: true,
    loadedVersion: "1",
  });
  expect((await tenant.call("GET", "/environment/count")).body).toEqual({ secrets: 1, variables: 0 });
});

test("a tenant without the feature does not know agents, and can be switched on once (aic §2.9)", async () => {
  await tenant.control("feature", { aiagent: false });
  const agent = `${CONFIG}/agents/AIAgent/helper`;
  const installed = async () =>
    (await tenant.call("GET", "/openidm/feature?_queryFilter=true")).body.result[0].installedVersion;
  const section = async () => (await tenant.call("GET", `${CONFIG}/services/oauth-oidc`)).body.aiAgentsConfig;
  expect((await tenant.call("PUT", agent, minimalAgent("helper", randomUUID()))).status).toBe(404);
  expect((await tenant.call("GET", "/openidm/managed/alpha_aiagent?_queryFilter=true")).status).toBe(404);
  expect([await installed(), await section()]).toEqual([null, undefined]);

  const half = { authorization: `Bearer ${await login(tenant, "fr:am:*")}` };
  expect((await tenant.call("POST", "/environment/aiagent?_action=enable", undefined, half)).status).toBe(403);
  expect((await tenant.call("POST", "/environment/aiagent?_action=enable")).status).toBe(200);
  expect((await tenant.call("PUT", agent, minimalAgent("helper", randomUUID()))).status).toBe(201);
  expect(await installed()).not.toBeNull();
  expect(await section()).toMatchObject({ aiAgentsEnabled: true });
});
