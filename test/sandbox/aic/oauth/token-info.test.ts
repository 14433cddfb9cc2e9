/** Introspection, tokeninfo and discovery (oauth-flows §1, §3.3, §8 I). */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { type Case, testCases } from "./case.ts";
import { createWorld, EXCHANGE, HOST, issuer, SECRET, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.provision());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const token = (w: World) => w.accessTokenOf(w.ownToken("logs-agent"));
const info = async (w: World) => w.get("tokeninfo", bearer(await token(w)));
const introspect = (w: World, form: Record<string, string>) =>
  w.post("introspect", { client_id: "logs-agent", client_secret: SECRET, ...form });

const CASES: Case[] = [
  {
    rule: "I02",
    name: "broken token",
    twin: info,
    provoke: async (w) => w.get("tokeninfo", bearer((await token(w)).replace(/.{4}$/, "AAAA"))),
    error: "invalid_token",
    status: 401,
  },
  {
    rule: "I02",
    name: "expired token",
    twin: info,
    provoke: async (w) => {
      const expired = await token(w);
      await w.advance(3600);
      return w.get("tokeninfo", bearer(expired));
    },
    error: "invalid_token",
    status: 401,
  },
  {
    rule: "I02",
    name: "token of a client that is inactive now",
    twin: info,
    provoke: async (w) => {
      const orphan = await token(w);
      await w.set("AIAgent/logs-agent", "coreOAuth2ClientConfig", "status", "Inactive");
      return w.get("tokeninfo", bearer(orphan));
    },
    error: "invalid_token",
    status: 401,
  },
  {
    rule: "I03",
    name: "token in header and query at once",
    twin: async (w) => w.get(`tokeninfo?access_token=${await token(w)}`),
    provoke: async (w) => w.get(`tokeninfo?access_token=${await token(w)}`, bearer(await token(w))),
    error: "invalid_request",
  },
  {
    rule: "I06",
    name: "introspect without token",
    twin: async (w) => introspect(w, { token: await token(w) }),
    provoke: (w) => introspect(w, {}),
    error: "invalid_request",
  },
];
testCases(CASES, () => world);

test("I01 introspect by a client outside aud is inactive, with the rule in the headers", async () => {
  const subject = await world.accessTokenOf(world.onBehalf());
  const seen = await introspect(world, { token: subject, client_id: "assistant" });
  expect(seen.body.active).toBe(true);
  const ask = () => introspect(world, { token: subject });
  const hidden = await ask();
  expect(hidden).toMatchObject({ status: 200, body: { active: false } });
  expect(Object.keys(hidden.body)).toEqual(["active"]);
  expect(hidden.headers.get("x-sandbox-rule")).toBe("I01");
  await world.tenant.control("rules", { off: ["I01"] });
  expect((await ask()).body.active).toBe(true);
});

test("I04 introspect with GET is not allowed; a token in the query of a POST does not count", async () => {
  const valid = await token(world);
  const reply = await world.get(`introspect?token=${valid}`);
  expect(reply.status).toBe(405);
  expect(reply.headers.get("allow")).toBe("POST");
  expect(reply.headers.get("x-sandbox-rule")).toBe("I04");
  const query = await world.post(`introspect?token=${valid}`, { client_id: "logs-agent", client_secret: SECRET });
  expect(query.body.error).toBe("invalid_request");
});

test("I05 expired, forged and refresh tokens are inactive", async () => {
  const expired = await token(world);
  const { refresh_token } = (await world.userToken()).body;
  const asWebApp = { client_id: "web-app" };
  expect((await introspect(world, { token: refresh_token, ...asWebApp })).body).toEqual({ active: false });
  expect((await introspect(world, { token: "nonsense" })).body).toEqual({ active: false });
  await world.advance(3600);
  const late = await introspect(world, { token: expired });
  expect(late.body).toEqual({ active: false });
  expect(late.headers.get("x-sandbox-rule")).toBe("I05");
  await world.tenant.control("rules", { off: ["I05"] });
  expect((await introspect(world, { token: expired })).body.active).toBe(true);
});

test("introspection needs an authenticated client", async () => {
  const reply = await introspect(world, { token: await token(world), client_secret: "wrong" });
  expect(reply).toMatchObject({ status: 400, body: { error: "invalid_client" } });
});

test("expires_in of introspection counts down, that of tokeninfo does not", async () => {
  const valid = await token(world);
  await world.advance(600);
  expect((await introspect(world, { token: valid })).body.expires_in).toBeLessThanOrEqual(3000);
  expect((await world.get("tokeninfo", bearer(valid))).body.expires_in).toBe(3600);
});

test("oauth-flows §1 discovery: issuer with its port, no token exchange even where it works, acr keys of now", async () => {
  const { body } = await world.get(".well-known/openid-configuration");
  expect(body).toMatchObject({
    issuer: issuer(),
    token_endpoint: `${issuer()}/access_token`,
    jwks_uri: `${issuer()}/connect/jwk_uri`,
    acr_values_supported: ["push", "other"],
  });
  expect(body.issuer.startsWith(`${HOST}/`)).toBe(true);
  expect(body.grant_types_supported).toContain("client_credentials");
  expect(body.grant_types_supported).not.toContain(EXCHANGE);
  expect(body).not.toHaveProperty("backchannel_authentication_endpoint");
  await world.amendProvider((document) => {
    document.advancedOIDCConfig.loaMapping = {};
  });
  expect((await world.get(".well-known/openid-configuration")).body.acr_values_supported).toEqual([]);
});

test("oauth-flows §1 the issuer carries the port also where it is the default one", async () => {
  const path = "/am/oauth2/realms/root/realms/alpha/.well-known/openid-configuration";
  const response = await world.tenant.app.request(`https://tenant.example${path}`);
  const { issuer: found } = (await response.json()) as { issuer: string };
  expect(found).toBe("https://tenant.example:443/am/oauth2/realms/root/realms/alpha");
});
