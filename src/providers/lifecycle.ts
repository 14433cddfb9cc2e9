/**
 * The one engine behind every resource kind: check, diff, create, read, update and delete, as a Pulumi dynamic provider
 * calls them. Every write is observe -> ensure -> sync -> read back, so that a run which was killed is a normal start.
 */

import { z } from "zod";
import { PingAgentsError } from "../errors.ts";
import { type AdoptPolicy, adoptPolicy } from "../fields/adopt.ts";
import { type Found, isTaken, refuseUnlessAdopted } from "./adoption.ts";
import { type Difference, describeDifferences, differences } from "./differences.ts";
import { type AnyChange, type AnyKind, type Platform, REPLACED, secretsOf, type View, whereOf } from "./kind.ts";
import { knownPart } from "./known-part.ts";
import { project } from "./projection.ts";
import { clean, hasUnknown, markSecret, type Properties, revealSecret } from "./pulumi-values.ts";

const PROVIDER = "__provider";
/** Version of the shape of the outputs; `__` keeps it out of displays. */
const SCHEMA = "__schema";
const SCHEMA_VERSION = 1;
/** In the outputs of a create that did not come to its end. */
const PARTIAL = "__partial";
const ADOPT = "adopt";

/**
 * A mistake in the inputs. The engine prints the value of the property that a failure names, and secrets are in clear here,
 * also where nobody looks for one: in a key that is misspelt, or a private member of a JWK. So the reason names the field.
 */
export type CheckFailure = { property: ""; reason: string };

