/** Every case of oauth-flows §8 runs against a tenant that really listens, each right after its twin. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicJwks } from "../../../src/providers/jwks.ts";
import { createAdmin } from "../../../src/verify/aic/admin.ts";
import { GROUPS } from "../../../src/verify/aic/catalogue.ts";
import { configPath, section } from "../../../src/verify/aic/snapshot.ts";
import { machineClock } from "../../../src/verify/clock.ts";
import { call } from "../../../src/verify/http.ts";
import { exitCode, type Report, summary } from "../../../src/verify/index.ts";
import { ASSISTANT, CRM_AGENT, EXTENSION, LOGS_AGENT, REALM, SHOPPER, startTenant, type Tenant } from "./tenant.ts";

/** All but F05, which is of what is declared as switched off. */
const CASES = GROUPS.flatMap(({ cases }) => cases).filter(({ id }) => id !== "F05");
const idsOf = (cases: readonly { readonly id: string }[]) => [...new Set(cases.map(({ id }) => id))].sort();

let tenant: Tenant;
let report: Report;
let before: unknown;
beforeAll(async () => {
  tenant = await startTenant();
  before = await tenant.control("dump");
  report = await tenant.verify();
});
afterAll(() => tenant.sandbox.stop());

const ran = () => new Set(report.rows.map((row) => row.case));

