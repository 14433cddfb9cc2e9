/** The AM server: configuration of the realms, and what tools ask before they log in (aic §1, §11.4). */
import type { Hono } from "hono";
import { routes } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { hasAiAgents } from "../ai-agents.ts";
import { REALMS } from "../realms.ts";
import { revised } from "../revision.ts";
import { agentRoutes } from "./agent-routes.ts";
import { AM_DIALECT, notFound, notInCloud } from "./dialect.ts";
import { nodeRoutes } from "./node-routes.ts";
import { list, UNCOUNTED } from "./query.ts";
import { scriptRoutes } from "./script-routes.ts";
import { secretMappingRoutes } from "./secret-mapping-routes.ts";
import { serviceRoutes } from "./service-routes.ts";
import { sessionCookieOf } from "./session-cookie.ts";
import { withRevision } from "./stored.ts";
import { treeRoutes } from "./tree-routes.ts";
import { unusedRoutes } from "./unused-routes.ts";

const VERSION = {
  _id: "version",
  version: "9.0.0-SNAPSHOT",
  fullVersion: "ForgeRock Access Management 9.0.0-SNAPSHOT Build 0000000000 (2026-June-12 09:10)",
  revision: "0000000000",
  date: "2026-June-12 09:10",
};

/** The root realm and global configuration are closed, whatever the path (aic §1.4, delegation §4). */
const CLOSED = [
  ...["/am/json/realms/root/realm-config", "/am/json/realm-config", "/am/json/global-config"],
  ...["/am/json/realms/root/scripts", "/am/json/scripts"],
];

/** The realms as the one list of global configuration that tools read (aic §11.4); the id is the path in base64. */
function realmRows(): JsonObject[] {
  const row = (path: string, name: string, parentPath: string | null) => {
    const _id = Buffer.from(path).toString("base64url");
    return { _id, parentPath, active: true, name, aliases: [] };
  };
  return [row("/", "/", null), ...REALMS.map((realm) => row(`/${realm}`, realm, "/"))];
}

export function am(app: Hono, tenant: Tenant): void {
  const { store } = tenant;
  const route = routes(app, tenant, AM_DIALECT);
  const cookieName = sessionCookieOf(store);

  const serverInfo = () => ({
    _id: "*",
    domains: [],
    protectedUserAttributes: [],
    cookieName,
    secureCookie: false,
    forgotPassword: "false",
    forgotUsername: "false",
    kbaEnabled: "false",
    selfRegistration: "false",
    lang: "en-US",
    successfulUserRegistrationDestination: "default",
    socialImplementations: [],
    referralsEnabled: "false",
    zeroPageLogin: { enabled: false, refererWhitelist: [], allowedWithoutReferer: true },
    realm: "/",
    xuiUserSessionValidationEnabled: true,
    fileBasedConfiguration: true,
    userIdAttributes: [],
    nodeDesignerXuiEnabled: true,
    cloudOnlyFeaturesEnabled: true,
    oauth2AIAgentsEnabled: hasAiAgents(tenant),
  });
  // A tool asks this before it has a token; the literal path is `serverinfo/*`.
  route("GET", "/am/json/serverinfo/:id{\\*}", () => revised(200, withRevision(store, "item", serverInfo())), null);
  route("GET", "/am/json/serverinfo/version", () => revised(200, withRevision(store, "item", VERSION)));

  route("GET", "/am/json/global-config/realms", (call) =>
    list(call, realmRows(), UNCOUNTED, (row) => withRevision(store, "row", row)),
  );
  unusedRoutes(app, tenant);
  agentRoutes(app, tenant);
  serviceRoutes(app, tenant);
  treeRoutes(app, tenant);
  nodeRoutes(app, tenant);
  secretMappingRoutes(app, tenant);
  scriptRoutes(app, tenant);

  for (const base of CLOSED) {
    for (const method of ["GET", "PUT", "POST", "PATCH", "DELETE"] as const) {
      for (const path of [base, `${base}/*`]) {
        route(method, path, () => {
          throw notInCloud();
        });
      }
    }
  }
  route("GET", "/am/json/serverinfo/:id", () => {
    throw notFound();
  });
}
