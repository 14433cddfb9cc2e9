/** Where PingOne objects lie in the store, and what every one of them has. */
import { randomUUID } from "node:crypto";
import type { JsonObject } from "../json.ts";
import type { Store } from "../store.ts";
import type { Tenant } from "../tenant.ts";
import { mapped } from "../turns.ts";
import { absent } from "./dialect.ts";

/** A stored object: what a read shows, without `_links`. */
export type Document = JsonObject & { readonly id: string };

/** Collection in the store for a path below the environment, e.g. `applications` or `applications/<id>/grants`. */
export const collectionOf = (path: string) => `pingone/${path}`;

/** Id of the one document of a collection that is no list: a secret, metadata. */
export const ONLY = "current";

export const timestamp = ({ clock }: Tenant) => new Date(clock.now()).toISOString();

/** The object, or the answer 404. */
export function found(store: Store, path: string, id: string | undefined, what: string): Document {
  const document = id === undefined ? undefined : store.get<Document>(collectionOf(path), id);
  if (!document) throw absent(what);
  return document;
}

export function listed(store: Store, path: string): Document[] {
  return store.list<Document>(collectionOf(path)).map(({ document }) => document);
}

/** As {@link listed}, one by one, so that others may write in between. */
export function eachListed(store: Store, path: string): Iterable<Document> {
  return mapped(store.each<Document>(collectionOf(path)), ({ document }) => document);
}

/** Stores a new object with the id and times that the server gives it. */
export function insert(tenant: Tenant, path: string, environmentId: string, body: JsonObject): Document {
  const now = timestamp(tenant);
  const id = randomUUID();
  const document = { id, environment: { id: environmentId }, ...body, createdAt: now, updatedAt: now };
  tenant.store.put(collectionOf(path), id, document);
  return document;
}

/** Replaces what the caller may change; id, environment and the time of creation stay. */
export function replace(tenant: Tenant, path: string, live: Document, body: JsonObject): Document {
  const { id, environment, createdAt } = live;
  const document = { id, environment, ...body, createdAt, updatedAt: timestamp(tenant) };
  tenant.store.put(collectionOf(path), id, document);
  return document;
}

/** Deletes an object with everything below it. */
export function removeTree(store: Store, path: string, id: string): void {
  store.delete(collectionOf(path), id);
  const below = `${collectionOf(`${path}/${id}`)}/`;
  for (const collection of store.collections().filter((name) => name.startsWith(below))) {
    for (const child of store.list(collection)) store.delete(collection, child.id);
  }
}
