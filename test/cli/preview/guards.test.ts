/** What stops a plan: deletions that nobody acknowledged, another plan than the one that was reviewed. */

import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import type { Row } from "../../../src/access/row.ts";
import { declared } from "../../../src/cli/preview/environment.ts";
import { type Guards, limitOf, refusalsOf } from "../../../src/cli/preview/guards.ts";
import { SECRET, type Step } from "../../../src/reports/plan/plan.ts";
import { fingerprintOf } from "../../../src/reports/preview/fingerprint.ts";
import { planWith, step } from "../../reports/preview/support.ts";

const BELOW = "ping-agents:aic:DeclaredAgent$";
const component = (key: string) => `urn:pulumi:dev::ping-agents::ping-agents:aic:DeclaredAgent::${key}`;
const below = (kind: string, key: string, name: string, more: Partial<Step>) =>
  step(kind, name, {
    urn: `urn:pulumi:dev::ping-agents::${BELOW}pulumi-nodejs:dynamic/${kind}::${name}`,
    ...{ parent: component(key), ...more },
  });
const gone = { operation: "delete", after: undefined } as const;
const same = Array.from({ length: 16 }, (_one, index) => step("aic:User", `alpha/u${index}`, { operation: "same" }));
const plan = declared(
  planWith([
    below("aic:AiAgent", "bot", "bot", gone),
    below("aic:AgentPrivilege", "bot", "bot/shop", gone),
    below("aic:AgentPrivilege", "clerk", "clerk/shop", gone),
    step("aic:User", "alpha/jane", { operation: "replace", replacedFor: ["userName"] }),
    step("aic:StackBinding", "tenant", gone),
    step("aic:Journey", "alpha/Login", { ...gone, before: { tier: "production" } }),
    ...same,
  ]),
);

const refused = (guards: Partial<Guards>) => refusalsOf(plan, "f", { allowDelete: [], expect: [], ...guards });

describe("deletions", () => {
  test.each<[string, Partial<Guards>, string | undefined]>([
    ["nobody limits them", {}, undefined],
    ["a limit that is kept", { maxDeletions: { count: 4 } }, undefined],
    [
      "too many",
      { maxDeletions: { count: 3 } },
      "4 deleted or replaced and not acknowledged, where 3 may be: agent/bot, agent/bot/access/shop, agent/clerk/access/shop, user/jane.",
    ],
    ["a share that is kept", { maxDeletions: { percent: 20 } }, undefined],
    ["a share that is not", { maxDeletions: { percent: 10 } }, "where 10% of 22, that is 2 may be"],
    [
      "an agent with all below it is acknowledged",
      { maxDeletions: { count: 2 }, allowDelete: ["agent/bot"] },
      undefined,
    ],
    [
      "what is not acknowledged",
      { allowDelete: ["agent/bot"] },
      "2 deleted or replaced and not acknowledged, where 0 may be: agent/clerk/access/shop, user/jane.",
    ],
    ["a name that begins alike", { allowDelete: ["agent/bo", "agent/clerk", "user/jane"] }, "2 deleted or replaced"],
    ["all are", { allowDelete: ["agent/bot", "agent/clerk/access/shop", "user/jane"] }, undefined],
  ])("%s", (_what, guards, said) => {
    const refusals = refused(guards);
    expect(refusals).toHaveLength(said === undefined ? 0 : 1);
    if (said) expect(refusals[0]).toContain(said);
  });

  test.each([
    ["3", { count: 3 }],
    ["0", { count: 0 }],
    ["100%", { percent: 100 }],
  ])("a limit of %s", (text, limit) => expect(limitOf(text)).toEqual(limit));
  test.each(["", "-1", "1.5", "101%", "ten", "%"])("no limit: %j", (text) =>
    expect(() => limitOf(text)).toThrow(InvalidArgumentError),
  );
});

describe("the fingerprint", () => {
  const row = (agent: string, scope: string): Row => ({
    ...{ agent: { id: agent, name: agent }, flow: "exchange", target: { is: "application", id: "shop", name: "Shop" } },
    ...{ scope, subject: { is: "itself" }, via: [], grantedBy: "" },
  });
  const privilege = (scopes: readonly string[], more: Partial<Step> = {}) =>
    below("aic:AgentPrivilege", "bot", "bot/shop", { before: { scopes: ["a"] }, after: { scopes }, ...more });
  const printOf = (steps: readonly Step[], rows: readonly Row[] = [row("bot", "a")], environment = "dev") =>
    fingerprintOf(environment, declared(planWith(steps)), rows);
  const reviewed = printOf([privilege(["a", "b"])]);

  test("stays the same in another order, with other places, and whatever others do elsewhere", () => {
    const others = [step("aic:User", "alpha/x", { operation: "same" }), privilege(["b", "a"])];
    const rows = [row("other", "x"), { ...row("bot", "a"), place: { file: "dev.yaml", line: 9, column: 1 } }];
    expect(printOf(others, rows)).toBe(reviewed);
    expect(reviewed).toMatch(/^[0-9a-f]{32}$/);
  });

  const secret = { before: { clientSecret: SECRET }, after: { clientSecret: SECRET } };
  test.each<[string, string]>([
    ["another scope", printOf([privilege(["a", "c"])])],
    ["another operation", printOf([privilege(["a", "b"], { operation: "create" })])],
    ["a resource more", printOf([privilege(["a", "b"]), step("aic:User", "alpha/x")])],
    ["another row of an agent that is changed", printOf([privilege(["a", "b"])], [row("bot", "a"), row("bot", "z")])],
    [
      "a row of another agent with its token",
      printOf(
        [privilege(["a", "b"])],
        [row("bot", "a"), { ...row("extension", "z"), subject: { is: "client", id: "bot", name: "Bot" } }],
      ),
    ],
    ["another environment", printOf([privilege(["a", "b"])], undefined, "prod")],
    ["a secret that changes", printOf([privilege(["a", "b"], { ...secret, differs: ["clientSecret"] })])],
    ["nothing left to do", printOf([])],
  ])("is another one with %s", (_what, print) => expect(print).not.toBe(reviewed));

  test("one that is not expected stops, and is told", () => {
    expect(refused({ expect: ["f", "g"] })).toEqual([]);
    expect(refused({ expect: ["g"] })[0]).toContain("its fingerprint is f, expected was g");
  });
});
