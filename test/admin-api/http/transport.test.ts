/** The transport as a server sees it, and as its caller sees its failures. */
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { aicDialect } from "../../../src/admin-api/aic/dialect.ts";
import { type ApiRequest, Transport, type TransportOptions } from "../../../src/admin-api/http/transport.ts";
import { pingOneDialect } from "../../../src/admin-api/pingone/dialect.ts";
import { failureOf } from "../failure.ts";
import { type Behaviour, serve } from "../server.ts";

const HTML: Behaviour = {
  status: 503,
  headers: { "content-type": "text/html" },
  body: "<html><h1>canary-page</h1></html>",
};
/** What stands before a tenant says it in its own words: Kong, Azure, Spring, Apigee, nginx. */
const GATEWAYS_404 = [
  { message: "no Route matched with those values" },
  { statusCode: 404, message: "Resource not found" },
  { timestamp: "2026-11-26T00:00:00Z", status: 404, error: "Not Found", path: "/x" },
  { fault: { faultstring: "Unable to identify proxy" } },
  { code: "404", message: "Not Found" },
  { code: 404, message: "Not Found" },
  [],
  "",
  "default backend - 404",
  "<html><title>404</title></html>",
];

const READ: ApiRequest = { method: "GET", path: "/openidm/managed/alpha_user/x" };

/** A server with these behaviours, and a transport that notes its pauses instead of making them. */
async function connected(behaviours: readonly Behaviour[], options: Partial<TransportOptions> = {}) {
  const server = await serve(...behaviours);
  const pauses: number[] = [];
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds);
  const transport = new Transport({ baseUrl: server.url, dialect: aicDialect, random: () => 0, sleep, ...options });
  return { ...server, pauses, transport };
}

describe("calls", () => {
  test("carry JSON, the query, the given headers and the bearer token", async () => {
    const bearer = { get: async () => "t0ken", renew: async () => "unused" };
    const { transport, calls, url } = await connected([{ status: 201, body: { _id: "x" } }], { bearer });
    const response = await transport.request({
      method: "PUT",
      path: "/a/b",
      query: { _fields: "a,b", _queryFilter: `x eq "1&2"`, absent: undefined },
      headers: { "if-none-match": "*" },
      body: { name: "ü" },
    });
    expect(response).toMatchObject({ status: 201, body: { _id: "x" } });
    expect(transport.origin).toBe(url);
    expect(calls).toMatchObject([
      {
        method: "PUT",
        url: "/a/b?_fields=a%2Cb&_queryFilter=x%20eq%20%221%262%22",
        headers: { "if-none-match": "*", authorization: "Bearer t0ken", "content-type": "application/json" },
        body: '{"name":"ü"}',
      },
    ]);
  });

  test("reuse the connection", async () => {
    const { transport, calls } = await connected([{}]);
    await transport.request(READ);
    await transport.request(READ);
    expect(calls[1]?.clientPort).toBe(calls[0]?.clientPort);
  });

  test("may have an empty answer only where that is documented", async () => {
    const { transport } = await connected([{ body: "" }]);
    expect((await transport.request({ ...READ, mayBeEmpty: true })).body).toBeUndefined();
    expect(await failureOf(transport.request(READ))).toMatchObject({ code: "ERR_API_UNEXPECTED" });
  });

  test("never exceed the limit, as the server counts them", async () => {
    let underWay = 0;
    let most = 0;
    const { transport, calls } = await connected(
      [
        async () => {
          underWay += 1;
          most = Math.max(most, underWay);
          await new Promise((resolve) => setTimeout(resolve, 5));
          underWay -= 1;
          return {};
        },
      ],
      { maxConcurrent: 3 },
    );
    // Callers come back for more: a place that is handed on must not be counted as free as well.
    const caller = async () => {
      for (let call = 0; call < 3; call += 1) await transport.request(READ);
    };
    await Promise.all(Array.from({ length: 10 }, caller));
    expect(calls).toHaveLength(30);
    expect(most).toBe(3);
  });
});

