/** The life of a resource of any kind, against a tenant: one table of samples, the same tests for all. */

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PingAgentsError } from "../../src/errors.ts";
import { markText, type Owner } from "../../src/providers/owner.ts";
import { type Properties, UNKNOWN } from "../../src/providers/pulumi-values.ts";
import { type CrashSample, crashEverywhere } from "./crash.ts";
import { comparable, type Dump } from "./dump.ts";
import { checked, type Declared, type KindTenant, made } from "./kinds.ts";
import { OWNER, plain, sent } from "./properties.ts";

/** What must be there before. */
const NEEDED = { ...OWNER, resource: "what it needs" };
/** Another stack on the same tenant. */
const OTHER = { ...OWNER, stack: "zzzzzzzzzzzz", name: "shop/other", resource: "theirs" };

/** A kind by example. */
export type KindSample<Tenant> = CrashSample & {
  /** What must be there before, in order. */
  readonly needs?: readonly Declared[];
  /** The inputs that a read still shows once the resource is deleted: it was an entry of something shared, or state alone. @default none: it is gone */
  readonly left?: Properties;
  /** A change that somebody makes in the tenant; `differs` names the inputs in which it shows. Absent for kinds that live in the state alone. */
  readonly byHand?: { readonly change: (tenant: Tenant) => Promise<void>; readonly differs: readonly string[] };
  /** Makes the object by hand, differing from the declaration in the named inputs. Absent where an entry that is there already is no conflict. */
  /**
   * How another stack's object is known as such: by a mark that names the owner, by an id of the kit that is not this stack's.
   * Absent for what is nobody's, and where something else tells.
   */
  readonly owner?: "named" | "told";
  readonly foreign?: { readonly make: (tenant: Tenant) => Promise<void>; readonly differs: readonly string[] };
};

/** Turns the marks of owners into those of before, which name no stack. */
export function forgetStacks({ sandbox }: KindTenant, owners: readonly Owner[] = [OWNER]): void {
  const { store } = sandbox.tenant;
  for (const collection of store.collections()) {
    for (const { id, document } of store.list(collection)) {
      const text = JSON.stringify(document);
      const older = owners.reduce((of, owner) => of.replaceAll(markText(owner), "(managed by ping-agents)"), text);
      const unnamed = JSON.parse(older, (key, value) => {
        if (key !== "pingAgents" || !owners.some(({ resource }) => value.resource === resource)) return value;
        const { stack: _stack, name: _name, resource: _resource, ...rest } = value;
        return rest;
      });
      if (JSON.stringify(unnamed) !== text) store.put(collection, id, unnamed);
    }
  }
}

/** What a preview tells of a resource that the run is to create. */
const foreseen = (tenant: KindTenant, { type, inputs }: Declared) =>
  tenant.provider(type).foresee(sent(inputs, OWNER), true) as Promise<PingAgentsError[]>;

/**
 * Declares the tests of every sample.
 *
 * @param start gives a fresh tenant; called once per sample
 */
