/** Where the settings of an AIC tenant come from. */
import { describe, expect, test } from "vitest";
import { aicSettings } from "../../../src/admin-api/aic/settings.ts";
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
    const settings = aicSettings(
      { ...ENV, AIC_TENANT_URL: " ", AIC_SERVICE_ACCOUNT_KEY: undefined },
      (key) => CONFIG[key],
    );
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
