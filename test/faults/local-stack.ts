/**
 * A stack without the engine's processes: it carries out a plan with the kit's own dynamic providers, in the engine's order, and
 * keeps a state as the engine does. So a whole `up` costs a second, and can be tried under hundreds of faults.
 */

import { isDeepStrictEqual } from "node:util";
import type { DynamicProvider } from "../../src/providers/lifecycle.ts";
import { type Properties, revealSecret } from "../../src/providers/pulumi-values.ts";
import { PARTIAL } from "../../src/providers/state.ts";
import { OWNER } from "../support/properties.ts";
import { filled, type Planned } from "./plan.ts";

/** A resource in the state. */
export type Entry = {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outs: Properties;
  readonly dependsOn: readonly string[];
};

/** What one run of the engine has: providers that share a connection, and the tenant's identity. */
export type Connected = {
  readonly provider: (type: string) => DynamicProvider;
  readonly identity: () => Promise<string>;
};

/** How a run ended: what failed, by resource. */
export type Ended = { readonly errors: readonly Error[]; readonly changed: number };

const clear = (props: Properties): Properties =>
  Object.fromEntries(Object.entries(props).map(([key, value]) => [key, revealSecret(value)]));
const withoutMarks = (props: Properties) =>
  Object.fromEntries(Object.entries(clear(props)).filter(([key]) => !key.startsWith("__")));

export class LocalStack {
  readonly state: Map<string, Entry>;
  #frozen = false;

  constructor(state: ReadonlyMap<string, Entry> = new Map()) {
    this.state = new Map(state);
  }

  /** The state as it is now: what a run does after this is not recorded, as when its processes are killed. */
  freeze(): LocalStack {
    this.#frozen = true;
    return new LocalStack(this.state);
  }

  /** Creates and updates what is declared, then deletes the rest. As the engine does, it begins nothing after a failure. */
  async up(connected: Connected, plan: readonly Planned[]): Promise<Ended> {
    const errors: Error[] = [];
    let changed = 0;
    const providers = new Map<string, DynamicProvider>();
    const of = (type: string) => {
      const provider = providers.get(type) ?? connected.provider(type);
      providers.set(type, provider);
      return provider;
    };
    const tenant = await connected.identity().catch((error: Error) => error);
    if (tenant instanceof Error) return { errors: [tenant], changed };
    const known = new Set(plan.map(({ label }) => label));
    const running = new Map<string, Promise<boolean>>();
    const visit = (one: Planned): Promise<boolean> => {
      const done = running.get(one.label);
      if (done) return done;
      const began = (async () => {
        const needs = plan.filter(({ label }) => one.dependsOn.includes(label) && known.has(label));
        if ((await Promise.all(needs.map(visit))).includes(false) || errors.length > 0) return false;
        try {
          if (await this.#apply(of(one.type), one, tenant)) changed += 1;
          return true;
        } catch (error) {
          errors.push(error as Error);
          return false;
        }
      })();
      running.set(one.label, began);
      return began;
    };
    await Promise.all(plan.map(visit));
    if (errors.length > 0) return { errors, changed };
    const gone = [...this.state.keys()].filter((label) => !known.has(label));
    const ended = await this.#remove(of, gone);
    return { errors: ended.errors, changed: changed + ended.changed };
  }

  /** Deletes everything, what needs others before these. */
  destroy(connected: Connected): Promise<Ended> {
    return this.#remove(connected.provider, [...this.state.keys()]);
  }

  async #remove(of: (type: string) => DynamicProvider, labels: readonly string[]): Promise<Ended> {
    const errors: Error[] = [];
    let changed = 0;
    const running = new Map<string, Promise<void>>();
    const visit = (label: string): Promise<void> => {
      const done = running.get(label);
      if (done) return done;
      const began = (async () => {
        const users = labels.filter((other) => this.state.get(other)?.dependsOn.includes(label));
        await Promise.all(users.map(visit));
        const entry = this.state.get(label);
        if (!entry || errors.length > 0) return;
        try {
          await of(entry.type).delete(entry.id, clear(entry.outs));
          changed += 1;
          if (!this.#frozen) this.state.delete(label);
        } catch (error) {
          errors.push(error as Error);
        }
      })();
      running.set(label, began);
      return began;
    };
    await Promise.all(labels.map(visit));
    return { errors, changed };
  }

  #record(one: Planned, entry: Pick<Entry, "id" | "inputs" | "outs">): void {
    if (!this.#frozen)
      this.state.set(one.label, { type: one.type, name: one.name, dependsOn: one.dependsOn, ...entry });
  }

  /** @returns whether anything was to be done */
  async #apply(provider: DynamicProvider, one: Planned, tenant: string): Promise<boolean> {
    const owner = { ...OWNER, resource: one.name, tenant };
    const wanted = { ...filled(one, [...this.state.values()]), __owner: owner, __provider: "test" };
    const before = this.state.get(one.label);
    const { inputs, failures } = await provider.check(before && clear(before.inputs), wanted);
    if (failures.length > 0) throw new Error(JSON.stringify(failures));
    const news = clear(inputs);
    try {
      if (!before) {
        this.#record(one, { ...(await made(provider.create(news))), inputs: news });
        return true;
      }
      const olds = clear(before.outs);
      const isSame = isDeepStrictEqual(withoutMarks(before.inputs), withoutMarks(news));
      if (isSame && !olds[PARTIAL]) return false;
      const { replaces = [] } = await provider.diff(before.id, olds, news);
      if (replaces.length > 0) {
        await provider.delete(before.id, olds);
        if (!this.#frozen) this.state.delete(one.label);
        this.#record(one, { ...(await made(provider.create(news))), inputs: news });
        return true;
      }
      const { outs } = await provider.update(before.id, olds, news);
      this.#record(one, { id: before.id, outs, inputs: news });
      return true;
    } catch (error) {
      const { id, properties } = error as { id?: string; properties?: Properties };
      if (id !== undefined && !before) this.#record(one, { id, outs: properties ?? {}, inputs: news });
      throw error;
    }
  }
}

const made = async (creation: Promise<{ id: string; outs: Properties }>) => {
  const { id, outs } = await creation;
  return { id, outs };
};
