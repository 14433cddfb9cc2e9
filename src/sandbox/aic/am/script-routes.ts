/** `realm-config/scripts`: scripts are only read, see scripts.ts for those that a realm has. */
import type { Hono } from "hono";
import { routes } from "../../http.ts";
import type { Tenant } from "../../tenant.ts";
import { AM_DIALECT, REALM_CONFIG, realmOf } from "./dialect.ts";
import { scriptsCollection } from "./scripts.ts";
import { readRoute } from "./stored-routes.ts";

export function scriptRoutes(app: Hono, tenant: Tenant): void {
  const route = routes(app, tenant, AM_DIALECT);
  readRoute(route, tenant, `${REALM_CONFIG}/scripts/:id`, (call) => [
    scriptsCollection(realmOf(call)),
    call.params.id ?? "",
  ]);
}
