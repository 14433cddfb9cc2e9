/** Relations between managed objects. An edge is stored once and seen from both ends (aic §3.1, §3.2). */
import { ApiError } from "../../errors.ts";
import { isObject, type JsonObject } from "../../json.ts";
import type { Reads } from "../../reads.ts";
import type { Entry, Store } from "../../store.ts";
import { SETTINGS } from "../../tenant.ts";
import { mapped } from "../../turns.ts";
import { nextRevision } from "./records.ts";
import { type ManagedType, type Relation, typeOfCollection } from "./types.ts";

const EDGES = "edges";

/** One end: the object `managed/alpha_user/<id>`, the id as it is, and the property there that shows the edge. */
type End = { readonly ref: string; readonly property: string | null };

type Edge = {
  readonly ends: readonly [End, End];
  /** `_id`, `_rev` and what else stands in `_refProperties`. */
  readonly properties: JsonObject & { _id: string; _rev: string };
};

/** A reference as it is read. */
export type Reference = {
  /** A path: the id in it is percent-encoded (aic §15). */
  readonly _ref: string;
  readonly _refResourceCollection: string;
  readonly _refResourceId: string;
  readonly _refProperties: JsonObject & { _id: string; _rev: string };
};

/** Where a written reference points, and what it says about the edge. */
export type Target = { readonly collection: string; readonly id: string; readonly properties: JsonObject };

/** Reference to the object: `managed/alpha_user/<id>`. */
export function refOf(type: ManagedType, id: unknown): string {
  return `${type.collection}/${id}`;
}

/** The object at which a reference points, as {@link refOf} says it. */
export function placeOf({ _refResourceCollection, _refResourceId }: Reference): string {
  return `${_refResourceCollection}/${_refResourceId}`;
}

/** The object at which a written reference points, as {@link refOf} says it. */
export function placeAt({ collection, id }: Target): string {
  return `${collection}/${id}`;
}

/** The references that a property of an object shows, oldest first. */
export function referencesOf(store: Reads, ref: string, property: string): Reference[] {
  return edgesAt(store, ref, property).map(({ document }) => reference(document, ref, property));
}

/** As {@link referencesOf}, one by one after a place in their order. */
export function relatedEach(store: Store, ref: string, property: string, after: number): Iterable<Entry<Reference>> {
  const edges = store.eachMentioning<Edge>(EDGES, nameOf({ ref, property }), after);
  return mapped(edges, (edge) => ({ ...edge, document: reference(edge.document, ref, property) }));
}

/**
 * Makes a relation point at exactly these targets. Edges that stay keep their ids.
 * @returns whether anything changed
 */
export function relate(store: Store, ref: string, relation: Relation, targets: Target[]): boolean {
  const wanted = new Set(targets.map((target) => keyOf(ends(ref, relation, target))));
  const gone = edgesAt(store, ref, relation.name).filter(({ id }) => !wanted.has(id));
  for (const { id } of gone) store.delete(EDGES, id);
  const added = targets.filter((target) => connect(store, ref, relation, target));
  return gone.length + added.length > 0;
}

/** Adds one edge, or changes what is said about it. @returns whether anything changed */
export function connect(store: Store, ref: string, relation: Relation, target: Target): boolean {
  const both = ends(ref, relation, target);
  const key = keyOf(both);
  const known = store.get<Edge>(EDGES, key);
  if (known && adds(target.properties, known.properties)) return false;
  if (!known) makeRoom(store, both);
  const _id = known?.properties._id ?? nextRevision(store, "edge");
  const properties = { _id, _rev: nextRevision(store, "edge"), ...target.properties };
  store.put(EDGES, key, { ends: both, properties } satisfies Edge, mentionsOf(both));
  return true;
}

/** Takes away one edge. @returns whether there was one */
export function disconnect(store: Store, ref: string, relation: Relation, target: Target): boolean {
  return store.delete(EDGES, keyOf(ends(ref, relation, target)));
}

/** Takes away all edges of an object that goes. */
export function disconnectAll(store: Store, ref: string): void {
  store.deleteMentioning(EDGES, ref);
}

