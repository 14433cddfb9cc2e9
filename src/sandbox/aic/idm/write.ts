/** Writing managed objects: create, replace, patch and delete, with their relations, in one revision (aic §3). */
import { ApiError, Gap } from "../../errors.ts";
import { type JsonObject, presentIn, same, without } from "../../json.ts";
import type { Store } from "../../store.ts";
import { createdProperties, unsetProperties } from "./default-properties.ts";
import {
  connect,
  disconnect,
  disconnectAll,
  readTarget,
  referencesOf,
  refOf,
  relate,
  sayable,
  type Target,
} from "./edges.ts";
import { accountFor, loadedVirtualsOf, stillValid } from "./loaded-virtuals.ts";
import { applyPlain, type Operation } from "./patch.ts";
import { enforce } from "./policies.ts";
import { type ManagedRecord, nextRevision, putRecord } from "./records.ts";
import { type ManagedType, managedType, type Relation } from "./types.ts";

/** What a write made of an object. */
export type Written = { readonly record: ManagedRecord; readonly changed: boolean };

/** Attributes that the server adds to a service account (aic §11.3). */
const SERVICE_ACCOUNT_LIMITS = { maxCachingTime: "15", maxIdleTime: "15", maxSessionTime: "15", quotaLimit: "5" };

/** Creates an object; all its relations may come in the same body (aic §3.7). */
export function create(store: Store, type: ManagedType, id: string, given: JsonObject): Written {
  const body = { ...given, _id: id };
  enforce(store, type, id, body, [...type.required]);
  const limits = type.name === "svcacct" ? SERVICE_ACCOUNT_LIMITS : {};
  const own = { ...unsetProperties(type), ...createdProperties(type, body), ...limits, ...ownProperties(type, body) };
  const record = save(store, type, id, { own, secret: secretIn(type, body), loadedVirtuals: {} });
  for (const [relation, value] of relationsIn(type, body))
    relate(store, refOf(type, id), relation, targets(store, relation, value));
  return { record, changed: true };
}

/** Replaces the plain properties; relations that the body leaves out stay (aic §3.7). */
export function replace(
  store: Store,
  type: ManagedType,
  id: string,
  before: ManagedRecord,
  given: JsonObject,
): Written {
  const body = { ...given, _id: id };
  enforce(store, type, id, body, [...type.required]);
  const secret = secretIn(type, body) ?? before.secret;
  const loadedVirtuals = loadedVirtualsOf(store, type, before);
  const moved = new Set<string>();
  for (const [relation, value] of relationsIn(type, body))
    if (relate(store, refOf(type, id), relation, targets(store, relation, value))) moved.add(relation.name);
  return finish(store, type, id, before, { own: ownProperties(type, body), secret, loadedVirtuals }, moved);
}

/** Applies patch operations in their order. */
export function patch(
  store: Store,
  type: ManagedType,
  id: string,
  before: ManagedRecord,
  operations: Operation[],
): Written {
  const own = structuredClone(ownProperties(type, before.body));
  const plain: string[] = [];
  const loadedVirtuals = loadedVirtualsOf(store, type, before);
  const moved = new Set<string>();
  let secret = before.secret;
  for (const operation of operations) {
    const [property = ""] = operation.pointer;
    if (property === "_id" || property === "_rev") throw new Gap(`patch of ${property}`);
    if (type.virtuals.has(property)) continue;
    const relation = type.relations.get(property);
    if (relation) {
      if (patchRelation(store, type, before, loadedVirtuals, relation, operation)) moved.add(property);
    } else if (isSecret(type, property))
      secret = operation.operation === "remove" ? undefined : String(operation.value);
    else {
      applyPlain(own, operation);
      plain.push(property);
    }
  }
  const checked = Object.fromEntries(plain.map((property) => [property, own[property]]));
  enforce(
    store,
    type,
    id,
    checked,
    [...type.required].filter((property) => plain.includes(property)),
  );
  return finish(store, type, id, before, { own, secret, loadedVirtuals }, moved);
}

/** Removes an object with its edges; the privileges of an agent's identity go with it (aic §2.7). */
export function remove(store: Store, type: ManagedType, id: string): void {
  const ref = refOf(type, id);
  if (type.unit === "aiagent") {
    const privilege = managedType(`${type.realm}_aiagentprivilege`);
    for (const { _refResourceId } of referencesOf(store, ref, "privileges")) {
      if (privilege) remove(store, privilege, _refResourceId);
    }
  }
  disconnectAll(store, ref);
  store.delete(type.collection, id);
}

/** What an object is made of beside its id and revision. */
type Content = { readonly own: JsonObject; readonly secret: string | undefined; readonly loadedVirtuals: JsonObject };

