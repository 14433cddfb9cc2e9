/** The life of a resource of any kind, against a tenant: one table of samples, the same tests for all. */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AdoptPolicy } from "../../src/fields/adopt.ts";
import type { DynamicProvider } from "../../src/providers/lifecycle.ts";
import { type Properties, revealSecret } from "../../src/providers/pulumi-values.ts";
import { comparable } from "./dump.ts";
import { type StrikingProxy, startProxy } from "./proxy.ts";

/** A tenant as the suite needs it. */
export type SuiteTenant = {
  readonly url: string;
  variables(url?: string): Record<string, string>;
  provider(type: string, adopt?: AdoptPolicy): DynamicProvider;
  dump(): Promise<unknown>;
  stop(): Promise<void>;
};

/** A declared resource. */
export type Declared = { readonly type: string; readonly inputs: Properties };

/** A kind by example. */
export type KindSample<Tenant> = {
  readonly type: string;
  /** What must be there before, in order. */
  readonly needs?: readonly Declared[];
  readonly inputs: Properties;
  /** Another declaration of the same object: an update. */
  readonly changed: Properties;
  /** A change that somebody makes in the tenant; `differs` names the inputs in which it shows. Absent for kinds that live in the state alone. */
  readonly byHand?: { readonly change: (tenant: Tenant) => Promise<void>; readonly differs: readonly string[] };
  /** Makes the object by hand, differing from the declaration in the named inputs. Absent where an entry that is there already is no conflict. */
  readonly foreign?: { readonly make: (tenant: Tenant) => Promise<void>; readonly differs: readonly string[] };
};

const PROVIDER = { __provider: "test" };
const operation = fileURLToPath(new URL("operation.ts", import.meta.url));

/** Values in clear, without what only the engine knows. */
function plain(properties: Properties | undefined): Properties {
  const entries = Object.entries(properties ?? {}).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, value]) => [key, revealSecret(value)]));
}

/** What the engine sends back to the provider: plain text, for it keeps secrets to itself. */
const sent = (properties: Properties | undefined) => ({ ...plain(properties), ...PROVIDER });

/**
 * Declares the tests of every sample.
 *
 * @param start gives a fresh tenant; called once per sample
 */
export function describeKinds<Tenant extends SuiteTenant>(
  samples: readonly KindSample<Tenant>[],
  start: () => Promise<Tenant>,
): void {
  let crashPoints = 0;
  beforeAll(() => void vi.spyOn(console, "warn").mockReturnValue()); // a restart that is due is said at every write
  afterAll(() => console.log(`tried ${crashPoints} crash points over ${samples.length} kinds`));

  describe.each(samples.map((sample) => [sample.type, sample] as const))("%s", (type, sample) => {
    const { byHand, foreign } = sample;
    let tenant: Tenant;
    let before: unknown;
    let undo: (() => Promise<void>)[];

    beforeAll(async () => {
      tenant = await start();
      undo = [];
      for (const need of sample.needs ?? []) {
        const { id, outs } = await create(tenant, need.type, need.inputs);
        undo.unshift(() => tenant.provider(need.type).delete(id, sent(outs)));
      }
      before = await tenant.dump();
    });
    afterAll(async () => {
      for (const release of undo) await release();
      await tenant.stop();
    });

    test("is created, read back without a change, updated and deleted; others' entries stay", async () => {
      const wanted = await checked(tenant, type, sample.inputs);
      const { id, outs } = await create(tenant, type, sample.inputs);
      const first = await tenant.provider(type).read(id, sent(outs));
      expect(plain(first.inputs)).toEqual(plain(wanted));
      expect(plain(first.props)).toEqual(plain(outs));

      const changed = await checked(tenant, type, sample.changed);
      const updated = await tenant.provider(type).update(id, sent(first.props), sent(changed));
      const second = await tenant.provider(type).read(id, sent(updated.outs));
      expect(plain(second.inputs)).toEqual(plain(changed));

      const back = await tenant.provider(type).update(id, sent(second.props), sent(wanted));
      const third = await tenant.provider(type).read(id, sent(back.outs));
      expect(plain(third.inputs)).toEqual(plain(wanted));

      await tenant.provider(type).delete(id, sent(third.props));
      expect(await tenant.dump()).toEqual(before);
      await tenant.provider(type).delete(id, sent(third.props)); // what is gone already is no error
      if (sample.byHand)
        expect(await tenant.provider(type).read(id, sent(third.props))).toEqual(
          sample.foreign ? {} : expect.anything(),
        );
    });

    if (byHand)
      test("shows a change that was made by hand, property by property, and repairs it", async () => {
        const wanted = await checked(tenant, type, sample.inputs);
        const { id, outs } = await create(tenant, type, sample.inputs);
        await byHand.change(tenant);
        const seen = await tenant.provider(type).read(id, sent(outs));
        const [was, is] = [plain(wanted), plain(seen.inputs)];
        const differing = Object.keys({ ...was, ...is }).filter(
          (key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]),
        );
        expect(differing.sort()).toEqual([...byHand.differs].sort());

        const repaired = await tenant.provider(type).update(id, sent(seen.props), sent(wanted));
        const after = await tenant.provider(type).read(id, sent(repaired.outs));
        expect(plain(after.inputs)).toEqual(plain(wanted));
        await tenant.provider(type).delete(id, sent(after.props));
      });

    if (foreign)
      test("is taken over only where that is allowed", async () => {
        await foreign.make(tenant);
        const found = await tenant.dump();
        for (const policy of ["never", "match"] as const) {
          const refused = await create(tenant, type, { ...sample.inputs, adopt: policy }).catch(
            (error: Error) => error,
          );
          expect(refused).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
          for (const key of foreign.differs) expect((refused as Error).message).toContain(key);
          expect(refused).not.toHaveProperty("id");
          expect(await tenant.dump()).toEqual(found);
        }
        const overwritten = await create(tenant, type, { ...sample.inputs, adopt: "overwrite" });
        const seen = await tenant.provider(type).read(overwritten.id, sent(overwritten.outs));
        expect(plain(seen.inputs)).toEqual({
          ...plain(await checked(tenant, type, sample.inputs)),
          adopt: "overwrite",
        });
        const matched = await create(tenant, type, { ...sample.inputs, adopt: "match" });
        await tenant.provider(type).delete(matched.id, sent(matched.outs));
      });

    test("goes on where a killed run stopped, after any of its calls", async () => {
      const proxy = await startProxy(tenant.url);
      try {
        const points = await crashEverywhere(tenant, proxy, sample, before);
        crashPoints += points;
        expect(points).toBeGreaterThanOrEqual(byHand ? 3 : 0);
      } finally {
        await proxy.stop();
      }
    });
  });
}

