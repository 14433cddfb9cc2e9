/** How managed objects come into the store that the control plane loads: as they are, their edges from both ends together. */
import type { JsonObject } from "../../json.ts";
import { type Loader, NotServed } from "../../load.ts";
import type { Store } from "../../store.ts";
import { connect, readTarget, refOf, relate } from "./edges.ts";
import { type ManagedRecord, nextRevision, putRecord } from "./records.ts";
import { type ManagedType, typeOfCollection } from "./types.ts";

/** Loads what is read at `/openidm/managed/:type/:id` and `/openidm/internal/:type/:id`. */
export const managedLoader =
  (store: Store): Loader =>
  ({ kind, type: name, id = "" }, body, later) => {
    const type = typeOfCollection(`${kind}/${name}`);
    if (!type) throw new NotServed(`the sandbox does not serve ${kind}/${name}`);
    const own = Object.entries(body).filter(([key]) => !type.relations.has(key) && key !== "password");
    const _rev = body._rev ?? nextRevision(store, "object");
    const secret = typeof body.password === "string" ? { secret: body.password } : {};
    const record: ManagedRecord = {
      body: { ...Object.fromEntries(own), _id: body._id ?? id, _rev },
      ...secret,
      loaded: body._rev === undefined ? "bare" : "revised",
    };
    const stored = store.find(type.collection, id)?.id ?? id;
    if (stored !== record.body._id) store.delete(type.collection, stored);
    putRecord(store, type, String(record.body._id), record);
    const given = [...type.relations.values()].filter((relation) => relation.name in body);
    for (const relation of given) relate(store, refOf(type, record.body._id), relation, []);
    later(() => connectAll(store, type, String(record.body._id), body));
  };

/** Both sides of a relation may be loaded: together they say which edges there are. */
function connectAll(store: Store, type: ManagedType, id: string, body: JsonObject): void {
  for (const relation of type.relations.values()) {
    const value = body[relation.name];
    const references = Array.isArray(value) ? value : value ? [value] : [];
    for (const reference of references) {
      connect(store, refOf(type, id), relation, readTarget(store, relation, reference, false));
    }
  }
}
