/** CIBA: the signed request and the polling, case by case (oauth-flows §6, §8 B and K). */

import { UnsecuredJWT } from "jose";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { type Case, testCases } from "./case.ts";
import { basic, config, createWorld, HOST, issuer, keyPair, realmBase, SECRET, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.provision());

const SIGNATURE = "JWT signature is invalid";
const GRANT = "The provided access grant is invalid, expired, or revoked.";
const signed = async (w: World) => w.start(await w.requestJwt());

/** A case whose request differs from the good one in some claims. */
const claims = (
  rule: Case["rule"],
  name: string,
  changed: (w: World) => Record<string, unknown>,
  error = "invalid_request",
  description?: string,
): Case => ({
  rule,
  name,
  twin: signed,
  provoke: async (w) => w.start(await w.requestJwt(changed(w))),
  error,
  ...(description !== undefined && { description }),
});
const start = (rule: Case["rule"], name: string, provoke: Case["provoke"], description?: string): Case => ({
  rule,
  name,
  twin: signed,
  provoke,
  error: "invalid_request",
  ...(description !== undefined && { description }),
});
const journey = (w: World, body: object) =>
  w.put(`${config()}/authentication/authenticationtrees/trees/Push%20Journey`, {
    entryNodeId: "n",
    nodes: { n: { nodeType: "UsernameCollectorNode" } },
    ...body,
  });

const approved = async (w: World) => {
  const id = await w.startOk();
  await w.answer("approve");
  return id;
};
/** A poll that succeeds. */
const collected = async (w: World) => w.poll(await approved(w));
const polling = (
  rule: Case["rule"],
  name: string,
  provoke: Case["provoke"],
  error: string,
  description?: string,
): Case => ({
  rule,
  name,
  twin: collected,
  provoke,
  error,
  ...(description !== undefined && { description }),
});

const CASES: Case[] = [
  start(
    "B01",
    "no request",
    (w) => w.post("bc-authorize", {}, basic("approved", SECRET)),
    "Request must have a 'request' parameter the value of which must be a signed jwt",
  ),
  start("B02", "alg none", (w) => {
    const content = { iss: "approved", aud: issuer(), exp: w.nowSeconds() + 600, scope: "openid address" };
    const rest = { acr_values: "push", login_hint: "barbara.jensen" };
    return w.start(new UnsecuredJWT({ ...content, ...rest }).encode());
  }),
  start("B02", "HS256 with the client secret", async (w) =>
    w.start(await w.requestJwt({}, { alg: "HS256" }, new TextEncoder().encode(SECRET.padEnd(32, "!")))),
  ),
  start("B02", "RS256 with a registered key", async (w) => {
    const rsa = await keyPair("RS256");
    await w.publish(w.keys.registered.jwk, rsa.jwk);
    return w.start(await w.requestJwt({}, { alg: "RS256", kid: rsa.jwk.kid }, rsa.privateKey));
  }),
  start(
    "B03",
    "signed by an unregistered key",
    async (w) => w.start(await w.requestJwt({}, { kid: w.keys.stranger.jwk.kid }, w.keys.stranger.privateKey)),
    SIGNATURE,
  ),
  start(
    "B03",
    "unregistered key under the name of a registered one",
    async (w) => w.start(await w.requestJwt({}, {}, w.keys.stranger.privateKey)),
    SIGNATURE,
  ),
  start(
    "B03",
    "K03: the retired key after rotation",
    async (w) => {
      await w.publish(w.keys.second.jwk);
      return signed(w);
    },
    SIGNATURE,
  ),
  start(
    "B04",
    "kid names another registered key",
    async (w) => w.start(await w.requestJwt({}, { kid: w.keys.second.jwk.kid })),
    SIGNATURE,
  ),
  start(
    "B05",
    "publicKeyLocation is not jwks",
    async (w) => {
      await w.set("OAuth2Client/approved", "signEncOAuth2ClientConfig", "publicKeyLocation", "jwks_uri");
      return signed(w);
    },
    SIGNATURE,
  ),
  start(
    "B05",
    "empty jwkSet",
    async (w) => {
      await w.publish();
      return signed(w);
    },
    SIGNATURE,
  ),
  claims("B06", "iss is not the client", () => ({ iss: "other-approved" })),
  claims(
    "B07",
    "aud without the port",
    () => ({ aud: `${HOST.replace(/:\d+$/, "")}${realmBase()}` }),
    "invalid_request",
    "incorrect audience in JWT",
  ),
  claims("B08", "exp in the past", (w) => ({ exp: w.nowSeconds() - 1 })),
  claims("B08", "no exp", () => ({ exp: undefined })),
  claims(
    "B09",
    "exp 1801 s ahead",
    (w) => ({ exp: w.nowSeconds() + 1802 }),
    "invalid_request",
    "JWT expiration time is unreasonable",
  ),
  claims("B10", "nbf 600 s ahead", (w) => ({ nbf: w.nowSeconds() + 600 })),
  claims("B11", "scope without openid", () => ({ scope: "address" }), "invalid_scope"),
  claims(
    "B11",
    "scope not on the client",
    () => ({ scope: "openid payment" }),
    "invalid_scope",
    "Unknown/invalid scope(s): [payment]",
  ),
  claims("B12", "no acr_values", () => ({ acr_values: undefined })),
  claims("B12", "unmapped acr", () => ({ acr_values: "unmapped" })),
  start("B12", "acr mapped to a journey that is gone", async (w) => {
    await w.tenant.call("DELETE", `${config()}/authentication/authenticationtrees/trees/Push%20Journey`);
    return signed(w);
  }),
  start("B12", "journey that is transactional only", async (w) => {
    await journey(w, { transactionalOnly: true });
    return signed(w);
  }),
  ...["x".repeat(101), "£5 to spend?", " starts with a space", "two\nlines"].map((binding_message) =>
    claims(
      "B13",
      `binding message ${JSON.stringify(binding_message).slice(0, 20)}`,
      () => ({ binding_message }),
      "invalid_binding_message",
    ),
  ),
  claims("B14", "unknown login_hint", () => ({ login_hint: "nobody" }), "unknown_user_id"),
  start("B15", "scope also outside the JWT", async (w) => w.start(await w.requestJwt(), { scope: "openid address" })),
  claims("B22", "two hints", () => ({ login_hint_token: "x" })),
  claims("B22", "no hint", () => ({ login_hint: undefined })),
  start("B23", "the same jti again", async (w) => {
    const jwt = await w.requestJwt();
    expect((await w.start(jwt)).status).toBe(200);
    return w.start(jwt);
  }),
  {
    ...claims("B24", "deactivated user", () => ({}), "unknown_user_id"),
    provoke: async (w) => {
      const value = [{ operation: "replace", field: "/accountStatus", value: "inactive" }];
      await w.tenant.call("PATCH", `/openidm/managed/alpha_user/${w.ids.barbara}`, value);
      return signed(w);
    },
  },
  polling(
    "B16",
    "polled twice within the interval",
    async (w) => {
      const id = await w.startOk();
      await w.poll(id);
      return w.poll(id);
    },
    "slow_down",
    "The polling interval has not elapsed since the last request",
  ),
  polling(
    "B17",
    "the user denies",
    async (w) => {
      const id = await w.startOk();
      await w.answer("deny");
      return w.poll(id);
    },
    "access_denied",
  ),
  polling(
    "B18",
    "auth_req_id expired",
    async (w) => {
      const id = await approved(w);
      await w.advance(600);
      return w.poll(id);
    },
    "expired_token",
  ),
  polling(
    "B19",
    "another client polls",
    async (w) => w.poll(await approved(w), "other-approved"),
    "invalid_grant",
    GRANT,
  ),
  polling(
    "B20",
    "polled again after success",
    async (w) => {
      const id = await approved(w);
      await w.poll(id);
      await w.advance(2);
      return w.poll(id);
    },
    "invalid_grant",
    GRANT,
  ),
  polling(
    "B21",
    "not answered yet",
    async (w) => w.poll(await w.startOk()),
    "authorization_pending",
    "End user has not yet been authenticated",
  ),
];
testCases(CASES, () => world);

