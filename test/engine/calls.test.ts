/** How few calls the kit makes for many objects, counted by the sandbox; those of an unchanged stack are counted in the main job. */

import { afterAll, describe, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { calls, type Seen, tokenCalls, writes } from "../support/tenant.ts";
import { summary } from "./cli.ts";
import { openProject } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);

/** Reads of a whole collection, such as names in one batch, and of what the tenant says of itself: not of one agent. */
const isRealmWide = ({ method, path }: Seen) =>
  method === "GET" && /\/(serverinfo\/\*|managed\/[a-z]+_[a-z]+|oauth-oidc)$/.test(path);

describe("an agent with owners and k privileges", async () => {
  const applications = Object.fromEntries(
    [1, 2, 3, 4, 5].map((number) => [
      `api-${number}`,
      { name: `API ${number}`, type: "service", owners: ["demo.owner"], scopes: ["read", "write"] },
    ]),
  );
  const agentWith = (k: number, groups = false) => ({
    name: `Agent with ${k}`,
    pattern: "on-behalf-of",
    owners: ["demo.owner"],
    access: Object.keys(applications)
      .slice(0, k)
      .map((application) => ({
        ...{ application, scopes: ["read"], subjects: ["barbara.jensen"] },
        ...(groups && { subjectGroups: ["customers"] }),
      })),
  });
  const declaration = (agents: object) => ({
    ...{ platform: "aic", realm: "alpha", tier: "development" },
    ...{ applications, agents },
  });
  const stack = await addStack("privileges", declaration({}));
  const agents: Record<string, object> = {};

  const creationOf = (name: string, agent: ReturnType<typeof agentWith>) => {
    agents[name] = agent;
    stack.declare(declaration(agents));
    const created = agent.access.length + 2;
    return tenant.count(async () => expect(summary(await stack.up())).toMatchObject({ created }));
  };

  test("has its applications in the stack", async () => {
    expect(summary(await stack.up())).toMatchObject({ created: 17 });
  });

  test.for([1, 2, 5])("is created with 3 + k calls of its own and 3 of the realm at most, k = %i", async (k) => {
    const seen = await creationOf(`agent-${k}`, agentWith(k));
    expect(calls(seen).length, JSON.stringify(seen, null, 1)).toBeLessThanOrEqual(6 + k);
    const own = calls(seen).filter((call) => !isRealmWide(call));
    expect(own.length, JSON.stringify(own, null, 1)).toBeLessThanOrEqual(3 + k);
    expect(tokenCalls(seen)).toHaveLength(1);
  });

  test("is created with one call more when the privileges name groups", async () => {
    const seen = await creationOf("agent-for-groups", agentWith(2, true));
    expect(calls(seen).length, JSON.stringify(seen, null, 1)).toBeLessThanOrEqual(6 + 2 + 1);
  });
});

describe("two hundred agents with privileges", async () => {
  const COUNT = 200;
  const names = Array.from({ length: COUNT }, (_, index) => `agent-${index}`);
  const agent = (name: string) => ({
    ...{ name, pattern: "on-behalf-of", owners: ["demo.owner"] },
    access: [{ application: "legacy-portal", scopes: ["profile"], subjects: ["barbara.jensen"] }],
  });
  const declaration = (some: readonly string[]) => ({
    ...{ platform: "aic", realm: "bravo", tier: "development" },
    agents: Object.fromEntries(some.map((name) => [name, agent(name)])),
  });
  // What the first of them writes down, the others need.
  const stack = await addStack("many", declaration(names.slice(0, 1)));

  // Without a checkpoint for every step, which takes most of the time and is not what these tests look at.
  const quick = { PULUMI_SKIP_CHECKPOINTS: "true", PULUMI_EXPERIMENTAL: "true" };

  test("are refreshed with 20 calls at most", async () => {
    const { stdout, stderr } = await stack.up({ env: quick, exit: 1 });
    expect(stdout + stderr).toContain("ERR_NO_CHECKPOINT"); // the stack's id would be forgotten
    await stack.up();
    await stack.declare(declaration(names)).up({ env: quick });
    const seen = await tenant.count(async () => {
      expect(summary(await stack.drift())).toEqual({ unchanged: 3 * COUNT + 2 });
    });
    expect(seen.length, JSON.stringify(seen, null, 1)).toBeLessThanOrEqual(20);
  });

  test("are destroyed with a read for several of them: for as many as the engine deletes at a time", async () => {
    const seen = await tenant.count(async () => {
      const run = await stack.destroy({ env: quick, args: ["--parallel", "40"] });
      expect(summary(run)).toEqual({ deleted: 3 * COUNT + 2 });
    });
    expect(writes(seen).filter(({ method }) => method === "DELETE")).toHaveLength(2 * COUNT);
    const reads = calls(seen).length - writes(seen).length;
    // How many wait together is the engine's matter: test/providers/destroy.test.ts counts those that do.
    expect(reads, JSON.stringify(seen, null, 1)).toBeLessThanOrEqual(COUNT);
  });
});
