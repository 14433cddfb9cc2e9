/** `ping-agents adopt` as it is without --yes: what it would write, what it leaves out and why; and the exports of frodo. */

import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadAnyDeclaration } from "../../src/platforms.ts";
import { fill, shapes } from "../adoption/aic/shapes.ts";
import { fill as fillPingOne } from "../adoption/pingone/shapes.ts";
import { type LocalAic, startAic } from "../support/aic.ts";
import { made } from "../support/kinds.ts";
import { type LocalPingOne, startPingOne } from "../support/pingone.ts";
import { writes } from "../support/tenant.ts";
import { type Project, project } from "./command.ts";

const HEAD = ["--platform", "aic", "--tier", "development"];
const CHOSEN = ["autonomous-reads", "on-behalf", "several-on-one", "several-applications", "for-itself-and-others"];

/** The declaration that the command prints before its report. */
const printed = (stdout: string) => stdout.slice(0, stdout.search(/^(The stack's mark|Nothing to take over)/m));

describe("of a realm", () => {
  let tenant: LocalAic;
  beforeAll(async () => {
    tenant = await startAic();
    const all = await shapes();
    await fill(
      tenant,
      all.filter(({ id }) => CHOSEN.includes(id)),
    );
    await made(tenant, {
      type: "aic:AiAgent",
      inputs: { realm: "alpha", clientId: "of-another", name: "Of another", grantTypes: ["client_credentials"] },
    });
  });
  afterAll(() => tenant.stop());
  const run = (at: Project, ...args: string[]) => at.run(["adopt", "dev", ...args], tenant.variables());

  test("a new file has to say what it is for", async () => {
    const { code, stderr } = await run(project());
    expect(code).toBe(1);
    expect(stderr).toContain("there is no stacks/dev.yaml: say what it is to be for");
  });

  test("shows a declaration of all that can be said, and why the rest cannot; writes nothing", async () => {
    const at = project();
    let said = { code: null as number | null, stdout: "", stderr: "" };
    const seen = await tenant.count(async () => {
      said = await run(at, ...HEAD);
    });
    expect(writes(seen)).toEqual([]);
    expect(existsSync(join(at.folder, "stacks"))).toBe(false);
    expect(said.code, said.stderr).toBe(0);
    expect(said.stderr).toMatch(/^Stack dev, tenant http:\S+, realm alpha, tier development/);
    const text = printed(said.stdout);
    expect(loadAnyDeclaration(text, "dev.yaml").platform).toBe("aic");
    expect(parse(text)).toMatchObject({
      provider: { grantTypes: ["client_credentials", "token_exchange"] },
      applications: { logs: { type: "service" }, shop: { type: "web", grantTypes: ["client_credentials"] } },
      agents: {
        "autonomous-reads": {
          ...{ name: "Agent autonomous-reads", pattern: "autonomous", scopes: ["monitor"] },
          access: [{ application: "logs", scopes: ["logs-read"] }],
        },
        "on-behalf": {
          ...{ name: "Agent on-behalf", pattern: "on-behalf-of" },
          access: [{ application: "shop", scopes: ["orders"], subjects: ["barbara.jensen"] }],
        },
      },
    });
    expect(Object.keys(parse(text).agents)).toEqual(CHOSEN.slice(0, -1).toSorted());
    expect(said.stdout).toContain(
      "Not taken in, and left as it is: agents.for-itself-and-others: access[1]: an autonomous",
    );
    expect(said.stdout).toMatch(/Not taken in, .*: agents\.of-another: belongs to "a resource" of stack shop\/test/);
    expect(said.stdout).toContain("Stays a name: applications.odd: type: expected web, service, spa or native");
  });

  test("takes in an agent that is named, with what it reaches, from another stack, too", async () => {
    const one = await run(project(), ...HEAD, "--agent", "Agent autonomous-reads");
    const declared = parse(printed(one.stdout));
    expect([Object.keys(declared.agents), Object.keys(declared.applications)]).toEqual([
      ["autonomous-reads"],
      ["logs"],
    ]);
    const other = await run(project(), ...HEAD, "--agent", "of-another");
    expect(parse(printed(other.stdout)).agents).toEqual({
      "of-another": expect.objectContaining({ name: "Of another", grantTypes: ["client_credentials"] }),
    });
    expect(printed(other.stdout)).not.toContain("managed by ping-agents");
    const { stdout } = await run(project(), ...HEAD, "--agent", "autonomous-reads", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ file: "stacks/dev.yaml", entries: ["applications/logs", "agents/autonomous-reads"] },
      marked: expect.arrayContaining([
        {
          entry: "agents/autonomous-reads",
          object: "aic:AiAgent alpha/autonomous-reads",
          resource: "autonomous-reads",
        },
      ]),
    });
    const { code, stderr } = await run(project(), ...HEAD, "--agent", "nobody");
    expect([code, stderr]).toEqual([1, expect.stringContaining('ERR_CLIENT_UNKNOWN: there is no AI agent "nobody"')]);
  });

  test("takes in an application that is named, and no agent; beside an agent, both", async () => {
    const one = await run(project(), ...HEAD, "--application", "logs");
    expect(one.code, one.stderr).toBe(0);
    const declared = parse(printed(one.stdout));
    expect(declared.agents).toBeUndefined();
    expect(Object.keys(declared.applications)).toEqual(["logs"]);
    const both = await run(project(), ...HEAD, "--application", "shop", "--agent", "autonomous-reads");
    expect(Object.keys(parse(printed(both.stdout)).applications)).toEqual(["logs", "shop"]);
    const { code, stderr } = await run(project(), ...HEAD, "--application", "on-behalf");
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('ERR_CLIENT_UNKNOWN: there is no application "on-behalf"'),
    ]);
  });

  test("adds to a file that is there and changes nothing else in it", async () => {
    const before = `platform: aic # ours
realm: alpha
tier: development

agents:
  # The first one
  on-behalf: { name: Agent on-behalf, pattern: on-behalf-of, grantTypes: [token_exchange], access: [{ application: shop, scopes: [orders], subjects: [barbara.jensen] }] }

# To the end
`;
    const { code, stdout, stderr } = await run(project({ dev: before }), "--agent", "autonomous-reads");
    expect(code, stderr).toBe(0);
    const changed = stdout.split("\n").filter((line) => /^[-+]/.test(line) && !/^(---|\+\+\+)/.test(line));
    expect(changed.filter((line) => line.startsWith("-"))).toEqual([]);
    expect(changed.join("\n")).toContain("+  autonomous-reads:\n+    name: Agent autonomous-reads");
    // What the file declares is taken over with it, as it is written.
    expect(stdout).toContain(
      "  agents.on-behalf: aic:AiAgent alpha/on-behalf, aic:AgentPrivilege alpha/on-behalf/shop",
    );
  });

  test("refuses where the file declares what is not so, with the differences", async () => {
    const dev = `platform: aic
realm: alpha
tier: development
agents:
  on-behalf: { name: Other, pattern: autonomous }
  gone: { name: Gone, pattern: autonomous }
`;
    const { code, stdout, stderr } = await run(project({ dev }), "--agent", "on-behalf", "--yes");
    expect(code).toBe(1);
    expect(stdout).toContain("agents.gone: aic:AiAgent gone is not on the tenant");
    expect(stdout).toMatch(/agents\.on-behalf: .*name: declared "Other", found "Agent on-behalf"/s);
    expect(stderr).toContain(
      "ERR_ADOPTION: stacks/dev.yaml declares what is not so on the tenant; nothing was written",
    );
  });
});

