/**
 * The one engine behind every resource kind: check, diff, create, read, update and delete, as a Pulumi dynamic provider
 * calls them. Every write is observe -> ensure -> sync -> read back, so that a run which was killed is a normal start.
 */

import { z } from "zod";
import { noteSecret } from "../admin-api/http/redaction.ts";
import { PingAgentsError } from "../errors.ts";
import { type AdoptPolicy, adoptPolicy } from "../fields/adopt.ts";
import { type Found, isTaken, notImportable, refuseUnlessAdopted, sayAdopted } from "./adoption.ts";
import { type Difference, describeDifferences, differences } from "./differences.ts";
import { type Adoption, type AnyChange, type AnyKind, type Platform, secretsOf, type View, whereOf } from "./kind.ts";
import { knownPart } from "./known-part.ts";
import { describeMark, isOf, isOfStack, KIT, type Mark, NOBODY, OWNER, type Owner, ownerOf } from "./owner.ts";
import { project } from "./projection.ts";
import { clean, hasUnknown, markSecret, type Properties, revealSecret } from "./pulumi-values.ts";
import { requireEvidence, requireTenant } from "./tenant-identity.ts";

const PROVIDER = "__provider";
/** Version of the shape of the outputs; `__` keeps it out of displays. */
const SCHEMA = "__schema";
const SCHEMA_VERSION = 1;
/** In the outputs of a create that did not come to its end. */
const PARTIAL = "__partial";
/** In those, how the object was to be taken over. */
const ADOPTED = "__adopted";
const ADOPT = "adopt";
/** An input that only a read sets: whose the object is that stands in the place of ours. */
const REPLACED_BY = "replacedBy";
/** What the engine keeps beside inputs and outputs of a kind. */
const KEPT: readonly string[] = [PROVIDER, SCHEMA, PARTIAL, ADOPTED, ADOPT, OWNER, REPLACED_BY];

/**
 * A mistake in the inputs. The engine prints the value of the property that a failure names, and secrets are in clear here,
 * also where nobody looks for one: in a key that is misspelt, or a private member of a JWK. So the reason names the field.
 */
