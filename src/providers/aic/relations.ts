/** References between managed objects (aic §3.2). Edges have ids of their own, which mean nothing to us. */

import { isRecord } from "../../admin-api/http/json.ts";
import { segment } from "../../admin-api/http/url.ts";

/** A reference as IDM takes it. */
export type Relation = {
  /** A path: the id in it is percent-encoded (aic §15). */
  readonly _ref: string;
  readonly _refResourceCollection: string;
  readonly _refResourceId: string;
};

/** A managed type that every realm has of its own. */
export type RealmType = "aiagent" | "aiagentprivilege" | "application" | "group" | "user";

/** A collection of IDM: of a realm's managed type, or of one that all realms share. */
export type Collection = `managed/${string}_${RealmType}` | "internal/role";

/** The collection of a managed type of a realm. */
export const managed = (realm: string, type: RealmType): Collection => `managed/${realm}_${type}`;

/** Refers to an object of a collection. */
export function relation(collection: Collection, id: string): Relation {
  return { _ref: `${collection}/${segment(id)}`, _refResourceCollection: collection, _refResourceId: id };
}

/** The ids that a relation field refers to: one object, an array, or nothing. */
export function relatedIds(field: unknown): string[] {
  const list = Array.isArray(field) ? field : [field];
  return list.flatMap((edge) =>
    isRecord(edge) && typeof edge._refResourceId === "string" ? [edge._refResourceId] : [],
  );
}
