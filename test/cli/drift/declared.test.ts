/** What is declared and not brought up yet, out of a plan of the engine. */

import { expect, test } from "vitest";
import { pendingIn } from "../../../src/cli/drift/declared.ts";
import type { Plan, Step } from "../../../src/reports/plan/plan.ts";
import { step } from "../../reports/preview/support.ts";

const plan = (steps: Plan["steps"], more: Partial<Plan> = {}): Plan => ({
  ...{ steps, drift: [], messages: [], isPreview: true, isWhole: true },
  ...more,
});

/** A resource of an agent. */
const ofAgent = (cloud: string, kind: string, name: string, operation: Step["operation"]): Step => ({
  ...step(`${cloud}:${kind}`, name, { operation }),
  urn: `urn:pulumi:dev::shop::ping-agents:${cloud}:DeclaredAgent$pulumi-nodejs:dynamic/${cloud}:${kind}::${name}`,
});

test.each([
  ["aic", "AgentPrivilege", step("aic:Group", "alpha/team", { operation: "delete" }), "groups.team"],
  ["pingone", "ScopeGrant", step("pingone:Resource", "funds", { operation: "delete" }), "resources.funds"],
])(
  "on %s: entries by operation, each once; the stack's own and what is the same are none",
  (cloud, kind, gone, entry) => {
    const steps = [
      ofAgent(cloud, "AiAgent", "bot", "create"),
      ofAgent(cloud, kind, "bot/shop", "create"),
      ofAgent(cloud, "AiAgent", "old", "same"),
      ofAgent(cloud, "AiAgent", "desk", "update"),
      ofAgent(cloud, "AiAgent", "desk", "update"),
      step(`${cloud}:StackBinding`, "tenant", { operation: "update" }),
      gone,
    ];
    expect(pendingIn(plan(steps))).toEqual({
      pending: [
        { operation: "delete", entry },
        { operation: "update", entry: "agents.desk" },
        { operation: "create", entry: "agents.bot" },
        { operation: "create", entry: "agents.bot.access.shop" },
      ],
    });
  },
);

test("a plan that was not made to its end says why, in a line", () => {
  const messages = [
    { severity: "warning", text: "old" },
    { severity: "error", text: "ERR_SETTING_MISSING: no password\n  Next: set it" },
  ] as const;
  const unchecked = "ERR_SETTING_MISSING: no password";
  expect(pendingIn(plan([step("aic:AiAgent", "bot")], { messages, isWhole: false }))).toEqual({ unchecked });
  expect(pendingIn(plan([], { isWhole: false }))).toEqual({ unchecked: "the engine did not plan to its end" });
});
