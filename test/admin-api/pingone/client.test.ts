/** The PingOne client as a server sees it: token, pages, repetitions, and errors with what finds them in the audit. */

import { describe, expect, test } from "vitest";
import { wasLost } from "../../../src/admin-api/pingone/collection.ts";
import { connectPingOne } from "../../../src/admin-api/pingone/tenant.ts";
import { failureOf } from "../failure.ts";
import { type Behaviour, type Call, serve } from "../server.ts";

const TOKEN = { access_token: "canary-token", token_type: "Bearer", expires_in: 3_600 };
const SECRET = "canary:secret/%";
const PATH = "/v1/environments/env/applications";

/** A PingOne that answers the token request first, and a client that notes its pauses instead of making them. */
async function connected(...behaviours: readonly Behaviour[]) {
  const server = await serve({ body: TOKEN }, ...behaviours);
  const pauses: number[] = [];
  const settings = {
    environmentId: "env",
    clientId: "worker",
    clientSecret: SECRET,
    apiUrl: `${server.url}/v1`,
    authUrl: server.url,
  };
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds);
  const tenant = connectPingOne(settings, { sleep, random: () => 0 });
  return { ...server, pauses, environment: tenant.environment() };
}

const page = (ids: readonly string[], next?: string) => ({
  _links: { self: { href: "x" }, ...(next && { next: { href: next } }) },
  _embedded: { applications: ids.map((id) => ({ id })) },
});

describe("the worker's token", () => {
  test("is asked for once, with form-encoded Basic credentials, and sent with every call", async () => {
    const { environment, calls } = await connected({ body: page([]) });
    await Promise.all([environment.applications.list(), environment.applications.list()]);
    const [asked, ...rest] = calls;
    expect(asked).toMatchObject({ method: "POST", url: "/env/as/token", body: "grant_type=client_credentials" });
    const [, credentials = ""] = asked?.headers.authorization?.split(" ") ?? [];
    expect(Buffer.from(credentials, "base64").toString()).toBe("worker:canary%3Asecret%2F%25");
    expect(rest.map(({ headers }) => headers.authorization)).toEqual(["Bearer canary-token", "Bearer canary-token"]);
  });

  test("is refused without a word of the secret", async () => {
    const refused = { status: 401, body: { error: "invalid_client", error_description: `no: ${SECRET}` } };
    const server = await serve(refused);
    const settings = { environmentId: "env", clientId: "worker", clientSecret: SECRET };
    const { environment } = connectPingOne({ ...settings, apiUrl: server.url, authUrl: server.url });
    const error = await failureOf(environment().applications.list());
    expect(error.code).toBe("ERR_API_UNAUTHENTICATED");
    expect(error.hint).toContain("PINGONE_CLIENT_SECRET");
    expect(error.message).not.toContain(SECRET);
  });

  test("goes in clear to this machine only", async () => {
    const settings = { environmentId: "env", clientId: "worker", clientSecret: SECRET };
    const [far, near] = ["http://api.example.com/v1", "http://127.0.0.1:1"];
    for (const urls of [
      { apiUrl: far, authUrl: near },
      { apiUrl: near, authUrl: far },
    ]) {
      const error = await failureOf(() => connectPingOne({ ...settings, ...urls }));
      expect(error.code).toBe("ERR_INSECURE_TENANT_URL");
    }
  });
});

