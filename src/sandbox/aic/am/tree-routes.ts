/** Journeys: `authenticationtrees/trees` (aic §7.1). */
import type { Hono } from "hono";
import { ApiError, Gap } from "../../errors.ts";
import { type Call, objectBody, routes } from "../../http.ts";
import { isObject, type JsonObject, presentIn, typeName, without } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { AM_DIALECT, invalidValue, REALM_CONFIG, realmOf } from "./dialect.ts";
import { FIRST_VERSION } from "./node-bodies.ts";
import { list, UNCOUNTED } from "./query.ts";
import { showAll } from "./stored.ts";
import { allow, deleteDocument, readRoute, writeDocument } from "./stored-routes.ts";

export const treesCollection = (realm: string): string => `am/${realm}/trees`;

/** Attributes that a create fills in when the body lacks them. A journey that predates one keeps lacking it. */
const FILLED_IN: JsonObject = {
  enabled: true,
  innerTreeOnly: false,
  mustRun: false,
  noSession: false,
  transactionalOnly: false,
  nodes: {},
  staticNodes: {},
  uiConfig: {},
};

const ATTRIBUTES = [...Object.keys(FILLED_IN), "description", "entryNodeId", "identityResource"];

/** Success and failure, which every journey has. */
const STATIC_NODES = ["70e691a5-1e33-4ac3-a356-e7b6d60d92e0", "e301438c-0bd0-429c-ab0c-66126501069a"];

export function treeRoutes(app: Hono, tenant: Tenant): void {
  const { store } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const path = `${REALM_CONFIG}/authentication/authenticationtrees/trees`;
  const place = (call: Pick<Call, "params">) => [treesCollection(realmOf(call)), call.params.id ?? ""] as const;

  route("GET", path, (call) => list(call, showAll(store, treesCollection(realmOf(call))), UNCOUNTED));
  readRoute(route, tenant, `${path}/:id`, place);
  route("DELETE", `${path}/:id`, (call) => deleteDocument(store, call, ...place(call)));
  route("PUT", `${path}/:id`, (call) => {
    const [collection, id] = place(call);
    const body = objectBody(call);
    const before = store.get(collection, id);
    allow(body, [...new Set([...ATTRIBUTES, ...Object.keys(without(before ?? {}, "_id", "_type"))])]);
    check(body);
    const defaults = before ? presentIn(before, FILLED_IN) : FILLED_IN;
    const tree = { ...defaults, ...without(body, "_type"), _id: id };
    return writeDocument(store, call, collection, id, { ...tree, ...withVersions(tree, before) });
  });
}

/** The version that each node has, also where the body does not name one; journeys of older tenants know none. */
function withVersions({ nodes }: JsonObject, before: JsonObject | undefined): JsonObject {
  if (!isObject(nodes)) return {};
  const known = isObject(before?.nodes) ? Object.values(before.nodes).filter(isObject) : [];
  if (known.length > 0 && !known.some((node) => "version" in node)) return {};
  return { nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, withVersion(node)])) };
}

/** Shallow, as the tenant's: nodes are looked at in form only, and not whether they exist. */
function check(body: JsonObject): void {
  const { entryNodeId, nodes = {} } = body;
  if (typeof entryNodeId !== "string" || entryNodeId === "") {
    throw new ApiError(400, "Node with ID entryNodeId must exist in the tree.");
  }
  if (!isObject(nodes) || !Object.values(nodes).every(isNode)) throw invalidValue("Nodes");
  const isPlaced = entryNodeId in nodes || STATIC_NODES.includes(entryNodeId);
  if (Object.keys(nodes).length > 0 && !isPlaced) throw new Gap("an entry node that is not among the nodes");
  for (const [name, value] of Object.entries(FILLED_IN)) {
    if (name in body && typeName(body[name]) !== typeName(value)) throw invalidValue(name);
  }
}

function isNode(value: unknown): boolean {
  return isObject(value) && typeof value.nodeType === "string" && isObject(value.connections ?? {});
}

function withVersion(node: unknown): JsonObject {
  return { ...(node as JsonObject), version: (node as JsonObject).version ?? FIRST_VERSION };
}