describe("of an environment", () => {
  let tenant: LocalPingOne;
  beforeAll(async () => {
    tenant = await startPingOne();
    await fillPingOne(tenant);
  });
  afterAll(() => tenant.stop());

  test("shows agents with the resources that they reach, delegation by its pattern where it is told so", async () => {
    const { code, stdout, stderr } = await project().run(["adopt", "p", "--platform", "pingone"], tenant.variables());
    expect(code, stderr).toBe(0);
    const text = printed(stdout);
    expect(loadAnyDeclaration(text, "p.yaml").platform).toBe("pingone");
    const { agents, resources } = parse(text);
    expect(Object.keys(agents)).toHaveLength(14);
    expect(Object.keys(resources).toSorted()).toEqual([
      "acting-api",
      "orders-api",
      "portal-api",
      "shop-api",
      "stock-api",
    ]);
    expect(agents["on-behalf"]).toEqual({
      ...{ name: "On behalf", pattern: "on-behalf-of", actsForUsersOf: ["portal-api"] },
      access: [{ resource: "acting-api", scopes: ["act"] }],
    });
    expect(agents["exchanges-untold"]).toMatchObject({ pattern: "autonomous" });
    expect(resources["shop-api"].claims).toEqual({ may_act: { sub: expect.any(String) } });
    expect(resources["portal-api"].claims).toBeUndefined();
    expect(agents["unicode-more"]).toMatchObject({ name: "Ünïcode & more" });
    expect(stdout).toContain("agents.owned-by-a-group: group customers has the role Application Owner");
    expect(stdout).toContain("Spelled out: resources.shop-api: claims.may_act: nothing that delegates makes");
  });

  test("takes in an application that is named, by key, name or client id, and no agent; what none can be, with the reason", async () => {
    const { admin } = tenant;
    const of = { protocol: "OPENID_CONNECT", enabled: true, tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC" };
    const portal = await admin.applications.create({
      ...{ ...of, name: "The Portal", type: "WEB_APP", grantTypes: ["AUTHORIZATION_CODE"], responseTypes: ["CODE"] },
      redirectUris: ["https://portal.example.com/callback"],
    });
    await admin.applications.create({ ...of, name: "Worker", type: "WORKER", grantTypes: ["CLIENT_CREDENTIALS"] });
    const adopt = (...args: string[]) =>
      project().run(["adopt", "p", "--platform", "pingone", ...args], tenant.variables());
    for (const called of ["the-portal", "The Portal", String(portal.clientId)]) {
      const { code, stdout, stderr } = await adopt("--application", called);
      expect(code, stderr).toBe(0);
      expect(parse(printed(stdout))).toEqual({
        platform: "pingone",
        applications: {
          "the-portal": {
            ...{ name: "The Portal", type: "web" },
            redirectUris: ["https://portal.example.com/callback"],
          },
        },
      });
    }
    const worker = await adopt("--application", "Worker");
    expect(worker.stdout).toContain("Not taken in, and left as it is: applications.worker: type: expected web");
    const { code, stderr } = await adopt("--application", "Reads");
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no application "Reads"')]);
  });
});

describe("from files of frodo", () => {
  /** As frodo-cli 4.8 writes them: documents of AM and IDM, with the identity and its privileges beside the agent's. */
  const reference = (type: string, id: string) => ({
    ...{ _ref: `managed/alpha_${type}/${id}`, _refResourceCollection: `managed/alpha_${type}`, _refResourceId: id },
    _refProperties: { _id: randomUUID() },
  });
  const application = randomUUID();
  const user = randomUUID();
  const agent = (id: string, sections: object, identity: object = {}, privileges: object[] = []) => {
    const uid = randomUUID();
    const attributes = { _id: uid, name: `Agent ${id}`, description: null, oauth2ClientId: id, customAttributes: null };
    return {
      ...{ _id: id, _type: { _id: "AIAgent", collection: true, name: "AI Agents" }, ...sections },
      ...{ aiAgentIdentityUid: uid, aiAgentIdentityAttributes: attributes },
      _aiAgentIdentity: {
        ...{ ...attributes, owners: [], ...identity },
        _privileges: privileges.map((privilege) => ({
          ...{ _id: randomUUID(), agent: reference("aiagent", uid), agentID: uid, agentOAuth2ClientId: id },
          ...{ description: null, subjects: [], subjectGroups: [], ...privilege },
        })),
      },
    };
  };
  const onShop = {
    resource: reference("application", application),
    resourceData: { _id: application, ssoEntities: { oidcId: "shop" } },
    permissions: [{ type: "scopes", values: ["orders"] }],
  };
  const agents = [
    agent("plain", { advancedOAuth2ClientConfig: { grantTypes: ["client_credentials"] } }),
    agent(
      "for-customers",
      // A single agent is exported in the wrapped form.
      { advancedOAuth2ClientConfig: { grantTypes: { inherited: false, value: ["authorization_code"] } } },
      { description: "Answers", owners: [reference("user", user)] },
      [{ ...onShop, subjectGroups: [reference("group", "customers")] }],
    ),
    agent("with-attributes", {}, { customAttributes: { atmAccess: "false" } }),
  ];
  const exports = {
    "agents.json": { meta: {}, agent: Object.fromEntries(agents.map((one) => [one._id, one])) },
    "apps.json": {
      managedApplication: {
        [application]: {
          ...{ _id: application, name: "Shop", templateName: "web", templateVersion: "1.0" },
          ssoEntities: { oidcId: "shop" },
        },
      },
      application: { shop: { _id: "shop", coreOAuth2ClientConfig: { scopes: ["orders"], clientName: ["Shop"] } } },
    },
  };

  test("three agents become a declaration that validates; no tenant is asked", async () => {
    const at = project();
    for (const [name, value] of Object.entries(exports)) at.write(name, JSON.stringify(value));
    const from = Object.keys(exports).flatMap((name) => ["--from", name]);
    const { code, stdout, stderr } = await at.run(["adopt", "dev", ...HEAD, ...from, "--yes"]);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(`The export does not name user ${user}`);
    expect((await at.run(["validate", "dev"])).stdout).toContain("stacks/dev.yaml: 3 agents, 1 applications");
    expect(parse(readFileSync(join(at.folder, "stacks", "dev.yaml"), "utf8"))).toMatchObject({
      applications: { shop: { name: "Shop", type: "web", scopes: ["orders"] } },
      agents: {
        plain: { name: "Agent plain", grantTypes: ["client_credentials"] },
        "for-customers": {
          ...{ description: "Answers", owners: [user], grantTypes: ["authorization_code"] },
          access: [{ application: "shop", scopes: ["orders"], subjectGroups: ["customers"] }],
        },
        "with-attributes": { customAttributes: { atmAccess: "false" } },
      },
    });
  });

  test.each([
    ["another file", "{}"],
    ["no JSON", "agent:"],
  ])("%s is refused", async (_what, text) => {
    const at = project();
    at.write("other.json", text);
    const { code, stderr } = await at.run(["adopt", "dev", ...HEAD, "--from", "other.json"]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("other.json is no export of AI agents or applications"),
    ]);
  });
});
