/** Who gets the passphrase of the repository: tenants that say that they are local, however their address looks. */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { withPassphrase } from "../../tools/passphrase.mjs";
import { startTenant, type Tenant } from "../support/tenant.ts";
import { temporaryFolder } from "./executables.ts";

const REPOSITORY = "local-development";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.stop());

/** A server on this machine. */
async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A tunnel to a real tenant, which knows nothing of the local tenant's control plane. */
const tunnel = () => listen((_, response) => response.writeHead(404).end('{"code":404,"reason":"Not Found"}'));

/** The passphrase that the CLI gets, and what the user is told. */
async function given(env: Record<string, string>) {
  const printed = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => printed.mockRestore());
  const { PULUMI_CONFIG_PASSPHRASE: passphrase } = await withPassphrase(env);
  return { passphrase, said: printed.mock.calls.flat().join("\n") };
}

describe("given", () => {
  test("to the local tenant of either cloud", async () => {
    const { url } = tenant;
    expect(await given({ AIC_TENANT_URL: url })).toEqual({ passphrase: REPOSITORY, said: "" });
    expect(await given({ AIC_TENANT_URL: url.replace("127.0.0.1", "localhost") })).toMatchObject({
      passphrase: REPOSITORY,
    });
    const pingone = { PINGONE_API_URL: `${url}/v1`, PINGONE_ENVIRONMENT_ID: "e" };
    expect(await given(pingone)).toEqual({ passphrase: REPOSITORY, said: "" });
    expect(await given({ AIC_TENANT_URL: url, ...pingone, PULUMI_CONFIG_PASSPHRASE: REPOSITORY })).toEqual({
      passphrase: REPOSITORY,
      said: "",
    });
  });
});

describe("not given", () => {
  test.each([
    {},
    { AIC_TENANT_URL: "https://tenant.example.com" },
    { AIC_TENANT_URL: "https://127.0.0.1.example.com" },
    { AIC_TENANT_URL: "https://127.0.0.1:1" },
    { AIC_TENANT_URL: "nonsense" },
    { PINGONE_ENVIRONMENT_ID: "in the cloud" },
  ])("where no local tenant is named: %j", async (env) => {
    expect((await given(env)).passphrase).toBeUndefined();
  });

  test("through a tunnel on this machine, which is said", async () => {
    const url = await tunnel();
    const { passphrase, said } = await given({ AIC_TENANT_URL: url });
    expect(passphrase).toBeUndefined();
    expect(said).toContain(`No local tenant answers at ${url}`);
    expect(said).toContain("PULUMI_CONFIG_PASSPHRASE");
  });

  test("when one of two tenants is a real one", async () => {
    expect((await given({ AIC_TENANT_URL: tenant.url, PINGONE_ENVIRONMENT_ID: "e" })).passphrase).toBeUndefined();
    expect((await given({ AIC_TENANT_URL: tenant.url, PINGONE_API_URL: await tunnel() })).passphrase).toBeUndefined();
  });

  test("to a server that never answers, and the command goes on", async () => {
    expect((await given({ AIC_TENANT_URL: await listen(() => {}) })).passphrase).toBeUndefined();
  });

  test("to who has chosen one, an empty one and one in a file included", async () => {
    const env = { AIC_TENANT_URL: tenant.url };
    expect((await given({ ...env, PULUMI_CONFIG_PASSPHRASE: "" })).passphrase).toBe("");
    expect((await given({ ...env, PULUMI_CONFIG_PASSPHRASE_FILE: "/a/file" })).passphrase).toBeUndefined();
  });
});

describe("refused, when somebody sets it", () => {
  test.each([
    ["for a tenant in the cloud", async () => ({ AIC_TENANT_URL: "https://jo:hunter2@tenant.example.com" })],
    ["for an environment of PingOne", async () => ({ PINGONE_ENVIRONMENT_ID: "e" })],
    ["through a tunnel", async () => ({ AIC_TENANT_URL: await tunnel() })],
  ])("%s", async (_, tenants) => {
    const env: Record<string, string> = { ...(await tenants()) };
    const file = join(temporaryFolder(), "passphrase");
    writeFileSync(file, `${REPOSITORY}\n`);
    for (const own of [{ PULUMI_CONFIG_PASSPHRASE: REPOSITORY }, { PULUMI_CONFIG_PASSPHRASE_FILE: file }]) {
      const refused = withPassphrase({ ...env, ...own });
      await expect(refused).rejects.toThrow(/protects nothing[\s\S]*change-secrets-provider passphrase/);
      await expect(refused).rejects.not.toThrow("hunter2");
    }
  });
});
