/** What tokens and answers look like (oauth-flows §3), in the three documented flows. */
import { createLocalJWKSet, jwtVerify } from "jose";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { basic, CIBA, claimsOf, createWorld, EXCHANGE, issuer, SECRET, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.provision());

const common = {
  cts: "OAUTH2_STATELESS_GRANT",
  iss: issuer(),
  tokenName: "access_token",
  token_type: "Bearer",
  realm: "/alpha",
  expires_in: 3600,
  auditTrackingId: expect.stringMatching(/^[0-9a-f-]{36}-\d+$/),
  authGrantId: expect.any(String),
  jti: expect.any(String),
  nbf: expect.any(Number),
  iat: expect.any(Number),
  exp: expect.any(Number),
};

describe("autonomous agent", () => {
  test("oauth-flows §3.1, §3.2 client credentials: four keys, and the agent's own claims", async () => {
    const { status, body, headers } = await world.ownToken("logs-agent");
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["access_token", "scope", "token_type", "expires_in"]);
    expect(body).toMatchObject({ scope: "monitor-system", token_type: "Bearer", expires_in: 3599 });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(claimsOf(body.access_token)).toEqual({
      ...common,
      sub: "logs-agent",
      subname: "logs-agent",
      client_id: "logs-agent",
      aud: "logs-agent",
      scope: ["monitor-system"],
      grant_type: "client_credentials",
    });
  });

  test("oauth-flows §3.1, §3.2, §5.2 exchange for itself: null refresh token, act and both audiences", async () => {
    const { status, body } = await world.autonomous({ scope: "logs-read logs-search" });
    expect(status).toBe(200);
    const { access_token, ...rest } = body;
    expect(rest).toEqual({
      refresh_token: null,
      issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
      scope: "logs-read logs-search",
      token_type: "Bearer",
      expires_in: 3599,
    });
    const info = await world.get("tokeninfo", { authorization: `Bearer ${access_token}` });
    expect(info.body).toEqual({
      ...common,
      access_token,
      sub: "logs-agent",
      subname: "logs-agent",
      client_id: "logs-agent",
      aud: ["logs-agent", "logs-api"],
      act: { sub: "logs-agent" },
      scope: ["logs-search", "logs-read"],
      grant_type: EXCHANGE,
      "logs-read": "",
      "logs-search": "",
    });
  });
});

test("oauth-flows §3.2 audit ids count within one id", async () => {
  const ids: string[] = [];
  for (let call = 0; call < 3; call += 1) {
    const { body } = await world.ownToken("logs-agent");
    ids.push(String(claimsOf(body.access_token).auditTrackingId));
  }
  const split = ids.map((id) => [id.slice(0, 36), Number(id.slice(37))] as const);
  expect(new Set(split.map(([id]) => id)).size).toBe(1);
  expect(split.map(([, count]) => count)).toEqual(split.map((_, at) => (split[0]?.[1] ?? 0) + at));
});

