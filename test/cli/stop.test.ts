/** `ping-agents stop`: an agent is off at once, says so on the tenant, and is on again by `--undo` only (decision 0012). */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import { type LocalAic, startAic } from "../support/aic.ts";
import { part } from "../support/hands.ts";
import { type KindTenant, made } from "../support/kinds.ts";
import { type LocalPingOne, startPingOne } from "../support/pingone.ts";
import { OWNER } from "../support/properties.ts";
import { script, temporaryFolder } from "../tools/executables.ts";
import { type Ended, project } from "./command.ts";

/** The environment `test` is the stack `shop/test`, which has the agent. */
const own = { ...OWNER, resource: "teller" };
const TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

type World = {
  readonly tenant: KindTenant;
  readonly make: (more?: Properties, owner?: typeof OWNER) => Promise<unknown>;
  /** Whether it is on, and since when it is stopped. */
  readonly look: () => Promise<readonly [isOn: boolean, stopped: unknown]>;
  readonly clientId: () => Promise<string>;
  readonly variables: () => Record<string, string>;
};

async function aic(): Promise<World> {
  const tenant: LocalAic = await startAic();
  const { admin } = tenant;
  const inputs = { realm: "alpha", clientId: "teller", name: "Teller" };
  return {
    tenant,
    make: (more, owner = own) => made(tenant, { type: "aic:AiAgent", inputs: { ...inputs, ...more } }, owner),
    async look() {
      const [row] = await admin.am("alpha").query("AIAgent", "_id eq 'teller'");
      const rows = await admin.idm.query("managed/alpha_aiagent", "true", { fields: ["*"] });
      const identity = rows.find(({ oauth2ClientId }) => oauth2ClientId === "teller");
      const { status } = part(row ?? expect.unreachable(), "coreOAuth2ClientConfig");
      return [status === "Active", (identity?.customAttributes as Properties | null)?.pingAgentsStopped];
    },
    clientId: async () => "teller",
    variables: () => tenant.variables(),
  };
}

async function pingOne(): Promise<World> {
  const tenant: LocalPingOne = await startPingOne();
  const { admin } = tenant;
  const find = async () => (await admin.applications.list()).find(({ name }) => name === "Teller");
  const live = async () => (await find()) ?? expect.unreachable();
  return {
    tenant,
    make: (more, owner = own) => made(tenant, { type: "pingone:AiAgent", inputs: { name: "Teller", ...more } }, owner),
    async look() {
      const { id, enabled } = await live();
      return [enabled === true, ((await admin.metadata(id)).pingAgents as Properties).stopped];
    },
    clientId: async () => String((await live()).clientId),
    variables: () => tenant.variables(),
  };
}

const agents = (more = "") => `agents:\n  teller: { name: Teller, pattern: autonomous${more} }\n`;
const heads = {
  aic: (tier = "development") => `platform: aic\nrealm: alpha\ntier: ${tier}\n`,
  pingone: () => "platform: pingone\n",
};

