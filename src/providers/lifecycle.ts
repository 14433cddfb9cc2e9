/**
 * The one engine behind every resource kind: check, diff, create, read, update and delete, as a Pulumi dynamic provider
 * calls them. Every write is observe -> ensure -> sync -> read back, so that a run which was killed is a normal start.
 */

import { PingAgentsError } from "../errors.ts";
import type { AdoptPolicy } from "../fields/adopt.ts";
import { isTaken, notImportable } from "./adoption.ts";
import { type CheckFailure, check } from "./check.ts";
import { requireCheckpoint } from "./checkpoint.ts";
import { compare, describe } from "./comparison.ts";
import { Declared } from "./declared.ts";
import { foresee } from "./foresight.ts";
import { replacedBy } from "./immutable.ts";
import {
  type Adoption,
  type AnyChange,
  type AnyKind,
  type Platform,
  REPLACED,
  resourceName,
  secretsOf,
  type View,
  whereOf,
} from "./kind.ts";
import { end, leavingOf } from "./on-remove.ts";
import { describeMark, isOfStack, OWNER, ownerOf } from "./owner.ts";
import { type Claim, claim, policyOf, proveTenant, requireOwner, stranger } from "./ownership.ts";
import { project } from "./projection.ts";
import { clean, type Properties, revealSecret } from "./pulumi-values.ts";
import { ADOPT, ADOPTED, inputsOf, markSecrets, outputsOf, PARTIAL, PROVIDER, REPLACED_BY, state } from "./state.ts";
import { requireTenant } from "./tenant-identity.ts";
import { ownMistake } from "./together.ts";

/** The methods that the SDK's dynamic provider process calls; structurally `pulumi.dynamic.ResourceProvider`. */
export type DynamicProvider = {
  check(olds: Properties | undefined, news: Properties): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  /** `changes` only where the engine's own comparison of the inputs does not tell. */
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes?: boolean; replaces?: string[]; deleteBeforeReplace?: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
  /** Not of Pulumi: proves that the tenant has this already, for static configuration outside development. Writes nothing. */
  assert(inputs: Properties): Promise<void>;
  /** Not of Pulumi: takes note of a resource that a preview declares, and that others may name. */
  announce(props: Properties): Promise<void>;
  /** Not of Pulumi: what would stop the write of a resource that a preview creates or changes. Writes nothing. */
  foresee(props: Properties, isNew: boolean): Promise<unknown[]>;
};

/**
 * The dynamic provider of one kind.
 *
 * @param connect gives the platform; called by every operation that needs the network, so that a missing setting is a
 *   clear error each time
 */
export function lifecycle<Context>(kind: AnyKind<Context>, connect: () => Promise<Platform<Context>>): DynamicProvider {
  /** What this process has removed, by id: to the provider a replacement is a delete and a create. */
  const removed = new Map<string, Properties>();
  const declared = new Declared(kind);
  return {
    check: async (olds, news) => {
      declared.add(news);
      return check(kind, olds, news);
    },
    diff: async (id, olds, news) => {
      declared.hold(news, olds);
      return diff(kind, id, olds, news);
    },
    create: async (props) => {
      const made = await declared.located(props, async () => create(kind, await connect(), props, declared));
      declared.make(props, made.outs);
      sayNewSecret(kind, removed.get(made.id), made);
      return made;
    },
    read: async (id, props) => read(kind, await connect(), id, props),
    update: async (id, olds, news) => {
      const updated = await declared.located(news, async () => update(kind, await connect(), id, olds, news, declared));
      declared.hold(news, updated.outs);
      return updated;
    },
    assert: async (props) => {
      const platform = await connect();
      const inputs = inputsOf(kind, check(kind, undefined, props).inputs);
      const live = await kind.observe(platform.fresh, inputs, {}, undefined);
      await assertPromoted(kind, platform, inputs, live);
    },
    announce: async (props) => {
      declared.add(props);
      const platform = await connect();
      kind.announce?.(platform.coalesced, inputsOf(kind, check(kind, undefined, props).inputs));
    },
    foresee: async (props, isNew) => foresee(kind, await connect(), props, isNew, declared),
    delete: async (id, props) => {
      const inputs = inputsOf(kind, props);
      if (isAsserted(kind, inputs) || (kind.mark && declared.isInherited(props))) return;
      await declared.located(props, async () => remove(kind, await connect(), id, props));
      removed.set(id, props);
    },
  };
}

/** Says that what was made anew has another secret than before: whoever uses the old one has to be told. */
function sayNewSecret<C>(
  kind: AnyKind<C>,
  before: Properties | undefined,
  { id, outs }: { id: string; outs: Properties },
): void {
  const secret = (from: Properties, key: string) => revealSecret(from[key]) ?? undefined;
  const isNew = (key: string) =>
    before && secret(before, key) !== undefined && secret(before, key) !== secret(outs, key);
  const renewed = secretsOf(kind).filter(isNew);
  if (renewed.length)
    console.warn(`warning: ${kind.type} ${id} was made anew and has a new secret: ${renewed.join(", ")}`);
}

