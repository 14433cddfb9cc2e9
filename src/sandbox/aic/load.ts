/** Puts objects into the tenant as if they had always been there: byte-faithful reads until they are written. */

import { isObject, type JsonObject, without } from "../json.ts";
import { loadPingOne, loadPingOneSingle, PINGONE_PATHS, PINGONE_SINGLE } from "../pingone/load.ts";
import { isRealm, type Tenant } from "../tenant.ts";
import { type AgentRecord, agentsCollection, marked } from "./am/agents.ts";
import { nodesCollection } from "./am/node-routes.ts";
import { isWrapper, SECRET_MARKER, toPlain, toWrapped } from "./am/representation.ts";
import { scriptsCollection } from "./am/scripts.ts";
import { mappingsCollection } from "./am/secret-mapping-routes.ts";
import { servicesCollection } from "./am/service-routes.ts";
import { rememberRevision } from "./am/stored.ts";
import { treesCollection } from "./am/tree-routes.ts";
import { SECRETS, versionsCollection } from "./environment/esv-secret-routes.ts";
import { VARIABLES } from "./environment/esv-variable-routes.ts";
import { connect, readTarget, relate } from "./idm/edges.ts";
import { loadFeature } from "./idm/features.ts";
import { refOf } from "./idm/read.ts";
import { type ManagedRecord, nextRevision, putRecord } from "./idm/records.ts";
import { type ManagedType, typeOfCollection } from "./idm/types.ts";

/** An object to load: the path of a GET by id, and what that GET answers. */
export type Loadable = { readonly path: string; readonly body: JsonObject };

/** A path that this tenant does not serve. */
export class NotServed extends Error {}

/** Loads one object; what points at other objects is returned, to be done when all are there. */
type Loader = (tenant: Tenant, ids: string[], body: JsonObject) => (() => void) | undefined;

const CONFIG = "^/am/json/realms/root/realms/([^/]+)/realm-config";
const TREES = `${CONFIG}/authentication/authenticationtrees`;

const LOADERS: readonly [RegExp, Loader][] = [
  [new RegExp(`${CONFIG}/agents/([^/]+)/([^/]+)$`), loadAgent],
  [new RegExp(`${CONFIG}/agents/([^/]+)$`), loadListedAgent],
  [new RegExp(`${CONFIG}/services/(oauth-oidc)$`), config(([realm = "", id = ""]) => [servicesCollection(realm), id])],
  [new RegExp(`${CONFIG}/scripts/([^/]+)$`), config(([realm = "", id = ""]) => [scriptsCollection(realm), id])],
  [new RegExp(`${TREES}/trees/([^/]+)$`), config(([realm = "", id = ""]) => [treesCollection(realm), id])],
  [
    new RegExp(`${TREES}/nodes/([^/]+)/([^/]+)$`),
    config(([realm = "", type = "", id = ""]) => [nodesCollection(realm, type), id]),
  ],
  [
    new RegExp(`${TREES}/nodes/([^/]+)/(\\d+\\.\\d+)/([^/]+)$`),
    config(([realm = "", type = "", version = "", id = ""]) => [nodesCollection(realm, type, version), id]),
  ],
  [
    new RegExp(`${CONFIG}/secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings/([^/]+)$`),
    config(([realm = "", id = ""]) => [mappingsCollection(realm), id]),
  ],
  [/^\/openidm\/((?:managed|internal)\/[^/]+)\/([^/]+)$/, loadManaged],
  [
    /^\/environment\/secrets\/([^/]+)$/,
    ({ store }, [id = ""], body) => void store.put(SECRETS, id, without(body, "valueBase64")),
  ],
  [/^\/environment\/secrets\/([^/]+)\/versions\/([^/]+)$/, loadVersion],
  [/^\/environment\/variables\/([^/]+)$/, ({ store }, [id = ""], body) => void store.put(VARIABLES, id, body)],
  [/^\/openidm\/feature\/([^/]+)$/, ({ store }, [id = ""], body) => void loadFeature(store, id, body)],
  [PINGONE_SINGLE, ({ store }, [path = ""], body) => void loadPingOneSingle(store, path, body)],
  ...PINGONE_PATHS.map((pattern): [RegExp, Loader] => [
    pattern,
    ({ store }, [path = "", id = ""], body) => void loadPingOne(store, path, id, body),
  ]),
];

/**
 * Loads objects, all or none, in any order. Nothing is validated or filled in.
 * @throws {NotServed} for a path that this tenant does not serve
 */
