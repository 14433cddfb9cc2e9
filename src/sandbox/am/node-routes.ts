/** Nodes of journeys: `authenticationtrees/nodes`, on versioned and unversioned paths (contract aic 7.2). */
import type { Hono } from "hono";
import { Gap, notFound } from "../errors.ts";
import { type Call, objectBody, routes } from "../http.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { Tenant } from "../tenant.ts";
import { AM_DIALECT, REALM_CONFIG, realmOf } from "./dialect.ts";
import { showAll } from "./documents.ts";
import { allow, deleteDocument, readDocument, writeDocument } from "./documents-routes.ts";
import { type NodeType, nodeType, outcomesOf, schemaOf } from "./node-types.ts";
import { list, UNCOUNTED } from "./query.ts";

const FIRST_VERSION = "1.0";
const VERSION = /^\d+\.\d+$/;

/** The unversioned path is that of version 1.0. */
export const nodesCollection = (realm: string, type: string, version = FIRST_VERSION): string =>
  `am/${realm}/nodes/${type}/${version}`;

export function nodeRoutes(app: Hono, tenant: Tenant): void {
  const { store } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const path = `${REALM_CONFIG}/authentication/authenticationtrees/nodes`;

  // `/:type/:id` and `/:type/:version` share a form: a version is a number, an id is not.
  for (const [method, act] of [
    ["GET", readOrList],
    ["PUT", write],
    ["DELETE", remove],
  ] as const) {
    route(method, `${path}/:type/:id`, act);
    route(method, `${path}/:type/:version{\\d+\\.\\d+}/:id`, act);
  }
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
    const known = nodeType(type, version);
    const { _id, _rev, _type, _outcomes, ...properties } = given;
    if (_rev !== undefined) allow({ _rev }, Object.keys(properties));
    const body = known ? complete(known, type, properties, _outcomes) : foreign(_type, _outcomes, type, properties);
    const described = { ...(body._type as JsonObject), version };
    return writeDocument(store, call, collection, id, { ...body, _id: id, _type: described });
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
    const isVersioned = call.params.id !== undefined;
    const body = {
      _id: isVersioned ? version : type,
      name: known.name,
      collection: true,
      tags: [],
      metadata: { tags: [] },
    };
    return { status: 200, body: { ...body, help: known.name } };
  }

  function place(call: Call): { collection: string; type: string; version: string; id: string | undefined } {
    const { type = "", version, id } = call.params;
    const isVersion = version === undefined && id !== undefined && VERSION.test(id);
    const of = version ?? (isVersion ? id : FIRST_VERSION);
    if (type === "") throw notFound();
    return { collection: nodesCollection(realmOf(call), type, of), type, version: of, id: isVersion ? undefined : id };
  }
}

/** A node of a known type: missing properties get their defaults, names and outcomes are the server's. */
function complete(known: NodeType, type: string, given: JsonObject, outcomes: unknown): JsonObject {
  const foreign = Object.keys(given).find((name) => !(name in known.properties));
  if (foreign !== undefined) throw new Gap(`the property ${foreign} of ${type}`);
  const defaults = Object.fromEntries(Object.entries(known.properties).filter(([, value]) => value !== undefined));
  const node = { ...defaults, ...given };
  const nodes = Array.isArray(node.nodes) ? { nodes: node.nodes.map(withNodeVersion) } : {};
  return {
    ...node,
    ...nodes,
    _type: { _id: type, name: known.name, collection: true },
    _outcomes: known.assumed && Array.isArray(outcomes) ? outcomes : outcomesOf(known, node),
  };
}

/** A node of a type that this tenant does not know is taken from an export of a tenant that does. */
function foreign(described: unknown, outcomes: unknown, type: string, given: JsonObject): JsonObject {
  if (!isObject(described) || described._id !== type) throw new Gap(`the node type ${type}`);
  return { ...given, _type: described, ...(Array.isArray(outcomes) && { _outcomes: outcomes }) };
}

function withNodeVersion(node: unknown): unknown {
  return isObject(node) ? { nodeVersion: FIRST_VERSION, ...node } : node;
}
