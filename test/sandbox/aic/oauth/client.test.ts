/** Client authentication, grants, scopes, passwords and refresh tokens (oauth-flows §4, §8 C and U). */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { send } from "../../tenant.ts";
import { type Case, testCases } from "./case.ts";
import { basic, createWorld, EXCHANGE, type Form, realmBase, SECRET, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.provision());

const own = (w: World) => w.ownToken("logs-agent");
const byBasic = (w: World, secret = SECRET, form: Form = {}) =>
  w.post("access_token", { grant_type: "client_credentials", scope: "prices", ...form }, basic("approved", secret));
const without = (w: World, grant: string) =>
  w.amendProvider((document) => {
    const { advancedOAuth2Config: advanced } = document;
    advanced.grantTypes = advanced.grantTypes.filter((one: string) => one !== grant);
  });
const CLIENT = "Client authentication failed";
const GRANT = "The provided access grant is invalid, expired, or revoked.";

const CASES: Case[] = [
  {
    rule: "C01",
    name: "wrong secret in the form",
    twin: own,
    provoke: (w) => w.ownToken("logs-agent", { client_secret: "wrong" }),
    error: "invalid_client",
    description: CLIENT,
  },
  {
    rule: "C02",
    name: "wrong secret by Basic",
    twin: (w) => byBasic(w),
    provoke: (w) => byBasic(w, "wrong"),
    error: "invalid_client",
    status: 401,
  },
  {
    rule: "C03",
    name: "right secret in the form of a client registered for Basic",
    twin: (w) => byBasic(w),
    provoke: (w) => w.ownToken("approved", { scope: "prices" }),
    error: "invalid_client",
  },
  {
    rule: "C03",
    name: "right secret by Basic of a client registered for the form",
    twin: own,
    provoke: (w) =>
      w.post("access_token", { grant_type: "client_credentials", scope: "logs-read" }, basic("logs-api", SECRET)),
    error: "invalid_client",
    status: 401,
  },
  {
    rule: "C04",
    name: "inactive agent",
    twin: own,
    provoke: async (w) => {
      await w.set("AIAgent/logs-agent", "coreOAuth2ClientConfig", "status", "Inactive");
      return own(w);
    },
    error: "invalid_client",
  },
  {
    rule: "C05",
    name: "grant on the client, missing on the provider",
    twin: own,
    provoke: async (w) => {
      await without(w, "client_credentials");
      return own(w);
    },
    error: "unsupported_grant_type",
  },
  {
    rule: "C06",
    name: "grant on the provider, missing on the client",
    twin: own,
    provoke: async (w) => {
      await w.set("AIAgent/logs-agent", "advancedOAuth2ClientConfig", "grantTypes", [EXCHANGE]);
      return own(w);
    },
    error: "unauthorized_client",
    description: "The authenticated client is not authorized to use this authorization grant type.",
  },
  {
    rule: "C07",
    name: "client credentials with the application's scope",
    twin: own,
    provoke: (w) => w.ownToken("logs-agent", { scope: "logs-read" }),
    error: "invalid_scope",
    description: "Unknown/invalid scope(s): [logs-read]",
  },
  {
    rule: "C08",
    name: "no grant_type",
    twin: own,
    provoke: (w) => w.post("access_token", { client_id: "logs-agent", client_secret: SECRET }),
    error: "invalid_request",
  },
  {
    rule: "C08",
    name: "JSON body",
    twin: own,
    provoke: (w) =>
      send(w.tenant, `${realmBase()}/access_token`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ grant_type: "client_credentials", client_id: "logs-agent", client_secret: SECRET }),
      }),
    error: "invalid_request",
    description: "Invalid Content Type",
  },
  {
    rule: "C09",
    name: "Basic secret with a raw percent sign",
    twin: (w) => byBasic(w),
    provoke: (w) => byBasic(w, "100%secret"),
    error: "invalid_request",
  },
  {
    rule: "C10",
    name: "a parameter twice",
    twin: own,
    provoke: (w) => w.ownToken("logs-agent", { scope: ["monitor-system", "monitor-system"] }),
    error: "invalid_request",
    description: "Parameter sent more than once: scope",
  },
  {
    rule: "C11",
    name: "secret in the form and by Basic",
    twin: (w) => byBasic(w),
    provoke: (w) => byBasic(w, SECRET, { client_id: "approved", client_secret: SECRET }),
    error: "invalid_request",
  },
  {
    rule: "C12",
    name: "no scope asked and no default",
    twin: async (w) => {
      await w.set("AIAgent/logs-agent", "coreOAuth2ClientConfig", "defaultScopes", ["monitor-system"]);
      const reply = await w.ownToken("logs-agent", { scope: "" });
      await w.set("AIAgent/logs-agent", "coreOAuth2ClientConfig", "defaultScopes", []);
      return reply;
    },
    provoke: (w) => w.ownToken("logs-agent", { scope: "" }),
    error: "invalid_scope",
    description: "No scope requested and no default scope configured",
  },
  {
    rule: "C13",
    name: "overrides on with stateless tokens off: the whole block goes live",
    twin: own,
    provoke: async (w) => {
      await w.set("AIAgent/logs-agent", "overrideOAuth2ClientConfig", "statelessTokensEnabled", false);
      return own(w);
    },
    error: "invalid_request",
  },
  {
    rule: "U01",
    name: "wrong password",
    twin: (w) => w.userToken(),
    provoke: (w) => w.userToken({ password: "wrong" }),
    error: "invalid_grant",
    description: GRANT,
  },
  {
    rule: "U02",
    name: "deactivated user",
    twin: (w) => w.userToken(),
    provoke: async (w) => {
      await deactivate(w);
      return w.userToken();
    },
    error: "invalid_grant",
    description: GRANT,
  },
  {
    rule: "U02",
    name: "refresh for a user deactivated since",
    twin: (w) => refreshed(w),
    provoke: async (w) => {
      const refresh_token = await refreshTokenOf(w);
      await deactivate(w);
      return refresh(w, { refresh_token });
    },
    error: "invalid_grant",
  },
  {
    rule: "U03",
    name: "no user name",
    twin: (w) => w.userToken(),
    provoke: (w) => w.userToken({ username: "" }),
    error: "invalid_request",
    description: "Missing parameter, 'username'",
  },
  {
    rule: "R01",
    name: "refresh token that expired",
    twin: (w) => refreshed(w),
    provoke: async (w) => {
      const refresh_token = await refreshTokenOf(w);
      await w.advance(604_800);
      return refresh(w, { refresh_token });
    },
    error: "invalid_grant",
  },
  {
    rule: "R02",
    name: "refresh that widens the scope",
    twin: (w) => refreshed(w),
    provoke: async (w) => refresh(w, { refresh_token: await refreshTokenOf(w), scope: "openid write-data" }),
    error: "invalid_scope",
    description: "Unknown/invalid scope(s): [write-data]",
  },
];
testCases(CASES, () => world);

