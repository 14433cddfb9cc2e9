/** What drift says of a tenant that cannot be read, has lost something, or has more than the stack made: without the engine, on both clouds. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { driftOf } from "../../src/live-drift.ts";
import type { Recorded } from "../../src/providers/drift.ts";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import { outcomeOf } from "../../src/reports/drift/report.ts";
import { type LocalAic, startAic } from "../support/aic.ts";
import { type Declared, type KindTenant, made } from "../support/kinds.ts";
import { type LocalPingOne, startPingOne } from "../support/pingone.ts";
import { OWNER } from "../support/properties.ts";
import { writes } from "../support/tenant.ts";

const sleep = async () => {};
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

/** Makes resources, as a state has them then. @param identity of the tenant */
async function recorded(
  tenant: KindTenant,
  identity: string,
  all: Readonly<Record<string, Declared>>,
): Promise<Recorded[]> {
  const states: Recorded[] = [];
  for (const [name, declared] of Object.entries(all)) {
    const { id, outs } = await made(tenant, declared, { ...OWNER, resource: name });
    const kept = { ...outs, __owner: { ...(outs.__owner as Properties), tenant: identity } };
    const component = declared.type.endsWith("AiAgent")
      ? `ping-agents:${declared.type.split(":")[0]}:DeclaredAgent$`
      : "";
    const urn = `urn:pulumi:test::shop::${component}pulumi-nodejs:dynamic/${declared.type}::${name}`;
    states.push({ urn, type: declared.type, name, id, inputs: kept, outputs: kept });
  }
  return states;
}

describe("aic", () => {
  let tenant: LocalAic;
  let resources: Recorded[];
  const look = (env = tenant.variables()) => driftOf("aic", { said: { env }, resources, options: { sleep } });

  beforeAll(async () => {
    tenant = await startAic();
    const realm = "alpha";
    resources = await recorded(tenant, String(await tenant.admin.identity()), {
      bot: { type: "aic:AiAgent", inputs: { realm, clientId: "bot", name: "Bot", undeclared: {} } },
      api: { type: "aic:OAuth2Client", inputs: { realm, clientId: "api", scopes: ["read"] } },
      "alpha/team": { type: "aic:Group", inputs: { realm, name: "team" } },
    });
  });
  afterAll(() => tenant.stop());

  test("what is as the stack left it is in sync, and nothing was written", async () => {
    let drift: Awaited<ReturnType<typeof look>> | undefined;
    const seen = await tenant.count(async () => {
      drift = await look();
    });
    expect(drift).toEqual({ compared: 3, findings: [], unreadable: [], strangers: [] });
    expect(writes(seen)).toEqual([]);
  });

  test.each([
    ["a refusal", { status: 403 }, "ERR_API_FORBIDDEN"],
    ["an outage", { status: 503 }, "ERR_API_OUTAGE"],
  ])("%s leaves the others compared, and is never in sync", async (_what, fault, code) => {
    await tenant.arm({ pathPattern: "managed/alpha_group", times: 50, ...fault });
    const drift = await look();
    await tenant.arm();
    expect(drift).toMatchObject({ compared: 2, findings: [] });
    expect(drift.unreadable).toMatchObject([{ type: "aic:Group", name: "alpha/team", code }]);
    expect(outcomeOf({ title: "dev", allowed: [], ...drift }, "cosmetic")).toBe("unknown");
  });

  test("where nobody can look for other agents, that is said and not that there are none", async () => {
    await tenant.arm({ pathPattern: "managed/alpha_aiagentprivilege", times: 50, status: 503 });
    const { strangers, unreadable } = await look();
    await tenant.arm();
    expect(strangers).toBeUndefined();
    expect(unreadable.map(({ type }) => type)).toContain("what else acts");
  });

  test("an account that the tenant does not know is one mistake", async () => {
    const env = { ...tenant.variables(), AIC_SERVICE_ACCOUNT_ID: randomUUID() };
    await expect(look(env)).rejects.toMatchObject({ code: "ERR_API_UNAUTHENTICATED" });
  });

  test("other agents are told by whose they are", async () => {
    const { am } = tenant.admin;
    const acting = {
      coreOAuth2ClientConfig: { status: "Active" },
      advancedOAuth2ClientConfig: { grantTypes: [EXCHANGE] },
    };
    const agent = (oauth2ClientId: string) => {
      const uid = randomUUID();
      const identity = { _id: uid, name: `Agent ${oauth2ClientId}`, oauth2ClientId };
      return { ...acting, aiAgentIdentityUid: uid, aiAgentIdentityAttributes: identity };
    };
    const registered = randomUUID();
    for (const id of [registered, "mail-bot"]) await am("alpha").put("AIAgent", id, agent(id));
    await am("alpha").put("OAuth2Client", "mail-app", acting);
    await am("alpha").put("OAuth2Client", "web-app", {
      ...acting,
      advancedOAuth2ClientConfig: { grantTypes: ["password"] },
    });
    const theirs = { type: "aic:AiAgent", inputs: { realm: "alpha", clientId: "theirs", name: "Theirs" } };
    await made(tenant, theirs, { ...OWNER, stack: "othersothers", name: "shop/other" });
    const { strangers = [] } = await look();
    expect(strangers.map(({ id, is, whose, stack, can }) => [is, id, whose, stack, ...can])).toEqual([
      ["agent", "mail-bot", "undeclared", undefined, "token_exchange"],
      ["agent", registered, "self-registered", undefined, "token_exchange"],
      ["application", "mail-app", "acts-as-agent", undefined, "token_exchange"],
      ["agent", "theirs", "of-stack", "shop/other", "authorization_code"],
    ]);
  });

  test("what is gone is missing, and access narrowed", async () => {
    await tenant.admin.am("alpha").delete("AIAgent", "bot");
    expect((await look()).findings).toMatchObject([
      { class: "narrowed", entry: "agents.bot", isMissing: true, means: "the agent is gone" },
    ]);
  });

  test("what somebody made in its place is another object", async () => {
    await made(
      tenant,
      { type: "aic:AiAgent", inputs: { realm: "alpha", clientId: "bot", name: "Bot" } },
      {
        ...{ ...OWNER, stack: "othersothers", name: "shop/other", resource: "bot" },
      },
    );
    const [finding] = (await look()).findings;
    expect(finding).toMatchObject({ class: "weakened", entry: "agents.bot", path: [] });
    expect(finding?.means).toContain('"bot" of stack shop/other');
  });
});