/** Stores the object, by default under a new revision. */
function save(
  store: Store,
  type: ManagedType,
  id: string,
  { own, secret, loadedVirtuals }: Content,
  revision: unknown = nextRevision(store, "object"),
): ManagedRecord {
  const body = { _id: id, _rev: revision, ...without(own, "_id", "_rev") };
  const hasLoaded = Object.keys(loadedVirtuals).length > 0;
  const record: ManagedRecord = { body, ...(secret !== undefined && { secret }), ...(hasLoaded && { loadedVirtuals }) };
  putRecord(store, type, id, record);
  return record;
}

/**
 * Stores what an update made. What it unset is shown as unset, in types that show everything; an object that predates a
 * property keeps lacking it. A write that changes nothing keeps the revision (aic §1.5). */
function finish(
  store: Store,
  type: ManagedType,
  id: string,
  before: ManagedRecord,
  content: Content,
  moved: ReadonlySet<string>,
): Written {
  const { secret } = content;
  const own = { ...presentIn(before.body, unsetProperties(type)), ...content.own };
  const loadedVirtuals = stillValid(type, content.loadedVirtuals, moved);
  const unchanged = moved.size === 0 && secret === before.secret && same(own, ownProperties(type, before.body));
  if (!unchanged) return { record: save(store, type, id, { own, secret, loadedVirtuals }), changed: true };
  return { record: save(store, type, id, { own, secret, loadedVirtuals }, before.body._rev), changed: false };
}

/** The properties that are stored with the object. */
function ownProperties(type: ManagedType, body: JsonObject): JsonObject {
  const foreign = (key: string) => type.relations.has(key) || type.virtuals.has(key) || isSecret(type, key);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !/^_(id|rev|type)$/.test(key) && !foreign(key)));
}

function isSecret(type: ManagedType, property: string): boolean {
  return type.properties[property]?.isProtected === true;
}

function secretIn(type: ManagedType, body: JsonObject): string | undefined {
  const name = Object.keys(body).find((key) => isSecret(type, key));
  const value = name === undefined ? undefined : body[name];
  return typeof value === "string" ? value : undefined;
}

function relationsIn(type: ManagedType, body: JsonObject): [Relation, unknown][] {
  return [...type.relations.values()]
    .filter(({ name }) => name in body)
    .map((relation) => [relation, body[relation.name]]);
}

/** The targets that the value of a relation property names; null and [] name none. */
function targets(store: Store, relation: Relation, value: unknown): Target[] {
  return valuesOf(value).map((one) => sayable(readTarget(store, relation, one, true)));
}

function valuesOf(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** `/owners/-` adds a reference, `/owners/0` is the one at a place. */
function patchElement(
  store: Store,
  ref: string,
  relation: Relation,
  element: string,
  { operation, value }: Operation,
): boolean {
  if (!relation.many) throw new ApiError(400, `${relation.name} is no array`);
  const add = () => {
    const [target] = targets(store, relation, [value]);
    if (target && connect(store, ref, relation, target)) return true;
    throw new ApiError(412, `Duplicate relationship specified: ${relation.name}`);
  };
  if (element === "-" && operation !== "remove") return add();
  const reference = /^\d+$/.test(element) ? referencesOf(store, ref, relation.name)[Number(element)] : undefined;
  if (!reference) throw new ApiError(400, `No element ${element} in ${relation.name}`);
  if (operation !== "remove" && operation !== "replace") throw new Gap(`${operation} of ${relation.name}/${element}`);
  disconnect(store, ref, relation, readTarget(store, relation, reference, false));
  return operation === "replace" ? add() : true;
}

/** @returns whether the relation moved */
function patchRelation(
  store: Store,
  type: ManagedType,
  before: ManagedRecord,
  loadedVirtuals: JsonObject,
  relation: Relation,
  operation: Operation,
): boolean {
  const ref = refOf(type, before.body._id);
  const [, element, ...deeper] = operation.pointer;
  if (deeper.length) throw new Gap(`patch inside a reference of ${relation.name}`);
  if (element !== undefined) return patchElement(store, ref, relation, element, operation);
  if (operation.operation === "remove") {
    if (operation.value === undefined) return relate(store, ref, relation, []);
    return valuesOf(operation.value)
      .map((value) => disconnect(store, ref, relation, readTarget(store, relation, value, false)))
      .some(Boolean);
  }
  if (operation.operation === "increment") throw new ApiError(400, `${relation.name} is no number`);
  enforce(store, type, String(before.body._id), { [relation.name]: operation.value });
  const wanted = targets(store, relation, operation.value);
  const isNews = before.loaded === "bare" || !accountFor(store, type, loadedVirtuals, relation, wanted);
  return relate(store, ref, relation, wanted) && isNews;
}
