/** Lives every kind through on a tenant: create, read, update, read, delete, read. Each object is in the journal before it is made. */

import { type AnyKind, type Platform, secretsOf } from "../../src/providers/kind.ts";
import { type DynamicProvider, lifecycle } from "../../src/providers/lifecycle.ts";
import { OWNER, type Owner } from "../../src/providers/owner.ts";
import { type Properties, revealSecret } from "../../src/providers/pulumi-values.ts";
import type { Entry, Journal } from "./journal.ts";

/** A resource that is made. */
export type Declared = { readonly type: string; readonly inputs: Properties };

/** A kind by example; every name in it begins with the prefix of the run. */
export type Sample = Declared & {
  readonly changed: Properties;
  /** What must be there before, in order. @default nothing */
  readonly needs?: readonly Declared[];
};

/** A tenant as the lives see it. */
export type Stage<Context> = {
  readonly kinds: readonly AnyKind<Context>[];
  readonly platform: Platform<Context>;
  readonly owner: Omit<Owner, "resource">;
  readonly journal: Journal;
  /** Is told what the next exchanges are about. */
  readonly step: (name: string) => void;
};

/** Makes a resource as the engine does. @param use tells it from others of its type */
export async function make<Context>(
  stage: Stage<Context>,
  { type, inputs }: Declared,
  use = "",
): Promise<Standing<Context>> {
  const { kind, provider } = providerOf(stage, type);
  const owned = { ...inputs, [OWNER]: { ...stage.owner, resource: `${type}${use}` } };
  const checked = await provider.check(undefined, owned);
  if (checked.failures.length > 0)
    throw new Error(`${type}: ${checked.failures.map(({ reason }) => reason).join("; ")}`);
  const props = plain(checked.inputs);
  const standing = new Standing(stage, { type, id: kind.id(props as never), props });
  try {
    await standing.create();
  } catch (error) {
    await standing.remove();
    throw error;
  }
  return standing;
}

/** A resource on the tenant, and in the journal from before it is made until it is gone. */
export class Standing<Context> {
  readonly #stage: Stage<Context>;
  #entry: Entry;
  #number: number;

  constructor(stage: Stage<Context>, entry: Entry) {
    this.#stage = stage;
    this.#entry = entry;
    this.#number = this.#note(entry.props);
  }

  get props(): Properties {
    return this.#entry.props;
  }

  async create(): Promise<void> {
    const { id, outs } = await this.#provider().create(this.props);
    this.#stand(id, { ...this.props, ...plain(outs) });
  }

  async read(): Promise<void> {
    const { props } = await this.#provider().read(this.#entry.id, this.props);
    this.#stand(this.#entry.id, { ...this.props, ...plain(props) });
  }

  /** Of a run that is killed meanwhile both are in the journal: what it was, and what it is to be. */
  async update(changed: Properties): Promise<void> {
    const provider = this.#provider();
    const [before, olds] = [this.#number, this.props];
    const { inputs } = await provider.check(olds, { ...changed, [OWNER]: olds[OWNER] });
    this.#number = this.#note({ ...olds, ...plain(inputs) });
    const { outs } = await provider.update(this.#entry.id, olds, plain(inputs));
    this.#stand(this.#entry.id, { ...plain(inputs), ...plain(outs) });
    this.#stage.journal.gone(before);
  }

  async remove(): Promise<void> {
    await this.#provider().delete(this.#entry.id, this.props);
    this.#stage.journal.gone(this.#number);
  }

  #note(props: Properties): number {
    return this.#stage.journal.making({ ...this.#entry, props: this.#shown(props) });
  }

  #stand(id: string, props: Properties): void {
    this.#entry = { ...this.#entry, id, props };
    this.#stage.journal.made(this.#number, id, this.#shown(props));
  }

  #shown(props: Properties): Properties {
    const secret = secretsOf(providerOf(this.#stage, this.#entry.type).kind);
    return Object.fromEntries(Object.entries(props).filter(([key]) => !secret.includes(key)));
  }

  /** Anew for each step: to the one that made it, a delete is the second half of a replacement. */
  #provider(): DynamicProvider {
    return providerOf(this.#stage, this.#entry.type).provider;
  }
}

/** Lives one kind through. What it made is gone afterwards, also where a step fails. */
export async function live<Context>(stage: Stage<Context>, { needs = [], changed, ...sample }: Sample): Promise<void> {
  const standing: Standing<Context>[] = [];
  try {
    stage.step(`${sample.type} before`);
    for (const [index, need] of needs.entries()) standing.unshift(await make(stage, need, ` need ${index}`));
    stage.step(`${sample.type} create`);
    const one = await make(stage, sample);
    standing.unshift(one);
    stage.step(`${sample.type} read`);
    await one.read();
    stage.step(`${sample.type} update`);
    await one.update(changed);
    stage.step(`${sample.type} read again`);
    await one.read();
  } finally {
    stage.step(`${sample.type} delete`);
    for (const one of standing) await one.remove();
    stage.step("");
  }
}

/** Removes what a run left behind. @returns how many */
export async function cleanUp<Context>(stage: Stage<Context>): Promise<number> {
  const { left } = stage.journal;
  for (const [number, { type, id, props }] of left) {
    await providerOf(stage, type).provider.delete(id, props);
    stage.journal.gone(number);
  }
  return left.length;
}

function providerOf<Context>(
  { kinds, platform }: Stage<Context>,
  type: string,
): { kind: AnyKind<Context>; provider: DynamicProvider } {
  const kind = kinds.find((one) => one.type === type);
  if (!kind) throw new Error(`no kind ${type}`);
  return { kind, provider: lifecycle(kind, async () => platform) };
}

const plain = (props: Properties | undefined): Properties =>
  Object.fromEntries(Object.entries(props ?? {}).map(([key, value]) => [key, revealSecret(value)]));
