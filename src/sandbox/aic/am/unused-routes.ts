/** Kinds of AM configuration that nobody can make here, so that there is none: tools that export a realm list them (aic §11.4). */
import type { Hono } from "hono";
import { Gap } from "../../errors.ts";
import { routes } from "../../http.ts";
import type { Tenant } from "../../tenant.ts";
import { AM_DIALECT, REALM_CONFIG, realmOf } from "./dialect.ts";
import { list, UNCOUNTED } from "./query.ts";

/** Listed by query. */
const QUERIED = ["agents/groups/:type", "federation/circlesoftrust", "saml2"];
/** Listed by the action `nextdescendents`. */
const DESCENDED = ["agents/groups", "services/SocialIdentityProviders"];

export function unusedRoutes(app: Hono, tenant: Tenant): void {
  const route = routes(app, tenant, AM_DIALECT);
  for (const kind of QUERIED) {
    route("GET", `${REALM_CONFIG}/${kind}`, (call) => {
      realmOf(call);
      return list(call, [], UNCOUNTED);
    });
  }
  for (const kind of DESCENDED) {
    route("POST", `${REALM_CONFIG}/${kind}`, (call) => {
      realmOf(call);
      if (call.query.get("_action") !== "nextdescendents") throw new Gap(`a change of ${kind} (aic §12.4)`);
      return { status: 200, body: { result: [] } };
    });
  }
}
