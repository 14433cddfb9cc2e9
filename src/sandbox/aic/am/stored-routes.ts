/** The acts that all plain configuration documents of AM share: read, write, delete (aic §1.1). */
import { notFound } from "../../errors.ts";
import { type Answer, type Call, revised } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import type { Store } from "../../store.ts";
import { checkConditions, invalidAttribute } from "./dialect.ts";
import { showDocument } from "./stored.ts";

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
