/**
 * What many agents take under the engine. It asks for as few calls as the kinds can do with, for what a component hands on is not looked up.
 * test/providers/<wing>/calls.test.ts counts by kinds, the main job those of an unchanged stack.
 */

import { dirname } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bytesBeside } from "../../tools/bench/engine/project.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { startAic } from "../support/aic.ts";
import { type Seen, tokenCalls, writes } from "../support/tenant.ts";
import { summary } from "./cli.ts";
import { openProject } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);

const AGENTS = 30;
const PRIVILEGES = 2;
const applications = ["one", "two"];
const names = Array.from({ length: AGENTS }, (_, index) => `agent-${index}`);
const declaration = {
  ...{ platform: "aic", realm: "alpha", tier: "development" },
  applications: Object.fromEntries(
    applications.map((name) => [name, { name, type: "service", owners: ["demo.owner"], scopes: ["read"] }]),
  ),
  agents: Object.fromEntries(
    names.map((name) => [
      name,
      {
        ...{ name, pattern: "on-behalf-of", owners: ["demo.owner"] },
        access: applications.map((application) => ({ application, scopes: ["read"], subjects: ["barbara.jensen"] })),
      },
    ]),
  ),
};
const stack = await addStack("many", declaration);
const isOfAgent = ({ path }: Seen) => /AIAgent|aiagent/.test(path);

test("thirty agents with an owner and two privileges are created with five calls each, by one token", async () => {
  const seen = await tenant.count(async () => {
    expect(summary(await stack.up())).toMatchObject({ created: AGENTS * (2 + PRIVILEGES) + 8 });
  });
  expect(tokenCalls(seen)).toHaveLength(1);
  const own = seen.filter(isOfAgent);
  expect(own.length, JSON.stringify(own, null, 1)).toBe(AGENTS * (3 + PRIVILEGES));
});

test("the state takes three kilobytes a resource at most beside what it declares", () => {
  expect(bytesBeside(stack.resources)).toBeLessThan(3072);
});

test("no resource of the state names a path of this machine", () => {
  const without = { sourcePosition: undefined, stackTrace: undefined };
  const own = stack.allResources.filter(({ type }) => !type.startsWith("pulumi:"));
  expect(own.length).toBeGreaterThan(stack.resources.length);
  expect(own).toEqual(own.map((one) => ({ ...one, ...without })));
  expect(JSON.stringify(own)).not.toContain(dirname(stack.declarationFile));
  // Of the stack itself the SDK writes where its own code is, which here stands beside the project: a clone has it inside.
  expect(JSON.stringify(stack.allResources.map((one) => ({ ...one, ...without })))).not.toContain(projectRoot);
});

test("they are refreshed with twenty calls at most", async () => {
  const seen = await tenant.count(() => stack.drift());
  expect(writes(seen)).toEqual([]);
  expect(seen.length, JSON.stringify(seen, null, 1)).toBeLessThanOrEqual(20);
});

test("they are destroyed with a read for several of them: for as many as the engine deletes at a time", async () => {
  // Between two steps the engine writes the state, which takes as long as the reads wait for each other.
  const env = { PULUMI_SKIP_CHECKPOINTS: "true" };
  const seen = await tenant.count(() => stack.destroy({ env, args: ["--parallel", "40"] }));
  const ofAgents = seen.filter(isOfAgent);
  const deletes = ofAgents.filter(({ method }) => method === "DELETE");
  expect(deletes).toHaveLength(AGENTS * (1 + PRIVILEGES));
  // How many wait together is the engine's matter: test/providers/destroy.test.ts counts those that do.
  expect(ofAgents.length - deletes.length, JSON.stringify(ofAgents, null, 1)).toBeLessThanOrEqual(AGENTS);
});