export type CheckFailure = { property: ""; reason: string };

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
  /** The resource that declares a natural key in this run, by its logical name. */
  const declared = new Map<string, string>();
  return {
    check: async (olds, news) => {
      const checked = check(kind, olds, news);
      const { resource } = { ...(news[OWNER] as Partial<Owner> | undefined) };
      if (resource !== undefined && !checked.failures.length && !hasUnknown(kind.id(checked.inputs)))
        declared.set(kind.id(inputsOf(kind, checked.inputs)), resource);
      return checked;
    },
    diff: async (_id, olds, news) => diff(kind, olds, news),
    create: async (props) => {
      const made = await create(kind, await connect(), props);
      sayNewSecret(kind, removed.get(made.id), made);
      return made;
    },
    read: async (id, props) => read(kind, await connect(), id, props),
    update: async (id, olds, news) => update(kind, await connect(), id, olds, news),
    assert: async (props) => {
      const platform = await connect();
      const inputs = inputsOf(kind, check(kind, undefined, props).inputs);
      const live = await kind.observe(platform.fresh, inputs, {}, undefined);
      await assertPromoted(kind, platform, inputs, live);
    },
    delete: async (id, props) => {
      const inputs = inputsOf(kind, props);
      if (!isAsserted(kind, inputs)) await remove(kind, await connect(), id, props, declared.get(kind.id(inputs)));
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

/** Makes inputs canonical, those that a preview knows as the `up` will. Calls no API. */
function check<C>(kind: AnyKind<C>, olds: Properties | undefined, props: Properties) {
  const { [PROVIDER]: _provider, [ADOPT]: adopt, [OWNER]: owner, ...news } = props;
  const failures: CheckFailure[] = [];
  const inputs = { ...parse(knownPart(kind.inputs, news), news, "", failures) };
  // The policy matters at creation only: it keeps its first value, so that changing it later is no change of the resource.
  // It matters once more where somebody replaced the object.
  const policy = olds && PROVIDER in olds && !(REPLACED_BY in olds) ? olds[ADOPT] : adopt;
  if (policy !== undefined) inputs[ADOPT] = parse(adoptPolicy, policy, ADOPT, failures);
  if (owner !== undefined) inputs[OWNER] = owner;
  return { inputs: markSecrets(kind, clean(failures.length ? { ...news, ...inputs } : inputs)), failures };
}

function parse(schema: z.core.$ZodType, value: unknown, at: string, failures: CheckFailure[]): Properties | undefined {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data as Properties;
  for (const { path, message } of result.error.issues) {
    const field = [at, ...path.map(String)].filter(Boolean).join(".");
    failures.push({ property: "", reason: [field, message].filter(Boolean).join(": ") });
  }
  return undefined;
}

/** Says only what replaces: the engine compares old with new inputs itself and so shows every property. */
function diff<C>(kind: AnyKind<C>, olds: Properties, news: Properties) {
  const changed = (key: string) =>
    !hasUnknown(news[key]) && differences(revealSecret(olds[key]), revealSecret(news[key])).length > 0;
  return { replaces: kind.immutable.filter(changed), deleteBeforeReplace: true };
}

async function create<C>(kind: AnyKind<C>, platform: Platform<C>, props: Properties) {
  const inputs = inputsOf(kind, props);
  const id = kind.id(inputs);
  const owner = requireOwner(kind, platform, props);
  await requireTenant(platform, inputs, owner, describeResource(kind, inputs));
  const observe = () => kind.observe(platform.fresh, inputs, {}, owner);
  const live = kind.ownId ? undefined : await observe();
  const fresh = { inputs, live, previous: undefined, outputs: {}, owner };
  if (isAsserted(kind, inputs)) return { id, outs: await write(kind, platform, props, fresh) };
  const found = await lookAt(kind, platform, fresh);
  const where = whereOf(kind, inputs, platform);
  const adopted = refuseUnlessAdopted(found, policyOf(props, platform), where, secretPaths(kind));
  const change = { ...fresh, adopted };
  try {
    const outs = await write(kind, platform, props, change);
    sayAdopted(found, `${kind.type} ${id}`, secretPaths(kind));
    return { id, outs };
  } catch (error) {
    const made = await observe().catch(() => UNSEEN);
    if (made === undefined) throw error;
    const whose = made === UNSEEN ? undefined : await lookAt(kind, platform, { ...change, live: made });
    if (live === undefined && isTaken(error) && whose?.whose === "own") {
      // The answer to our own create was lost and the repeated create was refused.
      return { id, outs: await write(kind, platform, props, { ...change, live: made }) };
    }
    if (live === undefined && (isTaken(error) || whose?.whose === "foreign")) throw error;
    // Recorded as partial, so that the next `up` goes on and `destroy` removes it.
    const failure = error instanceof Error ? error : new Error(String(error));
    const properties = state(kind, props, { [PARTIAL]: true, [ADOPTED]: adopted });
    throw Object.assign(failure, { id, properties, reasons: [failure.message] });
  }
}

/** The tenant could not be asked what is there. */
const UNSEEN = Symbol("unseen");

const policyOf = <C>(props: Properties, platform: Platform<C>) =>
  (props[ADOPT] as AdoptPolicy | undefined) ?? platform.adopt;

/** The owner of a resource that is written. @throws ERR_INTERNAL_VALUE when the program gave it none */
function requireOwner<C>(kind: AnyKind<C>, platform: Platform<C>, props: Properties): Owner {
  const owner = ownerOf(props);
  if (owner) return owner;
  throw new PingAgentsError("ERR_INTERNAL_VALUE", "the resource does not say who owns it", {
    where: whereOf(kind, inputsOf(kind, props), platform),
    hint: "declare it through a class of ping-agents",
  });
}

/** Whose it is that stands under the id of a resource that is created, and in what it differs where it is not ours. */
async function lookAt<C>(kind: AnyKind<C>, { fresh }: Platform<C>, { inputs, live, owner }: AnyChange): Promise<Found> {
  if (live === undefined) return { whose: "nobody" };
  if (!kind.mark) return { whose: "shared" };
  const mark = kind.mark(live, { inputs, outputs: {}, owner, inState: false });
  if (isOf(mark, owner)) return { whose: "own" };
  if (isOfStack(mark, owner)) return { whose: "stack" };
  return { whose: "foreign", mark, differences: compare(kind, inputs, await kind.decode(fresh, live, inputs, owner)) };
}

/** An object that the state knows, as it is found. */
type Standing = {
  readonly kind: Pick<AnyKind<never>, "mark">;
  readonly live: unknown;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** As the state has it. */
  readonly former: Owner | undefined;
  /** Who shall have it. @default the former */
  readonly owner?: Owner;
};

/**
 * The mark of somebody else on an object that the state knows; undefined when it is ours. One of before says nothing of
 * stacks: what this kit made belongs to whoever's state knows it, and so does what a state of before had adopted.
 */
function stranger({ kind, live, inputs, outputs, former, owner }: Standing): Mark | undefined {
  const mark = kind.mark?.(live, { inputs, outputs, owner: former, inState: true }) ?? KIT;
  if (mark.whose === "kit" || isOf(mark, former) || isOf(mark, owner)) return undefined;
  return mark.whose === "nobody" && former === undefined ? undefined : mark;
}

/**
 * Lets an object of a state of before prove the tenant, or asks for the proof that it is not.
 *
 * @throws ERR_OTHER_TENANT
 */
async function proveTenant<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  standing: Omit<Standing, "kind">,
): Promise<void> {
  const { live, inputs, outputs, former } = standing;
  if (former !== undefined || !kind.mark) return;
  const mark = live === undefined ? NOBODY : kind.mark(live, { inputs, outputs, owner: undefined, inState: true });
  if (mark.whose === "kit") platform.evidence.add();
  if (mark.whose === "nobody") await requireEvidence(platform, inputs, describeResource(kind, inputs));
}

async function update<C>(kind: AnyKind<C>, platform: Platform<C>, id: string, olds: Properties, news: Properties) {
  const inputs = inputsOf(kind, news);
  const outputs = outputsOf(kind, olds);
  const [former, owner] = [ownerOf(olds), requireOwner(kind, platform, news)];
  await requireTenant(platform, inputs, owner, describeResource(kind, inputs));
  const live = await kind.observe(platform.fresh, inputs, outputs, former);
  await proveTenant(kind, platform, { live, inputs, outputs, former });
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
  const fresh = { ...known, previous: undefined, outputs: {} };
  const found = await lookAt(kind, platform, fresh);
  const where = whereOf(kind, inputs, platform);
  const change = { ...fresh, adopted: refuseUnlessAdopted(found, policyOf(news, platform), where, secretPaths(kind)) };
  const outs = await write(kind, platform, news, change);
  sayAdopted(found, `${kind.type} ${id}`, secretPaths(kind));
  return { outs };
}

/**
 * Removes the object, if it is still the one that the state knows.
 *
 * @param heir logical name of the resource that declares the same object in this run
 */
async function remove<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  id: string,
  props: Properties,
  heir: string | undefined,
): Promise<void> {
  const [inputs, outputs, former] = [inputsOf(kind, props), outputsOf(kind, props), ownerOf(props)];
  await requireTenant(platform, inputs, former, describeResource(kind, inputs));
  if (kind.mark) {
    if (former !== undefined && heir !== undefined && heir !== former.resource) return;
    const live = await kind.observe(platform.fresh, inputs, outputs, former);
    await proveTenant(kind, platform, { live, inputs, outputs, former });
    const other = live === undefined ? undefined : stranger({ kind, live, inputs, outputs, former });
    if (other) {
      if (!isOfStack(other, former))
        console.warn(`warning: ${kind.type} ${id} is left alone: it belongs to ${describeMark(other)}`);
      return;
    }
  }
  await kind.remove(platform.fresh, inputs, outputs, former);
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
  await requireTenant(platform, inputs, former, describeResource(kind, inputs));
  const live = await kind.observe(platform.coalesced, inputs, known, former);
  await proveTenant(kind, platform, { live, inputs, outputs: known, former });
  if (live === undefined) return {};
  const other = isAsserted(kind, inputs) ? undefined : stranger({ kind, live, inputs, outputs: known, former });
  const kept = { [ADOPT]: props[ADOPT], [OWNER]: props[OWNER] };
  // What stands there is another object: nothing of it is taken for a state of ours.
  if (other) {
    const replaced = clean({ ...inputs, ...kept, [REPLACED_BY]: describeMark(other) });
    return answer(kind, id, props, replaced, known);
  }
  const view = await kind.decode(platform.coalesced, live, inputs, former);
  const seen = project(kind.inputs, inputs, view.inputs) as Properties;
  for (const key of kind.notShown ?? []) if (key in inputs) seen[key] = inputs[key];
  return answer(kind, id, props, clean({ ...seen, ...kept }), { ...known, ...view.outputs });
}

