/** Where the settings of an AIC tenant come from. */
import { describe, expect, test } from "vitest";
import { aicAddress, aicSettings } from "../../../src/admin-api/aic/settings.ts";
import { failureOf } from "../failure.ts";

const ENV = {
  AIC_TENANT_URL: "https://env.example.com",
  AIC_SERVICE_ACCOUNT_ID: "env-id",
  AIC_SERVICE_ACCOUNT_KEY: "{}",
};
const CONFIG: Record<string, string> = {
  "ping-agents:tenantUrl": "https://config.example.com",
  "ping-agents:serviceAccountId": "config-id",
  "ping-agents:serviceAccountKey": '{"kty":"RSA"}',
};

const configured = (key: string) => CONFIG[key];
const declared = { value: "https://declared.example.com", at: "tenant in stacks/dev.yaml" };

describe("aicSettings", () => {
  test("takes the environment", () => {
    const settings = aicSettings({ ...ENV, AIC_SERVICE_ACCOUNT_ID: " env-id\n" });
    expect(settings).toEqual({
      tenantUrl: "https://env.example.com",
      serviceAccountId: "env-id",
      serviceAccountKey: "{}",
    });
  });

  test("fills gaps and blanks from the stack configuration, the environment first", () => {
    const settings = aicSettings({ ...ENV, AIC_TENANT_URL: " ", AIC_SERVICE_ACCOUNT_KEY: undefined }, configured);
    expect(settings).toEqual({
      tenantUrl: "https://config.example.com",
      serviceAccountId: "env-id",
      serviceAccountKey: '{"kty":"RSA"}',
    });
  });

  test("names everything that is missing at once, and both ways to give it", async () => {
    const error = await failureOf(() => aicSettings({ AIC_TENANT_URL: "https://env.example.com" }));
    expect(error.code).toBe("ERR_SETTING_MISSING");
    expect(error.message).not.toContain("AIC_TENANT_URL");
    for (const part of [
      "AIC_SERVICE_ACCOUNT_ID",
      "pulumi config set ping-agents:serviceAccountId",
      "AIC_SERVICE_ACCOUNT_KEY",
      "pulumi config set --secret ping-agents:serviceAccountKey",
    ]) {
      expect(error.message).toContain(part);
    }
  });
});

describe("which tenant", () => {
  test.each([
    ["the environment", "the stack configuration", ENV, configured, undefined],
    ["the environment", "the declaration", ENV, undefined, declared],
    ["the stack configuration", "the declaration", {}, configured, declared],
  ] as const)("%s does not win over %s", async (_one, _other, env, config, said) => {
    for (const read of [aicSettings, aicAddress]) {
      const error = await failureOf(() => read({ ...env, AIC_SERVICE_ACCOUNT_KEY: "canary" }, config, said));
      expect(error.code).toBe("ERR_OTHER_TENANT");
      const places = [
        ...("AIC_TENANT_URL" in env ? ["AIC_TENANT_URL says https://env.example.com"] : []),
        ...(config ? ["the stack configuration ping-agents:tenantUrl says https://config.example.com"] : []),
        ...(said ? ["tenant in stacks/dev.yaml says https://declared.example.com"] : []),
      ];
      expect(error.message).toContain(places.join(", "));
      expect(error.message).not.toContain("canary");
    }
  });

  test("two spellings of one address are one tenant", () => {
    const AIC_TENANT_URL = "https://Config.example.com:443/am/";
    expect(aicSettings({ ...ENV, AIC_TENANT_URL }, configured).tenantUrl).toBe(AIC_TENANT_URL);
  });

  test("the declaration stands in where nobody else says it", () => {
    const { AIC_TENANT_URL: _url, ...env } = ENV;
    expect(aicSettings(env, undefined, declared).tenantUrl).toBe(declared.value);
    expect(aicAddress({}, undefined, declared)).toBe(declared.value);
    expect(aicAddress({})).toBeUndefined();
  });

  test("a password in an address is not shown", async () => {
    const error = await failureOf(() => aicAddress({ AIC_TENANT_URL: "https://a:canary@env.example.com" }, configured));
    expect(error.message).toContain("AIC_TENANT_URL says https://env.example.com,");
    expect(error.message).not.toContain("canary");
  });
});
