/** Configuration of IDM, as far as tools that export a tenant read it (aic §11.4): the managed types, and what nobody set up. */
import type { Hono } from "hono";
import { ApiError, Gap } from "../../errors.ts";
import { type Dialect, routes } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { REALMS } from "../realms.ts";
import { answerQuery, rowsOf } from "./query.ts";
import type { IdmRules } from "./rules.ts";
import { managedTypes } from "./types.ts";

const CONFIG = "/openidm/config";

export function configurationRoutes(app: Hono, tenant: Tenant, dialect: Dialect, rules: IdmRules): void {
  const route = routes(app, tenant, dialect);

  route("GET", CONFIG, (call) => {
    const all = documents(tenant);
    if (call.query.has("_queryFilter")) return answerQuery(rules, call, rowsOf(all));
    const configurations = all.map(({ _id }) => ({ _id, pid: _id, factoryPid: null }));
    return { status: 200, body: { _id: "", configurations } };
  });

  route("GET", `${CONFIG}/:id{.+}`, ({ params: { id } }) => {
    const body = documents(tenant).find(({ _id }) => _id === id);
    if (!body) throw new ApiError(404, `No configuration exists for id ${id}`);
    return { status: 200, body };
  });

  // No connector server is set up here.
  route("POST", "/openidm/system", ({ query }) => {
    const action = query.get("_action");
    if (action !== "testConnectorServers") throw new Gap(`action ${action} on system`);
    return { status: 200, body: { openicf: [] } };
  });
}

/** Pages have no theme but their own look, and nothing is synchronised. */
function documents(tenant: Tenant): JsonObject[] {
  const types = managedTypes(tenant).filter(({ realm }) => realm !== "root");
  return [
    { _id: "managed", objects: types.map(({ name, definition }) => ({ name, ...definition })) },
    { _id: "sync", mappings: [] },
    { _id: "ui/themerealm", realm: Object.fromEntries(REALMS.map((realm) => [realm, []])) },
  ];
}