describe("addresses", () => {
  test.each(["http://tenant.example.com", "http://localhost.example.com", "http://128.0.0.1"])(
    "%s is refused",
    async (baseUrl) => {
      const error = await failureOf(() => new Transport({ baseUrl, dialect: aicDialect }));
      expect(error.code).toBe("ERR_INSECURE_TENANT_URL");
    },
  );

  test.each(["https://tenant.example.com", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"])(
    "%s is taken",
    (baseUrl) => expect(new Transport({ baseUrl, dialect: aicDialect }).origin).toBe(baseUrl),
  );

  test.each(["tenant.example.com", "ftp://tenant.example.com", "https://user:canary@tenant.example.com"])(
    "%s is no address, and is not repeated",
    async (baseUrl) => {
      const error = await failureOf(() => new Transport({ baseUrl, dialect: aicDialect }));
      expect(error).toMatchObject({ code: "ERR_SETTING_INVALID", where: { field: "AIC_TENANT_URL" } });
      expect(error.message).not.toContain("canary");
    },
  );
});

describe("repetition", () => {
  test.each([408, 429, 502, 503, 504])("%i is repeated until the server recovers", async (status) => {
    const { transport, calls, pauses } = await connected([{ status }, { status }, { body: { ok: true } }]);
    expect((await transport.request(READ)).body).toEqual({ ok: true });
    expect(calls).toHaveLength(3);
    expect(pauses).toEqual([250, 500]);
  });

  test.each([400, 403, 404, 409, 412, 500, 501])("%i is not repeated", async (status) => {
    const { transport, calls } = await connected([{ status, body: { code: status, reason: "No", message: "no" } }]);
    await failureOf(transport.request(READ));
    expect(calls).toHaveLength(1);
  });

  test("ends after the given number of repetitions, and the error says how many there were", async () => {
    const { transport, calls } = await connected([{ status: 429, body: { code: 429 } }], { retries: 2 });
    const error = await failureOf(transport.request(READ));
    expect(error).toMatchObject({ code: "ERR_API_RATE_LIMITED", status: 429, attempts: 3 });
    expect(error.message).toContain("after 3 attempts");
    expect(calls).toHaveLength(3);
  });

  test.each([
    ["POST", false, 1],
    ["PATCH", false, 1],
    ["POST", true, 2],
    ["PATCH", true, 2],
    ["PUT", undefined, 2],
    ["DELETE", undefined, 2],
    ["PUT", false, 1],
  ] as const)("%s with safeToRepeat %s is sent %i times", async (method, safeToRepeat, times) => {
    const { transport, calls } = await connected([HTML, {}]);
    const request = { method, path: "/x", body: {}, ...(safeToRepeat !== undefined && { safeToRepeat }) };
    await transport.request(request).catch(() => {});
    expect(calls).toHaveLength(times);
  });

  test("waits as long as Retry-After says in seconds", async () => {
    const { transport, pauses } = await connected([{ status: 429, headers: { "retry-after": "7" } }, {}]);
    await transport.request(READ);
    expect(pauses).toEqual([7_000]);
  });

  test("waits as long as Retry-After says as a date on the server's clock", async () => {
    const headers = { date: "Wed, 21 Oct 2015 07:28:00 GMT", "retry-after": "Wed, 21 Oct 2015 07:28:09 GMT" };
    const { transport, pauses } = await connected([{ status: 503, headers }, {}]);
    await transport.request(READ);
    expect(pauses).toEqual([9_000]);
  });

  test("ignores a Retry-After in the past or without meaning", async () => {
    const { transport, pauses } = await connected([
      {
        status: 503,
        headers: { date: "Wed, 21 Oct 2015 07:28:00 GMT", "retry-after": "Wed, 21 Oct 2015 07:00:00 GMT" },
      },
      { status: 503, headers: { "retry-after": "soon" } },
      {},
    ]);
    await transport.request(READ);
    expect(pauses).toEqual([250, 500]);
  });

  test("spreads clients by jitter, and also those that were told the same Retry-After", async () => {
    const answers = [{ status: 503 }, { status: 503, headers: { "retry-after": "60" } }, {}];
    const { transport, pauses } = await connected(answers, { random: () => 1 });
    await transport.request(READ);
    expect(pauses).toEqual([500, 60_250]);
  });

  test("gives up at once when the wait would pass the operation's deadline", async () => {
    const { transport, calls, pauses } = await connected([{ status: 429, headers: { "retry-after": "3600" } }]);
    expect(await failureOf(transport.request(READ))).toMatchObject({ code: "ERR_API_RATE_LIMITED" });
    expect({ calls: calls.length, pauses }).toEqual({ calls: 1, pauses: [] });
  });

  test("gives up when its time is over, however often it might still try", async () => {
    let time = 0;
    const slow: Behaviour = () => {
      time += 50_000;
      return { status: 503 };
    };
    const { transport, calls } = await connected([slow], { now: () => time });
    expect(await failureOf(transport.request(READ))).toMatchObject({ code: "ERR_API_OUTAGE", attempts: 3 });
    expect(calls).toHaveLength(3);
  });

  test("asks for the form anew each time, since an assertion counts once", async () => {
    const { transport, calls } = await connected([HTML, {}]);
    const assertions = ["a b&1", "a b&2"];
    const form = async () => ({ assertion: assertions.shift() ?? "" });
    await transport.request({ method: "POST", path: "/token", form, safeToRepeat: true });
    expect(calls.map(({ body }) => body)).toEqual(["assertion=a+b%261", "assertion=a+b%262"]);
    expect(calls[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });
});

describe("no answer", () => {
  test("a dropped connection is repeated", async () => {
    const { transport, calls } = await connected(["drop", "drop", { body: { ok: true } }]);
    expect((await transport.request(READ)).body).toEqual({ ok: true });
    expect(calls).toHaveLength(3);
  });

  test("a server that is not there is unreachable", async () => {
    const { transport, close, pauses, url } = await connected([{}]);
    await close();
    const error = await failureOf(transport.request(READ));
    expect(error).toMatchObject({
      code: "ERR_API_UNREACHABLE",
      status: undefined,
      attempts: 6,
      where: { tenant: url },
    });
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.message).toContain("check AIC_TENANT_URL and the network");
    expect(pauses).toHaveLength(5);
  });

  test("a server that hangs is a time-out, on every attempt", async () => {
    const { transport, calls } = await connected(["hang"], { deadlineMs: 400, retries: 1 });
    expect(await failureOf(transport.request(READ))).toMatchObject({ code: "ERR_API_TIMEOUT", attempts: 2 });
    expect(calls).toHaveLength(2);
  });

  test("an answer that stops half-way is a time-out too", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const transport = new Transport({
      baseUrl: `http://127.0.0.1:${port}`,
      dialect: aicDialect,
      deadlineMs: 50,
      retries: 0,
    });
    expect(await failureOf(transport.request(READ))).toMatchObject({ code: "ERR_API_TIMEOUT" });
    server.close();
  });
});

describe("answers of something else", () => {
  test("HTML is an outage that is waited for", async () => {
    const { transport, calls } = await connected([HTML, HTML, { body: { ok: true } }]);
    expect((await transport.request(READ)).body).toEqual({ ok: true });
    expect(calls).toHaveLength(3);
  });

  test.each([200, 404, 500, 502, 503])("HTML with %i ends as an outage that does not show the page", async (status) => {
    const { transport } = await connected([{ ...HTML, status }], { retries: 1 });
    const error = await failureOf(transport.request({ ...READ, accept: [404] }));
    expect(error).toMatchObject({ code: "ERR_API_OUTAGE", status });
    expect(error.message).not.toContain("canary");
  });

  test.each(["{ not json", "42", '"text"', "null"])("%s is an outage, not a parse error", async (body) => {
    const { transport } = await connected([{ body }], { retries: 0 });
    expect(await failureOf(transport.request(READ))).toMatchObject({ code: "ERR_API_OUTAGE" });
  });

  test("a 404 is one with the server's own body", async () => {
    const own = { code: 404, reason: "Not Found", message: "Not Found" };
    const { transport } = await connected([{ status: 404, body: own }]);
    expect(await transport.request({ ...READ, accept: [404] })).toMatchObject({ status: 404, body: own });
    expect(await failureOf(transport.request(READ))).toMatchObject({ code: "ERR_API_NOT_FOUND", status: 404 });
  });

  test.each(GATEWAYS_404)("a gateway's 404 is an outage, whoever asks: %j", async (body) => {
    for (const dialect of [aicDialect, pingOneDialect]) {
      const { transport } = await connected([{ status: 404, body }], { retries: 0, dialect });
      for (const accept of [[404], []]) {
        const error = await failureOf(transport.request({ ...READ, accept }));
        expect(error).toMatchObject({ code: "ERR_API_OUTAGE", status: 404 });
      }
    }
  });

  test("a redirect is not followed, and its target is told without the query", async () => {
    const other = await serve({});
    const location = `${other.url}/login?goto=canary`;
    const { transport } = await connected([{ status: 302, headers: { location } }]);
    const error = await failureOf(transport.request(READ));
    expect(error).toMatchObject({ code: "ERR_API_UNEXPECTED", status: 302 });
    expect(error.message).toContain(other.url);
    expect(error.message).not.toContain("canary");
    expect(other.calls).toHaveLength(0);
  });
});

describe("401", () => {
  const refused: Behaviour = { status: 401, body: { code: 401, reason: "Unauthorized", message: "Access Denied" } };
  const tokens = () => {
    const renewed: string[] = [];
    let token = "first";
    return {
      renewed,
      get: async () => token,
      renew: async (stale: string) => {
        renewed.push(stale);
        token = "second";
        return token;
      },
    };
  };

  test.each(["GET", "POST"] as const)("renews the token once and sends a %s again", async (method) => {
    const bearer = tokens();
    const { transport, calls, pauses } = await connected([refused, { body: { ok: true } }], { bearer });
    expect((await transport.request({ ...READ, method })).body).toEqual({ ok: true });
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(["Bearer first", "Bearer second"]);
    expect({ renewed: bearer.renewed, pauses }).toEqual({ renewed: ["first"], pauses: [] });
  });

  test("ends when the new token is refused as well", async () => {
    const bearer = tokens();
    const { transport, calls } = await connected([refused], { bearer });
    const error = await failureOf(transport.request(READ));
    expect(error).toMatchObject({ code: "ERR_API_UNAUTHENTICATED", status: 401, attempts: 2 });
    expect(error.hint).toContain("AIC_SERVICE_ACCOUNT_ID");
    expect(calls).toHaveLength(2);
  });
});

describe("bounds", () => {
  test("an answer without an end is cut off, and not asked for again", async () => {
    const { transport, calls } = await connected([{ body: { text: "x".repeat(2_000) } }], { maxBytes: 1_000 });
    const error = await failureOf(transport.request(READ));
    expect(error).toMatchObject({ code: "ERR_API_TOO_LARGE" });
    expect(error.message).toContain("answered with more than 1000 bytes");
    expect(calls).toHaveLength(1);
  });

  test("an answer that grows when it is unpacked, too", async () => {
    const body = gzipSync(JSON.stringify({ text: "x".repeat(100_000) }));
    const server = createHttpServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    const transport = new Transport({ baseUrl, dialect: aicDialect, maxBytes: 10_000 });
    expect(body.length).toBeLessThan(10_000);
    expect(await failureOf(transport.request(READ))).toMatchObject({ code: "ERR_API_TOO_LARGE" });
  });

  test("a body beyond all bounds is not sent", async () => {
    const { transport, calls } = await connected([{}], { maxBytes: 1_000 });
    const write = transport.request({ method: "PUT", path: "/x", body: { text: "x".repeat(2_000) } });
    expect(await failureOf(write)).toMatchObject({ code: "ERR_API_TOO_LARGE" });
    expect(calls).toHaveLength(0);
  });
});
