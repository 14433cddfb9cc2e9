/**
 * Killed with SIGKILL right after a call was answered by the tenant and before the answer was read, and run again:
 * converged, nothing twice, no orphan. Every AIC kind is in the stack. The test of every single call of every kind is at the
 * level of the provider process (test/providers); here it is the whole CLI with its state and its lock.
 */

import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { descendants, killHard, providerOf, type Running, summary } from "./cli.ts";
import { everything, everythingCount, everythingEnv } from "./declarations.ts";
import { openProject, type Stack } from "./project.ts";
import { startProxy } from "./proxy.ts";
import { type Dump, startTenant } from "./tenant.ts";

const tenant = await startTenant();
const proxy = await startProxy(tenant.sandbox.url);
const addStack = openProject({ env: { ...tenant.env, AIC_TENANT_URL: proxy.url } });
const stack = await addStack("killed", everything, {}, everythingEnv);
const before = await tenant.dump();
/** The order of calls is the same on every run, so that a number means a moment. */
const inOrder = ["--parallel", "1"];

/** What must be the same in the end: everything but the generated key. */
async function provisioned(): Promise<Dump> {
  const hide = (key: string, value: unknown) => (key === "jwkSet" ? "a key" : value);
  return JSON.parse(JSON.stringify(await tenant.content(), hide));
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
  const { stderr } = await locked.run(["up", "--yes", "--skip-preview"], { exit: 255 }).catch((error) => {
    throw new Error("the lock of the killed CLI was not seen", { cause: error });
  });
  expect(stderr).toContain("currently locked");
  await locked.run(["cancel", "--yes"]);
  await wait(0);
}

test.for([
  ...points(uninterrupted.up, 7).map((number) => [number, "provider"] as const),
  ...points(uninterrupted.up, 3).map((number) => [number, "cli"] as const),
])("up killed at call %i (%s)", async ([number, victim]) => {
  await killedAt(number, "up", victim);
  await stack.up({ args: inOrder });
  expect(await provisioned()).toEqual(uninterrupted.content);
  expect(summary(await stack.destroy())).toEqual({ deleted: everythingCount });
  expect(await tenant.dump()).toStrictEqual(before);
});