/** Says only what replaces: the engine compares old with new inputs itself and so shows every property. */
function diff<C>(kind: AnyKind<C>, id: string, olds: Properties, news: Properties) {
  // What the id is made of and the tenant shows differently was changed there by hand: it goes back without a replacement.
  const idWith = (key: string) => kind.id({ ...inputsOf(kind, news), [key]: revealSecret(olds[key]) });
  const isByHand = (key: string) => kind.id(inputsOf(kind, news)) === id && idWith(key) !== id;
  const replaces = replacedBy(kind.immutable, olds, news).filter((key) => !isByHand(key));
  return { replaces, deleteBeforeReplace: true };
}

async function create<C>(kind: AnyKind<C>, platform: Platform<C>, props: Properties, declared: Declared<C>) {
  if (kind.remembered) requireCheckpoint(kind.type);
  const inputs = inputsOf(kind, props);
  const id = kind.id(inputs);
  const owner = requireOwner(kind, platform, props);
  await requireTenant(platform, inputs, owner, resourceName(kind, inputs));
  const observe = () => kind.observe(platform.fresh, inputs, {}, owner);
  const live = kind.refusesTaken && policyOf(props, platform) === "never" ? undefined : await observe();
  const change = { inputs, live, previous: undefined, outputs: {}, owner };
  if (isAsserted(kind, inputs)) return { id, outs: await write(kind, platform, props, change) };
  const { adopted, say } = await claim(kind, platform, props, change, declared).then(
    resumed(policyOf(props, platform)),
  );
  const attempt = async (to: Parameters<typeof write>[3], { say }: Pick<Claim, "say">) => {
    const outs = await write(kind, platform, props, to);
    say();
    return { id, outs };
  };
  try {
    return await attempt({ ...change, adopted }, { say });
  } catch (error) {
    const refused = live === undefined && isTaken(error);
    const made = await observe().catch((failure: unknown) => {
      if (refused) throw failure;
      return UNSEEN;
    });
    if (made === undefined) throw error;
    // Nobody looked before, somebody was faster, or the answer to our own create was lost and the repeated one refused.
    const isThere = live === undefined && made !== UNSEEN;
    const there = isThere ? await claim(kind, platform, props, { ...change, live: made }, declared) : undefined;
    // Recorded as partial, so that the next `up` goes on and `destroy` removes it.
    const recorded = (cause: unknown) => {
      const failure = ownMistake(cause);
      const properties = state(kind, props, { [PARTIAL]: true, [ADOPTED]: (there ?? { adopted }).adopted });
      return Object.assign(failure, { id, properties, reasons: [failure.message] });
    };
    if (!refused || !there) throw recorded(error);
    // Where it was a part of our own object that was refused, and not the object, that is refused again.
    return attempt({ ...change, live: made, adopted: there.adopted }, there).catch((again: unknown) => {
      throw recorded(again);
    });
  }
}

/** Of what is ours and in no state, a run that took it over may have been cut off: what its policy leaves alone stays as it is. */
const resumed = (policy: AdoptPolicy) => (claimed: Claim) =>
  claimed.isOwn && policy !== "never" ? { ...claimed, adopted: policy } : claimed;

/** The tenant could not be asked what is there. */
const UNSEEN = Symbol("unseen");

async function update<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  id: string,
  olds: Properties,
  news: Properties,
  declared: Declared<C>,
) {
  const inputs = inputsOf(kind, news);
  const outputs = outputsOf(kind, olds);
  const [former, owner] = [ownerOf(olds), requireOwner(kind, platform, news)];
  await requireTenant(platform, inputs, owner, resourceName(kind, inputs));
  const live = await kind.observe(platform.fresh, inputs, outputs, former);
  if (!isAsserted(kind, inputs)) await proveTenant(kind, platform, { live, inputs, outputs, former });
  // Bound anew: what was made on the former tenant is not missing on this one.
  const isElsewhere = former !== undefined && former.tenant !== owner.tenant && !isAsserted(kind, inputs);
  if (live === undefined && isElsewhere) return { outs: (await create(kind, platform, news, declared)).outs };
  if (live === undefined && !olds[PARTIAL]) {
    throw new PingAgentsError("ERR_OBJECT_GONE", `${id} was deleted outside of Pulumi`, {
      where: whereOf(kind, inputs, platform),
      hint: "pulumi refresh, then pulumi up",
    });
  }
  const adopted = olds[PARTIAL] ? (olds[ADOPTED] as Adoption | undefined) : undefined;
  const known = { inputs, previous: inputsOf(kind, olds), live, outputs, owner, adopted };
  if (live === undefined || isAsserted(kind, inputs)) return { outs: await write(kind, platform, news, known) };
  if (stranger({ kind, live, inputs, outputs, former, owner }) === undefined)
    return { outs: await write(kind, platform, news, known) };
  // It stands in the place of ours: a create that finds something, as far as the policy is concerned.
  const change = { ...known, previous: undefined, outputs: {} };
  const taken = await claim(kind, platform, news, change, declared);
  const outs = await write(kind, platform, news, { ...change, adopted: taken.adopted });
  taken.say();
  return { outs };
}