describe("on behalf of a user", () => {
  test("oauth-flows §3.1, §3.2 password: access and refresh token of the user", async () => {
    const { body } = await world.userToken();
    expect(Object.keys(body)).toEqual(["access_token", "refresh_token", "scope", "token_type", "expires_in"]);
    expect(claimsOf(body.access_token)).toEqual({
      ...common,
      sub: world.ids.barbara,
      subname: world.ids.barbara,
      client_id: "web-app",
      aud: "web-app",
      scope: ["openid"],
      grant_type: "password",
      auth_level: 0,
      auth_time: expect.any(Number),
    });
  });

  test("oauth-flows §5.2 exchange keeps the user, names the agent, and may widen the scope", async () => {
    const { body } = await world.onBehalf();
    expect(claimsOf(body.access_token)).toMatchObject({
      sub: world.ids.barbara,
      client_id: "assistant",
      act: { sub: "assistant" },
      aud: ["assistant", "web-app"],
      scope: ["read-data"],
      grant_type: EXCHANGE,
      auth_level: 0,
      auth_time: expect.any(Number),
    });
  });

  test("oauth-flows §3.3 introspection: application for its token, agent and application for the exchanged one; no aud", async () => {
    const user = await world.accessTokenOf(world.userToken());
    const own = await world.post("introspect", { token: user, client_id: "web-app", client_secret: SECRET });
    expect(own.body).toEqual({
      active: true,
      scope: "openid",
      realm: "/alpha",
      client_id: "web-app",
      user_id: world.ids.barbara,
      username: world.ids.barbara,
      token_type: "Bearer",
      exp: expect.any(Number),
      sub: world.ids.barbara,
      iss: issuer(),
      subname: world.ids.barbara,
      auth_level: 0,
      authGrantId: expect.any(String),
      auditTrackingId: expect.any(String),
      expires_in: expect.any(Number),
    });
    expect(own.body.expires_in).toBeLessThanOrEqual(3600);
    const token = (await world.onBehalf()).body.access_token;
    for (const client_id of ["assistant", "web-app"]) {
      const { body } = await world.post("introspect", { token, client_id, client_secret: SECRET });
      expect(body).toMatchObject({
        active: true,
        client_id: "assistant",
        act: { sub: "assistant" },
        scope: "read-data",
      });
    }
  });

  test("oauth-flows §3.3 a client that may introspect all tokens sees others' too; aud appears once that is configured", async () => {
    const token = await world.accessTokenOf(world.userToken());
    const ask = () => world.post("introspect", { token, client_id: "bystander", client_secret: SECRET });
    expect((await ask()).body).toEqual({ active: false });
    await world.set("OAuth2Client/bystander", "coreOAuth2ClientConfig", "scopes", ["am-introspect-all-tokens"]);
    expect((await ask()).body).toMatchObject({ active: true, client_id: "web-app" });
    expect((await ask()).body).not.toHaveProperty("aud");
    await world.amendProvider((document) => {
      document.advancedOAuth2Config.useTokenIntrospectionClaimForJWT = true;
    });
    expect((await ask()).body).toMatchObject({ aud: "web-app" });
  });
});

