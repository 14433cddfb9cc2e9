/**
 * A stack whose runs are killed with SIGKILL right after a call was answered by the tenant and before the answer was read, and run
 * again: converged, nothing twice, no orphan. Every single call of every kind is tried without an engine (test/providers); here it is
 * the whole CLI with its state and its lock.
 */

import { afterAll, expect, test } from "vitest";
import type { KindTenant } from "../support/kinds.ts";
import { isFull } from "../support/mode.ts";
import { startProxy } from "../support/proxy.ts";
import { descendants, killHard, providerOf, type Running } from "./cli.ts";
import { type Declaration, openProject } from "./project.ts";

/** What is killed: the provider's process alone, or the CLI with all that it started. */
type Victim = "provider" | "cli";

/** The stack of a cloud. */
export type Sample = {
  readonly cloud: "aic" | "pingone";
  readonly tenant: KindTenant;
  readonly declaration: Declaration;
  /** Environment variables that the declaration names. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** What must be the same in the end: not what is generated, nor what each life of the stack has of its own. */
  readonly content: () => Promise<unknown>;
  /** How many moments of `up`, and of `destroy`, the short form tries for each victim. */
  readonly some: Readonly<Record<Victim, number>>;
};

/** The order of calls is the same on every run, so that a number means a moment. */
const inOrder = { args: ["--parallel", "1"] };

/** Numbers of calls, evenly over all of them, the first and the last among them; of one the middle. */
function spread(calls: number, count: number): number[] {
  if (count === 1) return [Math.ceil(calls / 2)];
  return Array.from({ length: count }, (_, index) => 1 + Math.round((index * (calls - 1)) / (count - 1)));
}

/** Declares the tests of a file: `npm run faults` tries every call; a few of them show that processes are no other than the runs of test/faults. */
export async function describeKilledRuns({ cloud, tenant, declaration, env, content, some }: Sample) {
  afterAll(() => tenant.stop());
  const proxy = await startProxy(tenant.url);
  afterAll(() => proxy.stop());
  const addStack = openProject({ variables: () => tenant.variables(proxy.url) });
  const stack = await addStack("killed", declaration, {}, env);
  const before = await tenant.dump();
  const calls = { up: 0, destroy: 0 };
  let whole: unknown;
  let resources = 0;
  let survivors = 0;
  let tried = 0;
  let isLockTold = false;

  /** A run that nobody disturbs: how many calls `up` and `destroy` make, and what `up` leads to. */
  async function measure(): Promise<void> {
    proxy.strike(0, () => {});
    await stack.up(inOrder);
    calls.up = proxy.count;
    whole = await content();
    resources = stack.resources.length;
    proxy.strike(0, () => {});
    await stack.destroy(inOrder);
    calls.destroy = proxy.count;
  }
  await measure();

  /** Runs a command and kills the victim at call `number`. */
  async function killedAt(number: number, command: keyof typeof calls, victim: Victim): Promise<void> {
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
    running = stack.start([command, "--yes", "--skip-preview"], inOrder);
    const { ended } = running;
    const { exitCode } = await Promise.race([struck.then(() => ended), ended]);
    expect(exitCode, `${command} was killed at call ${number}`).not.toBe(0);
    tried += 1;
    survivors += 1;
    if (victim === "cli") await release();
  }

  /** A killed CLI leaves its lock behind, and says so to whoever comes next: that is the same after any call. */
  async function release(): Promise<void> {
    if (!isLockTold) {
      const refused = await stack.up({ exit: 1 });
      expect(refused.stdout + refused.stderr).toContain("delete the lock file with `pulumi cancel`");
      isLockTold = true;
    }
    await stack.run(["cancel", "--yes"]);
  }

  const moments = (["provider", "cli"] as const).flatMap((victim) => {
    const [ofUp, ofDestroy] = [calls.up, calls.destroy].map((all) => spread(all, isFull ? all : some[victim]));
    const length = Math.max(ofUp?.length ?? 0, ofDestroy?.length ?? 0);
    return Array.from({ length }, (_, index) => ({ victim, up: ofUp?.[index], destroy: ofDestroy?.[index] }));
  });

  test.for(moments)(
    "$victim killed at call $up of up, then at call $destroy of destroy",
    async ({ up, destroy, victim }) => {
      if (up !== undefined) await killedAt(up, "up", victim);
      await stack.up(inOrder);
      expect(await content()).toEqual(whole);
      expect(stack.resources).toHaveLength(resources);
      if (up !== undefined) survivors -= 1;

      if (destroy !== undefined) await killedAt(destroy, "destroy", victim);
      await stack.destroy(inOrder);
      expect(await tenant.dump()).toStrictEqual(before);
      expect(stack.resources).toEqual([]);
      if (destroy !== undefined) survivors -= 1;
    },
  );

  afterAll(() => {
    const of = `${calls.up} calls of up and ${calls.destroy} of destroy, killed as provider and as CLI`;
    console.log(`${cloud}: tried ${tried} crash points, of ${of}; ${survivors} survivors`);
  });
}
