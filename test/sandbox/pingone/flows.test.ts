/** PingOne's token flows in the sandbox: what is issued, and each refusal beside the request that is granted. */

import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { splitScopes } from "../../../src/sandbox/form.ts";
import { basic, type Json, type Reply } from "./environment.ts";
import { ACCESS_TOKEN, type Client, claimsOf, createWorld, DEVICE, refused, type World } from "./oauth/world.ts";

const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

let flows: World;
let agent: Client;
let stranger: Client;
let portal: Client;
let orders: string;

beforeAll(async () => {
  flows = await createWorld();
  ({ agent, stranger, portal, orders } = flows);
});
afterAll(() => flows.stop());

describe("client credentials", () => {
  test("give a token for the resource that owns the scope, signed with the published key", async () => {
    const reply = await flows.own(agent, "orders:read");
    expect(reply).toMatchObject({
      status: 200,
      body: { token_type: "Bearer", expires_in: 900, scope: "orders:read" },
    });
    const keys = createRemoteJWKSet(new URL(`${flows.issuer}/jwks`));
    const { payload } = await jwtVerify(String(reply.body.access_token), keys, { issuer: flows.issuer });
    expect(payload).toMatchObject({ client_id: agent.id, aud: ["https://orders.example.com"], scope: "orders:read" });
    expect(payload).not.toHaveProperty("act");
  });

  test.each<[string, () => Promise<Reply>, string, string]>([
    ["a scope that is not granted", () => flows.own(agent, "orders:write"), "invalid_scope", "scopeNotGranted"],
    ["scopes of two resources", () => flows.own(agent, "orders:read agent:act"), "invalid_scope", "severalResources"],
    ["a wrong secret", () => flows.own({ ...agent, secret: "x" }), "invalid_client", "wrongSecret"],
    ["an unknown client", () => flows.own({ id: "x", secret: "x" }), "invalid_client", "unknownClient"],
    [
      "the secret in the form",
      () => flows.post("token", { grant_type: "client_credentials", client_id: agent.id, client_secret: agent.secret }),
      "invalid_client",
      "wrongMethod",
    ],
    [
      "a grant type that the application does not have",
      () => flows.token(portal, { grant_type: "client_credentials", scope: "portal:use" }),
      "unauthorized_client",
      "grantNotAllowed",
    ],
    [
      "a grant type that nobody has",
      () => flows.token(agent, { grant_type: "magic" }),
      "unsupported_grant_type",
      "unsupportedGrant",
    ],
  ])("are refused with %s", async (_what, request, error, rule) => {
    expect(refused(await request())).toEqual({ error, rule });
  });

  test("end with the application's secret, which lives on beside the next for as long as it was said", async () => {
    const rotating = await flows.application("rotating", { grantTypes: ["CLIENT_CREDENTIALS"] });
    await flows.grant(rotating, orders, ["orders:read"]);
    const next = await flows.admin.rotateSecret(rotating.id, new Date(Date.now() + 600_000));
    expect((await flows.own(rotating, "orders:read")).status).toBe(200);
    expect((await flows.own({ ...rotating, secret: next.secret }, "orders:read")).status).toBe(200);
    await flows.admin.rotateSecret(rotating.id);
    expect(refused(await flows.own({ ...rotating, secret: next.secret }, "orders:read")).rule).toBe("wrongSecret");
  });

  test("stop at once when the application is disabled", async () => {
    const off = await flows.application("off", { grantTypes: ["CLIENT_CREDENTIALS"], enabled: false });
    expect(refused(await flows.own(off)).rule).toBe("disabledClient");
  });

  test("work with a signed assertion, and not with one of another key or audience", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "ES256" }] });
    const signing = await flows.application("signing", {
      ...{ grantTypes: ["CLIENT_CREDENTIALS"], tokenEndpointAuthMethod: "PRIVATE_KEY_JWT", jwks },
    });
    await flows.grant(signing, orders, ["orders:read"]);
    const ask = async (key: typeof privateKey, audience: string) => {
      const assertion = await new SignJWT({ iss: signing.id, sub: signing.id, aud: audience })
        .setProtectedHeader({ alg: "ES256", kid: "1" })
        .setExpirationTime("1m")
        .sign(key);
      const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
      const form = { grant_type: "client_credentials", scope: "orders:read" };
      return flows.post("token", { ...form, client_assertion: assertion, client_assertion_type: type });
    };
    expect((await ask(privateKey, flows.issuer)).status).toBe(200);
    expect(refused(await ask((await generateKeyPair("ES256")).privateKey, flows.issuer)).rule).toBe("wrongAssertion");
    expect(refused(await ask(privateKey, "https://elsewhere.example.com")).rule).toBe("wrongAssertion");
  });
});

