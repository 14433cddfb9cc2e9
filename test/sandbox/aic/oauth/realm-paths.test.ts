/** The two paths of a realm: each serves every endpoint, and what one issues names it (oauth-flows §1). */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Reply, send } from "../../tenant.ts";
import { basic, CIBA, claimsOf, createWorld, EXCHANGE, HOST, SECRET, type World } from "./world.ts";

const LONG = "/am/oauth2/realms/root/realms/alpha";
const SHORT = "/am/oauth2/alpha";
const PATHS = [LONG, SHORT];
const other = (path: string) => (path === LONG ? SHORT : LONG);

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.provision());

const post = (path: string, form: Record<string, string>, headers = {}): Promise<Reply> =>
  send(world.tenant, path, { method: "POST", body: new URLSearchParams(form), headers });
const get = (path: string, headers = {}): Promise<Reply> => send(world.tenant, path, { headers });
const agent = { client_id: "logs-agent", client_secret: SECRET };
const ownToken = (path: string) =>
  post(`${path}/access_token`, { grant_type: "client_credentials", ...agent, scope: "monitor-system" });
const tokenOf = async (path: string): Promise<string> => (await ownToken(path)).body.access_token;
const exchange = (path: string, subject_token: string) =>
  post(`${path}/access_token`, {
    ...{ grant_type: EXCHANGE, ...agent, audience: "logs-api", scope: "logs-read", subject_token },
    subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
  });
const introspect = (path: string, token: string) => post(`${path}/introspect`, { token, ...agent });
const start = async (path: string, audience: string) =>
  post(`${path}/bc-authorize`, { request: await world.requestJwt({ aud: audience }) }, basic("approved", SECRET));

describe.each(PATHS)("%s", (path) => {
  test("discovery names the issuer and the endpoints of this path", async () => {
    const { status, body } = await get(`${path}/.well-known/openid-configuration`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      issuer: HOST + path,
      token_endpoint: `${HOST}${path}/access_token`,
      introspection_endpoint: `${HOST}${path}/introspect`,
      jwks_uri: `${HOST}${path}/connect/jwk_uri`,
    });
  });

  test("tokens name this path, and are known at its other endpoints", async () => {
    const token = await tokenOf(path);
    expect(claimsOf(token)).toMatchObject({ iss: HOST + path, realm: "/alpha" });
    expect((await introspect(path, token)).body).toMatchObject({ active: true, iss: HOST + path });
    expect((await get(`${path}/tokeninfo`, { authorization: `Bearer ${token}` })).body.iss).toBe(HOST + path);
    expect((await get(`${path}/introspect?token=${token}`)).status).toBe(405);
    expect((await get(`${path}/connect/jwk_uri`)).body.keys.length).toBeGreaterThan(0);
    const exchanged = await exchange(path, token);
    expect(exchanged.status).toBe(200);
    expect(claimsOf(exchanged.body.access_token).iss).toBe(HOST + path);
  });

  test("a user is asked, and the tokens name this path", async () => {
    const { status, body } = await start(path, HOST + path);
    expect(status).toBe(200);
    await world.advance(5);
    await world.answer("approve");
    const form = { grant_type: CIBA, auth_req_id: body.auth_req_id };
    const tokens = await post(`${path}/access_token`, form, basic("approved", SECRET));
    expect(tokens.status).toBe(200);
    for (const name of ["access_token", "id_token"]) expect(claimsOf(tokens.body[name]).iss).toBe(HOST + path);
  });

  test("what the other path issued, or is for, is refused", async () => {
    const foreign = await tokenOf(other(path));
    expect((await introspect(path, foreign)).body).toEqual({ active: false });
    expect((await exchange(path, foreign)).headers.get("x-sandbox-rule")).toBe("X13");
    const asked = await start(path, HOST + other(path));
    expect(asked).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect(asked.headers.get("x-sandbox-rule")).toBe("B07");
  });

  test("there is no other realm", async () => {
    const unknown = path.replace("alpha", "gamma");
    for (const reply of [await ownToken(unknown), await get(`${unknown}/.well-known/openid-configuration`)]) {
      expect(reply.status).toBe(404);
      expect(reply.headers.get("x-sandbox-rule")).toBe("G02");
    }
  });

  test("what is not served says so", async () => {
    for (const name of ["authorize", "userinfo", "token/revoke", "par"]) {
      const { status, headers } = await get(`${path}/${name}`);
      expect({ name, status, gap: headers.get("x-sandbox-gap") }).toEqual({ name, status: 501, gap: "1" });
    }
  });
});
