/**
 * What the connections of all platforms share: there is one per process, reads that arrive together are answered by one list,
 * writers take turns.
 */

import type { Config } from "../admin-api/settings.ts";
import { stackAdoptPolicy } from "./adoption.ts";
import { Evidence } from "./evidence.ts";
import type { Platform } from "./kind.ts";
import type { Properties } from "./pulumi-values.ts";
import { confirmedIdentity, tenantSetting } from "./tenant-identity.ts";

/** Milliseconds for which a list of a collection answers the reads of a refresh. */
const LIST_LIFE = 10_000;

/** Lists that are kept for some seconds. Never for reads that lead to a write. */
export class SharedLists {
  readonly #lists = new Map<string, Promise<readonly unknown[]>>();

  /** Lists a collection, or shares the list that somebody else has just asked for under the same key. */
  get<T>(key: string, list: () => Promise<readonly T[]>): Promise<readonly T[]> {
    let known = this.#lists.get(key);
    if (!known) {
      known = list();
      this.#lists.set(key, known);
      const forget = () => this.#lists.delete(key);
      known.then(() => setTimeout(forget, LIST_LIFE).unref(), forget);
    }
    return known as Promise<readonly T[]>;
  }

  clear(): void {
    this.#lists.clear();
  }
}

/** The connections of a platform: for whatever leads to a write, for deletes, and for refresh. */
export type Connections<Context> = Pick<Platform<Context>, "fresh" | "gathered" | "coalesced">;

/** All of them. Who asks for the fresh one is about to write: what was listed before is old from then on. */
export function connections<Context>(
  { fresh, ...others }: Connections<Context>,
  lists: SharedLists,
): Connections<Context> {
  return {
    get fresh() {
      lists.clear();
      return fresh;
    },
    ...others,
  };
}

/**
 * The platform, connected when it is first asked for; every later answer is the same one, so that all resources share tokens,
 * limits, names and locks.
 *
 * @param connect makes no call. @throws ERR_SETTING_MISSING, ERR_SETTING_INVALID, each time it is asked anew
 * @param identityOf what the tenant says of itself; undefined when that is nothing
 */
export function connectOnce<Tenant extends { readonly origin: string }, Context>(
  connect: (config: Config) => Tenant,
  contexts: (tenant: Tenant) => Connections<Context>,
  identityOf: (tenant: Tenant, inputs: Properties) => Promise<string | undefined>,
): (config: Config) => Promise<Platform<Context>> {
  let platform: Platform<Context> | undefined;
  return async (config) => {
    if (platform) return platform;
    const adopt = stackAdoptPolicy(config);
    const tenant = connect(config);
    const { origin } = tenant;
    const bindTo = tenantSetting(process.env, config);
    const identity = async (inputs: Properties) => confirmedIdentity(await identityOf(tenant, inputs), bindTo, origin);
    platform = connectedPlatform(contexts(tenant), { origin, adopt, bindTo, identity });
    return platform;
  };
}

/** A platform at the start of a run. @param evidence @default nothing of the tenant was seen yet */
export function connectedPlatform<Context>(
  contexts: Connections<Context>,
  settings: Pick<Platform<Context>, "origin" | "adopt" | "bindTo" | "identity">,
  evidence = new Evidence(),
): Platform<Context> {
  return Object.assign(contexts, { ...settings, binding: { anew: false }, evidence });
}

/** Runs writers of one remote document one after the other. */
export type Exclusively = <T>(document: string, task: () => Promise<T>) => Promise<T>;

export function createLocks(): Exclusively {
  const locks = new Map<string, Promise<unknown>>();
  return <T>(document: string, task: () => Promise<T>): Promise<T> => {
    const turn = (locks.get(document) ?? Promise.resolve()).then(task, task);
    locks.set(document, turn);
    return turn;
  };
}