const deactivate = (w: World) =>
  w.tenant.call("PATCH", `/openidm/managed/alpha_user/${w.ids.barbara}`, [
    { operation: "replace", field: "/accountStatus", value: "inactive" },
  ]);
const refreshTokenOf = async (w: World): Promise<string> => (await w.userToken()).body.refresh_token;
const refresh = (w: World, form: Form) =>
  w.post("access_token", { grant_type: "refresh_token", client_id: "web-app", client_secret: SECRET, ...form });
const refreshed = async (w: World) => refresh(w, { refresh_token: await refreshTokenOf(w) });

test("oauth-flows §1 the challenge comes with 401 only", async () => {
  expect((await byBasic(world, "wrong")).headers.get("www-authenticate")).toBe("Basic");
  expect((await world.ownToken("logs-agent", { client_secret: "wrong" })).headers.get("www-authenticate")).toBeNull();
});

test("oauth-flows §1 an unknown client, and one that sends no secret, fail as a wrong secret does", async () => {
  for (const form of [{ client_id: "nobody" }, { client_secret: "" }]) {
    expect(await world.ownToken("logs-agent", form)).toMatchObject({ status: 400, body: { error: "invalid_client" } });
  }
});

test("oauth-flows §1 a Basic secret with reserved characters works form-urlencoded before base64", async () => {
  await world.set("OAuth2Client/approved", "coreOAuth2ClientConfig", "userpassword", "a%:+b");
  expect((await byBasic(world, encodeURIComponent("a%:+b"))).status).toBe(200);
});

test("aic §9 a secret label wins over the secret of the client, and a new version is the rotation", async () => {
  const label = "am.applications.oauth2.client.logsagent.secret";
  const value = (text: string) => ({ valueBase64: Buffer.from(text).toString("base64") });
  await world.put("/environment/secrets/esv-logs", {
    ...value("first-value"),
    encoding: "generic",
    useInPlaceholders: false,
  });
  await world.set("AIAgent/logs-agent", "coreOAuth2ClientConfig", "secretLabelIdentifier", "logsagent");
  expect((await own(world)).status, "a label that resolves to nothing").toBe(200);
  const mappings =
    "/am/json/realms/root/realms/alpha/realm-config/secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings";
  await world.put(`${mappings}/${label}`, { secretId: label, aliases: ["esv-logs"] });
  expect((await own(world)).body.error).toBe("invalid_client");
  expect((await world.ownToken("logs-agent", { client_secret: "first-value" })).status).toBe(200);
  await world.tenant.call("POST", "/environment/secrets/esv-logs/versions?_action=create", value("second-value"));
  expect((await world.ownToken("logs-agent", { client_secret: "second-value" })).status).toBe(200);
  expect((await world.ownToken("logs-agent", { client_secret: "first-value" })).body.error).toBe("invalid_client");
});

test("a grant that is not served says so", async () => {
  await world.set("OAuth2Client/logs-api", "advancedOAuth2ClientConfig", "grantTypes", ["authorization_code"]);
  const grant = await world.ownToken("logs-api", { grant_type: "authorization_code" });
  expect(grant).toMatchObject({ status: 501, body: { error: "server_error" } });
  expect(grant.headers.get("x-sandbox-gap")).toBe("1");
  expect(grant.headers.get("x-sandbox-evidence")).toBe("K");
});

test("no secret, password or token in an error", async () => {
  const canary = "canary-9f8e7d";
  const replies = [
    await world.ownToken("logs-agent", { client_secret: canary }),
    await byBasic(world, `${canary}%zz`),
    await world.userToken({ password: canary }),
    await world.exchange("logs-agent", { subject_token: canary, audience: "logs-api", scope: "logs-read" }),
    await world.start(canary),
  ];
  for (const { status, body } of replies) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(body)).not.toContain(canary);
  }
});