export function load(tenant: Tenant, objects: readonly Loadable[]): void {
  tenant.store.transaction(() => {
    const relations = objects.map(({ path, body }) => loaderOf(tenant, path)(body));
    for (const relate of relations) relate?.();
  });
}

function loaderOf(tenant: Tenant, path: string): (body: JsonObject) => (() => void) | undefined {
  for (const [pattern, loader] of LOADERS) {
    const ids = isEncoded(path) ? path.match(pattern)?.slice(1).map(decodeURIComponent) : undefined;
    const isForeign = path.startsWith("/am/") && ids !== undefined && !isRealm(ids[0] ?? "");
    if (ids && !isForeign) return (body) => loader(tenant, ids, body);
  }
  throw new NotServed(`the sandbox does not serve ${path}`);
}

function isEncoded(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

/** A configuration document that has one form. */
function config(place: (ids: string[]) => [collection: string, id: string]): Loader {
  return ({ store }, ids, body) => {
    const [collection, id] = place(ids);
    const stored = without(body, "_rev");
    rememberRevision(store, `${collection}/${id}`, "item", stored, body._rev);
    store.put(collection, id, stored);
    return undefined;
  };
}

/** An agent or client, wrapped as by id or plain as in a list; the revision belongs to that form. */
function loadAgent({ store }: Tenant, [realm = "", type = "", id = ""]: string[], body: JsonObject): undefined {
  const collection = agentsCollection(realm, type);
  const form = isItem(body) ? "item" : "row";
  const own = without(body, "_rev");
  const stored = form === "item" ? marked(own, SECRET_MARKER in sectionOf(own)) : toWrapped(own);
  rememberRevision(store, `${collection}/${id}`, form, form === "item" ? stored : toPlain(stored), body._rev);
  const core = sectionOf(body);
  const password = core[SECRET_MARKER];
  const secret = SECRET_MARKER in core ? { secret: typeof password === "string" ? password : null } : {};
  // The wrapped form is stored as it came (only a secret is replaced by its marker); the plain one cannot be told from the stored form, so it is kept beside it.
  const shown = form === "row" && body._rev !== undefined && password == null ? { shown: { row: body } } : {};
  store.put(collection, id, { body: stored, ...secret, ...shown } satisfies AgentRecord);
}

function sectionOf({ coreOAuth2ClientConfig: core }: JsonObject): JsonObject {
  return isObject(core) ? core : {};
}

/** A row of the list of all agents: it tells little more than that the agent is there. */
function loadListedAgent({ store }: Tenant, [realm = "", id = ""]: string[], body: JsonObject): undefined {
  if (typeof body._type !== "string") throw new NotServed("an agent is loaded by its type");
  const collection = agentsCollection(realm, body._type);
  const record = store.get<AgentRecord>(collection, id) ?? { body: { _id: id } };
  rememberRevision(store, `${collection}/${id}`, "listed", record.body, body._rev);
  store.put(collection, id, record);
}

/** In the wrapped form something is wrapped; a body without anything to wrap is the same in both. */
function isItem(body: JsonObject): boolean {
  const values = Object.entries(body).filter(([key]) => !key.startsWith("_"));
  const wrapped = ([key, value]: [string, unknown]) =>
    isWrapper(value) || (key.endsWith("Config") && isObject(value) && Object.values(value).some(isWrapper));
  return values.length === 0 || values.some(wrapped);
}

function loadManaged({ store }: Tenant, [name = "", id = ""]: string[], body: JsonObject): () => void {
  const type = typeOfCollection(name);
  if (!type) throw new NotServed(`the sandbox does not serve ${name}`);
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
  return () => connectAll({ store }, type, String(record.body._id), body);
}

/** Both sides of a relation may be loaded: together they say which edges there are. */
function connectAll({ store }: Pick<Tenant, "store">, type: ManagedType, id: string, body: JsonObject): void {
  for (const relation of type.relations.values()) {
    const value = body[relation.name];
    const references = Array.isArray(value) ? value : value ? [value] : [];
    for (const reference of references) {
      connect(store, refOf(type, id), relation, readTarget(store, relation, reference, false));
    }
  }
}

function loadVersion({ store }: Tenant, [id = "", version = ""]: string[], body: JsonObject): undefined {
  const { valueBase64, ...shown } = body;
  const secret = typeof valueBase64 === "string" ? { secret: valueBase64 } : {};
  store.put(versionsCollection(id), version, { body: shown, ...secret });
}
