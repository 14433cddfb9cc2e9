/** What the Pulumi CLI knows of a stack: on which tenant it is, and its configuration. */

import { z } from "zod";
import type { Config } from "../../admin-api/settings.ts";
import { BINDING } from "../../providers/binding.ts";
import type { Recorded } from "../../providers/drift.ts";
import { type CloudName, isCloud } from "../../tenants.ts";
import { askPulumi, notAnswered } from "../pulumi.ts";

/** A binding of a stack to a tenant, as the state has it. */
export type Binding = {
  readonly platform: CloudName;
  /** The environment of PingOne that its resources name. */
  readonly environment?: string | undefined;
  /** Identity of the tenant. */
  readonly tenant: string;
  /** The stack's own id, which marks name. */
  readonly stackId: string | undefined;
  /** Its address when it was last looked at. */
  readonly origin?: string | undefined;
};

/** A client that a resource of the stack has. */
export type StateClient = { readonly platform: CloudName; readonly name: string; readonly clientId: string };

/** A resource of the stack that stands for something on a tenant. */
export type StateResource = Recorded & { readonly platform: CloudName };

/** A stack as the CLI knows it. */
export type StackState = {
  /** As its resources say; undefined for a stack that has none, see {@link selectedStack}. */
  readonly name: string | undefined;
  readonly bindings: readonly Binding[];
  /** Platforms of resources that an earlier version made, without a binding. */
  readonly unbound: readonly CloudName[];
  /** OAuth 2.0 client ids of its agents and applications. */
  readonly clients: readonly StateClient[];
  /** What it has on each cloud, secrets encrypted. */
  readonly resources: readonly StateResource[];
  /** Outputs that are no secret are plain in it, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Logical names of our resources whose creation was cut off: the tenant may have them, and the state has not. */
  readonly unfinished: readonly string[];
  /** When a run last wrote it; undefined for a stack that has none, or that cannot be read. */
  readonly written: Date | undefined;
  /** Reads the configuration; secrets are not shown. */
  readonly config: Config;
  /** Whether the configuration has a key, with its namespace: a secret, too. */
  readonly isConfigured: (key: string) => boolean;
};

/** A stack of which nothing is known. */
export const NO_STATE: StackState = {
  name: undefined,
  ...{ bindings: [], unbound: [], clients: [], resources: [], outputs: {}, unfinished: [], written: undefined },
  config: () => undefined,
  isConfigured: () => false,
};

/** The resource that stands for the stack itself, and has its outputs. */
const STACK = "pulumi:pulumi:Stack";
const TYPE = /^pulumi-nodejs:dynamic\/([^:]+):(.+)$/;

const resourceSchema = z.object({
  urn: z.string(),
  type: z.string(),
  parent: z.string().optional(),
  id: z.string().optional(),
  /** True for what a replacement still has to delete. */
  delete: z.boolean().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});
/** A stack that has never been up may have no deployment. */
const stateSchema = z.object({
  deployment: z
    .object({
      manifest: z.object({ time: z.coerce.date() }).optional().catch(undefined),
      resources: z.array(resourceSchema).optional(),
      pending_operations: z
        .array(z.object({ type: z.string(), resource: z.object({ urn: z.string(), type: z.string() }) }))
        .optional(),
    })
    .nullish(),
});
const configSchema = z.record(z.string(), z.object({ value: z.string().optional() }));

/**
 * Asks for state and configuration at the same time; both are empty where there is no such stack.
 *
 * @param options of the CLI that select the stack, e.g. `["--stack", "dev"]`
 * @param configFile of the stack. @default where the CLI looks for it
 * @throws ERR_PULUMI_CLI when the CLI cannot be asked
 */
export async function stackState(
  options: readonly string[],
  env: NodeJS.ProcessEnv,
  configFile?: string,
): Promise<StackState> {
  const file = configFile === undefined ? [] : ["--config-file", configFile];
  const [exported, settings = {}] = await Promise.all([
    answer(stateSchema, ["stack", "export", ...options], env),
    answer(configSchema, ["config", "--json", ...options, ...file], env),
  ]);
  const { resources = [], pending_operations: pending = [], manifest } = exported?.deployment ?? {};
  const ours = resources.flatMap(({ type, ...resource }) => {
    const [, platform = "", kind] = TYPE.exec(type) ?? [];
    return isCloud(platform) ? [{ ...resource, platform, kind }] : [];
  });
  const bindings = ours.flatMap(({ kind, platform, inputs, outputs }) => {
    const tenant = textOf(outputs?.tenant);
    if (kind !== BINDING || tenant === undefined) return [];
    const [environment, origin, stackId] = [inputs?.environmentId, outputs?.origin, outputs?.stackId].map(textOf);
    return [{ platform, environment, tenant, origin, stackId }];
  });
  const isBound = (platform: CloudName) => bindings.some((binding) => binding.platform === platform);
  return {
    name: resources[0]?.urn.split(":")[2],
    bindings,
    unbound: [...new Set(ours.map(({ platform }) => platform))].filter((platform) => !isBound(platform)),
    // The engine keeps the record also when a later run has made it.
    unfinished: pending.flatMap(({ type, resource: { urn, type: token } }) => {
      const isMissing = type === "creating" && TYPE.test(token) && !resources.some((other) => other.urn === urn);
      return isMissing ? [nameOf(urn)] : [];
    }),
    clients: ours.flatMap(({ urn, platform, outputs }) => {
      const clientId = textOf(outputs?.clientId);
      return clientId === undefined ? [] : [{ platform, name: nameOf(urn), clientId }];
    }),
    resources: recordedIn(resources),
    written: resources.length > 0 ? manifest?.time : undefined,
    outputs: resources.find(({ type }) => type === STACK)?.outputs ?? {},
    config: (key) => settings[key]?.value,
    isConfigured: (key) => key in settings,
  };
}

/** The resources among those of a state that stand for something on a tenant. */
export function recordedIn(resources: readonly z.infer<typeof resourceSchema>[]): StateResource[] {
  return resources.flatMap(({ urn, parent, type: token, id, inputs = {}, outputs = {}, delete: isLeaving }) => {
    const [, platform = "", kind = ""] = TYPE.exec(token) ?? [];
    if (!isCloud(platform) || kind === BINDING || id === undefined || isLeaving) return [];
    return [{ urn, parent, platform, type: `${platform}:${kind}`, name: nameOf(urn), id, inputs, outputs }];
  });
}

const listSchema = z.array(z.object({ name: z.string(), current: z.boolean().optional() }));

/**
 * The name of the stack that is selected; undefined when none is.
 *
 * @throws ERR_PULUMI_CLI when the CLI cannot be asked
 */
export async function selectedStack(options: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const list = await answer(listSchema, ["stack", "ls", "--json", ...options], env);
  return list?.find(({ current }) => current)?.name;
}

/** What the CLI answers; undefined where there is no such stack. */
async function answer<T>(
  schema: z.ZodType<T>,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<T | undefined> {
  const { data, error } = schema.optional().safeParse(await askPulumi(args, env));
  if (error) throw notAnswered(args, "JSON of a shape that is not known");
  return data;
}

/** The name of a resource in its program. */
const nameOf = (urn: string) => urn.split("::").slice(3).join("::");

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
