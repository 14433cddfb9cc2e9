/**
 * A run that ends after any of its calls, of a whole `up` and a whole `destroy` of both dev stacks and of published ones: the tenant has
 * answered, the run never hears it, and nothing more is recorded. The next run comes to the same end. `npm run faults` tries every call,
 * the suite some of them; processes that are killed are in test/engine/killed-runs.ts.
 */

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isFull } from "../support/mode.ts";
import { startProxy } from "../support/proxy.ts";
import { type Cloud, isPublished, STACKS, startCloud } from "./clouds.ts";
import { type Connected, type Ended, LocalStack } from "./local-stack.ts";

/** Crash points of the short form, evenly over all calls. */
const SOME = 3;
const FEW = 2;

describe.each(STACKS)("%s", (name) => {
  const some = isPublished(name) ? FEW : SOME;
  let cloud: Cloud;
  let before: unknown;
  let after: unknown;
  const sleep = async () => {};
  beforeAll(async () => {
    vi.spyOn(console, "warn").mockReturnValue();
    cloud = await startCloud(name);
    before = await cloud.content();
  });
  afterAll(() => cloud?.tenant.stop());

  const up = async (stack: LocalStack, connected = cloud.connect()) =>
    expectWhole(await stack.up(connected, cloud.plan));
  const destroy = async (stack: LocalStack) => expectWhole(await stack.destroy(cloud.connect()));
  const expectWhole = ({ errors }: Ended) => expect(errors.map(({ message }) => message)).toEqual([]);

  /** Runs through a proxy that is gone after a call. @returns the state as it was then, and how many calls there were */
  async function killedAfter(call: number, stack: LocalStack, run: (connected: Connected) => Promise<Ended>) {
    const proxy = await startProxy(cloud.tenant.url);
    let left: LocalStack | undefined;
    proxy.strike(call, () => {
      left = stack.freeze();
      void proxy.stop();
    });
    await run(cloud.connect({ sleep, retries: 0 }, proxy.url));
    await proxy.stop();
    return { left, calls: proxy.count };
  }

  const points = (calls: number) =>
    isFull
      ? Array.from({ length: calls }, (_, index) => index + 1)
      : Array.from({ length: some }, (_, index) => 1 + Math.round((index * (calls - 1)) / (some - 1)));

  test("any call of up and of destroy is the last", async () => {
    const stack = new LocalStack();
    const undisturbed = async (run: Parameters<typeof killedAfter>[2]) => {
      const { calls } = await killedAfter(0, stack, async (connected) => {
        const ended = await run(connected);
        expectWhole(ended);
        return ended;
      });
      return calls;
    };
    const ofUp = await undisturbed((connected) => stack.up(connected, cloud.plan));
    after = await cloud.content();
    const ofDestroy = await undisturbed((connected) => stack.destroy(connected));
    expect(await cloud.content()).toEqual(before);

    let tried = 0;
    for (const call of points(ofUp)) {
      const first = new LocalStack();
      const { left } = await killedAfter(call, first, (connected) => first.up(connected, cloud.plan));
      // Calls of one run have no order: now and then one makes less of them.
      const next = left ?? first;
      await up(next);
      expect(await cloud.content(), `up, killed after call ${call}`).toEqual(after);
      await destroy(next);
      expect(await cloud.content()).toEqual(before);
      tried += 1;
    }
    for (const call of points(ofDestroy)) {
      const whole = new LocalStack();
      await up(whole);
      const { left } = await killedAfter(call, whole, (connected) => whole.destroy(connected));
      await destroy(left ?? whole);
      expect(await cloud.content(), `destroy, killed after call ${call}`).toEqual(before);
      tried += 1;
    }
    console.log(
      `${name}: tried ${tried} crash points, of ${ofUp} calls of up and ${ofDestroy} of destroy; no survivors`,
    );
  }, 900_000);
});
