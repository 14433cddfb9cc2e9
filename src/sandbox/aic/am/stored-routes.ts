/** What all plain configuration documents of AM share: to be read, loaded, written and deleted (aic §1.1). */
import type { Answer, Call, Route } from "../../http.ts";
import { type JsonObject, without } from "../../json.ts";
import type { Loader } from "../../load.ts";
import type { Store } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import { REALMS } from "../realms.ts";
import { revised } from "../revision.ts";
import { checkConditions, invalidAttribute, notFound } from "./dialect.ts";
import { rememberRevision, showDocument } from "./stored.ts";

/** Where a call finds its document. */
type Place = (call: Pick<Call, "params">) => readonly [collection: string, id: string];

/** Declares how a document is read, and with it that the control plane can load it. */
export function readRoute(route: Route, tenant: Tenant, path: string, place: Place): void {
  route("GET", path, (call) => readDocument(tenant.store, ...place(call)));
  loadDocument(tenant, path, place);
}

/** Lets the control plane load the document that is read at a path. */
export function loadDocument(tenant: Tenant, path: string, place: Place): void {
  const { store } = tenant;
  loadOfRealm(tenant, path, (params, body) => {
    const [collection, id] = place({ params });
    const stored = without(body, "_rev");
    rememberRevision(store, "item", stored, body._rev);
    store.put(collection, id, stored);
  });
}

/** Lets the control plane load what is read at a path of the realms that there are. */
export function loadOfRealm({ loaders }: Tenant, path: string, loader: Loader): void {
  loaders.declare(path.replace(":realm", `:realm{(?:${REALMS.join("|")})}`), loader);
}

export function readDocument(store: Store, collection: string, id: string): Answer {
  const shown = showDocument(store, collection, id);
  if (!shown) throw notFound();
  return revised(200, shown);
}

/** Creates (201 with `location`) or replaces (200). `_id` and `_type` of the body are the server's to set. */
export function writeDocument(store: Store, call: Call, collection: string, id: string, body: JsonObject): Answer {
  const before = showDocument(store, collection, id);
  checkConditions(call, before && String(before._rev));
  store.put(collection, id, body);
  const shown = showDocument(store, collection, id) ?? {};
  return before ? revised(200, shown) : revised(201, shown, { location: call.url });
}

/** Echoes what was there. */
export function deleteDocument(store: Store, call: Call, collection: string, id: string): Answer {
  const answer = readDocument(store, collection, id);
  checkConditions(call, answer.headers?.etag?.replace(/"/g, ""));
  store.delete(collection, id);
  return answer;
}

/** Refuses members that a document does not have, `_id` and `_type` aside; `_rev` is one of them (aic §1.4). */
export function allow(body: JsonObject, attributes: readonly string[]): void {
  const unknown = Object.keys(body).some((key) => key !== "_id" && key !== "_type" && !attributes.includes(key));
  if (unknown) throw invalidAttribute(attributes);
}