async function checked(tenant: SuiteTenant, type: string, inputs: Properties): Promise<Properties> {
  const result = await tenant.provider(type).check(undefined, { ...inputs, ...PROVIDER });
  expect(result.failures).toEqual([]);
  return result.inputs;
}

async function create(tenant: SuiteTenant, type: string, inputs: Properties) {
  return tenant.provider(type).create(sent(await checked(tenant, type, inputs)));
}

/** Kills a provider process after every call of a create, an update and a delete; each time the next run must converge. */
async function crashEverywhere<T extends SuiteTenant>(
  tenant: T,
  proxy: StrikingProxy,
  { type, inputs, changed }: KindSample<T>,
  before: unknown,
): Promise<number> {
  const [wanted, other] = [await checked(tenant, type, inputs), await checked(tenant, type, changed)];
  const fresh = () => tenant.provider(type).create(sent(wanted));
  const gone = async () => expect(comparable(await tenant.dump())).toEqual(comparable(before));
  let points = 0;

  const { id, outs } = await fresh();
  const created = comparable(await tenant.dump());
  const { outs: updated } = await tenant.provider(type).update(id, sent(outs), sent(other));
  const afterUpdate = comparable(await tenant.dump());
  await tenant.provider(type).delete(id, sent(updated));
  await gone();

  for (let call = 1; await killed(tenant, proxy, call, type, "create", [sent(wanted)]); call += 1) {
    const resumed = await fresh();
    expect(comparable(await tenant.dump()), `create, killed after call ${call}`).toEqual(created);
    await tenant.provider(type).delete(resumed.id, sent(resumed.outs));
    await gone();
    points += 1;
  }
  await tenant.provider(type).delete(id, sent(outs));

  for (let call = 1; ; call += 1) {
    const start = await fresh();
    const update = [start.id, sent(start.outs), sent(other)] as const;
    const died = await killed(tenant, proxy, call, type, "update", update);
    const next = await tenant.provider(type).update(...update);
    expect(comparable(await tenant.dump()), `update, killed after call ${call}`).toEqual(afterUpdate);
    await tenant.provider(type).delete(start.id, sent(next.outs));
    await gone();
    if (!died) break;
    points += 1;
  }

  for (let call = 1; ; call += 1) {
    const start = await fresh();
    const died = await killed(tenant, proxy, call, type, "delete", [start.id, sent(start.outs)]);
    await tenant.provider(type).delete(start.id, sent(start.outs));
    await gone();
    if (!died) return points;
    points += 1;
  }
}

/** Runs an operation in a process of its own that is killed after a call; false when it ended before. */
function killed(
  tenant: SuiteTenant,
  proxy: StrikingProxy,
  call: number,
  type: string,
  method: string,
  args: readonly unknown[],
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [operation], {
      env: { ...process.env, ...tenant.variables(proxy.url) },
      stdio: ["pipe", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    proxy.strike(call, () => child.kill("SIGKILL"));
    child.stdin.end(JSON.stringify({ type, method, args }));
    child.once("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`${type} ${method} failed: ${said}`));
    });
  });
}