/** What a read answers. */
const answer = <C>(kind: AnyKind<C>, id: string, props: Properties, refreshed: Properties, outputs: Properties) => ({
  id,
  props: state(kind, { ...refreshed, [PROVIDER]: props[PROVIDER] }, outputs),
  inputs: markSecrets(kind, refreshed),
});

const describeResource = <C>(kind: AnyKind<C>, inputs: Properties) => `${kind.type} ${kind.id(inputs)}`;

/** What differs between the declaration and what the tenant shows of it. */
function compare<C>(kind: AnyKind<C>, inputs: Properties, view: View): Difference[] {
  const visible = (of: Properties) =>
    Object.fromEntries(Object.entries(of).filter(([key]) => !kind.notShown?.includes(key)));
  return differences(visible(inputs), visible(clean(project(kind.inputs, inputs, view.inputs)) as Properties));
}

const describe = <C>(kind: AnyKind<C>, list: readonly Difference[]) => describeDifferences(list, secretPaths(kind));

/** Whether the value at a path must not be shown. */
const secretPaths = <C>(kind: AnyKind<C>) => {
  const secrets = secretsOf(kind);
  return (path: string) => secrets.includes(path.split(".", 1)[0] ?? "");
};

/** The inputs among the properties of a resource, in clear. */
function inputsOf<C>(kind: AnyKind<C>, props: Properties): Properties {
  noteSecrets(kind, props);
  const entries = Object.entries(props).filter(([key]) => key in kind.inputs.shape);
  return Object.fromEntries(entries.map(([key, value]) => [key, revealSecret(value)]));
}