/** Removes the object, if it is still the one that the state knows. */
async function remove<C>(kind: AnyKind<C>, platform: Platform<C>, id: string, props: Properties): Promise<void> {
  const [inputs, outputs, former] = [inputsOf(kind, props), outputsOf(kind, props), ownerOf(props)];
  await requireTenant(platform, inputs, former, resourceName(kind, inputs));
  let live: unknown;
  if (kind.mark) {
    // What is left is written, from what was read of it alone.
    const context = leavingOf(kind, inputs) ? platform.fresh : platform.gathered;
    live = await kind.observe(context, inputs, outputs, former);
    await proveTenant(kind, platform, { live, inputs, outputs, former });
    const other = live === undefined ? undefined : stranger({ kind, live, inputs, outputs, former });
    if (other) {
      if (!isOfStack(other, former))
        console.warn(`warning: ${kind.type} ${id} is left alone: it belongs to ${describeMark(other)}`);
      return;
    }
  }
  await end(kind, platform.fresh, { inputs, outputs, owner: former, live });
}

/** Writes, and proves by the server's own answer that what is declared is what is there. */
async function write<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  props: Properties,
  change: AnyChange,
): Promise<Properties> {
  const { inputs, owner } = change;
  if (isAsserted(kind, inputs)) await assertPromoted(kind, platform, inputs, change.live);
  const written = isAsserted(kind, inputs) ? { live: change.live } : await kind.write(platform.fresh, change);
  const view = await kind.decode(platform.fresh, written.live, inputs, owner);
  const list = compare(kind, inputs, view);
  if (list.length) {
    throw new PingAgentsError(
      "ERR_NOT_APPLIED",
      `the tenant took the change and holds something else:\n    ${describe(kind, list)}`,
      {
        where: whereOf(kind, inputs, platform),
        hint: "look for a second writer or a policy of the tenant, then pulumi up",
      },
    );
  }
  return state(kind, props, { ...view.outputs, ...written.outputs });
}

const isAsserted = <C>(kind: AnyKind<C>, { tier }: Properties) => Boolean(kind.promoted) && tier !== "development";

/** @throws ERR_STATIC_CONFIGURATION when the tenant does not have what is declared and a write is not allowed */
async function assertPromoted<C>(kind: AnyKind<C>, platform: Platform<C>, inputs: Properties, live: unknown) {
  const list =
    live === undefined ? [] : compare(kind, inputs, await kind.decode(platform.fresh, live, inputs, undefined));
  if (live !== undefined && list.length === 0) return;
  const what = live === undefined ? "it does not exist" : `it differs:\n    ${describe(kind, list)}`;
  throw new PingAgentsError(
    "ERR_STATIC_CONFIGURATION",
    `static configuration of a ${inputs.tier} tenant cannot be written, and ${what}`,
    {
      where: whereOf(kind, inputs, platform),
      hint: "promote this from development first, then pulumi up",
    },
  );
}

async function read<C>(kind: AnyKind<C>, platform: Platform<C>, id: string, props: Properties) {
  const [inputs, known, former] = [inputsOf(kind, props), outputsOf(kind, props), ownerOf(props)];
  if (Object.keys(inputs).length === 0) throw notImportable(`${kind.type} ${id}`);
  await requireTenant(platform, inputs, former, resourceName(kind, inputs));
  const live = await kind.observe(platform.coalesced, inputs, known, former);
  const standing = { live, inputs, outputs: known, former };
  if (!isAsserted(kind, inputs)) await proveTenant(kind, platform, standing);
  if (live === undefined) return {};
  const other = isAsserted(kind, inputs) ? undefined : stranger({ kind, ...standing });
  const kept = { [ADOPT]: props[ADOPT], [OWNER]: props[OWNER] };
  // What stands there is another object: nothing of it is taken for a state of ours.
  if (other) {
    const replaced = clean({ ...inputs, ...kept, [REPLACED_BY]: describeMark(other) });
    return answer(kind, id, props, replaced, known);
  }
  const view = await kind.decode(platform.coalesced, live, inputs, former);
  const seen = project(kind.inputs, inputs, view.inputs) as Properties;
  for (const key of kind.notShown ?? []) if (key in inputs) seen[key] = inputs[key];
  if (kind.trace && isReplaced(kind.trace.output, known, view)) seen[kind.trace.input] = REPLACED;
  return answer(kind, id, props, clean({ ...seen, ...kept }), { ...known, ...view.outputs });
}

/** True when the tenant has another secret than the one whose trace is in the state. */
function isReplaced(trace: string, known: Properties, { outputs = {} }: View): boolean {
  return typeof known[trace] === "string" && (outputs as Properties)[trace] !== known[trace];
}

/** What a read answers. */
const answer = <C>(kind: AnyKind<C>, id: string, props: Properties, refreshed: Properties, outputs: Properties) => ({
  id,
  props: state(kind, { ...refreshed, [PROVIDER]: props[PROVIDER] }, outputs),
  inputs: markSecrets(kind, refreshed),
});
