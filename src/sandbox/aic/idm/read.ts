/** How a managed object is read: the fields asked for, relations and computed properties among them. */
import { isObject, type JsonObject, memberOf } from "../../json.ts";
import type { Reads } from "../../reads.ts";
import { placeOf, type Reference, referencesOf, refOf } from "./edges.ts";
import type { ManagedRecord } from "./records.ts";
import { type ManagedType, typeOfCollection, type Virtual } from "./types.ts";

/** The value of `_fields`, or of nothing when it is absent. */
export function fieldsOf(query: URLSearchParams): string[] | undefined {
  const fields = query
    .get("_fields")
    ?.split(",")
    .map((field) => field.trim().replace(/^\//, ""))
    .filter(Boolean);
  return fields?.length ? fields : undefined;
}

/**
 * The object as an answer shows it. `_id` and `_rev` are always there, relations only when a field names them
 * (aic §1.3).
 * @param fields `name`, `*` (all that is returned by default), `*_ref` (all relations), `owners/userName`, `owners/*`
 */
export function view(store: Reads, type: ManagedType, record: ManagedRecord, fields?: readonly string[]): JsonObject {
  if (!fields) return wholeBody(store, type, record);
  const { body } = record;
  const shown: JsonObject = { _id: body._id, _rev: body._rev };
  for (const field of fields) {
    if (field === "*") Object.assign(shown, wholeBody(store, type, record));
    else if (field === "*_ref")
      for (const name of type.relations.keys()) shown[name] = relationValue(store, type, body._id, name);
    else showField(store, type, record, field, shown);
  }
  return shown;
}

/** What filter and order look at: the named properties, relations aside. */
export function plainView(
  store: Reads,
  type: ManagedType,
  record: ManagedRecord,
  names: readonly string[],
): JsonObject {
  const plain = names.filter((name) => !type.relations.has(name));
  return view(store, type, record, plain);
}

/** Everything that is returned by default. */
function wholeBody(store: Reads, type: ManagedType, record: ManagedRecord): JsonObject {
  const { body, loaded } = record;
  if (loaded) return { ...body };
  const computed = [...type.virtuals.values()].map((virtual) => [
    virtual.name,
    virtualValue(store, type, record, virtual),
  ]);
  return { ...body, ...Object.fromEntries(computed) };
}

/** One property, stored or computed; undefined when the object does not have it. */
function propertyOf(store: Reads, type: ManagedType, record: ManagedRecord, name: string): unknown {
  const virtual = type.virtuals.get(name);
  return virtual && !record.loaded ? virtualValue(store, type, record, virtual) : memberOf(record.body, name);
}

function showField(store: Reads, type: ManagedType, record: ManagedRecord, field: string, shown: JsonObject): void {
  const [head = "", ...rest] = field.split("/");
  const relation = type.relations.get(head);
  if (!relation) {
    const whole = propertyOf(store, type, record, head);
    const value = rest.reduce(memberOf, whole);
    if (value !== undefined) nest(shown, [head, ...rest], value);
    return;
  }
  const references = relationValue(store, type, record.body._id, head);
  const wanted = rest.length ? [rest.join("/")] : [];
  shown[head] = Array.isArray(references)
    ? references.map((one, index) => merge(shown[head], index, expand(store, one, wanted)))
    : references && merge([shown[head]], 0, expand(store, references, wanted));
}

/** Fields of the object at the other end, beside the reference. */
function expand(store: Reads, reference: Reference, fields: string[]): JsonObject {
  const far = typeOfCollection(reference._refResourceCollection);
  const record = far && store.get<ManagedRecord>(far.collection, reference._refResourceId);
  if (!far || !record || fields.length === 0) return reference;
  return { ...view(store, far, record, fields), _refResourceRev: record.body._rev, ...reference };
}

function merge(list: unknown, index: number, value: JsonObject): JsonObject {
  const before = Array.isArray(list) ? list[index] : undefined;
  return isObject(before) ? { ...before, ...value } : value;
}

function nest(target: JsonObject, [head = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner = target[head];
  const next = isObject(inner) ? inner : {};
  target[head] = next;
  nest(next, rest, value);
}

/** An array of references, or one or null. */
function relationValue(store: Reads, type: ManagedType, id: unknown, name: string): Reference[] | Reference | null {
  const references = referencesOf(store, refOf(type, id), name);
  return type.relations.get(name)?.many ? references : (references[0] ?? null);
}

/** A computed property: what was loaded, or what follows from the relations as they are now. */
function virtualValue(
  store: Reads,
  type: ManagedType,
  { body, loadedVirtuals }: ManagedRecord,
  virtual: Virtual,
): unknown {
  return loadedVirtuals && virtual.name in loadedVirtuals
    ? loadedVirtuals[virtual.name]
    : compute(store, type, body._id, virtual);
}

function compute(store: Reads, type: ManagedType, id: unknown, { paths, fields, flat, many }: Virtual): unknown {
  const values: unknown[] = [];
  for (const path of paths) {
    for (const reference of follow(store, refOf(type, id), path)) {
      const { _refResourceCollection, _refResourceId, _ref } = reference;
      const body = store.get<ManagedRecord>(_refResourceCollection, _refResourceId)?.body;
      if (!body) continue;
      const picked = Object.fromEntries(fields.filter((field) => field in body).map((field) => [field, body[field]]));
      const place = { _rev: body._rev, _refResourceCollection, _refResourceId, _ref };
      values.push(...(flat ? Object.values(picked) : [{ ...picked, ...place }]));
    }
  }
  if (many) return [...new Set(values)];
  return values[0] ?? (flat ? null : {});
}

function follow(store: Reads, ref: string, [head, ...rest]: readonly string[]): Reference[] {
  if (head === undefined) return [];
  const references = referencesOf(store, ref, head);
  return rest.length ? references.flatMap((one) => follow(store, placeOf(one), rest)) : references;
}
