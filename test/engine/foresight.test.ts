/** What a preview tells of the `up` after it, on both clouds: names that lead nowhere, and objects that stand in the way. */

import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { startAic } from "../support/aic.ts";
import { startPingOne } from "../support/pingone.ts";
import { calls, type Tenant, writes } from "../support/tenant.ts";
import { development, everything, everythingEnv } from "./declarations.ts";
import { openProject, type Stack } from "./project.ts";

/** What a run tells at its end. */
const diagnosticsOf = (output: string) => output.replace(/^.*^Diagnostics:$/ms, "");

/** What a preview that must fail says; it may write nothing. */
async function refused(tenant: Pick<Tenant, "count">, stack: Stack, declaration: object): Promise<string> {
  stack.declare(declaration);
  let said = "";
  const seen = await tenant.count(async () => {
    const { stdout, stderr } = await stack.preview({ exit: 1 });
    said = diagnosticsOf(stdout + stderr);
  });
  expect(writes(seen)).toEqual([]);
  expect(said).not.toMatch(/^\s+at .*\.ts:\d+/m);
  return said;
}

/** Where a text stands in a declaration of a stack, as messages say it. */
function placeOf(stack: Stack, declaration: object, text: string): string {
  const lines = stringify(declaration).split("\n");
  const row = lines.findIndex((line) => line.includes(text));
  return `${stack.name}.declaration.yaml:${row + 1}:${(lines[row] ?? "").indexOf(text) + 1}`;
}

describe("on AIC", async () => {
  const tenant = await startAic();
  afterAll(() => tenant.stop());
  const addStack = openProject(tenant);
  let stack: Stack;
  beforeEach(async () => {
    await tenant.reset();
    stack = await addStack("names", development);
  });

  const agent = { name: "Support", pattern: "on-behalf-of", owners: ["demo.owner"] };

  test("every name that leads nowhere is told, with its place and the one that may be meant", async () => {
    const declaration = {
      ...development,
      provider: { acr: { push: "Logn" } },
      agents: {
        support: {
          ...agent,
          owners: ["demo.ownr", "demo.owner"],
          access: [
            { application: "legacy-portl", scopes: ["profile"], subjects: ["nobody"] },
            { application: "legacy-portal", scopes: ["profile"], subjectGroups: ["custmers"] },
          ],
        },
      },
    };
    const said = await refused(tenant, stack, declaration);
    expect(said.match(/ERR_\w+/g)).toEqual(Array(5).fill("ERR_NAME_NOT_FOUND"));
    for (const [what, text, entry] of [
      [
        'there is no managed/alpha_user with userName "demo.ownr"; the nearest name is "demo.owner"',
        "demo.ownr",
        "agents.support",
      ],
      [
        'OAuth 2.0 client "legacy-portl"; the nearest name is "legacy-portal"',
        "application: legacy-portl",
        "agents.support.access[0]",
      ],
      ['there is no managed/alpha_user with userName "nobody"', "nobody", "agents.support.access[0]"],
      [
        'there is no managed/alpha_group with name "custmers"; the nearest name is "customers"',
        "custmers",
        "agents.support.access[1]",
      ],
      ['realm alpha has no journey "Logn"; the nearest name is "Login"', "push: Logn", "provider.acr.push"],
    ] as const) {
      expect(said).toContain(what);
      expect(said).toContain(`${placeOf(stack, declaration, text)}, ${entry},`);
    }
  });

  test("an object of somebody else is told as the up would tell it", async () => {
    const core = { coreOAuth2ClientConfig: { scopes: ["theirs"] } };
    await tenant.admin.am("alpha").put("OAuth2Client", "shop", core);
    const declaration = {
      ...development,
      applications: { shop: { name: "Shop", type: "service", owners: ["demo.owner"], scopes: ["read"] } },
    };
    const said = await refused(tenant, stack, declaration);
    expect(said.match(/ERR_\w+/g)).toEqual(["ERR_OBJECT_EXISTS"]);
    expect(said).toContain(
      "the tenant has this object, and this stack did not make it; it differs from the declaration",
    );
    expect(said).toContain('scopes: declared ["read"], found ["theirs"]');
    expect(said).toContain(`${placeOf(stack, declaration, "shop:")}, applications.shop, aic:OAuth2Client alpha/shop`);

    const { stdout } = await stack.declare({ ...declaration }).up({ exit: 1 });
    const told = (text: string) =>
      text.slice(text.indexOf("ERR_OBJECT_EXISTS"), text.indexOf("Next:")).split("\n").sort();
    expect(told(diagnosticsOf(stdout))).toEqual(told(said));
  });

  test("an object of another stack is told with its owner", async () => {
    const declaration = { ...development, agents: { support: agent } };
    const other = await addStack("other", declaration);
    await other.up();
    const said = await refused(tenant, stack, declaration);
    expect(said).toContain('it belongs to "support" of stack ping-agents/other');
    await stack.preview({ args: ["--config", "ping-agents:adopt=match"], exit: 0 });
  });

  test("what the run makes is not missing, and what is unchanged is not looked up", async () => {
    const all = await addStack("all", everything);
    await all.preview({ env: everythingEnv });
    await all.up({ env: everythingEnv });
    const seen = await tenant.count(() => all.preview({ env: everythingEnv, args: ["--expect-no-changes"] }));
    expect(calls(seen).map(({ path }) => path)).toEqual(["/am/json/serverinfo/*"]); // which tenant it is
    const changed = structuredClone(everything) as { agents: { "demo-agent": { owners: string[] } } };
    changed.agents["demo-agent"].owners = ["end.usr"];
    expect(await refused(tenant, all, changed)).toContain('the nearest name is "end.user"');
  });

  test("many new objects take a list of each kind", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `agent-${index}`);
    const access = [{ application: "legacy-portal", scopes: ["profile"], subjects: ["barbara.jensen"] }];
    stack.declare({
      ...development,
      agents: Object.fromEntries(names.map((name) => [name, { ...agent, name, access }])),
    });
    const seen = await tenant.count(() => stack.preview());
    expect(calls(seen).length, JSON.stringify(seen, null, 1)).toBeLessThanOrEqual(8);
    expect(writes(seen)).toEqual([]);
  });

  test("what another tier than development lacks is told at once, with its place", async () => {
    const declaration = {
      ...{ ...development, tier: "production" },
      journeys: { Approve: { pattern: "push-approval" } },
      provider: { grantTypes: ["token_exchange"], acr: { push: "Approve" } },
    };
    const said = await refused(tenant, stack, declaration);
    expect(said.match(/ERR_\w+/g)).toEqual(Array(3).fill("ERR_STATIC_CONFIGURATION"));
    for (const entry of ["journeys.Approve", "provider.grantTypes", "provider.acr.push"]) expect(said).toContain(entry);
  });

  test("what fails in up names the entry of the declaration, and moving it is no change", async () => {
    const declaration = { ...development, agents: { support: { ...agent, owners: ["demo.ownr"] } } };
    const { stdout } = await stack.declare(declaration).up({ exit: 1 });
    expect(stdout).toContain(
      `${placeOf(stack, declaration, "support:")}, agents.support, aic:AiAgent alpha/support, field owners[0]`,
    );
    await stack.declare({ ...development, agents: { support: agent } }).up();
    expect(stack.stateText).not.toContain("agents.support");
    await stack.declare(`# moved\n${stringify({ ...development, agents: { support: agent } })}`).preview({
      args: ["--expect-no-changes"],
    });
  });
});

