/** What the PingOne kinds work with: environments, names, locks, and reads that may or may not be shared. */

import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName, type PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import type { PingOneTenant } from "../../admin-api/pingone/tenant.ts";
import { utcDay } from "../../fields/undeclared-access.ts";
import { type Connections, connections, createLocks, type Exclusively, SharedLists } from "../coalescing.ts";
import { Gathering } from "../gathering.ts";
import type { Mark } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import { Names } from "./names.ts";

/** The connection of the PingOne kinds. */
export type PingOneContext = {
  readonly tenant: PingOneTenant;
  /** Names and ids of an environment. @param id UUID. @default the environment of the settings */
  names(id: string | undefined): Names;
  environment(id: string | undefined): PingOneEnvironment;
  /** All applications. */
  applications(environment: string | undefined): Promise<readonly PingOneObject[]>;
  /** An application, or undefined. */
  application(environment: string | undefined, id: string): Promise<PingOneObject | undefined>;
  /** A resource, or undefined. */
  resource(environment: string | undefined, id: string): Promise<PingOneObject | undefined>;
  /** The object with this name as it is now, or undefined. */
  named(
    environment: string | undefined,
    collection: "applications" | "resources",
    name: string,
  ): Promise<PingOneObject | undefined>;
  /** The metadata of an application; empty when there is none. */
  metadata(environment: PingOneEnvironment, application: string): Promise<Properties>;
  /** Whose applications are, by id, as this process saw them last. */
  readonly marks: Map<string, Mark>;
  /** The rows of a collection. @param key tells the collection from all others */
  rows(key: string, collection: PingOneCollection): Promise<readonly PingOneObject[]>;
  /** What takes more than one call to list. @param key tells it from all others */
  shared<T>(key: string, list: () => Promise<readonly T[]>): Promise<readonly T[]>;
  /** Today in UTC, as `YYYY-MM-DD`: the day on which allowed access may have expired. */
  today(): string;
  readonly exclusively: Exclusively;
};

/**
 * The connections to PingOne.
 *
 * @param today for tests
 * @param gather milliseconds in which a destroy gathers its reads, for tests. @default 20
 */
export function pingOneContexts(
  tenant: PingOneTenant,
  today = (): string => utcDay(),
  gather?: number,
): Connections<PingOneContext> {
  const lists = new SharedLists();
  const environment = (id: string | undefined) => tenant.environment(id);
  const known = new Map<string, Names>();
  const names = (id: string | undefined) => {
    const where = environment(id);
    const found = known.get(where.id) ?? new Names(where);
    known.set(where.id, found);
    return found;
  };
  const locks = createLocks();
  const common = { tenant, names, environment, marks: new Map<string, Mark>(), exclusively: locks, today };
  const named: PingOneContext["named"] = (env, collection, name) => names(env).find(collection, name);
  const fresh: PingOneContext = {
    ...common,
    named,
    applications: (env) => environment(env).applications.list(),
    application: (env, id) => environment(env).applications.get(id),
    resource: (env, id) => environment(env).resources.get(id),
    metadata: (env, id) => env.metadata(id),
    rows: (_key, collection) => collection.list(),
    shared: (_key, list) => list(),
  };
  const gathering = new Gathering(gather);
  const gatheredFrom = (key: string, id: string, collection: PingOneCollection) =>
    gathering.read(key, id, {
      get: (one) => collection.get(one),
      list: (_ids, most) => collection.listUpTo(most),
    });
  /** What no list answers is read once by all who wait for it. */
  const once = async <T>(key: string, get: () => Promise<T>) => (await gathering.read(key, "", { get })) as T;
  const gathered: PingOneContext = {
    ...common,
    named,
    applications: fresh.applications,
    application: (env, id) => gatheredFrom(`${env} applications`, id, environment(env).applications),
    resource: (env, id) => gatheredFrom(`${env} resources`, id, environment(env).resources),
    metadata: (env, id) => once(`${env.id} metadata ${id}`, () => env.metadata(id)),
    rows: (key, collection) => once(key, () => collection.list()),
    shared: once,
  };
  const listed = async (env: string | undefined, collection: "applications" | "resources") => {
    const { id, [collection]: all } = environment(env);
    return lists.get(`${id} ${collection}`, () => all.list());
  };
  const coalesced: PingOneContext = {
    ...common,
    applications: (env) => listed(env, "applications"),
    application: async (env, id) => (await listed(env, "applications")).find((row) => row.id === id),
    resource: async (env, id) => (await listed(env, "resources")).find((row) => row.id === id),
    named: async (env, collection, name) => (await listed(env, collection)).find(hasName(name)),
    metadata: async (env, id) =>
      (await lists.get(`${env.id} metadata ${id}`, async () => [await env.metadata(id)]))[0] ?? {},
    rows: (key, collection) => lists.get(key, () => collection.list()),
    shared: (key, list) => lists.get(key, list),
  };
  return connections({ fresh, gathered, coalesced }, lists);
}