/**
 * Reads a written reference. Both `_ref` and `_refResourceCollection` with `_refResourceId` are understood.
 * @param validated whether the object must exist and be of the right type
 * @throws {ApiError} 400 `The referenced relationship '…', does not exist` (aic §3.7)
 */
export function readTarget(store: Store, relation: Relation, value: unknown, validated: boolean): Target {
  const said = isObject(value) ? value : {};
  const path = typeof said._ref === "string" ? said._ref : `${said._refResourceCollection}/${said._refResourceId}`;
  const [collection, id] = typeof said._ref === "string" ? targetOf(path) : split(path);
  const found = store.find(collection, id);
  if (validated && relation.validate && !(relation.collections.includes(collection) && found)) {
    throw new ApiError(400, `The referenced relationship '${path}', does not exist`);
  }
  const properties = isObject(said._refProperties) ? said._refProperties : {};
  return { collection, id: found?.id ?? id, properties };
}

/** What a path refers to; its last segment is the id. */
function targetOf(path: string): [collection: string, id: string] {
  const slash = path.lastIndexOf("/");
  return [path.slice(0, slash), decoded(path.slice(slash + 1))];
}

/** A collection has two segments, `managed/alpha_group`; the id may hold a slash of its own. */
function split(ref: string): [collection: string, id: string] {
  const [kind, type, ...id] = ref.split("/");
  return [`${kind}/${type}`, id.join("/")];
}

/** Ids stand percent-encoded in references; text that is no encoding stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a write says about an edge; the server's own members are no change. */
export function sayable({ collection, id, properties }: Target): Target {
  const { _id, _rev, ...said } = properties;
  return { collection, id, properties: said };
}

function edgesAt(store: Reads, ref: string, property: string): Entry<Edge>[] {
  return store.mentioning<Edge>(EDGES, nameOf({ ref, property }));
}

/** The name under which the edges of one property are found: an object can have thousands in another one. */
function nameOf({ ref, property }: End): string {
  return `${property ?? ""} ${ref}`;
}

/** All names of an edge: the objects, for what deletes them, and the properties that show it. */
function mentionsOf(both: readonly [End, End]): string[] {
  return both.flatMap((end) => [end.ref, nameOf(end)]);
}

/** Gives the edges of a data folder of before the names by which they are found today. */
export function mentionEnds(store: Store): void {
  if (store.get(SETTINGS, "edges")) return;
  store.transaction(() => {
    for (const { id, document } of store.list<Edge>(EDGES)) store.put(EDGES, id, document, mentionsOf(document.ends));
    store.put(SETTINGS, "edges", { namedBy: "property" });
  });
}

function reference({ ends: [one, other], properties }: Edge, ref: string, property: string): Reference {
  const far = (one.ref === ref && one.property === property ? other : one).ref;
  const [collection, id] = split(far);
  return {
    _ref: `${collection}/${encodeURIComponent(id)}`,
    _refResourceCollection: collection,
    _refResourceId: id,
    _refProperties: properties,
  };
}

function ends(ref: string, { name, reverse }: Relation, target: Target): [End, End] {
  return [
    { ref, property: name },
    { ref: placeAt(target), property: reverse ?? null },
  ];
}

/** The same text from either end. */
function keyOf(both: readonly [End, End]): string {
  return both
    .map(({ ref, property }) => `${ref}#${property ?? ""}`)
    .sort()
    .join("|");
}

/** True when an edge already has everything that a write says about it. */
function adds(said: JsonObject, known: JsonObject): boolean {
  return Object.entries(said).every(([key, value]) => JSON.stringify(known[key]) === JSON.stringify(value));
}

/** A property that holds one reference loses it when it gets another, from whichever end. */
function makeRoom(store: Store, both: readonly [End, End]): void {
  for (const { ref, property } of both) {
    if (property === null) continue;
    const type = typeOfCollection(split(ref)[0]);
    if (type?.relations.get(property)?.many !== false) continue;
    for (const { id } of edgesAt(store, ref, property)) store.delete(EDGES, id);
  }
}
