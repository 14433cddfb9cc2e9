/** Promotion: the static configuration of one tenant in the place of another one's, as it goes from development upwards. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CLOUDS } from "./clouds.ts";
import { SandboxError } from "./errors.ts";
import { Store } from "./store.ts";
import { DATABASE } from "./store-file.ts";

/** Documents by their ids, by collection, in the order in which they were made. */
export const promotion = z.record(z.string(), z.array(z.tuple([z.string(), z.record(z.string(), z.unknown())])));
type Promotion = z.infer<typeof promotion>;

const isStatic = (collection: string) => CLOUDS.some((cloud) => cloud.isStatic?.(collection));

/** The static configuration of a tenant. */
export function promotable(store: Store): Promotion {
  const collections = store.collections().filter(isStatic);
  return Object.fromEntries(
    collections.map((name) => [name, store.list(name).map(({ id, document }) => [id, document])]),
  );
}

/**
 * {@link promotable} of the tenant in a data folder.
 *
 * @throws {SandboxError} `ERR_SANDBOX_DATA_IN_USE` while it runs, `ERR_SANDBOX_DATA` when there is none
 */
export function promotableIn(folder: string): Promotion {
  if (!existsSync(join(folder, DATABASE)))
    throw new SandboxError("ERR_SANDBOX_DATA", `there is no tenant in ${folder}`, {
      hint: "name the data folder of a tenant that was started with --data",
    });
  const store = new Store(folder);
  try {
    return promotable(store);
  } finally {
    store.close();
  }
}

/**
 * Puts it in the place of what a tenant has, whole or not at all. Dynamic configuration stays: clients, agents, identities, ESVs.
 *
 * @returns false where something in it is not static, and nothing was done
 */
export function promote(store: Store, configuration: Promotion): boolean {
  if (!Object.keys(configuration).every(isStatic)) return false;
  store.transaction(() => {
    for (const name of store.collections().filter(isStatic))
      for (const { id } of store.list(name)) store.delete(name, id);
    for (const [name, documents] of Object.entries(configuration))
      for (const [id, document] of documents) store.put(name, id, document);
  });
  return true;
}
