/** Loads PingOne objects as the control plane gets them: the path of a GET by id, and what that GET answers. */
import { type JsonObject, without } from "../json.ts";
import type { Store } from "../store.ts";
import { collectionOf, ONLY } from "./documents.ts";

const APPLICATION = "applications/[^/]+";
const RESOURCE = "resources/[^/]+";

/** Paths of the objects that can be loaded, below `/v1/environments/<id>`; all but the last part is the collection. */
export const PINGONE_PATHS: readonly RegExp[] = [
  "(applications|resources|users|groups|populations|signOnPolicies|flowPolicies|images)",
  `(${APPLICATION}/(?:grants|attributes|signOnPolicyAssignments|flowPolicyAssignments))`,
  `(${RESOURCE}/(?:scopes|attributes))`,
  "((?:users|groups)/[^/]+/roleAssignments)",
].map((collection) => new RegExp(`^/v1/environments/[^/]+/${collection}/([^/]+)$`));

/** Objects of which their owner has one, at a path that ends with their name. */
export const PINGONE_SINGLE = new RegExp(
  `^/v1/environments/[^/]+/((?:${APPLICATION}|${RESOURCE})/(?:metadata|secret))$`,
);

/** Puts an object into the store. @param path of its collection, below the environment */
export function loadPingOne(store: Store, path: string, id: string, body: JsonObject): void {
  store.put(collectionOf(path), id, { id, ...without(body, "_links") });
}

/** Puts an object without an id into the store. */
export function loadPingOneSingle(store: Store, path: string, body: JsonObject): void {
  store.put(collectionOf(path), ONLY, without(body, "_links", "environment"));
}