describe("pingone", () => {
  let tenant: LocalPingOne;
  let resources: Recorded[];
  const look = (env = tenant.variables()) => driftOf("pingone", { said: { env }, resources, options: { sleep } });

  beforeAll(async () => {
    tenant = await startPingOne();
    resources = await recorded(tenant, tenant.environmentId, {
      bot: { type: "pingone:AiAgent", inputs: { name: "Bot", undeclared: {} } },
      api: { type: "pingone:Resource", inputs: { name: "API", scopes: { read: "" }, undeclared: {} } },
    });
  });
  afterAll(() => tenant.stop());

  test("what is as the stack left it is in sync, and nothing was written", async () => {
    await tenant.calls();
    expect(await look()).toEqual({ compared: 2, findings: [], unreadable: [], strangers: [] });
    expect((await tenant.calls()).filter((call) => !call.startsWith("GET "))).toEqual([]);
  });

  test("a refusal leaves the others compared", async () => {
    await tenant.arm({ pathPattern: "/resources", times: 50, status: 503 });
    const drift = await look();
    await tenant.arm();
    expect(drift).toMatchObject({ compared: 1, findings: [] });
    expect(drift.unreadable).toMatchObject([{ type: "pingone:Resource", name: "api", code: "ERR_API_OUTAGE" }]);
  });

  test("an account that the tenant does not know is one mistake", async () => {
    const env = { ...tenant.variables(), PINGONE_CLIENT_SECRET: "not-this-one" };
    await expect(look(env)).rejects.toMatchObject({ code: "ERR_API_UNAUTHENTICATED" });
  });

  test("other agents are told by whose they are", async () => {
    const common = { protocol: "OPENID_CONNECT", enabled: true, tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC" };
    const { id } = await tenant.admin.applications.create({
      ...common,
      name: "Mail",
      type: "AI_AGENT",
      grantTypes: ["CLIENT_CREDENTIALS"],
    });
    const acting = await tenant.admin.applications.create({
      ...common,
      name: "Desk",
      type: "WEB_APP",
      grantTypes: ["TOKEN_EXCHANGE"],
    });
    const api = resources.find(({ name }) => name === "api")?.outputs.resourceId;
    const scopes = (await tenant.admin.scopes(String(api)).list()).map((scope) => ({ id: scope.id }));
    await tenant.admin.below(id, "grants").create({ resource: { id: api }, scopes });
    await made(
      tenant,
      { type: "pingone:AiAgent", inputs: { name: "Theirs" } },
      { ...OWNER, stack: "othersothers", name: "shop/other" },
    );
    const { strangers = [] } = await look();
    expect(strangers.map(({ is, name, whose, stack, can }) => [is, name, whose, stack, ...can])).toEqual([
      ["agent", "Mail", "undeclared", undefined, "client_credentials", "1 grant"],
      ["application", "Desk", "acts-as-agent", undefined, "token_exchange"],
      ["agent", "Theirs", "of-stack", "shop/other"],
    ]);
    expect(strangers[1]?.id).toBe(acting.id);
  });

  test("what is gone is missing", async () => {
    const bot = resources.find(({ name }) => name === "bot")?.outputs.applicationId;
    await tenant.admin.applications.delete(String(bot));
    expect((await look()).findings).toMatchObject([{ entry: "agents.bot", isMissing: true, class: "narrowed" }]);
  });
});
