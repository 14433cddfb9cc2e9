/** The service account's session: the assertion that goes out, one token for all, and refusals that help. */
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWK, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { type ServiceAccountOptions, serviceAccountToken } from "../../../src/admin-api/aic/service-account.ts";
import { failureOf } from "../failure.ts";
import { type Behaviour, type Call, serve } from "../server.ts";

const ID = "449d7e27-7889-47af-a736-83b6bbf97ec5";
const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
const PRIVATE: JWK = { ...(await exportJWK(privateKey)), alg: "RS256" };
const PUBLIC: JWK = await exportJWK(publicKey);

const issue = (expiresIn = 899): Behaviour => {
  let number = 0;
  return () => {
    number += 1;
    return { body: { access_token: `token-${number}`, expires_in: expiresIn, token_type: "Bearer", scope: "fr:am:*" } };
  };
};

async function account(behaviours: readonly Behaviour[], options: Partial<ServiceAccountOptions> = {}) {
  const server = await serve(...behaviours);
  const transport = { random: () => 0, sleep: async () => {} };
  const source = serviceAccountToken({ tenantUrl: server.url, id: ID, key: PRIVATE, transport, ...options });
  return { ...server, source };
}

const formOf = (call: Call | undefined) => Object.fromEntries(new URLSearchParams(call?.body));

describe("the token request", () => {
  test.each(["RS256", "PS256"])("is a JWT bearer grant signed with %s", async (alg) => {
    const { source, calls, port } = await account([issue()], { key: JSON.stringify({ ...PRIVATE, alg }) });
    expect(await source.get()).toBe("token-1");

    const { assertion, ...form } = formOf(calls[0]);
    expect(calls[0]).toMatchObject({ method: "POST", url: "/am/oauth2/access_token" });
    expect(calls[0]?.headers).not.toHaveProperty("authorization");
    expect(form).toEqual({
      client_id: "service-account",
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      scope: "fr:am:* fr:idm:* fr:idc:esv:*",
    });
    const audience = `http://127.0.0.1:${port}/am/oauth2/access_token`;
    const keys = createLocalJWKSet({ keys: [{ ...PUBLIC, alg }] });
    const { payload, protectedHeader } = await jwtVerify(assertion ?? "", keys, { issuer: ID, subject: ID, audience });
    expect(protectedHeader).toEqual({ alg });
    expect(payload.jti).toMatch(/^[\da-f-]{36}$/);
  });

  test("signs an assertion that ends 120 s from now: by a clock that is a minute slow, 180", async () => {
    const now = 1_800_000_000_500;
    const { source, calls } = await account([issue()], { now: () => now });
    await source.get();
    const [, payload] = formOf(calls[0]).assertion?.split(".") ?? [];
    expect(JSON.parse(Buffer.from(payload ?? "", "base64url").toString())).toMatchObject({ exp: 1_800_000_120 });
  });

  test.each([
    [-3_600_000, "3600 s ahead of"],
    [3_600_000, "3600 s behind"],
  ])("refused by a tenant whose clock is off by %i ms says whose clock is wrong", async (skew, said) => {
    const now = 1_800_000_000_000;
    const date = new Date(now + skew).toUTCString();
    const refused: Behaviour = { status: 400, headers: { date }, body: { error: "invalid_grant" } };
    const failure = await failureOf((await account([refused], { now: () => now })).source.get());
    expect(failure).toMatchObject({ code: "ERR_API_UNAUTHENTICATED", hint: expect.stringContaining("set the clock") });
    expect(failure.message).toContain(said);
  });

  test("asks for the scopes that are given", async () => {
    const { source, calls } = await account([issue()], { scopes: ["fr:idm:*"] });
    await source.get();
    expect(formOf(calls[0]).scope).toBe("fr:idm:*");
  });

  test("is repeated through an outage, with another assertion", async () => {
    const { source, calls } = await account([{ status: 503, body: "<html>" }, "drop", issue()]);
    expect(await source.get()).toBe("token-1");
    expect(new Set(calls.map((call) => formOf(call).assertion)).size).toBe(3);
  });
});

