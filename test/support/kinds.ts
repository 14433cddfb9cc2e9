/** A tenant with the dynamic providers of its cloud's kinds, as the suites over all kinds need it. */

import { expect } from "vitest";
import { BINDING, bindingProvider } from "../../src/providers/binding.ts";
import { type Connections, connectedPlatform } from "../../src/providers/coalescing.ts";
import type { AnyKind, Platform } from "../../src/providers/kind.ts";
import { type DynamicProvider, lifecycle } from "../../src/providers/lifecycle.ts";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import { OWNER, sent } from "./properties.ts";
import type { Tenant } from "./tenant.ts";

/** A declared resource. */
export type Declared = { readonly type: string; readonly inputs: Properties };

export type KindTenant = Omit<Tenant, "dump"> & {
  dump(): Promise<unknown>;
  /** Environment variables that point the kit at the tenant; `url` replaces its address, for a proxy. */
  variables(url?: string): Record<string, string>;
  /**
   * The dynamic provider of a kind, connected anew: nothing that an earlier operation read is remembered.
   *
   * @param url a proxy, with a login of its own; pauses before repetitions are not waited for. @default the tenant itself
   */
  provider(type: string, url?: string): DynamicProvider;
};

/** Milliseconds in which a destroy gathers its reads: those of one turn of the event loop, since nothing of a test starts later. */
export const GATHER = 0;

/** A platform on the tenant of {@link OWNER}, whose identity costs no call. */
export function testPlatform<Context>(contexts: Connections<Context>, origin: string): Platform<Context> {
  return connectedPlatform(contexts, { origin, adopt: "never", bindTo: undefined, identity: async () => OWNER.tenant });
}

/** The dynamic provider of a kind, whose resources have {@link OWNER} if no other, or of the binding of a stack. @throws Error when there is no kind of that name */
export function testProvider<Context>(
  type: string,
  kinds: readonly AnyKind<Context>[],
  platform: Platform<Context>,
): DynamicProvider {
  const connect = async () => platform;
  if (type.endsWith(`:${BINDING}`)) return bindingProvider(type, connect);
  const provider = lifecycle(kindNamed(type, kinds), connect);
  const owned = (props: Properties) => ({ __owner: OWNER, ...props });
  return {
    ...provider,
    check: (olds, news) => provider.check(olds, owned(news)),
    create: (inputs) => provider.create(owned(inputs)),
    update: (id, olds, news) => provider.update(id, olds, owned(news)),
  };
}

/** @throws Error when there is no kind of that name */
function kindNamed<Context>(type: string, kinds: readonly AnyKind<Context>[]): AnyKind<Context> {
  const kind = kinds.find((candidate) => candidate.type === type);
  if (!kind) throw new Error(`no kind ${type}`);
  return kind;
}

/** What `check` makes of inputs that it must take. */
export async function checked(tenant: KindTenant, { type, inputs }: Declared, owner = OWNER): Promise<Properties> {
  const result = await tenant.provider(type).check(undefined, sent(inputs, owner));
  expect(result.failures).toEqual([]);
  return sent(result.inputs);
}

/** Creates a resource as the engine does. */
export async function made(
  tenant: KindTenant,
  declared: Declared,
  owner = OWNER,
): Promise<{ id: string; outs: Properties }> {
  return tenant.provider(declared.type).create(await checked(tenant, declared, owner));
}