describe("token exchange", () => {
  test("on behalf of a user keeps the subject and names the agent", async () => {
    const subject = claimsOf(await flows.signOn());
    expect(subject.may_act).toEqual({ sub: agent.id });
    const reply = await flows.exchange(agent);
    expect(reply.body).toMatchObject({ issued_token_type: ACCESS_TOKEN, scope: "orders:read" });
    expect(claimsOf(reply)).toMatchObject({
      ...{ sub: subject.sub, act: { sub: agent.id }, client_id: agent.id },
      aud: ["https://orders.example.com"],
    });
  });

  test("by an agent that the subject's token does not name is no delegation", async () => {
    expect(claimsOf(await flows.exchange(stranger))).not.toHaveProperty("act");
  });

  test("with the actor token of another agent is no delegation", async () => {
    expect(claimsOf(await flows.exchange(agent, {}, undefined, stranger))).not.toHaveProperty("act");
  });

  test("ignores audience and honours resource", async () => {
    expect((await flows.exchange(agent, { audience: "https://elsewhere.example.com" })).status).toBe(200);
    expect((await flows.exchange(agent, { resource: "https://orders.example.com" })).status).toBe(200);
    const elsewhere = await flows.exchange(agent, { resource: "https://elsewhere.example.com" });
    expect(refused(elsewhere)).toEqual({ error: "invalid_target", rule: "otherTarget" });
  });

  test.each<[string, () => Promise<Reply>, string]>([
    ["a wider scope", () => flows.exchange(agent, { scope: "orders:write" }), "scopeNotGranted"],
    ["no scope", () => flows.exchange(agent, { scope: "" }), "noScope"],
    ["a scope of OpenID Connect", () => flows.exchange(agent, { scope: "openid" }), "customOnly"],
    [
      "a forged subject token",
      () => flows.exchange(agent, {}, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."),
      "subjectInvalid",
    ],
    ["another type of token", () => flows.exchange(agent, { subject_token_type: "urn:x" }), "subjectType"],
    ["a forged actor token", () => flows.exchange(agent, { actor_token: "x" }), "actorInvalid"],
    ["an application without the grant", () => flows.exchange(portal, {}, undefined, agent), "grantNotAllowed"],
  ])("is refused with %s", async (_what, request, rule) => {
    expect(refused(await request()).rule).toBe(rule);
  });

  test("takes and brings access tokens and ID tokens, each under its own name", async () => {
    const { body } = await flows.signOn("openid portal:use");
    const asIdToken = { subject_token: String(body.id_token), subject_token_type: ID_TOKEN };
    const claims = claimsOf(await flows.exchange(agent, asIdToken));
    const signedOn = decodeJwt(String(body.access_token));
    expect(claims).toMatchObject({ sub: signedOn.sub, sid: signedOn.sid, "p1.userId": signedOn["p1.userId"] });
    const misnamed = { ...asIdToken, subject_token_type: ACCESS_TOKEN };
    expect(refused(await flows.exchange(agent, misnamed)).rule).toBe("subjectInvalid");
    expect(refused(await flows.exchange(agent, { actor_token_type: ID_TOKEN })).rule).toBe("actorInvalid");

    const wanted = await flows.exchange(agent, { requested_token_type: ID_TOKEN }, String(body.access_token));
    expect(wanted.body).toMatchObject({ issued_token_type: ID_TOKEN, token_type: "N_A" });
    const idToken = claimsOf(wanted);
    expect(idToken).toMatchObject({
      aud: agent.id,
      sub: signedOn.sub,
      sid: signedOn.sid,
      auth_time: signedOn.auth_time,
    });
    expect(Number(idToken.exp)).toBeLessThanOrEqual(Number(signedOn.exp));
    const own = String((await flows.own(agent)).body.access_token);
    const nobody = await flows.exchange(agent, { requested_token_type: ID_TOKEN }, own);
    expect([nobody.status, nobody.headers.get("x-sandbox-gap")]).toEqual([501, "1"]);
  });

  test("is refused with a subject token that has expired", async () => {
    const subject = String((await flows.signOn()).body.access_token);
    await flows.control("clock", { advanceSeconds: 901 });
    expect(refused(await flows.exchange(agent, {}, subject)).rule).toBe("subjectInvalid");
    await flows.control("clock", { reset: true });
  });
});

describe("what a user approves", () => {
  describe("by CIBA", () => {
    test("is waited for, polled not too fast, and given once", async () => {
      const { body } = await flows.start();
      expect(body).toEqual({ auth_req_id: expect.any(String), expires_in: 120, interval: 5 });
      expect(refused(await flows.poll(body.auth_req_id)).error).toBe("authorization_pending");
      expect(refused(await flows.poll(body.auth_req_id)).error).toBe("slow_down");
      expect((await flows.pending())[0]).toMatchObject({ user: "end.user", binding_message: "Refund 12 EUR?" });
      expect((await flows.answer("approve", "barbara.jensen")).status).toBe(403);
      expect((await flows.answer("approve")).status).toBe(204);
      await flows.wait();
      const granted = await flows.poll(body.auth_req_id);
      const [user] = await flows.admin.users.list('username eq "end.user"');
      expect(claimsOf(granted)).toMatchObject({ sub: user?.id, scope: "orders:write", client_id: flows.asking.id });
      expect(refused(await flows.poll(body.auth_req_id)).rule).toBe("unknownRequest");
    });

    test("is asked for by the policy that acr_values names, by name or id, or else by the first", async () => {
      const { flowPolicies } = flows.admin;
      const approval = (await flowPolicies.list()).find(({ name }) => name === "Agent Approval");
      const id = "0123456789abcdef0123456789abcdef";
      const path = `/v1/environments/${flows.environmentId}/flowPolicies/${id}`;
      const objects = [{ path, body: { id, name: "Second", trigger: { type: "CIBA" } } }];
      expect((await flows.control("load", { objects })).status).toBe(204);
      const assignments = flows.admin.below(flows.asking.id, "flowPolicyAssignments");
      await assignments.create({ flowPolicy: { id }, priority: 2 });
      for (const [acr_values, acr] of [
        [undefined, "Agent Approval"],
        ["Agent Approval", "Agent Approval"],
        ["Unknown Second", "Second"],
        [`${id} ${approval?.id}`, "Second"],
        [String(approval?.id), "Agent Approval"],
      ] as const) {
        const { body } = await flows.start(acr_values === undefined ? {} : { acr_values });
        expect((await flows.pending()).at(-1)).toMatchObject({ acr });
        await flows.answer("approve");
        expect(claimsOf(await flows.poll(body.auth_req_id))).toMatchObject({ acr, auth_time: expect.any(Number) });
      }
    });

    test("is denied, or runs out", async () => {
      const denied = await flows.start();
      await flows.answer("deny");
      expect(refused(await flows.poll(denied.body.auth_req_id)).error).toBe("access_denied");
      const late = await flows.start();
      await flows.control("clock", { advanceSeconds: 121 });
      expect(refused(await flows.poll(late.body.auth_req_id)).error).toBe("expired_token");
    });

    test.each<[string, () => Promise<Reply>, string]>([
      ["two hints", () => flows.start({ id_token_hint: "x" }), "oneHint"],
      ["a policy that is not the application's", () => flows.start({ acr_values: "Agent_Approval" }), "wrongPolicy"],
      ["a policy that cannot ask", () => flows.start({ acr_values: "Agent Sign On" }), "wrongPolicy"],
      ["a message of nothing", () => flows.start({ binding_message: " " }), "wrongMessage"],
      ["a message of two lines", () => flows.start({ binding_message: "Refund\nApprove" }), "wrongMessage"],
      ["a message that nobody reads", () => flows.start({ binding_message: "x".repeat(101) }), "wrongMessage"],
      ["nobody's name", () => flows.start({ login_hint: "nobody" }), "unknownUser"],
      ["a scope that is not granted", () => flows.start({ scope: "orders:read" }), "scopeNotGranted"],
      ["an application without the grant", () => flows.post("cibaAuthorization", {}, basic(agent)), "grantNotAllowed"],
    ])("is not asked for with %s", async (_what, request, rule) => {
      expect(refused(await request()).rule).toBe(rule);
    });

    test("is not asked for where no policy can ask", async () => {
      const mute = await flows.application("mute", { grantTypes: ["CIBA"] });
      await flows.grant(mute, orders, ["orders:write"]);
      const form = { login_hint: "end.user", scope: "orders:write" };
      expect(refused(await flows.post("cibaAuthorization", form, basic(mute))).rule).toBe("noCibaPolicy");
    });

    test("belongs to the client that asked", async () => {
      const { body } = await flows.start();
      const other = await flows.application("other", { grantTypes: ["CIBA"] });
      const stolen = await flows.poll(body.auth_req_id, other);
      expect(refused(stolen).rule).toBe("unknownRequest");
      await flows.answer("deny");
    });
  });

  test("on a device is the code that the device shows", async () => {
    const device = await flows.application("device", { grantTypes: ["DEVICE_CODE"], devicePollingInterval: 3 });
    await flows.grant(device, orders, ["orders:read"]);
    const { body } = await flows.post("device_authorization", { scope: "orders:read" }, basic(device));
    expect(body).toMatchObject({
      expires_in: 600,
      interval: 3,
      user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
    });
    const poll = () => flows.token(device, { grant_type: DEVICE, device_code: String(body.device_code) });
    expect(refused(await poll()).error).toBe("authorization_pending");
    expect((await flows.pending())[0]).toMatchObject({ user_code: body.user_code });
    await flows.answer("approve", "barbara.jensen");
    await flows.wait();
    expect(claimsOf(await poll())).toMatchObject({ scope: "orders:read" });
  });
});

const introspect = (asker: { id: string; secret: string }, value: unknown) =>
  flows.post("introspect", { token: String(value) }, basic(asker));
const isActive = async (asker: Client, { body }: Reply) =>
  (await introspect(asker, body.access_token)).body.active === true;

describe("refresh", () => {
  afterEach(() => flows.control("clock", { reset: true }));

  /** An application that may refresh; the rest is as the console has it unless a test says otherwise. */
  async function refreshing(name: string, more: Json = {}, oidcScopes: readonly string[] = []) {
    const grantTypes = ["AUTHORIZATION_CODE", "REFRESH_TOKEN"];
    const client = await flows.application(name, { type: "WEB_APP", grantTypes, responseTypes: ["CODE"], ...more });
    await flows.grant(client, orders, ["orders:read", "orders:write"]);
    const [openid] = (await flows.admin.resources.list()).filter(({ type }) => type === "OPENID_CONNECT");
    if (oidcScopes.length) await flows.grant(client, openid?.id ?? "", oidcScopes);
    return client;
  }

  test("rolls the token, tells of the same sign-on, and a token that is used again ends all that came from it", async () => {
    const signedOn = await flows.signOn();
    const second = await flows.refresh(signedOn.body.refresh_token);
    expect(second.body.refresh_token).not.toBe(signedOn.body.refresh_token);
    const { acr, auth_time, sid } = claimsOf(signedOn);
    expect(claimsOf(second)).toMatchObject({ ...(acr !== undefined && { acr }), auth_time, sid });
    expect(await isActive(portal, signedOn)).toBe(true);
    expect(refused(await flows.refresh(signedOn.body.refresh_token)).rule).toBe("refreshReplayed");
    expect(refused(await flows.refresh(second.body.refresh_token)).rule).toBe("refreshUnknown");
    for (const one of [signedOn, second]) {
      expect(await isActive(portal, one)).toBe(false);
      const exchange = await flows.exchange(agent, {}, String(one.body.access_token));
      expect(refused(exchange).rule).toBe("subjectInvalid");
    }
  });

  test("without additional protection refuses the used token alone", async () => {
    const client = await refreshing("unprotected", { additionalRefreshTokenReplayProtectionEnabled: false });
    const signedOn = await flows.signOn("orders:read", client);
    const second = await flows.refresh(signedOn.body.refresh_token, {}, client);
    expect(refused(await flows.refresh(signedOn.body.refresh_token, {}, client)).rule).toBe("refreshReplayed");
    expect(await isActive(client, signedOn)).toBe(true);
    expect((await flows.refresh(second.body.refresh_token, {}, client)).status).toBe(200);
  });

  test("takes a rolled token for the grace period", async () => {
    const client = await refreshing("lossy", { refreshTokenRollingGracePeriodDuration: 3_600 });
    const first = (await flows.signOn("orders:read", client)).body.refresh_token;
    for (const seconds of [0, 3_000]) {
      await flows.wait(seconds);
      expect((await flows.refresh(first, {}, client)).status).toBe(200);
    }
    await flows.wait(700);
    expect(refused(await flows.refresh(first, {}, client)).rule).toBe("refreshReplayed");
  });

  test("goes on no longer than the rolling duration after the sign-on", async () => {
    const client = await refreshing("rolling", { refreshTokenDuration: 6_000, refreshTokenRollingDuration: 10_000 });
    const first = (await flows.signOn("orders:read", client)).body.refresh_token;
    await flows.wait(5_500);
    const second = (await flows.refresh(first, {}, client)).body.refresh_token;
    await flows.wait(4_600);
    expect(refused(await flows.refresh(second, {}, client)).rule).toBe("refreshInvalid");
  });

  test("is asked for by offline_access where that is granted, and goes on once it was", async () => {
    const client = await refreshing("asking for it", {}, ["offline_access"]);
    expect((await flows.signOn("orders:read", client)).body).not.toHaveProperty("refresh_token");
    const { body } = await flows.signOn("orders:read offline_access", client);
    const narrowed = await flows.refresh(body.refresh_token, { scope: "orders:read" }, client);
    expect(narrowed.body).toMatchObject({ scope: "orders:read", refresh_token: expect.any(String) });
    const again = await flows.refresh(narrowed.body.refresh_token, {}, client);
    expect(splitScopes(String(again.body.scope)).sort()).toEqual(["offline_access", "orders:read"]);
  });

  test("cannot widen the scope", async () => {
    const { refresh_token } = (await flows.signOn()).body;
    expect(refused(await flows.refresh(refresh_token, { scope: "orders:read" })).rule).toBe("refreshScope");
  });
});

test("the header of a token names its key and type where the application wants it to", async () => {
  const naming = await flows.application("naming", {
    ...{ grantTypes: ["AUTHORIZATION_CODE"], responseTypes: ["CODE"], includeX5t: true, includeTyp: true },
  });
  await flows.grant(naming, orders, ["orders:read"]);
  const { body } = await flows.signOn("openid orders:read", naming);
  const { keys } = (await (await fetch(`${flows.issuer}/jwks`)).json()) as { keys: Json[] };
  const header = decodeProtectedHeader(String(body.access_token));
  const key = keys.find(({ kid }) => kid === header.kid);
  expect(header).toMatchObject({ x5t: key?.x5t, typ: "at+jwt" });
  expect(decodeProtectedHeader(String(body.id_token)).x5t).toBe(key?.x5t);
  expect(decodeProtectedHeader(String((await flows.own(agent)).body.access_token))).not.toHaveProperty("x5t");
});

describe("introspection", () => {
  async function secretOf(id: string) {
    const { body } = await flows.manage("GET", `environments/${flows.environmentId}/resources/${id}/secret`);
    return { id, secret: String(body.secret) };
  }

  test("tells the client and the resource that a token is for, and nobody else", async () => {
    const { access_token } = (await flows.own(agent, "orders:read")).body;
    expect((await introspect(agent, access_token)).body).toMatchObject({ active: true, client_id: agent.id });
    expect((await introspect(await secretOf(orders), access_token)).body).toMatchObject({
      active: true,
      scope: "orders:read",
    });
    expect((await introspect(stranger, access_token)).body).toEqual({ active: false });
    expect((await introspect(agent, "x")).body).toEqual({ active: false });
    const other = await flows.resource("other.example.com", []);
    expect((await introspect(await secretOf(other), access_token)).body).toEqual({ active: false });
  });

  test("takes a resource's id and secret in the way that it is set to, and no other", async () => {
    const { access_token } = (await flows.own(agent, "orders:read")).body;
    const ask = (form: Record<string, string>, header: Record<string, string> = {}) =>
      flows.post("introspect", { token: String(access_token), ...form }, header);
    const id = await flows.resource("introspecting.example.com", []);
    const resource = await secretOf(id);
    const ways = {
      CLIENT_SECRET_BASIC: () => ask({}, basic(resource)),
      CLIENT_SECRET_POST: () => ask({ client_id: id, client_secret: resource.secret }),
      NONE: () => ask({ client_id: id }),
    };
    for (const [set, right] of Object.entries(ways)) {
      const body = { name: "introspecting.example.com", audience: "https://orders.example.com" };
      await flows.admin.resources.replace(id, { ...body, introspectEndpointAuthMethod: set });
      for (const way of Object.values(ways)) {
        const reply = await way();
        if (way === right) expect(reply.body, set).toMatchObject({ active: true });
        else expect(refused(reply), set).toEqual({ error: "invalid_client", rule: "wrongMethod" });
      }
    }
    await flows.admin.resources.replace(orders, { name: "orders.example.com", audience: "https://orders.example.com" });
    const wrong = await introspect({ id: orders, secret: "x" }, access_token);
    expect(refused(wrong)).toEqual({ error: "invalid_client", rule: "wrongSecret" });
  });
});

test("what the token service does not serve is a gap, not a guess", async () => {
  for (const endpoint of ["revoke", "userinfo"]) {
    const { status, headers } = await flows.post(endpoint, {});
    expect([endpoint, status, headers.get("x-sandbox-gap")]).toEqual([endpoint, 501, "1"]);
  }
});