describe("one token", () => {
  test("serves all callers", async () => {
    const { source, calls } = await account([issue()]);
    expect(await Promise.all([source.get(), source.get(), source.get()])).toEqual(Array(3).fill("token-1"));
    expect(calls).toHaveLength(1);
  });

  test("is replaced once, a minute before it ends", async () => {
    let now = 0;
    const { source, calls } = await account([issue()], { now: () => now });
    await source.get();
    now = 838_000;
    expect(await source.get()).toBe("token-1");
    now = 839_000;
    expect(await Promise.all([source.get(), source.get(), source.get()])).toEqual(Array(3).fill("token-2"));
    expect(calls).toHaveLength(2);
  });

  test("is used even when it lives shorter than that minute", async () => {
    let now = 0;
    const { source, calls } = await account([issue(30)], { now: () => now });
    await source.get();
    now = 14_000;
    await source.get();
    expect(calls).toHaveLength(1);
  });

  test("is renewed once for all callers whom the tenant refused", async () => {
    const { source, calls } = await account([issue()]);
    const stale = await source.get();
    expect(await Promise.all([source.renew(stale), source.renew(stale)])).toEqual(["token-2", "token-2"]);
    expect(await source.renew(stale)).toBe("token-2");
    expect(calls).toHaveLength(2);
  });

  test("is asked for again after a failure, which all waiting callers share", async () => {
    const refused: Behaviour = {
      status: 400,
      body: { error: "invalid_grant", error_description: "Unknown JWT issuer" },
    };
    const { source, calls } = await account([refused, issue()]);
    const [first, second] = await Promise.all([failureOf(source.get()), failureOf(source.get())]);
    expect(first).toBe(second);
    expect(await source.get()).toBe("token-1");
    expect(calls).toHaveLength(2);
  });
});

describe("refusals", () => {
  test.each([
    [400, { error: "invalid_grant", error_description: "Unknown JWT issuer" }],
    [401, { error: "invalid_client", error_description: "Client authentication failed" }],
  ])("%i %j names the account and both settings", async (status, body) => {
    const { source, calls, url } = await account([{ status, body }]);
    const error = await failureOf(source.get());
    expect(error).toMatchObject({ code: "ERR_API_UNAUTHENTICATED", status, where: { tenant: url } });
    for (const part of [ID, body.error_description, "AIC_SERVICE_ACCOUNT_ID", "AIC_SERVICE_ACCOUNT_KEY"]) {
      expect(error.message).toContain(part);
    }
    expect(calls).toHaveLength(1);
  });

  test("invalid_scope names the scopes to grant", async () => {
    const error_description = "Unsupported scope for service account: fr:idc:esv:*,fr:am:*";
    const { source } = await account([{ status: 400, body: { error: "invalid_scope", error_description } }]);
    const error = await failureOf(source.get());
    expect(error.code).toBe("ERR_API_FORBIDDEN");
    expect(error.hint).toContain(`grant fr:idc:esv:*, fr:am:* to the service account ${ID}`);
  });

  test("an answer without a token is told as such", async () => {
    const { source } = await account([{ body: { hello: "world" } }]);
    expect(await failureOf(source.get())).toMatchObject({ code: "ERR_API_UNEXPECTED" });
  });

  test("never repeat the assertion", async () => {
    const { source, calls } = await account([
      (call) => ({ status: 400, body: { error: "invalid_grant", error_description: `bad ${formOf(call).assertion}` } }),
    ]);
    const error = await failureOf(source.get());
    const [header, , signature] = formOf(calls[0]).assertion?.split(".") ?? [];
    expect(error.message).toContain("bad [redacted]");
    expect(error.message).not.toContain(header);
    expect(error.message).not.toContain(signature);
  });
});

describe("a key that cannot be used is refused before any call, and not repeated", () => {
  const { d: _d, ...publicOnly } = PRIVATE;
  const { n: _n, ...withoutModulus } = PRIVATE;
  test.each([
    ["canary, not JSON", "is not JSON"],
    ['"canary"', "is not a JWK"],
    [JSON.stringify({ keys: [PRIVATE] }), "is not an RSA key"],
    [{ kty: "EC", crv: "P-256", d: "canary" }, "is not an RSA key"],
    [publicOnly, "only the public part"],
    [withoutModulus, "lacks its public members"],
    [{ ...PRIVATE, alg: "canary" }, "has an alg other than"],
  ])("%#", async (key, what) => {
    const error = await failureOf(() => serviceAccountToken({ tenantUrl: "https://tenant.example.com", id: ID, key }));
    expect(error).toMatchObject({ code: "ERR_SETTING_INVALID", where: { field: "AIC_SERVICE_ACCOUNT_KEY" } });
    expect(error.message).toContain(what);
    expect(error.message).not.toContain("canary");
    expect(error.message).not.toContain(PRIVATE.d);
  });

  test("a key that is RSA in name only", async () => {
    const { source, calls } = await account([issue()], { key: { kty: "RSA", n: "canary", e: "canary", d: "canary" } });
    const error = await failureOf(source.get());
    expect(error.code).toBe("ERR_SETTING_INVALID");
    expect(error.message).not.toContain("canary");
    expect(calls).toHaveLength(0);
  });
});
