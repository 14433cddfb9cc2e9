/** A negative case of oauth-flows §8: what is provoked, and the twin that differs in that detail only. */
import { expect, test } from "vitest";
import { REALM_RULES, type RuleId } from "../../../../src/sandbox/aic/oauth/rules.ts";
import type { Reply } from "../../tenant.ts";
import type { World } from "./world.ts";

export type Case = {
  readonly rule: RuleId;
  readonly name: string;
  /** The same without the provoked detail; must succeed. Runs first, in the same tenant. */
  readonly twin: (world: World) => Promise<Reply>;
  readonly provoke: (world: World) => Promise<Reply>;
  readonly error: string;
  /** @default 400 */
  readonly status?: number;
  readonly description?: string;
};

/** Declares the tests of cases: twin, refusal, and that the rule's switch is alive. */
export function testCases(cases: readonly Case[], world: () => World): void {
  test.each(cases)("$rule $name", async ({ rule, twin, provoke, error, status = 400, description }) => {
    expect((await twin(world())).body).not.toHaveProperty("error");
    const reply = await provoke(world());
    expect(reply.body).toMatchObject({ error, error_description: description ?? expect.any(String) });
    expect(Object.keys(reply.body)).toEqual(["error_description", "error"]);
    expect(reply.status).toBe(status);
    expect(reply.headers.get("x-sandbox-rule")).toBe(rule);
    expect(reply.headers.get("x-sandbox-evidence")).toBe(REALM_RULES[rule].evidence);
  });

  test.each(cases)("$rule $name: another answer once the rule is off", async ({ rule, provoke }) => {
    expect((await world().tenant.control("rules", { off: [rule] })).status).toBe(204);
    expect((await provoke(world())).headers.get("x-sandbox-rule")).not.toBe(rule);
  });
}
