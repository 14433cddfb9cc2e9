/** A tenant that is not as declared makes the run fail, and the report names the cause in words that say what to change. */

import { exportJWK, generateKeyPair } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { configPath, managedPath, treePath } from "../../../src/verify/aic/snapshot.ts";
import { GRANT } from "../../../src/verify/grants.ts";
import { exitCode, type Report } from "../../../src/verify/index.ts";
import { publicPart } from "../../../src/verify/jwt.ts";
import { ASSISTANT, ASSISTANT_APP, LOGS_AGENT, REALM, SHOPPER, startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.sandbox.stop());

const provider = `${configPath(REALM)}/services/oauth-oidc`;
const agent = `${configPath(REALM)}/agents/AIAgent/${ASSISTANT}`;
const client = (id: string) => `${configPath(REALM)}/agents/OAuth2Client/${id}`;
const wrapped = (value: unknown) => () => ({ inherited: false, value });
const patch = (path: string, field: string, value: unknown) =>
  tenant.admin.write("PATCH", path, [{ operation: "replace", field: `/${field}`, value }]);
const setUserStatus = async (userName: string, status: string) => {
  const [user] = await tenant.admin.query(managedPath(REALM, "user"), `userName eq "${userName}"`, ["_id"]);
  await patch(`${managedPath(REALM, "user")}/${String(user?._id)}`, "accountStatus", status);
};
/** Runs the case that shows the change. */
const prove = (id: string) => tenant.verify(tenant.plan, { cases: [id] });

/** The flow fails or cannot be proven, and its cause is the one that is named, not just the tenant's own words. */
function expectCause(report: Report, agentId: string, caseId: string, cause: RegExp) {
  expect(exitCode(report)).toBe(1);
  const rows = report.rows.filter((row) => row.agent === agentId && row.case === caseId);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row.verdict).not.toBe("pass");
    expect(row.cause).toMatch(cause);
  }
  expect(report.findings.some(({ message }) => cause.test(message))).toBe(true);
}

describe("a change by hand", () => {
  test("grant type taken from the provider", async () => {
    await tenant.amend(provider, ["advancedOAuth2Config", "grantTypes"], (list) =>
      (list as string[]).filter((grant) => grant !== GRANT.tokenExchange),
    );
    const report = await prove("F03");
    expectCause(
      report,
      ASSISTANT,
      "F03",
      /OAuth2 provider does not offer urn:ietf:params:oauth:grant-type:token-exchange: add it to provider\.grantTypes/,
    );
    expectCause(report, LOGS_AGENT, "F03", /OAuth2 provider does not offer/);
  });

  test("grant type taken from the agent", async () => {
    await tenant.amend(agent, ["advancedOAuth2ClientConfig", "grantTypes"], wrapped(["authorization_code"]));
    expectCause(await prove("F03"), ASSISTANT, "F03", new RegExp(`${ASSISTANT} may not use .*token-exchange`));
  });

  test("privilege narrowed", async () => {
    await patch(tenant.privilegeOfAssistant, "permissions", [{ type: "scopes", values: ["write-data"] }]);
    expectCause(await prove("F03"), ASSISTANT, "F03", /privilege .* lacks read-data/);
  });

  test("privilege widened: X06 fails, since the scope is issued", async () => {
    await patch(tenant.privilegeOfAssistant, "permissions", [{ type: "scopes", values: ["read-data", "write-data"] }]);
    const report = await prove("X06");
    expect(exitCode(report)).toBe(1);
    const row = report.rows.find((one) => one.agent === ASSISTANT && one.case === "X06");
    expect(row).toMatchObject({
      verdict: "fail",
      cause: expect.stringMatching(/grants more than declared, write-data/),
    });
  });

  test("privilege deleted", async () => {
    await tenant.admin.write("DELETE", tenant.privilegeOfAssistant);
    expectCause(await prove("F03"), ASSISTANT, "F03", /has no privilege for digital-assistant-web-app/);
  });

  test("user taken out of the privilege", async () => {
    await patch(tenant.privilegeOfAssistant, "subjects", []);
    await patch(tenant.privilegeOfAssistant, "subjectGroups", []);
    const report = await prove("F03");
    expectCause(report, ASSISTANT, "F03", /does not name the user barbara\.jensen/);
    expectCause(report, ASSISTANT, "F03", /does not name the group customers/);
  });

  test.each([
    ["providerOverridesEnabled", /override block is dormant; set overrides\.enabled: true/],
    ["statelessTokensEnabled", /no client-side tokens; set overrides\.statelessTokensEnabled: true/],
    ["acceptAudienceParametersInTokenExchangeRequests", /ignores the audience of an exchange; set overrides\.accept/],
  ])("%s switched off", async (attribute, cause) => {
    await tenant.amend(agent, ["overrideOAuth2ClientConfig", attribute], () => false);
    expectCause(await prove("F03"), ASSISTANT, "F03", cause);
  });

  test("agent disabled", async () => {
    await tenant.amend(agent, ["coreOAuth2ClientConfig", "status"], wrapped("Inactive"));
    expectCause(await prove("F03"), ASSISTANT, "F03", /is not Active: set enabled: true/);
  });

  test("agent deleted", async () => {
    await tenant.admin.write("DELETE", agent);
    expectCause(await prove("F03"), ASSISTANT, "F03", /no AIAgent digital-assistant-ai-agent in the realm/);
  });

  test("password grant taken from the application", async () => {
    await tenant.amend(
      client(ASSISTANT_APP),
      ["advancedOAuth2ClientConfig", "grantTypes"],
      wrapped(["authorization_code"]),
    );
    expectCause(await prove("F02"), ASSISTANT, "F02", /digital-assistant-web-app may not use password/);
  });

  test("user deactivated", async () => {
    await setUserStatus("barbara.jensen", "inactive");
    const report = await prove("F02");
    expect(exitCode(report)).toBe(1);
    const row = report.rows.find((one) => one.case === "F02" && one.title.includes("barbara.jensen"));
    expect(row).toMatchObject({ verdict: "fail", cause: expect.stringMatching(/user barbara\.jensen is not active/) });
  });

  test("JWK swapped", async () => {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    const other = await publicPart(await exportJWK(privateKey));
    const set = JSON.stringify({ keys: [other] });
    await tenant.amend(client(SHOPPER), ["signEncOAuth2ClientConfig", "jwkSet"], wrapped(set));
    expectCause(
      await prove("F04"),
      SHOPPER,
      "F04",
      new RegExp(`private key at hand \\(kid ${tenant.signingKey.kid}\\) is not published`),
    );
  });

  test("acr value unmapped", async () => {
    await tenant.amend(provider, ["advancedOIDCConfig", "loaMapping"], () => ({}));
    expectCause(
      await prove("F04"),
      SHOPPER,
      "F04",
      /acr value push is not mapped: set provider\.acr: \{ push: Agent Push Sender \}/,
    );
  });

  test("journey deleted", async () => {
    await tenant.admin.write("DELETE", treePath(REALM, "Agent Push Sender"));
    expectCause(await prove("F04"), SHOPPER, "F04", /no journey Agent Push Sender in the realm/);
  });
});
