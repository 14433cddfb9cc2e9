/** PingOne's token flows in the sandbox: what is issued, and each refusal beside the request that is granted. */

import { createRemoteJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ACT_EXPRESSION } from "../../../src/components/pingone/patterns.ts";
import { basic, type Json, type Reply, startFlows } from "./environment.ts";

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const CIBA = "urn:openid:params:grant-type:ciba";
const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

let flows: Awaited<ReturnType<typeof startFlows>>;
let agent: { id: string; secret: string };
let stranger: { id: string; secret: string };
let portal: { id: string; secret: string };
let orders: string;

beforeAll(async () => {
  flows = await startFlows();
  const exchanging = { grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"] };
  agent = await flows.application("agent", exchanging);
  stranger = await flows.application("stranger", exchanging);
  portal = await flows.application("portal", { type: "WEB_APP", grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"] });
  const portalApi = await flows.resource("portal.example.com", ["portal:use"], {
    may_act: JSON.stringify({ sub: agent.id }),
  });
  orders = await flows.resource("orders.example.com", ["orders:read", "orders:write"], { act: ACT_EXPRESSION });
  const own = await flows.resource("agents.example.com", ["agent:act"]);
  await flows.grant(portal, portalApi, ["portal:use"]);
  for (const one of [agent, stranger]) {
    await flows.grant(one, orders, ["orders:read"]);
    await flows.grant(one, own, ["agent:act"]);
  }
});
afterAll(() => flows.stop());

const token = (client: { id: string; secret: string }, form: Record<string, string>) =>
  flows.post("token", form, basic(client));
const own = (client: { id: string; secret: string }, scope = "agent:act") =>
  token(client, { grant_type: "client_credentials", scope });
const claimsOf = ({ body }: Reply) => decodeJwt(String(body.access_token));
const refused = (reply: Reply) => ({ error: reply.body.error, rule: reply.headers.get("x-sandbox-rule") });
const signOn = (scope = "portal:use", client = portal) =>
  flows.control("pingone/sign-on", { ...flows.person("barbara.jensen"), client_id: client.id, scope });

describe("client credentials", () => {
  test("give a token for the resource that owns the scope, signed with the published key", async () => {
    const reply = await own(agent, "orders:read");
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
    ["a scope that is not granted", () => own(agent, "orders:write"), "invalid_scope", "scopeNotGranted"],
    ["scopes of two resources", () => own(agent, "orders:read agent:act"), "invalid_scope", "severalResources"],
    ["a wrong secret", () => own({ ...agent, secret: "x" }), "invalid_client", "wrongSecret"],
    ["an unknown client", () => own({ id: "x", secret: "x" }), "invalid_client", "unknownClient"],
    [
      "the secret in the form",
      () => flows.post("token", { grant_type: "client_credentials", client_id: agent.id, client_secret: agent.secret }),
      "invalid_client",
      "wrongMethod",
    ],
    [
      "a grant type that the application does not have",
      () => token(portal, { grant_type: "client_credentials", scope: "portal:use" }),
      "unauthorized_client",
      "grantNotAllowed",
    ],
    [
      "a grant type that nobody has",
      () => token(agent, { grant_type: "magic" }),
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
    expect((await own(rotating, "orders:read")).status).toBe(200);
    expect((await own({ ...rotating, secret: next.secret }, "orders:read")).status).toBe(200);
    await flows.admin.rotateSecret(rotating.id);
    expect(refused(await own({ ...rotating, secret: next.secret }, "orders:read")).rule).toBe("wrongSecret");
  });

  test("stop at once when the application is disabled", async () => {
    const off = await flows.application("off", { grantTypes: ["CLIENT_CREDENTIALS"], enabled: false });
    expect(refused(await own(off)).rule).toBe("disabledClient");
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
  const exchange = async (client: typeof agent, more: Record<string, string> = {}, subject?: string, actor = client) =>
    token(client, {
      grant_type: EXCHANGE,
      subject_token: subject ?? String((await signOn()).body.access_token),
      subject_token_type: ACCESS_TOKEN,
      actor_token: String((await own(actor)).body.access_token),
      actor_token_type: ACCESS_TOKEN,
      scope: "orders:read",
      ...more,
    });

  test("on behalf of a user keeps the subject and names the agent", async () => {
    const subject = claimsOf(await signOn());
    expect(subject.may_act).toEqual({ sub: agent.id });
    const reply = await exchange(agent);
    expect(reply.body).toMatchObject({ issued_token_type: ACCESS_TOKEN, expires_in: 900, scope: "orders:read" });
    expect(claimsOf(reply)).toMatchObject({
      ...{ sub: subject.sub, act: { sub: agent.id }, client_id: agent.id },
      aud: ["https://orders.example.com"],
    });
  });

  test("by an agent that the subject's token does not name is no delegation", async () => {
    expect(claimsOf(await exchange(stranger))).not.toHaveProperty("act");
  });

  test("with the actor token of another agent is no delegation", async () => {
    expect(claimsOf(await exchange(agent, {}, undefined, stranger))).not.toHaveProperty("act");
  });

  test("ignores audience and honours resource", async () => {
    expect((await exchange(agent, { audience: "https://elsewhere.example.com" })).status).toBe(200);
    expect((await exchange(agent, { resource: "https://orders.example.com" })).status).toBe(200);
    const elsewhere = await exchange(agent, { resource: "https://elsewhere.example.com" });
    expect(refused(elsewhere)).toEqual({ error: "invalid_target", rule: "otherTarget" });
  });

  test.each<[string, () => Promise<Reply>, string]>([
    ["a wider scope", () => exchange(agent, { scope: "orders:write" }), "scopeNotGranted"],
    ["no scope", () => exchange(agent, { scope: "" }), "noScope"],
    ["a scope of OpenID Connect", () => exchange(agent, { scope: "openid" }), "customOnly"],
    ["a forged subject token", () => exchange(agent, {}, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."), "subjectInvalid"],
    ["another type of token", () => exchange(agent, { subject_token_type: "urn:x" }), "subjectType"],
    ["a forged actor token", () => exchange(agent, { actor_token: "x" }), "actorInvalid"],
    ["an application without the grant", () => exchange(portal, {}, undefined, agent), "grantNotAllowed"],
  ])("is refused with %s", async (_what, request, rule) => {
    expect(refused(await request()).rule).toBe(rule);
  });

  test("is refused with a subject token that has expired", async () => {
    const subject = String((await signOn()).body.access_token);
    await flows.control("clock", { advanceSeconds: 901 });
    expect(refused(await exchange(agent, {}, subject)).rule).toBe("subjectInvalid");
    await flows.control("clock", { reset: true });
  });
});

describe("what a user approves", () => {
  const pending = async () => {
    const { body } = await flows.control("pingone/approvals");
    return body.pending as { id: string; user?: string; binding_message?: string; user_code?: string }[];
  };
  const answer = async (word: string, who = "end.user") => {
    const [first] = await pending();
    return flows.control(`pingone/approvals/${first?.id}/${word}`, flows.person(who));
  };
  const wait = () => flows.control("clock", { advanceSeconds: 5 });

  describe("by CIBA", () => {
    let asking: typeof agent;
    beforeAll(async () => {
      asking = await flows.application("asking", { grantTypes: ["CIBA"] });
      await flows.grant(asking, orders, ["orders:write"]);
      const policies = await flows.admin.flowPolicies.list();
      const { id } = policies.find(({ name }) => name === "Agent Approval") ?? expect.unreachable();
      await flows.admin.below(asking.id, "flowPolicyAssignments").create({ flowPolicy: { id }, priority: 1 });
    });
    const start = (more: Record<string, string> = {}) => {
      const form = { login_hint: "end.user", scope: "orders:write", binding_message: "Refund 12 EUR?" };
      return flows.post("cibaAuthorization", { ...form, ...more }, basic(asking));
    };
    const poll = (id: unknown) => token(asking, { grant_type: CIBA, auth_req_id: String(id) });

    test("is waited for, polled not too fast, and given once", async () => {
      const { body } = await start();
      expect(body).toEqual({ auth_req_id: expect.any(String), expires_in: 120, interval: 5 });
      expect(refused(await poll(body.auth_req_id)).error).toBe("authorization_pending");
      expect(refused(await poll(body.auth_req_id)).error).toBe("slow_down");
      expect((await pending())[0]).toMatchObject({ user: "end.user", binding_message: "Refund 12 EUR?" });
      expect((await answer("approve", "barbara.jensen")).status).toBe(403);
      expect((await answer("approve")).status).toBe(204);
      await wait();
      const granted = await poll(body.auth_req_id);
      const [user] = await flows.admin.users.list('username eq "end.user"');
      expect(claimsOf(granted)).toMatchObject({ sub: user?.id, scope: "orders:write", client_id: asking.id });
      expect(refused(await poll(body.auth_req_id)).rule).toBe("unknownRequest");
    });

    test("is denied, or runs out", async () => {
      const denied = await start();
      await answer("deny");
      expect(refused(await poll(denied.body.auth_req_id)).error).toBe("access_denied");
      const late = await start();
      await flows.control("clock", { advanceSeconds: 121 });
      expect(refused(await poll(late.body.auth_req_id)).error).toBe("expired_token");
    });

    test.each<[string, () => Promise<Reply>, string]>([
      ["two hints", () => start({ id_token_hint: "x" }), "oneHint"],
      ["nobody's name", () => start({ login_hint: "nobody" }), "unknownUser"],
      ["a scope that is not granted", () => start({ scope: "orders:read" }), "scopeNotGranted"],
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
      const { body } = await start();
      const other = await flows.application("other", { grantTypes: ["CIBA"] });
      const stolen = await token(other, { grant_type: CIBA, auth_req_id: String(body.auth_req_id) });
      expect(refused(stolen).rule).toBe("unknownRequest");
      await answer("deny");
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
    const poll = () => token(device, { grant_type: DEVICE, device_code: String(body.device_code) });
    expect(refused(await poll()).error).toBe("authorization_pending");
    expect((await pending())[0]).toMatchObject({ user_code: body.user_code });
    await answer("approve", "barbara.jensen");
    await wait();
    expect(claimsOf(await poll())).toMatchObject({ scope: "orders:read" });
  });
});

describe("refresh", () => {
  const refresh = (refreshToken: unknown, more: Json = {}) =>
    token(portal, {
      grant_type: "refresh_token",
      refresh_token: String(refreshToken),
      ...(more as Record<string, string>),
    });

  test("turns the token over, and a used one ends all that came from it", async () => {
    const first = (await signOn()).body.refresh_token;
    const second = (await refresh(first)).body.refresh_token;
    expect(second).not.toBe(first);
    expect(refused(await refresh(first)).rule).toBe("refreshInvalid");
    expect(refused(await refresh(second)).rule).toBe("refreshInvalid");
  });

  test("cannot widen the scope", async () => {
    const { refresh_token } = (await signOn()).body;
    expect(refused(await refresh(refresh_token, { scope: "orders:read" })).rule).toBe("refreshScope");
  });
});

describe("introspection", () => {
  const introspect = (asker: { id: string; secret: string }, value: unknown) =>
    flows.post("introspect", { token: String(value) }, basic(asker));

  test("tells the client and the resource that a token is for, and nobody else", async () => {
    const { access_token } = (await own(agent, "orders:read")).body;
    expect((await introspect(agent, access_token)).body).toMatchObject({ active: true, client_id: agent.id });
    const secret = await flows.manage("GET", `environments/${flows.environmentId}/resources/${orders}/secret`);
    const asResource = { id: orders, secret: String(secret.body.secret) };
    expect((await introspect(asResource, access_token)).body).toMatchObject({ active: true, scope: "orders:read" });
    expect((await introspect(stranger, access_token)).body).toEqual({ active: false });
    expect((await introspect(agent, "x")).body).toEqual({ active: false });
  });
});

test("what the token service does not serve is a gap, not a guess", async () => {
  const { status, headers } = await flows.post("authorize", {});
  expect([status, headers.get("x-sandbox-gap")]).toEqual([501, "1"]);
});
