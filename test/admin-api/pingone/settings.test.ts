/** Where PingOne is, and as whom: variables of the environment, regions, and what is said when something is missing. */

import { describe, expect, test } from "vitest";
import { pingOneAddress, pingOneSettings, sendsRequired } from "../../../src/admin-api/pingone/settings.ts";
import { failureOf } from "../failure.ts";

const ENV = { PINGONE_ENVIRONMENT_ID: "env", PINGONE_CLIENT_ID: "worker", PINGONE_CLIENT_SECRET: "canary" };

describe("regions", () => {
  test.each([
    ["NA", "com"],
    ["CA", "ca"],
    ["EU", "eu"],
    ["AU", "com.au"],
    ["SG", "sg"],
    ["ap", "asia"],
  ])("%s is pingone.%s", (code, domain) => {
    expect(pingOneSettings({ ...ENV, PINGONE_REGION_CODE: code })).toEqual({
      environmentId: "env",
      clientId: "worker",
      clientSecret: "canary",
      apiUrl: `https://api.pingone.${domain}/v1`,
      authUrl: `https://auth.pingone.${domain}`,
    });
  });

  test("an unknown one is named with those that exist", async () => {
    const error = await failureOf(() => pingOneSettings({ ...ENV, PINGONE_REGION_CODE: "US" }));
    expect(error).toMatchObject({ code: "ERR_SETTING_INVALID", where: { field: "PINGONE_REGION_CODE" } });
    expect(error.hint).toContain("NA, CA, EU, AU, SG, AP");
  });

  test("a custom domain replaces the token service only, and two addresses need no region", () => {
    const PINGONE_AUTH_URL = "https://login.example.com";
    expect(pingOneSettings({ ...ENV, PINGONE_REGION_CODE: "EU", PINGONE_AUTH_URL })).toMatchObject({
      apiUrl: "https://api.pingone.eu/v1",
      authUrl: PINGONE_AUTH_URL,
    });
    const PINGONE_API_URL = "http://127.0.0.1:1/v1";
    expect(pingOneSettings({ ...ENV, PINGONE_API_URL, PINGONE_AUTH_URL }).apiUrl).toBe(PINGONE_API_URL);
  });
});

test("what is missing is named with both ways to give it, and no value is repeated", async () => {
  const error = await failureOf(() => pingOneSettings({ PINGONE_CLIENT_SECRET: "canary" }));
  expect(error.code).toBe("ERR_SETTING_MISSING");
  expect(error.message).toContain("PINGONE_ENVIRONMENT_ID (or stack configuration ping-agents:pingOneEnvironmentId)");
  expect(error.message).toContain("PINGONE_CLIENT_ID");
  expect(error.message).not.toContain("canary");
  expect((await failureOf(() => pingOneSettings(ENV))).message).toContain("PINGONE_REGION_CODE");
});

test("the stack configuration stands in for the environment", () => {
  const config: Record<string, string> = { "ping-agents:pingOneRegionCode": "EU" };
  expect(pingOneSettings(ENV, (key) => config[key]).apiUrl).toBe("https://api.pingone.eu/v1");
});

describe("which environment", () => {
  const config = (key: string) => ({ "ping-agents:pingOneEnvironmentId": "0a1B" })[key];

  test("the environment variable does not win over the stack configuration", async () => {
    for (const read of [pingOneSettings, pingOneAddress]) {
      const error = await failureOf(() => read({ ...ENV, PINGONE_REGION_CODE: "EU" }, config));
      expect(error.code).toBe("ERR_OTHER_TENANT");
      expect(error.message).toContain(
        "PINGONE_ENVIRONMENT_ID says env, the stack configuration ping-agents:pingOneEnvironmentId says 0a1b",
      );
      expect(error.message).not.toContain("canary");
    }
  });

  test("two spellings of one id are one environment", () => {
    const env = { ...ENV, PINGONE_ENVIRONMENT_ID: "0A1b", PINGONE_REGION_CODE: "EU" };
    expect(pingOneSettings(env, config).environmentId).toBe("0A1b");
  });

  test("it is known without an account, as far as it is said", () => {
    expect(pingOneAddress({})).toEqual({});
    expect(pingOneAddress({ PINGONE_ENVIRONMENT_ID: "env", PINGONE_REGION_CODE: "EU" })).toEqual({
      environmentId: "env",
      apiUrl: "https://api.pingone.eu/v1",
      authUrl: "https://auth.pingone.eu",
    });
    expect(pingOneAddress({ PINGONE_API_URL: "http://127.0.0.1:1/v1" })).toEqual({ apiUrl: "http://127.0.0.1:1/v1" });
    expect(pingOneAddress({ PINGONE_AUTH_URL: "http://127.0.0.1:1" })).toEqual({ authUrl: "http://127.0.0.1:1" });
  });
});

test("the flag Required goes to the local tenant; elsewhere where that is said, and no other word is taken", async () => {
  const local = { PINGONE_API_URL: "http://127.0.0.1:1/v1" };
  const real = { PINGONE_REGION_CODE: "EU" };
  expect([sendsRequired({}), sendsRequired(local), sendsRequired(real)]).toEqual([undefined, true, false]);
  expect(sendsRequired({ ...real, PINGONE_REQUIRED_CLAIMS: "send" })).toBe(true);
  expect(sendsRequired(real, (key) => ({ "ping-agents:pingOneRequiredClaims": "send" })[key])).toBe(true);
  expect(pingOneSettings({ ...ENV, ...real, PINGONE_REQUIRED_CLAIMS: "send" }).sendsRequired).toBe(true);
  const error = await failureOf(() => pingOneSettings({ ...ENV, ...real, PINGONE_REQUIRED_CLAIMS: "yes" }));
  expect(error).toMatchObject({ code: "ERR_SETTING_INVALID" });
});
