/**
 * Loaded objects may be partial: they show computed properties (`agentID`, `subjectIDs`) and not the relations behind them. What
 * was loaded holds until one of these relations moves, and a reference that it accounts for already is nothing new.
 */
import type { JsonObject } from "../../json.ts";
import type { Store } from "../../store.ts";
import { referencesOf, refOf, type Target } from "./edges.ts";
import type { ManagedRecord } from "./records.ts";
import type { ManagedType, Relation, Virtual } from "./types.ts";

/** The computed properties of which a loaded object shows more than its relations, before a write. */
export function loadedVirtualsOf(
  store: Store,
  type: ManagedType,
  { body, loaded, loadedVirtuals }: ManagedRecord,
): JsonObject {
  if (!loaded) return loadedVirtuals ?? {};
  const ref = refOf(type, body._id);
  const isUnknown = ({ name, paths }: Virtual) =>
    name in body && paths.every(([relation = ""]) => referencesOf(store, ref, relation).length === 0);
  const kept = [...type.virtuals.values()].filter(isUnknown);
  return Object.fromEntries(kept.map(({ name }) => [name, body[name]]));
}

/** What still holds once relations have moved. */
export function stillValid(type: ManagedType, virtuals: JsonObject, moved: ReadonlySet<string>): JsonObject {
  const holds = (name: string) => !type.virtuals.get(name)?.paths.some(([relation = ""]) => moved.has(relation));
  return Object.fromEntries(Object.entries(virtuals).filter(([name]) => holds(name)));
}

/** Whether what was loaded says that a relation pointed at these targets already. */
export function accountFor(
  store: Store,
  type: ManagedType,
  virtuals: JsonObject,
  relation: Relation,
  targets: readonly Target[],
): boolean {
  const telling = [...type.virtuals.values()].filter(
    ({ name, fields, paths }) =>
      name in virtuals && fields.includes("_id") && paths.some(([head]) => head === relation.name),
  );
  return (
    telling.length > 0 && telling.every((virtual) => agrees(store, virtuals[virtual.name], virtual, relation, targets))
  );
}

function agrees(
  store: Store,
  value: unknown,
  { paths }: Virtual,
  { name }: Relation,
  targets: readonly Target[],
): boolean {
  const known = new Set((Array.isArray(value) ? value : [value]).map(idOf));
  const reached = paths
    .filter(([head]) => head === name)
    .flatMap(([, next]) =>
      targets.flatMap((target) => (next === undefined ? [target.id] : behind(store, target, next))),
    );
  return reached.every((id) => known.has(id));
}

function behind(store: Store, { collection, id }: Target, relation: string): string[] {
  return referencesOf(store, `${collection}/${id}`, relation).map(({ _refResourceId }) => _refResourceId);
}

function idOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "_id" in value ? value._id : value;
}
