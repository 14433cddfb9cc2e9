/** Connections that are not made, against real servers: each error says what stands in the way, and which setting moves it. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { aicDialect } from "../../../src/admin-api/aic/dialect.ts";
import { Transport } from "../../../src/admin-api/http/transport.ts";
import { asksForUser, closed, PROXY_VARIABLES, startConnectProxy, tunnelTo, untrusted } from "../../support/network.ts";
import { failureOf } from "../failure.ts";

const TENANT = "https://tenant.example.com";

// The proxy of the machine that runs this test is not asked.
beforeEach(() => {
  for (const name of PROXY_VARIABLES) vi.stubEnv(name, undefined);
  return () => vi.unstubAllEnvs();
});

async function failure(baseUrl: string) {
  const transport = new Transport({ baseUrl, dialect: aicDialect, retries: 1, sleep: async () => {} });
  return failureOf(transport.request({ method: "GET", path: "/x" }));
}

describe("a certificate that is not trusted", () => {
  const expected = {
    code: "ERR_API_UNREACHABLE",
    attempts: 1,
    message: expect.stringContaining("found a certificate that is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT"),
    hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
  };

  test("of the server itself", async () => {
    const url = `https://127.0.0.1:${await untrusted()}`;
    expect(await failure(url)).toMatchObject({ ...expected, where: { tenant: url } });
  });

  test("behind a proxy, which is not blamed", async () => {
    const { port, asked } = await startConnectProxy(tunnelTo(await untrusted()));
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${port}`);
    expect(await failure(TENANT)).toMatchObject({ ...expected, where: { tenant: TENANT } });
    expect(asked.map(({ url }) => url)).toEqual(["tenant.example.com:443"]);
  });
});

describe("a proxy", () => {
  test("that asks for a user", async () => {
    const { port, asked } = await startConnectProxy(asksForUser);
    vi.stubEnv("HTTPS_PROXY", `http://user:canary@127.0.0.1:${port}`);
    const error = await failure(TENANT);
    expect(error).toMatchObject({
      code: "ERR_API_UNREACHABLE",
      attempts: 1,
      where: { tenant: TENANT },
      message: expect.stringContaining("was refused by the proxy, which asks for a user (407)"),
      hint: expect.stringContaining("HTTPS_PROXY"),
    });
    expect(error.message).not.toContain("canary");
    expect(asked).toEqual([
      { url: "tenant.example.com:443", authorization: `Basic ${Buffer.from("user:canary").toString("base64")}` },
    ]);
  });

  test("that is not there", async () => {
    const port = await closed();
    vi.stubEnv("HTTPS_PROXY", `http://user:canary@127.0.0.1:${port}`);
    const error = await failure(TENANT);
    expect(error).toMatchObject({
      code: "ERR_API_UNREACHABLE",
      attempts: 2,
      message: expect.stringContaining(`found no connection to the proxy 127.0.0.1:${port}: ECONNREFUSED`),
      hint: expect.stringContaining("HTTPS_PROXY"),
    });
    expect(error.message).not.toContain("canary");
  });

  test("whose name is not known", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://proxy.invalid:3128");
    expect(await failure(TENANT)).toMatchObject({
      message: expect.stringMatching(/found no connection to the proxy proxy\.invalid:3128: (?:ENOTFOUND|EAI_AGAIN)/),
      hint: expect.stringContaining("HTTPS_PROXY"),
    });
  });

  test("is not blamed for a local tenant, which is asked without it", async () => {
    const url = `http://127.0.0.1:${await closed()}`;
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${await closed()}`);
    const error = await failure(url);
    expect(error).toMatchObject({ message: expect.stringContaining("found no connection: ECONNREFUSED") });
    expect(error.hint).toContain("AIC_TENANT_URL");
  });
});

describe("an address", () => {
  test("whose name is not known", async () => {
    expect(await failure("https://tenant.invalid")).toMatchObject({
      code: "ERR_API_UNREACHABLE",
      where: { tenant: "https://tenant.invalid" },
      message: expect.stringMatching(/found no connection: (?:ENOTFOUND|EAI_AGAIN)/),
      hint: expect.stringContaining("AIC_TENANT_URL"),
    });
  });

  test("where nothing listens", async () => {
    const url = `https://127.0.0.1:${await closed()}`;
    expect(await failure(url)).toMatchObject({
      code: "ERR_API_UNREACHABLE",
      where: { tenant: url },
      message: expect.stringContaining("found no connection: ECONNREFUSED"),
      hint: expect.stringContaining("AIC_TENANT_URL"),
    });
  });
});
