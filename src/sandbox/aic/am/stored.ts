/**
 * AM's configuration documents and their revisions: a hash of the content, so that the same content has the same revision
 * again, also after delete and create; another form of the same object has another one (aic §1.5).
 */
import { canonical, isObject, type JsonObject, once, sha256, without } from "../../json.ts";
import type { Entry, Store } from "../../store.ts";
import { mapped } from "../../turns.ts";

/** Revisions that came with loaded objects, by the content they belong to. */
const KNOWN = "revisions";

/** By id, in a query of its type, or in the generic list of agents. */
export type Form = "item" | "row" | "listed";

/** Revision of a content, wherever it is: equal content of two realms has an equal one. */
function revisionOf(store: Store, form: Form, body: JsonObject): string {
  const key = keyOf(form, body);
  const known = store.get(KNOWN, key)?.revision;
  return typeof known === "string" ? known : String(Number.parseInt(key.slice(0, 8), 16) | 0);
}

/** Remembers that a content has this revision. */
export function rememberRevision(store: Store, form: Form, body: JsonObject, revision: unknown): void {
  if (typeof revision === "string") store.put(KNOWN, keyOf(form, body), { revision });
}

/** The body with its revision right after the id, as AM writes it. */
export function withRevision(store: Store, form: Form, body: JsonObject): JsonObject {
  const { _id, ...rest } = without(body, "_rev");
  return { ...(_id !== undefined && { _id }), _rev: revisionOf(store, form, body), ...rest };
}

function keyOf(form: Form, body: JsonObject): string {
  return sha256(`${form} ${contentOf(body)}`);
}

const contentOf = once((body: JsonObject) => canonical(content(body)));

/** Revisions inside the body, of the linked identity for one, are no part of the content (aic §1.5). */
function content(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(content);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "_rev")
      .map(([key, inner]) => [key, content(inner)]),
  );
}

/** Stored configuration of the kinds that look the same by id and in a query: journeys, nodes, mappings, services. */
export function showDocument(store: Store, collection: string, id: string): JsonObject | undefined {
  const body = store.get(collection, id);
  return body && withRevision(store, "item", body);
}

/** All documents of a collection as the action `nextdescendents` lists them: without revisions (aic §6). */
export function descendents(store: Store, ...collections: string[]): { result: JsonObject[] } {
  return { result: collections.flatMap((name) => store.list(name).map(({ document }) => document)) };
}

/** All documents of a collection as they are shown. */
export function showAll(store: Store, collection: string): Iterable<JsonObject> {
  const show = ({ document }: Entry) => withRevision(store, "item", document);
  return mapped(store.each(collection), show);
}
