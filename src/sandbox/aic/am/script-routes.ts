/** `scripts` of a realm (delegation §4): they are only read, see scripts.ts for those that a realm has. */
import type { Hono } from "hono";
import { routes } from "../../http.ts";
import type { Tenant } from "../../tenant.ts";
import { AM_DIALECT, realmOf } from "./dialect.ts";
import { scriptsCollection } from "./scripts.ts";
import { readRoute } from "./stored-routes.ts";

/** Not below `realm-config`, as all other configuration is. */
const SCRIPTS = "/am/json/realms/root/realms/:realm/scripts";

export function scriptRoutes(app: Hono, tenant: Tenant): void {
  const route = routes(app, tenant, AM_DIALECT);
  readRoute(route, tenant, `${SCRIPTS}/:id`, (call) => [scriptsCollection(realmOf(call)), call.params.id ?? ""]);
}