test("oauth-flows §6.2 an early poll starts the interval anew; after it, waiting and success as before", async () => {
  const id = await world.startOk();
  const poll = async () => (await world.poll(id)).body.error;
  expect(await poll()).toBe("authorization_pending");
  await world.advance(1);
  expect(await poll()).toBe("slow_down");
  await world.advance(1);
  expect(await poll(), "2 s after the first poll, 1 s after the early one").toBe("slow_down");
  await world.advance(2);
  expect(await poll()).toBe("authorization_pending");
  await world.answer("approve");
  await world.advance(2);
  expect(await poll()).toBeUndefined();
});

test("oauth-flows §6.2 an id that nobody issued is an invalid grant", async () => {
  expect((await world.poll("nonsense")).body.error).toBe("invalid_grant");
});

test("oauth-flows §6.1 client authentication and the grant come first", async () => {
  const request = await world.requestJwt();
  const wrong = await world.post("bc-authorize", { request }, basic("approved", "wrong"));
  expect(wrong).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  await world.set("OAuth2Client/approved", "advancedOAuth2ClientConfig", "grantTypes", ["client_credentials"]);
  expect((await world.start(request)).body.error).toBe("unauthorized_client");
});

test("oauth-flows §7.4 both keys work during the overlap, and PS256 keys as well as ES256 ones", async () => {
  const second = await world.requestJwt({}, { kid: world.keys.second.jwk.kid }, world.keys.second.privateKey);
  expect((await world.start(second)).status).toBe(200);
  expect((await signed(world)).status).toBe(200);
  const rsa = await keyPair("PS256");
  await world.publish(rsa.jwk);
  const request = await world.requestJwt({}, { alg: "PS256", kid: rsa.jwk.kid }, rsa.privateKey);
  expect((await world.start(request)).status).toBe(200);
});

test("oauth-flows §6.1 a key in the header of the request does not count", async () => {
  const { privateKey, jwk } = world.keys.stranger;
  const { alg, use, kid, ...key } = jwk;
  const reply = await world.start(await world.requestJwt({}, { jwk: key, kid: undefined }, privateKey));
  expect(reply.headers.get("x-sandbox-rule")).toBe("B03");
});

test("oauth-flows §6.1 the longest allowed values pass: 100 characters, 1800 s, clock 300 s ahead", async () => {
  const now = world.nowSeconds();
  const request = { binding_message: "é".repeat(100), exp: now + 1800, nbf: now + 300, iat: now + 300 };
  expect((await world.start(await world.requestJwt(request))).status).toBe(200);
});
