/** The life of a stack while something goes wrong: what each command makes of it, and that the next run makes it good. */

import { expect, vi } from "vitest";
import type { CallOptions } from "../../src/admin-api/http/transport.ts";
import { PingAgentsError } from "../../src/errors.ts";
import { driftOf } from "../../src/live-drift.ts";
import { revealSecret } from "../../src/providers/pulumi-values.ts";
import { mistakesIn } from "../../src/providers/together.ts";
import type { FaultPlan } from "../../src/sandbox/index.ts";
import type { Seen } from "../support/tenant.ts";
import type { Cloud } from "./clouds.ts";
import { type Ended, LocalStack } from "./local-stack.ts";
import type { Plan } from "./plans.ts";

const COMMANDS = ["up", "again", "change", "drift", "destroy"] as const;
export type Command = (typeof COMMANDS)[number];

/** How a command ended under faults: `ok`, or the codes of what it said, in which case it was run again. */
export type Outcomes = Readonly<Record<Command, string>>;

/** What a tenant holds after each command where nothing goes wrong, and how many calls that takes. */
export type Undisturbed = {
  readonly before: unknown;
  readonly content: Readonly<Partial<Record<Command, unknown>>>;
  readonly calls: Readonly<Record<Command, number>>;
};

const planFor = (cloud: Cloud, command: Command) => (command === "change" ? cloud.changed : cloud.plan);

/** Runs a command once. */
async function run(cloud: Cloud, stack: LocalStack, command: Command, options?: CallOptions): Promise<Ended> {
  const connected = cloud.connect(options);
  if (command === "destroy") return stack.destroy(connected);
  if (command !== "drift") return stack.up(connected, planFor(cloud, command));
  const resources = [...stack.state.values()].map((one) => ({
    ...{ type: one.type, name: one.name, id: one.id, inputs: one.inputs, outputs: one.outs },
    urn: `urn:pulumi:test::shop::pulumi-nodejs:dynamic/${one.type}::${one.name}`,
  }));
  const looked = { said: { env: cloud.variables() }, resources, ...(options && { options }) };
  const drift = await driftOf(cloud.name, looked).catch((error: Error) => error);
  if (drift instanceof Error) return { errors: [drift], changed: 0 };
  // Whatever happens on the way, nothing is told that is not so.
  expect(drift.findings).toEqual([]);
  return {
    errors: drift.unreadable.map(({ code, reason }) => new PingAgentsError(code as never, reason, { hint: "-" })),
    changed: 0,
  };
}

/** The same story without any fault. */
export async function undisturbed(cloud: Cloud): Promise<Undisturbed> {
  const before = await cloud.content();
  const stack = new LocalStack();
  const content: Partial<Record<Command, unknown>> = {};
  const calls = {} as Record<Command, number>;
  for (const command of COMMANDS) {
    const seen = await cloud.tenant.count(async () => {
      expect((await run(cloud, stack, command)).errors).toEqual([]);
    });
    calls[command] = seen.length;
    content[command] = await cloud.content();
  }
  expect(content.destroy).toEqual(before);
  return { before, content, calls };
}

/**
 * Tells the story under a plan of faults.
 *
 * @returns how each command ended
 */
export async function tell(
  cloud: Cloud,
  { content, calls }: Undisturbed,
  plan: FaultPlan & Pick<Plan, "skewSeconds" | "deadlineMs">,
): Promise<Outcomes> {
  const { skewSeconds, deadlineMs, ...faults } = plan;
  const said: string[] = [];
  const warn = vi.spyOn(console, "warn").mockImplementation((...texts) => void said.push(texts.join(" ")));
  const stack = new LocalStack();
  const outcomes = {} as Record<Command, string>;
  // Nobody waits between repetitions; but for what comes into effect by the tenant's clock, when that is another, there is no other way.
  const options = { ...(skewSeconds === undefined && { sleep: async () => {} }), ...(deadlineMs && { deadlineMs }) };
  for (const command of COMMANDS) {
    if (skewSeconds !== undefined) await cloud.tenant.control("clock", { skewSeconds });
    await cloud.tenant.control("faults", faults);
    let ended: Ended = { errors: [], changed: 0 };
    const seen = await cloud.tenant.count(async () => {
      ended = await run(cloud, stack, command, options);
    });
    await cloud.tenant.control("faults", { faults: [] });
    await cloud.tenant.control("clock", { reset: true });
    said.push(...ended.errors.map(({ message }) => message));
    outcomes[command] = outcomeOf(ended);
    expectBounded(seen, calls[command]);
    if (ended.errors.length > 0) {
      const again = await run(cloud, stack, command);
      expect(
        again.errors.map(({ message }) => message),
        `${command} run again`,
      ).toEqual([]);
    }
    expect(await cloud.content(), `after ${command}`).toEqual(content[command]);
  }
  warn.mockRestore();
  const secrets = [...cloud.secrets, ...secretsIn(stack)];
  for (const text of said) for (const secret of secrets) expect(text).not.toContain(secret);
  return outcomes;
}

/** Every attempt is one of six, and a list of ten pages is given up: nothing goes on for ever. */
export function expectBounded(seen: readonly Seen[], undisturbedCalls: number): void {
  expect(seen.length).toBeLessThanOrEqual(12 * undisturbedCalls + 200);
}

/** Every failure is one of the kit's own, with what to do next. */
function outcomeOf({ errors }: Ended): string {
  const all = errors.flatMap(mistakesIn);
  for (const error of all) {
    expect(error).toBeInstanceOf(PingAgentsError);
    expect((error as PingAgentsError).message).toMatch(/\n {2}Next: /);
  }
  const codes = [...new Set(all.map((error) => (error as PingAgentsError).code))].sort();
  return codes.join(", ") || "ok";
}

/** Secrets that the tenant or the kit made. */
export const secretsIn = ({ state }: LocalStack): string[] =>
  [...state.values()].flatMap(({ outs }) => {
    const secret = revealSecret(outs.secret);
    return typeof secret === "string" ? [secret] : [];
  });