describe("on PingOne", async () => {
  const tenant = await startPingOne();
  afterAll(() => tenant.stop());
  const stack = await openProject(tenant)("names", "platform: pingone\n");
  const resources = { orders: { name: "Orders API", scopes: { "orders:read": "Read" } } };
  const declaration = { platform: "pingone", resources };
  const bot = { name: "Bot", pattern: "autonomous", access: [{ resource: "orders", scopes: ["orders:read"] }] };

  test("every name that leads nowhere is told, with its place and the one that may be meant", async () => {
    const wrong = {
      ...declaration,
      agents: {
        bot: {
          ...bot,
          owners: ["demo.ownr"],
          policies: { kind: "sign-on", names: ["Single_Facto"] },
          userAccess: { groups: { match: "any", names: ["custmers"] } },
        },
      },
    };
    const said = await refused(tenant, stack, wrong);
    expect(said.match(/ERR_\w+/g)).toEqual(Array(3).fill("ERR_NAME_NOT_FOUND"));
    for (const [what, text, entry] of [
      ['user with the user name "demo.ownr"; the nearest name is "demo.owner"', "demo.ownr", "agents.bot.owners[0]"],
      [
        'sign-on policy with the name "Single_Facto"; the nearest name is "Single_Factor"',
        "Single_Facto",
        "agents.bot",
      ],
      ['group with the name "custmers"; the nearest name is "customers"', "custmers", "agents.bot"],
    ] as const) {
      expect(said).toContain(what);
      expect(said).toContain(`${placeOf(stack, wrong, text)}, ${entry},`);
    }
  });

  test("an application of somebody else is told with what differs", async () => {
    const portal = { name: "Legacy Portal", type: "web", redirectUris: ["https://mine.example/callback"] };
    const said = await refused(tenant, stack, { ...declaration, applications: { portal } });
    expect(said.match(/ERR_\w+/g)).toEqual(["ERR_OBJECT_EXISTS"]);
    expect(said).toContain("this stack did not make it; it differs from the declaration");
    expect(said).toContain(
      'redirectUris: declared ["https://mine.example/callback"], found ["https://portal.example.com/callback"]',
    );
    expect(said).toContain("applications.portal, pingone:Application Legacy Portal");
  });

  test("what the run makes is not missing, a scope of a resource that is there included", async () => {
    const bots = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`bot-${at}`, { ...bot, name: `Bot ${at}`, owners: ["demo.owner"] }]),
    );
    stack.declare({ ...declaration, agents: bots });
    const seen = await tenant.count(() => stack.preview());
    expect(calls(seen).length, JSON.stringify(seen, null, 1)).toBeLessThanOrEqual(8);
    stack.declare({ ...declaration, agents: { bot } });
    await stack.up();
    expect(
      calls(await tenant.count(() => stack.preview())).filter(({ path }) => !/environments\/[^/]+$/.test(path)),
    ).toEqual([]);
    const scopes = { "orders:read": "Read", "orders:write": "Write" };
    const wider = { ...bot, access: [{ resource: "orders", scopes: Object.keys(scopes) }] };
    stack.declare({ ...declaration, resources: { orders: { ...resources.orders, scopes } }, agents: { bot: wider } });
    await stack.preview();
    const { stdout } = await stack
      .declare({ ...declaration, agents: { bot: { ...bot, owners: ["nobody"] } } })
      .up({ exit: 1 });
    expect(diagnosticsOf(stdout)).toContain("agents.bot.owners[0], pingone:Owner Bot, field user");
  });
});
