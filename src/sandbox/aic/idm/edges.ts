/** Relations between managed objects. An edge is stored once and seen from both ends (aic §3.1, §3.2). */
import { ApiError } from "../../errors.ts";
import { isObject, type JsonObject } from "../../json.ts";
import type { Entry, Store } from "../../store.ts";
import { nextRevision } from "./records.ts";
import { type ManagedType, type Relation, typeOfCollection } from "./types.ts";

const EDGES = "edges";

/** One end: the object `managed/alpha_user/<id>` and the property there that shows the edge. */
type End = { readonly ref: string; readonly property: string | null };

type Edge = {
  readonly ends: readonly [End, End];
  /** `_id`, `_rev` and what else stands in `_refProperties`. */
  readonly properties: JsonObject & { _id: string; _rev: string };
};

/** A reference as it is read. */
export type Reference = {
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

/** The references that a property of an object shows, oldest first. */
export function referencesOf(store: Store, ref: string, property: string): Reference[] {
  return edgesAt(store, ref, property).map(({ document }) => reference(document, ref, property));
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
  store.put(EDGES, key, { ends: both, properties } satisfies Edge, [both[0].ref, both[1].ref]);
  return true;
}

/** Takes away one edge. @returns whether there was one */
export function disconnect(store: Store, ref: string, relation: Relation, target: Target): boolean {
  return store.delete(EDGES, keyOf(ends(ref, relation, target)));
}

/** Takes away all edges of an object that goes. */
export function disconnectAll(store: Store, ref: string): void {
  for (const { id } of store.mentioning(EDGES, ref)) store.delete(EDGES, id);
}

/**
 * Reads a written reference. Both `_ref` and `_refResourceCollection` with `_refResourceId` are understood.
 * @param validated whether the object must exist and be of the right type
 * @throws {ApiError} 400 `The referenced relationship '…', does not exist` (aic §3.7)
 */
export function readTarget(store: Store, relation: Relation, value: unknown, validated: boolean): Target {
  const said = isObject(value) ? value : {};
  const path = typeof said._ref === "string" ? said._ref : `${said._refResourceCollection}/${said._refResourceId}`;
  const collection = path.slice(0, path.lastIndexOf("/"));
  const id = decoded(path.slice(path.lastIndexOf("/") + 1));
  const found = store.find(collection, id);
  if (validated && relation.validate && !(relation.collections.includes(collection) && found)) {
    throw new ApiError(400, `The referenced relationship '${path}', does not exist`);
  }
  const properties = isObject(said._refProperties) ? said._refProperties : {};
  return { collection, id: found?.id ?? id, properties };
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

function edgesAt(store: Store, ref: string, property: string): Entry<Edge>[] {
  const shows = ({ document }: Entry<Edge>) =>
    document.ends.some((end) => end.ref === ref && end.property === property);
  return store.mentioning<Edge>(EDGES, ref).filter(uniqueId).filter(shows);
}

/** An edge from an object to itself is mentioned twice. */
function uniqueId(entry: Entry<Edge>, index: number, all: Entry<Edge>[]): boolean {
  return all.findIndex(({ id }) => id === entry.id) === index;
}

function reference({ ends: [one, other], properties }: Edge, ref: string, property: string): Reference {
  const far = (one.ref === ref && one.property === property ? other : one).ref;
  const slash = far.lastIndexOf("/");
  return {
    _ref: far,
    _refResourceCollection: far.slice(0, slash),
    _refResourceId: far.slice(slash + 1),
    _refProperties: properties,
  };
}

function ends(ref: string, { name, reverse }: Relation, { collection, id }: Target): [End, End] {
  return [
    { ref, property: name },
    { ref: `${collection}/${id}`, property: reverse ?? null },
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
    const type = typeOfCollection(ref.slice(0, ref.lastIndexOf("/")));
    if (type?.relations.get(property)?.many !== false) continue;
    for (const { id } of edgesAt(store, ref, property)) store.delete(EDGES, id);
  }
}