describe("the three documented scenarios", () => {
  test("pass every case, allowed and refused", () => {
    expect(report.rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(report.findings).toEqual([]);
    expect(exitCode(report)).toBe(0);
  });

  test("run every case that there is", () => {
    const core = CASES.filter((one) => one.core);
    expect([...ran()].sort()).toEqual(idsOf(CASES));
    expect([...new Set(report.rows.filter((row) => row.core).map((row) => row.case))].sort()).toEqual(idsOf(core));
    // The core sets of oauth-flows §8 and delegation §2.2 have 30 and 4 cases: none gets lost with its expectation.
    expect(idsOf(core)).toHaveLength(34);
    expect(idsOf(CASES).length).toBeGreaterThanOrEqual(80);
    console.log(`${idsOf(core).length} core cases of ${idsOf(CASES).length} in all; ${summary(report)}`);
  });

  test("prove each agent's flows", () => {
    const flows = (agent: string) =>
      report.rows.filter((row) => row.agent === agent && /^F/.test(row.case)).map((row) => [row.case, row.title]);
    expect(flows(LOGS_AGENT)).toEqual([
      ["F01", "token of its own"],
      ["F03", "exchange for itself to web-server-logs-api-app"],
    ]);
    expect(flows(ASSISTANT)).toEqual([
      ["F02", "token of barbara.jensen at digital-assistant-web-app"],
      ["F02", "token of end.user at digital-assistant-web-app"],
      ["F03", "exchange for barbara.jensen to digital-assistant-web-app"],
      ["F03", "exchange for end.user to digital-assistant-web-app"],
    ]);
    expect(flows(SHOPPER)).toEqual([
      ["F01", "token of its own"],
      ["F04", "approved by a user, acr push"],
    ]);
    expect(flows(CRM_AGENT)).toEqual([["F01", "token of its own"]]);
    expect(flows(EXTENSION)).toEqual([
      ["F01", "token of its own"],
      ["F06", "exchange of crm-agent's own token for supply-chain-mcp-tool"],
    ]);
  });

  test("show the claims that were asserted", () => {
    const exchanged = report.rows.find((row) => row.agent === LOGS_AGENT && row.case === "F03");
    expect(exchanged?.claims).toMatch(
      /^sub=bot-traffic-analyzer-agent act\.sub=bot-traffic-analyzer-agent aud=\[bot-traffic-analyzer-agent web-server-logs-api-app\] scope=\[logs-(read|search) logs-(read|search)\]$/,
    );
  });

  test("leave the tenant byte for byte as it was", async () => {
    expect(await tenant.control("dump")).toEqual(before);
  });

  test("leave its clock right: whoever goes by the machine's can log in", async () => {
    const admin = createAdmin(call, tenant.sandbox.url, tenant.sandbox.serviceAccount, machineClock());
    expect(await admin.get(`${configPath(REALM)}/services/oauth-oidc`)).toBeDefined();
  });
});

describe("a flow that a plan does not have", () => {
  test("is not tried: an autonomous agent brings no CIBA case", async () => {
    const { rows } = await tenant.verify({ ...tenant.plan, agents: tenant.plan.agents.slice(0, 1) });
    expect(rows.filter(({ flow }) => flow === "ciba")).toEqual([]);
    expect(rows.every(({ verdict }) => verdict === "pass")).toBe(true);
  });
});

describe("an AI agent in place of the application that asks users", () => {
  test("passes the same cases", async () => {
    const [shopper] = tenant.plan.agents.filter(({ clientId }) => clientId === SHOPPER);
    if (!shopper) throw new Error("no such agent in the plan");
    const clientId = "ai-agent-of-its-own";
    const path = `${configPath(REALM)}/agents/AIAgent/${clientId}`;
    const [live] = await tenant.admin.query(`${configPath(REALM)}/agents/OAuth2Client`, `_id eq '${SHOPPER}'`);
    const keys = section(live ?? {}, "signEncOAuth2ClientConfig");
    const uid = crypto.randomUUID();
    await tenant.admin.write("PUT", path, {
      coreOAuth2ClientConfig: { status: "Active", scopes: shopper.scopes, userpassword: tenant.secrets[SHOPPER] },
      advancedOAuth2ClientConfig: { grantTypes: shopper.grantTypes, tokenEndpointAuthMethod: shopper.authMethod },
      signEncOAuth2ClientConfig: { publicKeyLocation: "jwks", jwkSet: keys.jwkSet },
      aiAgentIdentityAttributes: { _id: uid, oauth2ClientId: clientId, name: clientId },
      aiAgentIdentityUid: uid,
    });
    const credentials = {
      ...tenant.credentials,
      clientSecret: async () => tenant.secrets[SHOPPER],
      privateKey: async () => tenant.signingKey,
    };
    const agents = [{ ...shopper, clientId, type: "AIAgent" as const }];
    const { rows } = await tenant.verify({ ...tenant.plan, agents }, { credentials });
    await tenant.admin.write("DELETE", path);
    expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(rows.find((row) => row.case === "F04")?.claims).toContain(`aud=[${clientId}]`);
  });
});

describe("without credentials", () => {
  test("proves nothing about the agent, and says which variable to set", async () => {
    const credentials = { ...tenant.credentials, clientSecret: async () => undefined };
    const found = await tenant.verify(tenant.plan, { credentials });
    const own = found.rows.find((row) => row.agent === LOGS_AGENT && row.case === "F01");
    expect(own).toMatchObject({
      verdict: "inconclusive",
      cause: expect.stringContaining("PING_AGENTS_SECRET_BOT_TRAFFIC_ANALYZER_AGENT"),
    });
    expect(exitCode(found)).toBe(2);
  });
});

describe("K01, K02: keys", () => {
  const key = async (curve: "P-256" | "P-384" = "P-256") => {
    const alg = curve === "P-256" ? "ES256" : "ES384";
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = await exportJWK(privateKey);
    const { kty, crv, x, y } = jwk;
    const publicKey = { kty, crv, x, y, use: "sig", alg, kid: await calculateJwkThumbprint(jwk) } as JWK;
    return { privateKey: jwk, publicKey };
  };

  test("K01: a private member is refused before any call, its public twin is not", async () => {
    const { publicKey, privateKey } = await key();
    expect(publicJwks().safeParse({ keys: [publicKey] }).success).toBe(true);
    expect(publicJwks().safeParse({ keys: [{ ...publicKey, d: privateKey.d }] }).success).toBe(false);
  });

  test.each([
    ["K01", "a private member", async () => ({ ...(await key()).publicKey, d: (await key()).privateKey.d })],
    ["K02", "a kid that is not the thumbprint", async () => ({ ...(await key()).publicKey, kid: "mine" })],
    ["K02", "another curve", async () => (await key("P-384")).publicKey],
    ["K02", "a key for encryption", async () => ({ ...(await key()).publicKey, use: "enc" })],
  ] as const)("%s: %s that got published is found by reading back", async (id, _what, published) => {
    const client = `${configPath(REALM)}/agents/OAuth2Client/${SHOPPER}`;
    const own = JSON.parse(String((await keySet()) ?? "")).keys as JWK[];
    const put = (keys: JWK[]) =>
      tenant.amend(client, ["signEncOAuth2ClientConfig", "jwkSet"], () => ({
        inherited: false,
        value: JSON.stringify({ keys }),
      }));
    await put([...own, (await published()) as JWK]);
    const { rows } = await tenant.verify();
    await put(own);
    expect(rows.find((row) => row.case === id)?.verdict).toBe("fail");
  });

  async function keySet(): Promise<unknown> {
    const [row] = await tenant.admin.query(`${configPath(REALM)}/agents/OAuth2Client`, `_id eq '${SHOPPER}'`);
    return section(row ?? {}, "signEncOAuth2ClientConfig").jwkSet;
  }
});