export function describeKinds<Tenant extends KindTenant>(
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
        const { id, outs } = await made(tenant, need, NEEDED);
        undo.unshift(() => tenant.provider(need.type).delete(id, sent(outs)));
      }
      before = await tenant.dump();
    });
    afterAll(async () => {
      for (const release of undo) await release();
      await tenant.stop();
    });

    test("is created, read back without a change, updated and deleted; others' entries stay", async () => {
      const wanted = await checked(tenant, sample);
      expect(await foreseen(tenant, sample)).toEqual([]);
      const { id, outs } = await made(tenant, sample);
      const first = await tenant.provider(type).read(id, sent(outs));
      expect(plain(first.inputs)).toEqual(plain(wanted));
      expect(plain(first.props)).toEqual(plain(outs));

      const changed = await checked(tenant, { type, inputs: sample.changed });
      const updated = await tenant.provider(type).update(id, sent(first.props), sent(changed));
      const second = await tenant.provider(type).read(id, sent(updated.outs));
      expect(plain(second.inputs)).toEqual(plain(changed));

      const back = await tenant.provider(type).update(id, sent(second.props), sent(wanted));
      const third = await tenant.provider(type).read(id, sent(back.outs));
      expect(plain(third.inputs)).toEqual(plain(wanted));

      await tenant.provider(type).delete(id, sent(third.props));
      expect(await tenant.dump()).toEqual(before);
      await tenant.provider(type).delete(id, sent(third.props)); // what is gone already is no error
      const left = await tenant.provider(type).read(id, sent(third.props));
      expect(left.inputs && plain(left.inputs)).toEqual(sample.left);
    });

    if (byHand)
      test("shows a change that was made by hand, property by property, and repairs it", async () => {
        const wanted = await checked(tenant, sample);
        const { id, outs } = await made(tenant, sample);
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
        const [told] = await foreseen(tenant, sample);
        for (const key of foreign.differs) expect(told?.message).toContain(key);
        // A preview that does not know an input says nothing of it, and all of the rest.
        for (const hidden of Object.keys(sample.inputs)) {
          const errors = await foreseen(tenant, { type, inputs: { ...sample.inputs, [hidden]: UNKNOWN } });
          for (const error of errors) {
            expect(error).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
            expect(error.message).not.toContain(UNKNOWN);
          }
        }
        expect(await tenant.dump()).toEqual(found);
        for (const policy of ["never", "match"] as const) {
          const refused = await made(tenant, { type, inputs: { ...sample.inputs, adopt: policy } }).catch(
            (error: Error) => error,
          );
          expect(refused).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
          for (const key of foreign.differs) expect((refused as Error).message).toContain(key);
          expect(refused).not.toHaveProperty("id");
          expect(await tenant.dump()).toEqual(found);
        }
        const overwritten = await made(tenant, { type, inputs: { ...sample.inputs, adopt: "overwrite" } });
        const seen = await tenant.provider(type).read(overwritten.id, sent(overwritten.outs));
        expect(plain(seen.inputs)).toEqual({
          ...plain(await checked(tenant, sample)),
          adopt: "overwrite",
        });
        const matched = await made(tenant, { type, inputs: { ...sample.inputs, adopt: "match" } });
        await tenant.provider(type).delete(matched.id, sent(matched.outs));
      });

    if (sample.owner)
      test("belongs to one stack: another is refused, or takes it over and the former leaves it alone", async () => {
        const theirs = await made(tenant, sample, OTHER);
        const found = await tenant.dump();
        const refused: PingAgentsError = await made(tenant, sample).catch((error) => error);
        expect(refused).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
        if (sample.owner === "named") expect(refused.message).toContain('"theirs" of stack shop/other (zzzzzzzzzzzz)');
        expect(refused).not.toHaveProperty("id");
        expect(await tenant.dump()).toEqual(found);

        const ours = await made(tenant, { type, inputs: { ...sample.inputs, adopt: "match" } });
        const taken = await tenant.dump();
        const provider = tenant.provider(type);
        if (sample.owner === "named") {
          const seen = await provider.read(theirs.id, sent(theirs.outs));
          // What hangs below another object is that one's.
          const replacedBy = expect.stringMatching(
            /^"(a resource|what it needs)" of stack shop\/test \(k3v9x0q1w2e4\)$/,
          );
          expect(plain(seen.inputs)).toMatchObject({ replacedBy });
          const wanted = sent(await checked(tenant, { type, inputs: sample.changed }, OTHER));
          await expect(provider.update(theirs.id, sent(seen.props), wanted)).rejects.toThrow("ERR_OBJECT_EXISTS");
          await provider.delete(theirs.id, sent(seen.props));
          expect(await tenant.dump()).toEqual(taken);
        }
        const own = await provider.read(ours.id, sent(ours.outs));
        expect(plain(own.inputs)).not.toHaveProperty("replacedBy");
        await provider.delete(ours.id, sent(ours.outs));
        expect(await tenant.dump()).toEqual(before);
      });

    if (sample.owner)
      test("of a state of before is taken up as it is, and marked by the next update", async () => {
        const { id, outs } = await made(tenant, sample);
        const marked = await tenant.dump();
        forgetStacks(tenant);
        const wanted = sent(await checked(tenant, sample));
        const { __owner: _owner, ...old } = sent(outs);
        const provider = tenant.provider(type);
        const seen = await provider.read(id, old);
        expect(plain(seen.inputs)).toEqual(plain(wanted));
        expect(await provider.diff(id, old, wanted)).toMatchObject({ replaces: [] });
        const updated = await provider.update(id, old, wanted);
        expect(updated.outs).toMatchObject({ __owner: OWNER });
        expect(comparable((await tenant.dump()) as Dump)).toEqual(comparable(marked as Dump));
        await provider.delete(id, sent(updated.outs));
        expect(await tenant.dump()).toEqual(before);
      });

    if (sample.left === undefined)
      test("goes on under another logical name: the old resource's delete leaves it alone", async () => {
        const old = await made(tenant, sample);
        const provider = tenant.provider(type);
        const renamed = { ...OWNER, resource: "renamed" };
        const { inputs } = await provider.check(undefined, sent(sample.inputs, renamed));
        const anew = await provider.create(sent(inputs));
        const taken = await tenant.dump();
        await provider.delete(old.id, sent(old.outs));
        expect(await tenant.dump()).toEqual(taken);
        const seen = await provider.read(anew.id, sent(anew.outs));
        expect(plain(seen.inputs)).toEqual(plain(inputs));
        await tenant.provider(type).delete(anew.id, sent(anew.outs));
        expect(await tenant.dump()).toEqual(before);
      });

    test("goes on where a killed run stopped, after any of its calls", async () => {
      crashPoints += await crashEverywhere(tenant, sample, before);
    });
  });
}