/** The outputs among the properties of a resource that are not inputs, in clear. */
function outputsOf<C>(kind: AnyKind<C>, props: Properties): Properties {
  noteSecrets(kind, props);
  const own = (key: string) => !(key in kind.inputs.shape || KEPT.includes(key));
  return Object.fromEntries(
    Object.entries(props).flatMap(([key, value]) => (own(key) ? [[key, revealSecret(value)]] : [])),
  );
}

/** The full outputs of a resource: its inputs, what the server made, and what the engine needs to find its way back. */
function state<C>(kind: AnyKind<C>, props: Properties, outputs: Properties): Properties {
  const beside = Object.fromEntries([PROVIDER, ADOPT, OWNER, REPLACED_BY].map((key) => [key, props[key]]));
  const kept = { ...inputsOf(kind, props), ...beside };
  return markSecrets(kind, clean({ ...kept, ...outputs, [SCHEMA]: SCHEMA_VERSION }));
}

/** From here on no message of this process shows the secrets of a resource. */
function noteSecrets<C>(kind: AnyKind<C>, props: Properties): void {
  for (const key of secretsOf(kind)) noteSecret(revealSecret(props[key]));
}

function markSecrets<C>(kind: AnyKind<C>, props: Properties): Properties {
  const marked = secretsOf(kind).filter(
    (key) => props[key] !== undefined && props[key] !== null && !hasUnknown(props[key]),
  );
  return { ...props, ...Object.fromEntries(marked.map((key) => [key, markSecret(revealSecret(props[key]))])) };
}
