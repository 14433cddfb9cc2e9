/** What the PingOne kinds work with: environments, names, locks, and reads that may or may not be shared. */

import { type PingOneCollection, type PingOneObject, wasLost } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import type { PingOneTenant } from "../../admin-api/pingone/tenant.ts";
import { createLocks, type Exclusively, type ListReader, listReader } from "../coalescing.ts";
import { Names } from "./names.ts";

/** The connection of the PingOne kinds. */
export type PingOneContext = {
  readonly tenant: PingOneTenant;
  /** Names and ids of an environment. @param id UUID. @default the environment of the settings */
  names(id: string | undefined): Names;
  environment(id: string | undefined): PingOneEnvironment;
  /** An application, or undefined. */
  application(environment: string | undefined, id: string): Promise<PingOneObject | undefined>;
  /** A resource, or undefined. */
  resource(environment: string | undefined, id: string): Promise<PingOneObject | undefined>;
  readonly exclusively: Exclusively;
};

/** Both connections to PingOne: `fresh` for whatever leads to a write, `coalesced` for refresh. */
export function pingOneContexts(tenant: PingOneTenant): { fresh: PingOneContext; coalesced: PingOneContext } {
  const exclusively = createLocks();
  const read = listReader();
  const environment = (id: string | undefined) => tenant.environment(id);
  const known = new Map<string | undefined, Names>();
  const names = (id: string | undefined) => {
    const found = known.get(id) ?? new Names(environment(id));
    known.set(id, found);
    return found;
  };
  return {
    fresh: {
      ...{ tenant, names, environment, exclusively },
      application: (env, id) => environment(env).applications.get(id),
      resource: (env, id) => environment(env).resources.get(id),
    },
    coalesced: {
      ...{ tenant, names, environment, exclusively },
      application: (env, id) => listed(read, `applications ${env}`, environment(env).applications, id),
      resource: (env, id) => listed(read, `resources ${env}`, environment(env).resources, id),
    },
  };
}

const listed = (read: ListReader, key: string, collection: PingOneCollection, id: string) =>
  read(
    key,
    id,
    () => collection.list(),
    (row: PingOneObject) => row.id,
  );

/**
 * Creates an object, also when the answer is lost: PingOne has no idempotency key, so what the call may have made is looked
 * for by what tells it from others (contract pingone 3.4).
 */
export async function createOnce<T>(create: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!wasLost(error)) throw error;
    const made = await find().catch(() => undefined);
    if (made === undefined) throw error;
    return made;
  }
}
