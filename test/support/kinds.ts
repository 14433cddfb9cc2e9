/** A tenant with the dynamic providers of its cloud's kinds, as the suites over all kinds need it. */

import type { AnyKind } from "../../src/providers/kind.ts";
import type { DynamicProvider } from "../../src/providers/lifecycle.ts";
import type { Tenant } from "./tenant.ts";

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

/** @throws Error when there is no kind of that name */
export function kindNamed<Context>(type: string, kinds: readonly AnyKind<Context>[]): AnyKind<Context> {
  const kind = kinds.find((candidate) => candidate.type === type);
  if (!kind) throw new Error(`no kind ${type}`);
  return kind;
}
