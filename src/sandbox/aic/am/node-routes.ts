/** Nodes of journeys: `authenticationtrees/nodes`, on versioned and unversioned paths (aic §7.2). */
import type { Hono } from "hono";
import { Gap } from "../../errors.ts";
import { type Call, objectBody, routes } from "../../http.ts";
import { isObject, type JsonObject, without } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { AM_DIALECT, notFound, REALM_CONFIG, realmOf } from "./dialect.ts";
import { describeType, FIRST_VERSION, type Inner, lastOf, nodeFrom, PAGE } from "./node-bodies.ts";
import { knownTypes, nodeType, schemaOf } from "./node-types.ts";
import { list, UNCOUNTED } from "./query.ts";
import { descendents, showAll } from "./stored.ts";
import { allow, deleteDocument, loadDocument, readDocument, writeDocument } from "./stored-routes.ts";

const VERSION = /^\d+\.\d+$/;

/** The unversioned path is that of version 1.0. */
export const nodesCollection = (realm: string, type: string, version = FIRST_VERSION): string =>
  `${allNodes(realm)}${type}/${version}`;

/** Start of the collections of all nodes of a realm. */
const allNodes = (realm: string): string => `am/${realm}/nodes/`;

export function nodeRoutes(app: Hono, tenant: Tenant): void {
  const { store } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const path = `${REALM_CONFIG}/authentication/authenticationtrees/nodes`;
  const items = [`${path}/:type/:id`, `${path}/:type/:version{\\d+\\.\\d+}/:id`];

  // `/:type/:id` and `/:type/:version` share a form: a version is a number, an id is not.
  for (const item of items) {
    route("GET", item, readOrList);
    route("PUT", item, write);
    route("DELETE", item, remove);
    loadDocument(tenant, item, (call) => {
      const { type = "", version, id = "" } = call.params;
      return [nodesCollection(realmOf(call), type, version), id];
    });
  }
  route("POST", path, (call) => {
    const action = call.query.get("_action");
    const collections = store.collections().filter((name) => name.startsWith(allNodes(realmOf(call))));
    const all = descendents(store, ...collections);
    if (action === "nextdescendents") return { status: 200, body: all };
    if (action === "getAllTypes") return { status: 200, body: { result: typesWith(all.result) } };
    throw new Gap(`action ${action} on nodes`);
  });
  route("GET", `${path}/:type`, listNodes);
  route("POST", `${path}/:type`, describe);
  route("POST", `${path}/:type/:id`, describe);

  function readOrList(call: Call) {
    const { collection, id } = place(call);
    return id === undefined ? listNodes(call) : readDocument(store, collection, id);
  }

  function listNodes(call: Call) {
    return list(call, showAll(store, place(call).collection), UNCOUNTED);
  }

  function write(call: Call) {
    const { collection, id, type, version } = place(call);
    if (id === undefined) throw new Gap("a write of a node type");
    const given = objectBody(call);
    if (given._rev !== undefined) allow({ _rev: given._rev }, Object.keys(without(given, "_rev")));
    const before = store.get(collection, id);
    const sample = before ?? store.list(collection)[0]?.document;
    const realm = realmOf(call);
    const nodeOf = (...[name, of, inner]: [string, string, string]) =>
      store.get(nodesCollection(realm, name, of), inner);
    const node = nodeFrom(given, { type, version, before, sample, nodeOf });
    const answer = writeDocument(store, call, collection, id, { ...node, _id: id });
    endPages(realm, { type, version, id }, node._outcomes);
    return answer;
  }

  /** Pages whose last node was written end as it does now. */
  function endPages(realm: string, { type, version, id }: Inner, _outcomes: unknown): void {
    const pages = nodesCollection(realm, PAGE);
    for (const page of store.list(pages)) {
      const last = lastOf(page.document);
      const isLast = last?.type === type && last.version === version && last.id === id;
      if (isLast) store.put(pages, page.id, { ...page.document, _outcomes });
    }
  }

  function remove(call: Call) {
    const { collection, id } = place(call);
    if (id === undefined) throw new Gap("the deletion of a node type");
    return deleteDocument(store, call, collection, id);
  }

  function describe(call: Call) {
    const { id, type, version } = place(call);
    const action = call.query.get("_action");
    const known = nodeType(type, version);
    if (id !== undefined || !known || !(action === "getType" || action === "schema")) {
      throw new Gap(`action ${action} on the node type ${type}`);
    }
    if (action === "schema") return { status: 200, body: schemaOf(known) };
    return { status: 200, body: describeType(call.params.id === undefined ? type : version, known.name) };
  }

  function place(call: Call): { collection: string; type: string; version: string; id: string | undefined } {
    const { type = "", version, id } = call.params;
    const isVersion = version === undefined && id !== undefined && VERSION.test(id);
    const of = version ?? (isVersion ? id : FIRST_VERSION);
    if (type === "") throw notFound();
    return { collection: nodesCollection(realmOf(call), type, of), type, version: of, id: isVersion ? undefined : id };
  }
}

/** The types that the tenant knows, and those of nodes that it was given. */
function typesWith(nodes: JsonObject[]): JsonObject[] {
  const given = nodes.map(({ _type }) => _type).filter(isObject);
  const names = new Map(given.map(({ _id, name }) => [String(_id), name]));
  for (const { id, name } of knownTypes()) names.set(id, name);
  return [...names].map(([id, name]) => describeType(id, name));
}
