/** `ping-agents access` with a tenant: what it has, what nobody declared of it, and how many people are in groups. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectAic } from "../../src/admin-api/aic/tenant.ts";
import { connectPingOne } from "../../src/admin-api/pingone/tenant.ts";
import { relation } from "../../src/providers/aic/relations.ts";
import { withoutGroups } from "../access/support.ts";
import { hands, part } from "../support/hands.ts";
import { temporaryFolder } from "../tools/executables.ts";
import { ASSISTANT, CRM_AGENT, EXTENSION, LOGS_AGENT, startTenant, type Tenant } from "../verify/aic/tenant.ts";
import { startTenant as startPingOne } from "../verify/pingone/tenant.ts";
import { project } from "./command.ts";

describe("aic", () => {
  let tenant: Tenant;
  let admin: ReturnType<typeof connectAic>;
  const account = () => ({
    AIC_TENANT_URL: tenant.sandbox.url,
    AIC_SERVICE_ACCOUNT_ID: tenant.sandbox.serviceAccount.id,
    AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(tenant.sandbox.serviceAccount.jwk),
  });
  const run = (...args: string[]) => project({ dev: withoutGroups("dev") }).run(["access", "dev", ...args], account());

  beforeAll(async () => {
    tenant = await startTenant();
    const { url, serviceAccount } = tenant.sandbox;
    const serviceAccountKey = JSON.stringify(serviceAccount.jwk);
    admin = connectAic({ tenantUrl: url, serviceAccountId: serviceAccount.id, serviceAccountKey });
    // The published delegation stands in another declaration.
    await admin.am("alpha").delete("AIAgent", CRM_AGENT);
    await admin.am("alpha").delete("OAuth2Client", EXTENSION);
  });
  afterAll(() => tenant.sandbox.stop());

  test("what is as it is declared has no difference, and the tenant is named first", async () => {
    const { code, stdout, stderr } = await run("--compare");
    expect(stdout).toBe("dev on the tenant against stacks/dev.yaml: 3 agents unchanged\n");
    expect(code).toBe(0);
    expect(stderr).toContain(`Stack dev, tenant ${tenant.sandbox.url}, realm alpha, tier development`);
  });

  test("the tenant says the same as the declaration", async () => {
    const [live, declared] = await Promise.all([
      run("--tenant", "--what-can", ASSISTANT),
      run("--what-can", ASSISTANT),
    ]);
    expect(live.stdout).toContain("Digital Assistant");
    expect(live.stdout.split("\n").slice(1)).toEqual(declared.stdout.split("\n").slice(1));
  });

  test("groups are counted where there is an account, and unknown where there is none", async () => {
    const { stdout, stderr } = await run();
    expect(stdout).toMatch(/anyone in customers .*\n +\(2 people\)\n/);
    expect(stderr).toMatch(/^Stack dev, tenant http:\S+, realm alpha, tier development/);
    expect(stderr.match(/^Stack /gm)).toHaveLength(1);
    const without = await project({ dev: withoutGroups("dev") }).run(["access", "dev"]);
    expect(without.stdout).toContain("anyone in customers  by exchange");
  });

  test("a tenant that does not answer leaves groups unknown, and is told", async () => {
    const away = { ...account(), AIC_TENANT_URL: "http://127.0.0.1:1" };
    const { code, stdout, stderr } = await project({ dev: withoutGroups("dev") }).run(["access", "dev"], away);
    expect(code).toBe(0);
    expect(stdout).toContain("anyone in customers  by exchange");
    expect(stderr).toContain("Groups were not counted: ERR_API_UNREACHABLE");
  });

  test("a stack that cannot be asked about leaves groups unknown, and is told; the tenant is not read", async () => {
    const env = { ...account(), PATH: temporaryFolder() };
    const { run: access } = project({ dev: withoutGroups("dev") });
    const declared = await access(["access", "dev"], env);
    expect(declared).toMatchObject({ code: 0, stdout: expect.stringContaining("anyone in customers  by exchange") });
    expect(declared.stderr).toContain("Groups were not counted: ERR_PULUMI_CLI");
    const compared = await access(["access", "dev", "--compare"], env);
    expect(compared).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^ERR_PULUMI_CLI: /) });
  });

  test("a member of a group is known to be one", async () => {
    const { stdout } = await run("--for", "barbara.jensen");
    expect(stdout).not.toContain("nobody counted");
    expect((await run("--tenant", "--for", "nobody.at.all")).stdout).not.toContain("Digital Assistant");
  });

  test("a realm without AI agents says so", async () => {
    await tenant.control("feature", { aiagent: false });
    const { code, stdout, stderr } = await run("--tenant");
    await tenant.control("feature", { aiagent: true });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("ERR_AI_AGENTS_DISABLED: AI agents are not switched on in realm alpha");
  });

  test("a script that cannot be read keeps never from holding, until it is gone", async () => {
    const by = hands({ admin });
    const use = (accessTokenMayActScript: string) =>
      by.agent("AIAgent", LOGS_AGENT, "overrideOAuth2ClientConfig", { accessTokenMayActScript });
    const id = randomUUID();
    const text = "token.setMayAct({ client_id: scopes.get(0), sub: scopes.get(0) });";
    const script = {
      ...{ name: "by scope", context: "OAUTH2_MAY_ACT_NEXT_GEN", language: "JAVASCRIPT", evaluatorVersion: "2.0" },
      script: Buffer.from(text).toString("base64"),
    };
    await admin
      .am("alpha")
      .collection("scripts", "protocol=2.0,resource=1.0")
      .put(id, { _id: id, ...script });
    await use(id);
    const found = await run("--tenant");
    await use("[Empty]");
    expect({ found: found.code, after: (await run("--tenant")).code }).toEqual({ found: 3, after: 0 });
    expect(found.stdout).toMatch(
      / {2}high never: .* cannot be shown to hold: .*\n {4}Bot Traffic Analyzer Agent: script/,
    );
  });

  test("an owner who is switched off, and a realm that anybody registers in, are findings of the tenant", async () => {
    const { provider } = hands({ admin });
    const [owner] = await admin.idm.query("managed/alpha_user", 'userName eq "demo.owner"', { fields: ["_id"] });
    const set = async (accountStatus: string, allowDynamicRegistration: boolean) => {
      const operations = [{ operation: "replace" as const, field: "/accountStatus", value: accountStatus }];
      await admin.idm.patch("managed/alpha_user", owner?._id ?? "", operations);
      await provider((document) => {
        part(document, "clientDynamicRegistrationConfig").allowDynamicRegistration = allowDynamicRegistration;
      });
    };
    const [agent] = await admin.idm.query("managed/alpha_aiagent", `oauth2ClientId eq "${ASSISTANT}"`);
    const owners = [relation("managed/alpha_user", owner?._id ?? "")];
    await admin.idm.patch("managed/alpha_aiagent", agent?._id ?? "", [
      { operation: "replace", field: "/owners", value: owners },
    ]);
    await set("inactive", true);
    const found = await run("--tenant", "--fail-on", "high");
    await set("active", false);
    expect(found.code).toBe(3);
    expect(found.stdout).toContain("    provider: lets anybody register clients and agents (service/oauth-oidc)\n");
    for (const name of ["Digital Assistant AI Agent", "AI Agent"]) {
      const told = `    ${name}: has the owner demo.owner, whose account is switched off (user/demo.owner)\n`;
      expect(found.stdout).toContain(told);
    }
    expect((await run("--tenant")).stdout).not.toMatch(/open-registration|owner-disabled/);
  });

  test("three privileges and two agents that nobody declared, each in a sentence", async () => {
    const { grant } = hands({ admin });
    const application = "Digital Assistant Web App";
    const widened = await grant({ agent: ASSISTANT, application, scopes: ["write-data"], groups: ["customers"] });
    const everything = await grant({ agent: ASSISTANT, application, users: ["end.user"] });
    const itself = await grant({ agent: LOGS_AGENT, application, scopes: ["admin-action"] });
    const grantTypes = ["client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"];
    for (const [id, scopes] of [
      ["shadow-agent", ["spy"]],
      ["idle-agent", []],
    ] as const) {
      const _id = randomUUID();
      await admin.am("alpha").put("AIAgent", id, {
        coreOAuth2ClientConfig: { status: "Active", scopes },
        advancedOAuth2ClientConfig: { grantTypes },
        aiAgentIdentityAttributes: { _id, oauth2ClientId: id, name: `The ${id}` },
        aiAgentIdentityUid: _id,
      });
    }
    const { code, stdout } = await run("--compare");
    expect(code).toBe(3);
    const allow = `    allow: [{ access: ${widened}, reason: migration, owner: jane.doe, expires: 2999-12-31 }]\n`;
    const name = "    name: Digital Assistant AI Agent\n";
    const allowing = project({ dev: withoutGroups("dev").replace(name, `${name}${allow}`) });
    const allowed = await allowing.run(["access", "dev", "--compare", "--what-can", ASSISTANT], account());
    expect(allowed.stdout).toContain(
      "Not declared, and allowed:\n    Digital Assistant AI Agent may write-data on Digital Assistant Web App" +
        " for anyone in customers (2 people), by exchange (allowed by jane.doe: migration, until 2999-12-31)\n",
    );
    expect(allowed.stdout).not.toContain("+ Digital Assistant AI Agent may write-data on");
    const refused = await run("--tenant");
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain(
      "  high never: agents administer nothing\n    Bot Traffic Analyzer Agent: may admin-action on",
    );
    expect(refused.stdout).toContain(`(privilege/${itself})\n`);
    const shown = [
      [widened, "WIDENED"],
      [everything, "EVERYTHING"],
      [itself, "ITSELF"],
    ] as const;
    // Others move the line with every edit of the example.
    const named = shown.reduce((text, [id, name]) => text.replaceAll(id, name), stdout);
    expect(named.replaceAll(/dev\.yaml:\d+/g, "dev.yaml:LINE")).toMatchInlineSnapshot(`
      "dev on the tenant against stacks/dev.yaml: 3 agents more, 1 unchanged
      Agents that are not declared: The shadow-agent (shadow-agent) and The idle-agent (idle-agent)

      On the tenant, and not declared:
        + Bot Traffic Analyzer Agent may admin-action on Digital Assistant Web App for itself, by exchange (privilege/ITSELF)
        + Digital Assistant AI Agent may write-data on Digital Assistant Web App for anyone in customers (2 people), by exchange (privilege/WIDENED)
        + Digital Assistant AI Agent may admin-action, openid, read-data and write-data on Digital Assistant Web App for end.user, by exchange (privilege/EVERYTHING)
        + The shadow-agent may spy (its own scope) for itself, without a user (client/shadow-agent)

      AGENT                       ACCESS  REACH BEFORE                   AND AFTER
      Bot Traffic Analyzer Agent  more    itself × 3 scopes × 2 targets  -> itself × 4 scopes × 3 targets
      Digital Assistant AI Agent  more    2 people × 1 scope × 1 target  -> 2 people × 4 scopes × 1 target
      The shadow-agent            more    nothing                        -> itself × 1 scope × 1 target

      Findings, 2 high, 1 medium and 2 low:
        high never: agents administer nothing
          Bot Traffic Analyzer Agent: may admin-action on Digital Assistant Web App for itself, by exchange (privilege/ITSELF)
          Digital Assistant AI Agent: may admin-action on Digital Assistant Web App for end.user, by exchange (privilege/EVERYTHING)
          Next: take the access away, or change the assertion at stacks/dev.yaml:LINE
        medium autonomous-writes: no user is asked, and none is to be seen in the log
          Bot Traffic Analyzer Agent: acts for itself and has "admin-action" (privilege/ITSELF)
          Next: take the scope away, or let the agent act on behalf of a user or after an approval
        low reads-and-writes: what the agent reads can make it write: a text that it is given is an order to it
          Bot Traffic Analyzer Agent: reads ("logs-read", "logs-search", "monitor-system") and writes ("admin-action") (privilege/ITSELF)
          Digital Assistant AI Agent: reads ("read-data") and writes ("admin-action", "write-data") (privilege/WIDENED)
          Next: split the agent: one reads, and one writes after the user's approval
      "
    `);
  });
});

const PINGONE = `platform: pingone
resources:
  portal: { name: Portal, audience: "https://portal.example.com", scopes: { "portal:use": "" } }
  orders: { name: Orders, audience: "https://orders.example.com", scopes: { "orders:read": "", "orders:write": "" } }
  agents: { name: Agents, audience: "https://agents.example.com", scopes: { "agent:act": "" } }
applications:
  web:
    name: support-portal
    type: web
    redirectUris: [https://portal.example.com/callback]
    access: [{ resource: portal, scopes: ["portal:use"] }]
agents:
  support:
    name: support-agent
    pattern: on-behalf-of
    actsForUsersOf: [portal]
    access:
      - { resource: orders, scopes: ["orders:read"] }
      - { resource: agents, scopes: ["agent:act"] }
  watcher:
    name: stock-watcher
    pattern: autonomous
    access: [{ resource: orders, scopes: ["orders:read"] }]
  refund:
    name: refund-agent
    pattern: approved
    authorization: { multipleResources: true }
    access:
      - { resource: orders, scopes: ["orders:write"] }
      - { resource: openid, scopes: [openid, profile] }
`;

describe("pingone", () => {
  type Environment = Awaited<ReturnType<typeof startPingOne>>;
  let environment: Environment;
  let admin: ReturnType<ReturnType<typeof connectPingOne>["environment"]>;
  const account = () => {
    const { url, pingone } = environment.sandbox;
    return {
      PINGONE_ENVIRONMENT_ID: pingone.environmentId,
      PINGONE_CLIENT_ID: pingone.workerClientId,
      PINGONE_CLIENT_SECRET: pingone.workerClientSecret,
      PINGONE_API_URL: `${url}/v1`,
      PINGONE_AUTH_URL: url,
    };
  };
  const run = (...args: string[]) => project({ dev: PINGONE }).run(["access", "dev", ...args], account());

  beforeAll(async () => {
    environment = await startPingOne();
    const { url, pingone } = environment.sandbox;
    const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = pingone;
    admin = connectPingOne({ environmentId, clientId, clientSecret, apiUrl: `${url}/v1`, authUrl: url }).environment();
  });
  afterAll(() => environment.sandbox.stop());

  test("what is as it is declared has no difference", async () => {
    const { code, stdout } = await run("--compare");
    expect(stdout).toBe("dev on the tenant against stacks/dev.yaml: 3 agents unchanged\n");
    expect(code).toBe(0);
  });

  test("a declared owner who is switched off is a finding of the tenant", async () => {
    const declared = PINGONE.replace(
      "pattern: autonomous",
      "pattern: autonomous\n    owners: [demo.owner, barbara.jensen]",
    );
    const look = () => project({ dev: declared }).run(["access", "dev", "--tenant"], account());
    expect((await look()).stdout).not.toContain("owner-disabled");
    const owner = (await admin.users.list('username eq "demo.owner"'))[0];
    const { url, controlToken, pingone } = environment.sandbox;
    const path = `/v1/environments/${pingone.environmentId}/users/${owner?.id}`;
    const { status } = await fetch(`${url}/__sandbox/load`, {
      method: "POST",
      headers: { authorization: `Bearer ${controlToken}` },
      body: JSON.stringify({ objects: [{ path, body: { ...owner, enabled: false } }] }),
    });
    expect(status).toBe(204);
    const line = declared.split("\n").findIndex((one) => one.includes("demo.owner")) + 1;
    expect((await look()).stdout).toContain(
      `    stock-watcher: has the owner demo.owner, whose account is switched off (stacks/dev.yaml:${line})\n`,
    );
  });

  test("people of a group are counted where it says how many are in it", async () => {
    const limit = "type: web\n    userAccess: { groups: { match: any, names: [customers] } }";
    const { stdout } = await project({ dev: PINGONE.replace("type: web", limit) }).run(["access", "dev"], account());
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("orders:read Orders anyone in customers (2 people) signed in");
  });

  test("three grants and two agents that nobody declared, each in a sentence", async () => {
    const orders = (await admin.resources.list()).find(({ name }) => name === "Orders")?.id ?? "";
    const scope = new Map((await admin.scopes(orders).list()).map(({ id, name }) => [name, id]));
    const named = async (name: string) => (await admin.applications.list()).find((row) => row.name === name)?.id ?? "";
    const agent = async (name: string, grantTypes: string[]) => {
      const body = { name, type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true, grantTypes };
      return (await admin.applications.create({ ...body, tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC" })).id;
    };
    const widen = async (id: string) => {
      const [found] = await admin.below(id, "grants").list();
      await admin.below(id, "grants").replace(found?.id ?? "", {
        resource: { id: orders },
        scopes: ["orders:read", "orders:write"].map((name) => ({ id: scope.get(name) })),
      });
    };
    await widen(await named("stock-watcher"));
    await widen(await named("refund-agent"));
    const shadow = await agent("Shadow", ["CLIENT_CREDENTIALS"]);
    await admin
      .below(shadow, "grants")
      .create({ resource: { id: orders }, scopes: [{ id: scope.get("orders:write") }] });
    const idle = await agent("Idle", ["CIBA"]);
    const { code, stdout } = await run("--compare");
    expect(code).toBe(0);
    const allow = "    allow: [{ access: scope/orders:write, reason: migration, owner: jane.doe }]\n";
    const name = "    name: stock-watcher\n";
    const allowing = project({ dev: PINGONE.replace(name, `${name}${allow}`) });
    expect((await allowing.run(["access", "dev", "--compare", "--what-can", "watcher"], account())).stdout).toBe(
      "dev on the tenant against stacks/dev.yaml: 1 agent unchanged\n\nNot declared, and allowed:\n" +
        "    stock-watcher may orders:write on Orders for itself, without a user (allowed by jane.doe: migration)\n",
    );
    expect(
      stdout.replaceAll(shadow, "SHADOW").replaceAll(idle, "IDLE").replaceAll(orders, "ORDERS"),
    ).toMatchInlineSnapshot(`
      "dev on the tenant against stacks/dev.yaml: 3 agents more, 1 unchanged
      Agents that are not declared: Shadow (SHADOW) and Idle (IDLE)

      On the tenant, and not declared:
        + stock-watcher may orders:write on Orders for itself, without a user (grant/watcher/orders)
        + refund-agent may orders:read on Orders for anyone, after the user approves (grant/refund/orders)
        + Shadow may orders:write on Orders for itself, without a user (grant/SHADOW/orders)

      AGENT          ACCESS  REACH BEFORE                   AND AFTER
      stock-watcher  more    itself × 1 scope × 1 target    -> itself × 2 scopes × 1 target
      refund-agent   more    anyone × 2 scopes × 2 targets  -> anyone × 3 scopes × 2 targets
      Shadow         more    nothing                        -> itself × 1 scope × 1 target

      Findings, 2 medium and 2 low:
        medium autonomous-writes: no user is asked, and none is to be seen in the log
          stock-watcher: acts for itself and has "orders:write" (grant/watcher/orders)
          Shadow: acts for itself and has "orders:write" (grant/SHADOW/orders)
          Next: take the scope away, or let the agent act on behalf of a user or after an approval
        low reads-and-writes: what the agent reads can make it write: a text that it is given is an order to it
          stock-watcher: reads ("orders:read") and writes ("orders:write") (grant/watcher/orders)
          refund-agent: reads ("orders:read") and writes ("orders:write") (grant/refund/orders)
          Next: split the agent: one reads, and one writes after the user's approval
      "
    `);
  });
});