describe("approval by back channel", () => {
  test("oauth-flows §6 start, wait, approve, collect: tokens of the user, id token with the acr key", async () => {
    const started = await world.start(await world.requestJwt());
    expect(started).toMatchObject({ status: 200, body: { expires_in: 600, interval: 2 } });
    const { auth_req_id } = started.body;
    expect(Buffer.from(auth_req_id, "base64url").length * 8).toBeGreaterThanOrEqual(160);
    const listed = await world.pending();
    expect(listed).toMatchObject([
      {
        realm: "alpha",
        client: "approved",
        user: "barbara.jensen",
        userId: world.ids.barbara,
        scopes: ["openid", "address"],
        binding_message: "Share your address?",
        acr: "push",
        journey: "Push Journey",
      },
    ]);
    expect(JSON.stringify(listed)).not.toContain(auth_req_id);
    expect((await world.poll(auth_req_id)).body.error).toBe("authorization_pending");
    expect((await world.answer("approve")).status).toBe(204);
    await world.advance(2);
    const { status, body } = await world.poll(auth_req_id);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual([
      "access_token",
      "refresh_token",
      "scope",
      "id_token",
      "token_type",
      "expires_in",
    ]);
    expect(claimsOf(body.access_token)).toMatchObject({
      sub: world.ids.barbara,
      client_id: "approved",
      aud: "approved",
      grant_type: CIBA,
      auth_level: 0,
    });
    expect(claimsOf(body.id_token)).toMatchObject({
      iss: issuer(),
      sub: world.ids.barbara,
      aud: "approved",
      acr: "push",
      tokenName: "id_token",
    });
  });

  test("oauth-flows §6.1 first mapped acr wins; a user's UUID is a hint as well; the tutorial's request without iat, nbf, jti and kid passes", async () => {
    const claims = {
      acr_values: "unmapped other push",
      login_hint: world.ids.barbara,
      iat: undefined,
      nbf: undefined,
      jti: undefined,
    };
    expect((await world.start(await world.requestJwt(claims, { kid: undefined }))).status).toBe(200);
    expect(await world.pending()).toMatchObject([{ acr: "other", journey: "Other Journey" }]);
  });

  test("oauth-flows §2 lifetime and interval are the provider's, and an AI agent can be the client", async () => {
    await world.amendProvider((document) => {
      document.cibaConfig.cibaAuthReqIdLifetime = 120;
      document.cibaConfig.cibaMinimumPollingInterval = 5;
    });
    await world.agent("approved-agent", {
      coreOAuth2ClientConfig: { scopes: ["openid", "address"], userpassword: SECRET },
      advancedOAuth2ClientConfig: { grantTypes: [CIBA] },
      signEncOAuth2ClientConfig: {
        publicKeyLocation: "jwks",
        jwkSet: JSON.stringify({ keys: [world.keys.registered.jwk] }),
      },
    });
    const request = await world.requestJwt({ iss: "approved-agent" });
    const { body, headers } = await world.post("bc-authorize", { request }, basic("approved-agent", SECRET));
    expect(headers.get("x-sandbox-evidence"), "oauth-flows §12.7: nobody has seen it").toBe("K");
    expect(body).toMatchObject({ expires_in: 120, interval: 5 });
  });

  test("oauth-flows §6.3 only the user who is asked may answer, and once; nothing without the control token", async () => {
    await world.startOk();
    const [{ id }] = await world.pending();
    const other = await world.answer("approve", "demo.owner");
    const wrong = await world.answer("approve", "barbara.jensen", "wrong");
    expect([other.status, wrong.status]).toEqual([403, 403]);
    expect((await world.tenant.call("POST", `/__sandbox/ciba/${id}/approve`, {})).status).toBe(401);
    expect((await world.answer("approve")).status).toBe(204);
    expect(await world.pending()).toEqual([]);
    const body = { username: "barbara.jensen", password: world.tenant.users["barbara.jensen"]?.password };
    expect((await world.tenant.control(`ciba/${id}/deny`, body)).status).toBe(404);
  });
});

describe("signatures", () => {
  test("oauth-flows §2 access tokens follow the provider's algorithm; asymmetric ones verify with the published keys", async () => {
    const header = (token: string) => JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());
    const symmetric = await world.accessTokenOf(world.ownToken("logs-agent"));
    expect(header(symmetric)).toEqual({ typ: "JWT", kid: expect.any(String), alg: "HS256" });
    for (const alg of ["RS256", "ES256"]) {
      await world.amendProvider((document) => {
        document.advancedOAuth2Config.tokenSigningAlgorithm = alg;
      });
      const token = await world.accessTokenOf(world.ownToken("logs-agent"));
      const { body } = await world.get("connect/jwk_uri");
      const { payload } = await jwtVerify(token, createLocalJWKSet(body), { issuer: issuer() });
      expect(payload.sub).toBe("logs-agent");
    }
  });

  test("oauth-flows §1 no private and no symmetric key is published", async () => {
    const { body } = await world.get("connect/jwk_uri");
    expect(body.keys.map(({ kty }: { kty: string }) => kty)).toEqual(["RSA", "EC"]);
    for (const key of body.keys)
      for (const member of ["d", "p", "q", "dp", "dq", "qi", "k"]) expect(key).not.toHaveProperty(member);
  });

  test("oauth-flows §2 an algorithm that the sandbox has no key for fails closed, for ID tokens too", async () => {
    const id = await world.startOk();
    await world.answer("approve");
    await world.set("OAuth2Client/approved", "signEncOAuth2ClientConfig", "idTokenSignedResponseAlg", "HS256");
    const idToken = await world.poll(id);
    await world.amendProvider((document) => {
      document.advancedOAuth2Config.tokenSigningAlgorithm = "ES512";
    });
    for (const reply of [idToken, await world.ownToken("logs-agent")]) {
      expect(reply).toMatchObject({ status: 501, body: { error: "server_error" } });
      expect(reply.body).not.toHaveProperty("access_token");
    }
  });
});
