/** Two tenants and one stack: what is said first, and what happens in a shell that holds the variables of the other tenant. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalAic, startAic } from "../support/aic.ts";
import { type LocalPingOne, startPingOne } from "../support/pingone.ts";
import { startProxy } from "../support/proxy.ts";
import { calls, writes } from "../support/tenant.ts";
import { summary } from "./cli.ts";
import { development } from "./declarations.ts";
import { openProject, type Stack } from "./project.ts";

const agents = { bot: { name: "Bot", pattern: "autonomous" } };
const COMMANDS = [
  ["preview"],
  ["up", "--yes", "--skip-preview"],
  ["refresh", "--yes", "--skip-preview"],
  ["destroy", "--yes", "--skip-preview"],
];

const identityOf = async (tenant: LocalAic | LocalPingOne): Promise<string> =>
  "admin" in tenant && "identity" in tenant.admin
    ? ((await tenant.admin.identity()) ?? expect.unreachable("no identity"))
    : tenant.sandbox.pingone.environmentId;

describe.each([
  {
    cloud: "AIC",
    start: startAic as () => Promise<LocalAic | LocalPingOne>,
    declaration: { ...development, agents },
    place: () => "realm alpha, tier development",
  },
  {
    cloud: "PingOne",
    start: startPingOne as () => Promise<LocalAic | LocalPingOne>,
    declaration: { platform: "pingone", agents },
    place: ({ sandbox }: LocalAic | LocalPingOne) => `environment ${sandbox.pingone.environmentId}`,
  },
])("$cloud", ({ start, declaration, place }) => {
  let own: LocalAic | LocalPingOne;
  let other: LocalAic | LocalPingOne;
  let stack: Stack;
  beforeAll(async () => {
    [own, other] = await Promise.all([start(), start()]);
    stack = await openProject(own)("dev", declaration);
  });
  afterAll(() => Promise.all([own.stop(), other.stop()]));

  test("the tenant is said before anything is done", async () => {
    const seen = await own.count(async () => {
      const { stderr } = await stack.run(["preview"], { launched: true });
      expect(stderr.split("\n")[0]).toBe(`Stack dev, tenant ${own.url}, ${place(own)}`);
    });
    expect(writes(seen)).toEqual([]);
    await stack.up();
  });

  test("the same tenant at another address goes on, and nothing changes", async () => {
    const proxy = await startProxy(own.url);
    const seen = await own.count(async () => {
      const run = await stack.up({ launched: true, env: own.variables(proxy.url) });
      expect(run.stderr.split("\n")[0]).toBe(`Stack dev, tenant ${proxy.url}, ${place(own)}`);
      expect(Object.keys(summary(run))).toEqual(["unchanged"]);
    });
    await proxy.stop();
    expect(writes(seen)).toEqual([]);
  });

  test.each(COMMANDS)("%s on another tenant is refused once, before the engine starts", async (...command) => {
    const before = [await own.dump(), await other.dump()];
    const seen = await other.count(async () => {
      const { stdout, stderr } = await stack.run(command, { launched: true, env: other.variables(), exit: 1 });
      expect(stdout).toBe("");
      expect(stderr.match(/ERR_OTHER_TENANT/g)).toHaveLength(1);
      expect(stderr).toContain(other.url);
      expect(stderr).toContain(own.url);
      expect(stderr).toContain("PING_AGENTS_TENANT=");
    });
    expect(calls(seen).filter(({ path }) => path !== "/am/json/serverinfo/*")).toEqual([]);
    expect([await own.dump(), await other.dump()]).toEqual(before);
  });

  test("a target does not get around it, nor does the CLI without the launcher", async () => {
    const { urn } = stack.resources.find(({ type }) => type.endsWith("AiAgent")) ?? expect.unreachable("no agent");
    const options = { env: other.variables(), exit: 1 };
    const seen = await other.count(async () => {
      for (const command of [...COMMANDS.slice(1), ["destroy", "--yes", "--skip-preview", "--target", urn]]) {
        const { stdout, stderr } = await stack.run(command, options);
        expect(stdout + stderr).toContain("ERR_OTHER_TENANT");
      }
      stack.declare({ ...declaration, agents: { bot: { ...agents.bot, description: "changed" } } });
      const { stdout, stderr } = await stack.run(["up", "--yes", "--skip-preview", "--target", urn], options);
      expect(stdout + stderr).toContain("ERR_OTHER_TENANT");
    });
    expect(writes(seen)).toEqual([]);
    stack.declare(declaration);
  });

  test("the user binds it anew: its objects are made on the other tenant, and it is refused on the first", async () => {
    const identity = await identityOf(other);
    const env = { ...other.variables(), PING_AGENTS_TENANT: identity };
    const run = await stack.up({ launched: true, env });
    expect(run.stderr).toContain(`up binds it to this tenant, ${identity}, and no longer to ${await identityOf(own)}`);
    expect(JSON.stringify(await other.dump())).toMatch(/\bBot\b/);
    expect((await stack.drift({ launched: true, env: other.variables() })).exitCode).toBe(0);
    await stack.drift({ launched: true, exit: 1 });
  });
});