describe("pages", () => {
  test("are followed by their links, exactly as returned, to the last", async () => {
    const next = (call: Call) => `http://${call.headers.host}${PATH}?cursor=a%2Fb&limit=2`;
    const { environment, calls } = await connected((call) => ({ body: page(["1", "2"], next(call)) }), {
      body: page(["3"]),
    });
    const rows = await environment.applications.list('type eq "AI_AGENT"');
    expect(rows.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(calls.slice(1).map(({ url }) => url)).toEqual([
      `${PATH}?filter=type%20eq%20%22AI_AGENT%22`,
      `${PATH}?cursor=a%2Fb&limit=2`,
    ]);
  });

  test.each([
    ["another server", () => "https://evil.example.com/v1/environments/env/applications?cursor=x"],
    ["itself", (call: Call) => `http://${call.headers.host}${PATH}?cursor=x`],
  ])("that lead to %s are not followed for ever, nor with the token", async (_where, next) => {
    const { environment } = await connected((call) => ({ body: page(["1"], next(call)) }));
    expect(await failureOf(environment.applications.list())).toMatchObject({ code: "ERR_API_UNEXPECTED" });
  });
});

describe("repetitions", () => {
  const limited = { status: 429, headers: { "retry-after": "2" }, body: { id: "x", code: "REQUEST_LIMITED" } };

  test("a create that was refused with 429 is repeated after Retry-After", async () => {
    const { environment, pauses, calls } = await connected(limited, { status: 201, body: { id: "1" } });
    expect(await environment.applications.create({})).toEqual({ id: "1" });
    expect(pauses[0]).toBeGreaterThanOrEqual(2_000);
    expect(calls).toHaveLength(3);
  });

  test.each(["drop", { status: 503 }] as const)("a create whose answer is lost is not: %j", async (behaviour) => {
    const { environment, calls } = await connected(behaviour, { status: 201, body: { id: "1" } });
    const error = await failureOf(environment.applications.create({}));
    expect(calls).toHaveLength(2);
    expect(wasLost(error)).toBe(true);
  });

  test("404 below an object that was just created is repeated, and only a few times", async () => {
    const gone = { status: 404, body: { id: "x", code: "NOT_FOUND", message: "m" } };
    const { environment, pauses, calls } = await connected({ status: 201, body: { id: "new" } }, gone);
    await environment.applications.create({});
    expect(await environment.secret("new")).toBeUndefined();
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000]);
    expect(await environment.secret("old")).toBeUndefined();
    expect(calls).toHaveLength(1 + 1 + 7 + 1);
  });
});

describe("errors", () => {
  const refused = async (reply: Behaviour) => {
    const { environment } = await connected(reply);
    return failureOf(environment.applications.replace("a", { name: "x" }));
  };
  const detail = (code: string, target: string, innerError?: object) => ({
    status: 400,
    headers: { "correlation-id": "corr-1" },
    body: {
      ...{ id: "x", code: "INVALID_DATA", message: "Not so." },
      details: [{ code, target, message: "text", ...(innerError && { innerError }) }],
    },
  });

  test("of validation name field, code and limits, and the correlation id", async () => {
    const error = await refused(detail("INVALID_VALUE", "refreshTokenDuration", { rangeMinimumValue: 60 }));
    expect(error).toMatchObject({
      code: "ERR_API_VALIDATION",
      transactionId: "corr-1",
      policyFailures: [{ property: "refreshTokenDuration", requirements: ["INVALID_VALUE"] }],
    });
    expect(error.message).toContain('refreshTokenDuration: INVALID_VALUE text {"rangeMinimumValue":60}');
    expect(error.message).toContain("corr-1");
  });

  test("of uniqueness are conflicts", async () => {
    const error = await refused(detail("UNIQUENESS_VIOLATION", "effectiveAt"));
    expect(error.code).toBe("ERR_API_CONFLICT");
    expect(error.hint).toContain("the same value of this property");
  });

  test("the gateway's 403 is an unknown endpoint, PingOne's own a missing role (3.6)", async () => {
    const gateway = await refused({ status: 403, body: { message: "Invalid key=value pair in Authorization header" } });
    expect(gateway.code).toBe("ERR_API_UNKNOWN_ENDPOINT");
    expect(gateway.hint).toContain("no permission problem");
    const real = await refused({
      ...{ status: 403, headers: { "correlation-id": "c" } },
      body: { id: "x", code: "ACCESS_FAILED", message: "no" },
    });
    expect(real.code).toBe("ERR_API_FORBIDDEN");
    expect(real.hint).toContain("role");
  });
});
