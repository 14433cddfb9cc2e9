/** A tenant that cannot be reached is one error that says what to do; the proxy of the machine is used, but for a local tenant. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { call } from "../../src/verify/http.ts";
import { serve } from "../admin-api/server.ts";
import { asksForUser, closed, PROXY_VARIABLES, startConnectProxy, tunnelTo, untrusted } from "../support/network.ts";

const TENANT = "https://tenant.example.com";

// The proxy of the machine that runs this test is not asked.
beforeEach(() => {
  for (const name of PROXY_VARIABLES) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());

const unreachable = (message: RegExp) => ({
  code: "ERR_VERIFY_UNREACHABLE",
  message: expect.stringMatching(message),
});

test("a certificate that nobody knows: the message names the setting", async () => {
  await expect(call(`https://localhost:${await untrusted()}/`)).rejects.toMatchObject(
    unreachable(/a certificate that is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT[\s\S]*set NODE_EXTRA_CA_CERTS/),
  );
});

test("nobody listens", async () => {
  await expect(call("http://127.0.0.1:1/")).rejects.toMatchObject(
    unreachable(
      /no answer from http:\/\/127\.0\.0\.1:1: a call found no connection: ECONNREFUSED\n {2}Next: check that it is up/,
    ),
  );
});

describe("the proxy of the machine", () => {
  test("leads to the tenant", async () => {
    const { port, asked } = await startConnectProxy(tunnelTo(await untrusted()));
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${port}`);
    await expect(call(TENANT)).rejects.toMatchObject(unreachable(/a certificate that is not trusted/));
    expect(asked.map(({ url }) => url)).toEqual(["tenant.example.com:443"]);
  });

  test("wants a user", async () => {
    const { port } = await startConnectProxy(asksForUser);
    vi.stubEnv("HTTPS_PROXY", `http://user:canary@127.0.0.1:${port}`);
    const error = await call(TENANT).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(unreachable(/refused by the proxy, which asks for a user \(407\)[\s\S]*HTTPS_PROXY/));
    expect(String(error)).not.toContain("canary");
  });

  test("is not there", async () => {
    const port = await closed();
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${port}`);
    await expect(call(TENANT)).rejects.toMatchObject(
      unreachable(new RegExp(`no connection to the proxy 127\\.0\\.0\\.1:${port}: ECONNREFUSED[\\s\\S]*HTTPS_PROXY`)),
    );
  });

  test("is not asked for a local tenant", async () => {
    const { url } = await serve({ body: { a: 1 } });
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${await closed()}`);
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${await closed()}`);
    expect(await call(url)).toMatchObject({ status: 200, body: { a: 1 } });
  });
});

test("what is sent and what is observed", async () => {
  const { url, calls } = await serve({
    status: 302,
    headers: { location: "/there", "set-cookie": "a=1; Path=/", "retry-after": "7" },
    body: { error: "e", error_description: "d" },
  });
  const observation = await call(url, { method: "POST", body: new URLSearchParams({ a: "b c" }) });
  expect(observation).toMatchObject({
    ...{ status: 302, error: "e", description: "d", location: "/there", cookies: ["a=1"], retryAfter: 7 },
  });
  await call(url, { method: "PUT", body: "{}", headers: { "content-type": "application/json" } });
  expect(calls).toMatchObject([
    { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=b+c" },
    { method: "PUT", headers: { "content-type": "application/json" }, body: "{}" },
  ]);
});
