/** Secret stores and the mappings of secret labels to ESV secrets (aic §9). */
import type { Hono } from "hono";
import { ApiError, Gap } from "../../errors.ts";
import { type Answer, type Call, objectBody, routes } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import documents from "../documents/secret-store.json" with { type: "json" };
import { revised } from "../revision.ts";
import { AM_DIALECT, invalidValue, notFound, notInCloud, REALM_CONFIG, realmOf } from "./dialect.ts";
import { list, UNCOUNTED } from "./query.ts";
import { showAll, withRevision } from "./stored.ts";
import { allow, deleteDocument, readRoute, writeDocument } from "./stored-routes.ts";

const TYPE = { _id: "mappings", name: "Mappings", collection: true };

export const mappingsCollection = (realm: string): string => `am/${realm}/mappings`;

export function secretMappingRoutes(app: Hono, tenant: Tenant): void {
  const { store } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const stores = `${REALM_CONFIG}/secrets/stores`;
  const provider = `${stores}/GoogleSecretManagerSecretStoreProvider`;
  const mappings = `${provider}/ESV/mappings`;
  const place = (call: Pick<Call, "params">) => [mappingsCollection(realmOf(call)), call.params.id ?? ""] as const;
  const esv = (call: Call) => {
    realmOf(call);
    return withRevision(store, "item", documents.store);
  };

  route("POST", stores, (call) => {
    realmOf(call);
    if (call.query.get("_action") !== "nextdescendents") throw new Gap("a change of secret stores (aic §9)");
    return { status: 200, body: { result: [documents.store] } };
  });
  route("POST", provider, ({ query }) => {
    if (query.get("_action") !== "schema") throw new Gap(`action ${query.get("_action")} on secret stores`);
    return { status: 200, body: documents.schema };
  });
  route("GET", provider, (call) => list(call, [esv(call)], UNCOUNTED));
  route("GET", `${provider}/ESV`, (call) => revised(200, esv(call)));
  route("DELETE", `${provider}/ESV`, () => {
    throw notInCloud();
  });
  route("GET", `${stores}/:type/:id`, () => {
    throw notFound();
  });

  route("GET", mappings, (call) => list(call, showAll(store, mappingsCollection(realmOf(call))), UNCOUNTED));
  readRoute(route, tenant, `${mappings}/:id`, place);
  route("DELETE", `${mappings}/:id`, (call) => deleteDocument(store, call, ...place(call)));
  route("PUT", `${mappings}/:id`, (call) => write(call, call.params.id ?? "", objectBody(call)));
  route("POST", mappings, (call) => {
    const body = objectBody(call);
    if (call.query.get("_action") !== "create") throw new Gap(`action ${call.query.get("_action")} on mappings`);
    if (typeof body._id !== "string") throw new Gap("a mapping without _id");
    if (store.get(mappingsCollection(realmOf(call)), body._id)) {
      throw new ApiError(409, "Unable to save config: Service already exists");
    }
    return write({ ...call, url: `${call.url}/${encodeURIComponent(body._id)}` }, body._id, body);
  });

  function write(call: Call, label: string, body: JsonObject): Answer {
    check(body, label);
    const { secretId, aliases } = body;
    return writeDocument(store, call, mappingsCollection(realmOf(call)), label, {
      _id: label,
      secretId,
      aliases,
      _type: TYPE,
    });
  }
}

function check(body: JsonObject, label: string): void {
  allow(body, ["aliases", "secretId"]);
  const { secretId, aliases } = body;
  if (secretId === undefined) throw new ApiError(400, "Invalid config: Secret value is missing");
  if (secretId !== label) throw new Gap("a mapping whose secretId is not its label (aic §9)");
  if (!Array.isArray(aliases) || aliases.length === 0 || aliases.some((alias) => typeof alias !== "string")) {
    throw new Gap("a mapping without an alias");
  }
  if (new Set(aliases).size < aliases.length) throw invalidValue("aliases");
  if (aliases.length > 1) {
    throw new ApiError(400, "Invalid config: Only a single alias per mapping is allowed for this secret store type");
  }
  if (!label.startsWith("am.")) throw new Gap(`the secret label ${label} (aic §9)`);
}