/** The methods that the SDK's dynamic provider process calls; structurally `pulumi.dynamic.ResourceProvider`. */
export type DynamicProvider = {
  check(olds: Properties | undefined, news: Properties): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<{ replaces: string[]; deleteBeforeReplace: boolean }>;
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
  return {
    check: async (olds, news) => check(kind, olds, news),
    diff: async (id, olds, news) => diff(kind, id, olds, news),
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
      const live = await kind.observe(platform.fresh, inputs, {});
      await assertPromoted(kind, platform, { inputs, live, previous: undefined, outputs: {} });
    },
    delete: async (id, props) => {
      const inputs = inputsOf(kind, props);
      if (!isAsserted(kind, inputs)) await kind.remove((await connect()).fresh, inputs, outputsOf(kind, props));
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
  const { [PROVIDER]: _provider, [ADOPT]: adopt, ...news } = props;
  const failures: CheckFailure[] = [];
  const inputs = { ...parse(knownPart(kind.inputs, news), news, "", failures) };
  // The policy matters at creation only: it keeps its first value, so that changing it later is no change of the resource.
  const policy = olds && PROVIDER in olds ? olds[ADOPT] : adopt;
  if (policy !== undefined) inputs[ADOPT] = parse(adoptPolicy, policy, ADOPT, failures);
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
function diff<C>(kind: AnyKind<C>, id: string, olds: Properties, news: Properties) {
  // What the id is made of and the tenant shows differently was changed there by hand: it goes back without a replacement.
  const idWith = (key: string) => kind.id({ ...inputsOf(kind, news), [key]: revealSecret(olds[key]) });
  const isByHand = (key: string) => kind.id(inputsOf(kind, news)) === id && idWith(key) !== id;
  const changed = (key: string) =>
    !hasUnknown(news[key]) &&
    differences(revealSecret(olds[key]), revealSecret(news[key])).length > 0 &&
    !isByHand(key);
  return { replaces: kind.immutable.filter(changed), deleteBeforeReplace: true };
}

async function create<C>(kind: AnyKind<C>, platform: Platform<C>, props: Properties) {
  const inputs = inputsOf(kind, props);
  const id = kind.id(inputs);
  const live = kind.ownId ? undefined : await kind.observe(platform.fresh, inputs, {});
  const change = { inputs, live, previous: undefined, outputs: {} };
  if (isAsserted(kind, inputs)) return { id, outs: await write(kind, platform, props, change) };
  const policy = (props[ADOPT] as AdoptPolicy | undefined) ?? platform.adopt;
  const found = await lookAt(kind, platform, inputs, live);
  refuseUnlessAdopted(found, policy, whereOf(kind, inputs, platform), secretPaths(kind));
  try {
    return { id, outs: await write(kind, platform, props, change) };
  } catch (error) {
    const look = () => kind.observe(platform.fresh, inputs, {});
    const made = await look().catch(() => UNSEEN);
    if (made === undefined) throw error;
    if (live === undefined && isTaken(error) && made !== UNSEEN && kind.isOwn(made, inputs)) {
      // The answer to our own create was lost and the repeated create was refused.
      return { id, outs: await write(kind, platform, props, { ...change, live: made }) };
    }
    if (live === undefined && isTaken(error)) throw error;
    // Recorded as partial, so that the next `up` goes on and `destroy` removes it.
    const failure = error instanceof Error ? error : new Error(String(error));
    const properties = state(kind, props, { [PARTIAL]: true });
    throw Object.assign(failure, { id, properties, reasons: [failure.message] });
  }
}

/** The tenant could not be asked what is there. */
const UNSEEN = Symbol("unseen");

/** Whose it is that stands under the id, and in what it differs where somebody else made it. */
async function lookAt<C>(kind: AnyKind<C>, { fresh }: Platform<C>, inputs: Properties, live: unknown): Promise<Found> {
  if (live === undefined) return { whose: "nobody" };
  if (kind.shared) return { whose: "shared" };
  if (kind.isOwn(live, inputs)) return { whose: "own" };
  return { whose: "foreign", differences: compare(kind, inputs, await kind.decode(fresh, live, inputs)) };
}

async function update<C>(kind: AnyKind<C>, platform: Platform<C>, id: string, olds: Properties, news: Properties) {
  const inputs = inputsOf(kind, news);
  const outputs = outputsOf(kind, olds);
  const live = await kind.observe(platform.fresh, inputs, outputs);
  if (live === undefined && !olds[PARTIAL]) {
    throw new PingAgentsError("ERR_OBJECT_GONE", `${id} was deleted outside of Pulumi`, {
      where: whereOf(kind, inputs, platform),
      hint: "pulumi refresh, then pulumi up",
    });
  }
  const change = { inputs, previous: inputsOf(kind, olds), live, outputs };
  return { outs: await write(kind, platform, news, change) };
}

/** Writes, and proves by the server's own answer that what is declared is what is there. */
async function write<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  props: Properties,
  change: AnyChange,
): Promise<Properties> {
  const { inputs } = change;
  if (isAsserted(kind, inputs)) await assertPromoted(kind, platform, change);
  const written = isAsserted(kind, inputs) ? { live: change.live } : await kind.write(platform.fresh, change);
  const view = await kind.decode(platform.fresh, written.live, inputs);
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
async function assertPromoted<C>(kind: AnyKind<C>, platform: Platform<C>, { inputs, live }: AnyChange) {
  const list = live === undefined ? [] : compare(kind, inputs, await kind.decode(platform.fresh, live, inputs));
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
  const inputs = inputsOf(kind, props);
  const known = outputsOf(kind, props);
  const live = await kind.observe(platform.coalesced, inputs, known);
  if (live === undefined) return {};
  const view = await kind.decode(platform.coalesced, live, inputs);
  const seen = project(kind.inputs, inputs, view.inputs) as Properties;
  for (const key of kind.notShown ?? []) if (key in inputs) seen[key] = inputs[key];
  if (kind.trace && isReplaced(kind.trace.output, known, view)) seen[kind.trace.input] = REPLACED;
  const refreshed = clean({ ...seen, [ADOPT]: props[ADOPT] });
  return {
    id,
    props: state(kind, { ...refreshed, [PROVIDER]: props[PROVIDER] }, { ...known, ...view.outputs }),
    inputs: markSecrets(kind, refreshed),
  };
}

/** True when the tenant has another secret than the one whose trace is in the state. */
function isReplaced(trace: string, known: Properties, { outputs = {} }: View): boolean {
  return typeof known[trace] === "string" && (outputs as Properties)[trace] !== known[trace];
}

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
  const entries = Object.entries(props).filter(([key]) => key in kind.inputs.shape);
  return Object.fromEntries(entries.map(([key, value]) => [key, revealSecret(value)]));
}

/** The outputs among the properties of a resource that are not inputs, in clear. */
function outputsOf<C>(kind: AnyKind<C>, props: Properties): Properties {
  const own = (key: string) => !(key in kind.inputs.shape || [PROVIDER, SCHEMA, PARTIAL, ADOPT].includes(key));
  return Object.fromEntries(
    Object.entries(props).flatMap(([key, value]) => (own(key) ? [[key, revealSecret(value)]] : [])),
  );
}

/** The full outputs of a resource: its inputs, what the server made, and what the engine needs to find its way back. */
function state<C>(kind: AnyKind<C>, props: Properties, outputs: Properties): Properties {
  const kept = { ...inputsOf(kind, props), [PROVIDER]: props[PROVIDER], [ADOPT]: props[ADOPT] };
  return markSecrets(kind, clean({ ...kept, ...outputs, [SCHEMA]: SCHEMA_VERSION }));
}

function markSecrets<C>(kind: AnyKind<C>, props: Properties): Properties {
  const marked = secretsOf(kind).filter(
    (key) => props[key] !== undefined && props[key] !== null && !hasUnknown(props[key]),
  );
  return { ...props, ...Object.fromEntries(marked.map((key) => [key, markSecret(revealSecret(props[key]))])) };
}
