/** The clouds that the sandbox plays: nothing beside their folders knows one by name, but for this file. */
import type { JWK } from "jose";
import { aic } from "./aic/index.ts";
import { serviceAccountOf } from "./aic/service-account.ts";
import type { Cloud, Seed } from "./cloud.ts";
import { pingOneAddresses, pingOneIdentity } from "./pingone/environment-settings.ts";
import { pingOne } from "./pingone/index.ts";
import type { RuleTable } from "./refusals.ts";
import type { Store } from "./store.ts";

export const CLOUDS: readonly Cloud[] = [aic, pingOne];

/** The rules of all their token services, by the name under which the control plane lists them. */
export const RULE_TABLES: Readonly<Record<string, RuleTable>> = Object.fromEntries(
  CLOUDS.flatMap(({ rules }) => Object.entries(rules)),
);

/** What callers log in with: read from the data folder, or made. It outlives resets. @param key of a new service account */
export async function loginsOf(store: Store, key?: JWK) {
  return { serviceAccount: await serviceAccountOf(store, key), pingone: pingOneIdentity(store) };
}

export type Logins = Awaited<ReturnType<typeof loginsOf>>;

/** The logins with the addresses to which they belong. @param url origin of the sandbox */
export function loginsAt({ serviceAccount, pingone }: Logins, url: string) {
  return { serviceAccount, pingone: { ...pingone, ...pingOneAddresses(url) } };
}

/** Empties the tenant down to what is always there. */
export function empty(store: Store): void {
  store.transaction(() => {
    for (const collection of store.collections().filter((name) => !name.startsWith("sandbox/"))) {
      for (const { id } of store.list(collection)) store.delete(collection, id);
    }
    for (const { setUp } of CLOUDS) setUp(store);
  });
}

/** Empties the tenant and puts in what every demonstration needs. */
export function seed(store: Store, wanted: Seed): void {
  store.transaction(() => {
    empty(store);
    for (const cloud of CLOUDS) cloud.seed(store, wanted);
  });
}
