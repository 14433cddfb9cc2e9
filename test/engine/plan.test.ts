/** A saved plan: what a preview says of a stack is what the `up` after it does, on both clouds. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { startAic } from "../support/aic.ts";
import { startPingOne } from "../support/pingone.ts";
import { summary } from "./cli.ts";
import { openProject } from "./project.ts";

describe.each([
  {
    name: "dev",
    start: async () => {
      const tenant = await startAic({ people: false });
      return { ...tenant, variables: () => ({ ...tenant.variables(), ...tenant.passwords }) };
    },
    count: 27,
    change: [
      "scopes: [monitor-system]",
      "scopes: [monitor-system, report]",
      "scopes: [monitor-system, other]",
    ] as const,
  },
  { name: "pingone-dev", start: startPingOne, count: 27, change: ["at night", "by day", "at noon"] as const },
])("of stack $name", async ({ name, start, count, change: [before, after, other] }) => {
  const tenant = await start();
  afterAll(() => tenant.stop());
  const declaration = readFileSync(join(projectRoot, "stacks", `${name}.yaml`), "utf8");
  const stack = await openProject(tenant)(name, declaration);

  const plan = `${stack.declarationFile}.plan.json`;
  const save = () => stack.preview({ args: ["--save-plan", plan] });
  const byPlan = { args: ["--plan", plan] };

  test("the first up is as planned", async () => {
    await save();
    expect(summary(await stack.up(byPlan))).toMatchObject({ created: count });
  });

  test("what was changed after the plan is refused, and nothing written", async () => {
    stack.declare(declaration.replace(before, after));
    await save();
    stack.declare(declaration.replace(before, other));
    const held = await tenant.dump();
    const { stderr, stdout } = await stack.run(["up", "--yes"], { ...byPlan, exit: 1 });
    expect(stdout + stderr).toContain("violates plan");
    expect(await tenant.dump()).toEqual(held);
  });

  test("a change of an agent replaces nothing, in the plan and in the up", async () => {
    expect([...plannedSteps(plan)].sort()).toEqual(["same", "update"]);
    const run = await stack.declare(declaration.replace(before, after)).up(byPlan);
    expect(summary(run)).toMatchObject({ updated: expect.any(Number) });
    expect(summary(await stack.drift())).toEqual({ unchanged: count });
  });
});

/** The sorts of steps that stand in a plan. */
function plannedSteps(file: string): Set<string> {
  const { resourcePlans } = JSON.parse(readFileSync(file, "utf8")) as {
    resourcePlans: Record<string, { steps: string[] }>;
  };
  return new Set(Object.values(resourcePlans).flatMap(({ steps }) => steps));
}
