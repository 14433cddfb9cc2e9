/**
 * Killed with SIGKILL right after a call was answered by the tenant and before the answer was read, and run again:
 * converged, nothing twice, no orphan. Every AIC kind that can be declared is in the stack. Every single call of every kind
 * is tried without an engine (test/providers); here it is the whole CLI with its state and its lock.
 */

import { afterAll, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { type Dump, withoutStackIds } from "../support/dump.ts";
import { isFull } from "../support/mode.ts";
import { startProxy } from "../support/proxy.ts";
import { descendants, killHard, providerOf, type Running } from "./cli.ts";
import { declaredTypes, everything, everythingEnv } from "./declarations.ts";
import { openProject, type Stack } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const proxy = await startProxy(tenant.url);
afterAll(() => proxy.stop());
const addStack = openProject({ variables: () => tenant.variables(proxy.url) });
const stack = await addStack("killed", everything, {}, everythingEnv);
const before = await tenant.dump();
/** The order of calls is the same on every run, so that a number means a moment. */
const inOrder = ["--parallel", "1"];

/** What must be the same in the end: everything but the generated key, and what each life of the stack has of its own. */
async function provisioned(): Promise<Dump> {
  const hide = (key: string, value: unknown) => (key === "jwkSet" ? "a key" : value);
  return JSON.parse(JSON.stringify(withoutStackIds(await tenant.content()), hide));
}

const uninterrupted = await measure();

/** A run that nobody disturbs: how many calls `up` and `destroy` make, and what `up` leads to. */
async function measure() {
  proxy.strike(0, () => {});
  await stack.up({ args: inOrder });
  const up = proxy.count;
  const content = await provisioned();
  proxy.strike(0, () => {});
  await stack.destroy({ args: inOrder });
  return { up, destroy: proxy.count, content };
}

/** Numbers of calls, evenly over all of them, the first and the last among them. */
const points = (calls: number, count: number) => [
  ...new Set(Array.from({ length: count }, (_, index) => 1 + Math.round((index * (calls - 1)) / (count - 1)))),
];

type Victim = "provider" | "cli";

/** Runs a command and kills the victim at call `number`. */
async function killedAt(number: number, command: string, victim: Victim): Promise<void> {
  let running: Running | undefined;
  const struck = new Promise<void>((resolve) => {
    proxy.strike(number, () => {
      const { child } = running as Running;
      const provider = providerOf(child) as number;
      if (victim === "cli") {
        const below = descendants(child.pid as number);
        killHard(child.pid as number);
        for (const { id } of below) killHard(id);
      } else killHard(provider);
      resolve();
    });
  });
  running = stack.start([command, "--yes", "--skip-preview"], { args: inOrder });
  const ended = await Promise.race([struck.then(() => running.ended), running.ended]);
  expect(ended.exitCode, `${command} was killed at call ${number}`).not.toBe(0);
  if (victim === "cli") await release(stack);
}

/** A killed CLI leaves its lock behind, and says so to whoever comes next. */
async function release(locked: Stack): Promise<void> {
  const refused = await locked.up({ exit: 1 });
  expect(refused.stdout + refused.stderr).toContain("delete the lock file with `pulumi cancel`");
  await locked.run(["cancel", "--yes"]);
}

const moments = (victim: Victim, count: number) => {
  const ofDestroy = points(uninterrupted.destroy, count);
  return points(uninterrupted.up, count).map((up, index) => ({ up, destroy: ofDestroy[index] ?? 1, victim }));
};

/** `npm run faults` tries every call; a few of them show that processes are no other than the runs of test/faults. */
const all = Math.max(uninterrupted.up, uninterrupted.destroy);
const tried = [...moments("provider", isFull ? all : 3), ...moments("cli", isFull ? all : 2)];

test.for(tried)(
  "$victim killed at call $up of up, then at call $destroy of destroy",
  async ({ up, destroy, victim }) => {
    await killedAt(up, "up", victim);
    await stack.up({ args: inOrder });
    expect(await provisioned()).toEqual(uninterrupted.content);
    expect(stack.resources).toHaveLength(declaredTypes.length);

    await killedAt(destroy, "destroy", victim);
    await stack.destroy({ args: inOrder });
    expect(await tenant.dump()).toStrictEqual(before);
    expect(stack.resources).toEqual([]);
  },
);