describe.each([
  {
    ...{
      cloud: "aic" as const,
      start: aic,
      what: "aic:AiAgent alpha/teller",
      place: "stacks/test.yaml:5",
    },
    short: { tokens: { accessTokenLifetime: 60, refreshTokenLifetime: 86_400, idTokenLifetime: 30 } },
    refresh: { grantTypes: ["client_credentials", "authorization_code", "refresh_token"] },
  },
  {
    ...{ cloud: "pingone" as const, start: pingOne, what: "pingone:AiAgent Teller", place: "stacks/test.yaml:3" },
    short: { tokens: { refreshTokenLifetime: 86_400 } },
    refresh: { grantTypes: ["client_credentials", "authorization_code", "refresh_token"] },
  },
])("on $cloud", ({ cloud, start, what, place, short, refresh }) => {
  let world: World;
  beforeAll(async () => {
    world = await start();
  });
  beforeEach(async () => {
    await world.tenant.reset();
    await world.make();
  });
  afterAll(() => world.tenant.stop());

  const stop = (args: readonly string[] = [], text = heads[cloud]() + agents()): Promise<Ended> =>
    project({ test: text }).run(["stop", "teller", "test", ...args], world.variables());
  const writes = async () => {
    const { requests } = (await world.tenant.control("requests")) as { requests: { method: string; path: string }[] };
    return requests.filter(({ method, path }) => method !== "GET" && !/token$|access_token/.test(path));
  };

  test("it is off at once; said are the tenant, first, the end of its tokens, and what to declare", async () => {
    const { code, stdout, stderr } = await stop();
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Stack test, tenant http/) });
    const [isOn, stopped] = await world.look();
    expect(isOn).toBe(false);
    const hour = new Date(Date.parse(String(stopped)) + 3_600_000).toISOString();
    const [first, second, third, ...rest] = stdout.split("\n");
    expect(first).toBe(`${what} is stopped since ${stopped}: it gets no token.`);
    expect(second).toContain(`Tokens issued before live until ${hour} at the latest (access 3600 s, ID 3600 s)`);
    expect(third).toBe(
      `Neither up nor a repair enables it. Next: declare enabled: false at ${place} (agents.teller), or end the stop: npx ping-agents stop teller test --undo`,
    );
    expect(rest).toEqual([""]);
  });

  test("twice is once: nothing is written, and the time stays", async () => {
    await stop();
    const before = await world.look();
    await world.tenant.control("requests/clear", {});
    const { code, stdout } = await stop();
    expect(code).toBe(0);
    expect(stdout).toContain(`is stopped since ${before[1]}, as before: it gets no token.`);
    expect(await writes()).toEqual([]);
    expect(await world.look()).toEqual(before);
  });

  test("--undo takes the mark away and switches it on; twice is no mistake", async () => {
    await stop();
    const undone = await stop(["--undo"]);
    expect(undone).toMatchObject({ code: 0, stdout: `${what} is stopped no more; it is switched on.\n` });
    expect(await world.look()).toEqual([true, undefined]);
    expect(await stop(["--undo"])).toMatchObject({ code: 0, stdout: `${what} is not stopped.\n` });
  });

  test("--undo leaves off what is declared so", async () => {
    await stop();
    const { code, stdout } = await stop(["--undo"], heads[cloud]() + agents(", enabled: false"));
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${what} is stopped no more; it is declared as enabled: false, so it stays switched off.\n`,
    });
    expect(await world.look()).toEqual([false, undefined]);
  });

  test("the longest lifetimes are the agent's own, and refresh tokens are told apart", async () => {
    await world.make({ ...short, ...refresh });
    const { stdout } = await stop();
    const stopped = String((await world.look())[1]);
    const day = new Date(Date.parse(stopped) + 86_400_000).toISOString();
    expect(stdout).toContain(`Refresh tokens bring nothing while it is stopped; they live until ${day} (86400 s)`);
    if (cloud === "aic") expect(stdout).toContain("(access 60 s, ID 30 s)");
  });

  test("another stack's is refused, by the name or, where there is a state, the id; --others says that it is meant", async () => {
    const before = await world.look();
    const refused = await project({ dev: heads[cloud]() + agents() }).run(["stop", "teller", "dev"], world.variables());
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      `ERR_NOT_OWN: ${what} is not of stack dev: it belongs to "teller" of stack shop/test`,
    );

    const identity = cloud === "aic" ? {} : { environmentId: world.variables().PINGONE_ENVIRONMENT_ID };
    const clis = temporaryFolder();
    const binding = { urn: "urn:pulumi:test::p::t::tenant", type: `pulumi-nodejs:dynamic/${cloud}:StackBinding` };
    const outputs = { tenant: await tenantOf(world), stackId: "zzzzzzzzzzzz", ...identity };
    script(
      clis,
      "pulumi",
      `[ $2 = export ] && echo '${JSON.stringify({ deployment: { resources: [{ ...binding, outputs }] } })}' || echo {}`,
    );
    const { run } = project({ test: heads[cloud]() + agents() });
    const env = { ...world.variables(), PATH: `${clis}:${process.env.PATH}` };
    expect((await run(["stop", "teller", "test"], env)).stderr).toContain("ERR_NOT_OWN");
    expect(await world.look()).toEqual(before);

    expect(await run(["stop", "teller", "test", "--others"], env)).toMatchObject({ code: 0 });
    expect((await world.look())[0]).toBe(false);
  });

  test("where the state cannot be read nothing is called, unless --others says that it need not be the stack's", async () => {
    const { run } = project({ test: heads[cloud]() + agents() });
    const env = { ...world.variables(), PATH: temporaryFolder() };
    const refused = await run(["stop", "teller", "test"], env);
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^ERR_PULUMI_CLI: /) });
    expect((await world.look())[0]).toBe(true);
    expect(await run(["stop", "teller", "test", "--others"], env)).toMatchObject({ code: 0 });
    expect((await world.look())[0]).toBe(false);
  });

  test("its name may come from the environment", async () => {
    const text = `${heads[cloud]()}agents:\n  teller: { name: "${"$"}{env:AGENT_NAME}", pattern: autonomous }\n`;
    const env = { ...world.variables(), AGENT_NAME: "Teller" };
    expect(await project({ test: text }).run(["stop", "teller", "test"], env)).toMatchObject({ code: 0 });
    expect((await world.look())[0]).toBe(false);
  });

  test("it is found by its client id, and where it is declared no more or the declaration has mistakes", async () => {
    const { run } = project({ test: `${heads[cloud]()}applications: { broken: 1 }\n` });
    const { code, stdout } = await run(["stop", await world.clientId(), "test"], world.variables());
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${what} is stopped since ${TIME}`));
    const none = await run(["stop", "nobody", "test"], world.variables());
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ERR_NAME_NOT_FOUND: there is no AI agent "nobody"'),
    });
  });

  if (cloud === "pingone")
    test("under another name than the declared one it is found by the client id in the stack's outputs", async () => {
      const clis = temporaryFolder();
      const outputs = JSON.stringify({ clientIds: { teller: await world.clientId() } });
      script(clis, "pulumi", `[ $2 = output ] && echo '${outputs}' || echo {}`);
      const { run } = project({ test: `${heads[cloud]()}agents:\n  teller: { name: New, pattern: autonomous }\n` });
      const env = { ...world.variables(), PATH: `${clis}:${process.env.PATH}` };
      expect(await run(["stop", "teller", "test"], env)).toMatchObject({ code: 0 });
      expect((await world.look())[0]).toBe(false);
    });

  if (cloud === "aic")
    test("in tier production somebody has to confirm, or --yes was said", async () => {
      const production = heads.aic("production") + agents();
      const { code, stderr } = await stop([], production);
      expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("ERR_NOT_CONFIRMED") });
      expect(await world.look()).toEqual([true, undefined]);
      expect(await stop(["--yes"], production)).toMatchObject({ code: 0 });
      expect((await world.look())[0]).toBe(false);
    });
});

/** The identity that a stack of the tenant is bound to. */
async function tenantOf({ tenant, variables }: World): Promise<string> {
  return "admin" in tenant && "identity" in (tenant as unknown as LocalAic).admin
    ? String(await (tenant as unknown as LocalAic).admin.identity())
    : String(variables().PINGONE_ENVIRONMENT_ID);
}
