/** The base of all our Pulumi resources: a custom resource whose `__provider` is a constant pointer to the kit's own code. */

import * as pulumi from "@pulumi/pulumi";
import type { AdoptPolicy } from "../fields/adopt.ts";
import { BINDING, type Bound } from "../providers/binding.ts";
import { OWNER } from "../providers/owner.ts";
import { SCHEMA } from "../providers/state.ts";
import { isCloud, namedTenant } from "../tenants.ts";
import { foresee } from "./foresight.ts";
import { lookedAt } from "./held.ts";
import { isBeingMade, QuietResource } from "./quiet.ts";
import { mapValues } from "./settings.ts";
import { stackConfig } from "./stack-config.ts";

/** A value that may be an output at any depth. */
export type DeepInput<T> = pulumi.Input<
  T extends readonly (infer Item)[]
    ? readonly DeepInput<Item>[]
    : T extends object
      ? { [Key in keyof T]: DeepInput<T[Key]> }
      : T
>;

/** Arguments of a resource: each field may be an output, an absent one may be `undefined`. */
export type Args<Inputs> = {
  readonly [Key in keyof Inputs]: DeepInput<Inputs[Key]> | (undefined extends Inputs[Key] ? undefined : never);
} & {
  /** What to do when the object exists already. @default the stack's `ping-agents:adopt`, else `never` */
  readonly adopt?: AdoptPolicy | undefined;
};

/** What the SDK's provider process loads. Constant for ever: it stands in the state of every stack, and `destroy` runs it. */
const pointer = (type: string) =>
  `exports.handler=()=>require("node:module").createRequire(process.cwd()+"/")("ping-agents/provider").provider(${JSON.stringify(type)})`;

/**
 * The SDK writes each argument into a label before it registers the resource. One that JavaScript cannot write, such as scopes
 * of which one is named `toString`, goes in as an output, which the SDK does not try to write.
 */
function writable(value: unknown): unknown {
  try {
    String(value);
    return value;
  } catch (error) {
    return error instanceof TypeError ? pulumi.output(value) : value;
  }
}

/** Names of what an instance may have. */
type Properties = { readonly inputs: readonly string[]; readonly outputs: readonly string[] };

/** Options of parts that are shown. */
const shownParts = new WeakSet<object>();

/** Options of a part that its component shows as a whole: it has all properties. Of other parts nobody reads an input. */
export function shown(options: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  shownParts.add(options);
  return options;
}

/** A resource of this kit; `resourceClass` makes its subclasses. */
export abstract class PingResource extends QuietResource {
  /**
   * @param type e.g. `aic:AiAgent`
   * @param properties what the instance shall have; a part of a component has its outputs alone
   * @param secrets those of them that are secret
   */
  protected constructor(
    type: string,
    name: string,
    args: object,
    { inputs, outputs }: Properties,
    secrets: readonly string[],
    options?: pulumi.CustomResourceOptions,
  ) {
    const isPart = options !== undefined && isBeingMade(options.parent) && !shownParts.has(options);
    const declared = Object.fromEntries([...(isPart ? [] : inputs), ...outputs].map((key) => [key, undefined]));
    // An id is the natural key: what is made before the old one goes would be the old one, also where a user forces it.
    const always = { additionalSecretOutputs: [...secrets], deleteBeforeReplace: true };
    const given = mapValues({ ...args }, (_key, value) => writable(value));
    const props = { ...given, [OWNER]: ownerOf(type, name, args) };
    const made = { ...declared, ...props, [SCHEMA]: undefined, __provider: pointer(type) };
    const kept = isPart ? [...outputs, SCHEMA] : undefined;
    super(`pulumi-nodejs:dynamic/${type}`, name, made, pulumi.mergeOptions(options, always), kept);
    foresee({ resource: this, type, args: props, trace: Reflect.get(this, SCHEMA) });
  }
}

/** Binds the stack to the tenant: made of its own accord before the first resource of a platform (decision 0002). */
class StackBinding extends QuietResource {
  declare readonly stackId: pulumi.Output<Bound["stackId"]>;
  declare readonly tenant: pulumi.Output<Bound["tenant"]>;

  constructor(type: string, name: string, args: object) {
    const outputs = { stackId: undefined, tenant: undefined, origin: undefined };
    // All others wait for its outputs: what stops the program stops it before the first of them.
    const options = { dependsOn: lookedAt().then(() => []) };
    super(`pulumi-nodejs:dynamic/${type}`, name, { ...outputs, ...args, __provider: pointer(type) }, options);
  }
}

/** The bindings of a program, by platform and environment. Programs of one process have a monitor each. */
const bindings = new WeakMap<object, Map<string, StackBinding>>();

/** @param environmentId of PingOne, where it is not that of the settings */
function bindingOf(platform: string, environmentId: string | undefined): StackBinding {
  const monitor = pulumi.runtime.getMonitor() ?? bindings;
  const known = bindings.get(monitor) ?? new Map<string, StackBinding>();
  bindings.set(monitor, known);
  const name = ["tenant", ...(environmentId === undefined ? [] : [environmentId])].join("/");
  const key = `${platform}/${name}`;
  if (![...known.keys()].some((other) => other.startsWith(`${platform}/`))) sayUnchecked(platform);
  const args = environmentId === undefined ? {} : { environmentId };
  const binding = known.get(key) ?? new StackBinding(`${platform}:${BINDING}`, name, args);
  known.set(key, binding);
  return binding;
}

/**
 * Says in a preview without an account what it does not check; nothing but a write needs one.
 *
 * @throws ERR_OTHER_TENANT where two tenants are said, ERR_SETTING_INVALID
 */
function sayUnchecked(platform: string): void {
  if (!pulumi.runtime.isDryRun() || !isCloud(platform)) return;
  const { missing } = namedTenant(platform, { env: process.env, config: stackConfig });
  if (missing)
    void pulumi.log.warn(`neither the tenant nor names on it are checked in this preview\n${missing.message}`);
}

/** Who owns a resource: the stack by its id, and the resource by its name. The binding comes first, since this is its output. */
function ownerOf(type: string, resource: string, { environmentId }: { environmentId?: unknown }): object {
  const [platform = ""] = type.split(":", 1);
  const { stackId, tenant } = bindingOf(platform, typeof environmentId === "string" ? environmentId : undefined);
  const name = `${pulumi.getProject()}/${pulumi.getStack()}`;
  return { stack: stackId, name, resource, tenant: environmentId ?? tenant };
}
