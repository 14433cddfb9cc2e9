/** PingOne: the management API of one environment, and the gateway before it. */
import type { Hono } from "hono";
import { Gap } from "../errors.ts";
import { type Method, respond, routes } from "../http.ts";
import type { Tenant } from "../tenant.ts";
import { agreementRoutes } from "./agreement-routes.ts";
import { applicationRoutes } from "./application-routes.ts";
import { assignmentRoutes } from "./assignment-routes.ts";
import { attributeMappingRoutes } from "./attribute-mapping-routes.ts";
import { absent, dialect } from "./dialect.ts";
import { directoryRoutes } from "./directory-routes.ts";
import { collectionOf } from "./documents.ts";
import { environmentSettings, pingOneIdentity } from "./environment-settings.ts";
import { grantRoutes } from "./grant-routes.ts";
import { imageRoutes } from "./image-routes.ts";
import { tokenService } from "./oauth/routes.ts";
import { resourceRoutes } from "./resource-routes.ts";
import { secretRoutes } from "./secret-routes.ts";
import { signOn } from "./sign-on/routes.ts";
import { signOnPolicyRoutes } from "./sign-on-policy-routes.ts";
import { workerTokenEndpoint } from "./worker-token.ts";

/** Parts of PingOne that exist and that the kit has no use for: unlike an unknown path they are no business of the gateway. */
const UNSERVED =
  /^(?:keyRotationPolicies|keys|certificates|schemas|gateways|branding|templates|notifications\w*)(?:\/|$)/;
const METHODS: readonly Method[] = ["GET", "PUT", "POST", "PATCH", "DELETE"];

export function pingOneRoutes(app: Hono, tenant: Tenant): void {
  const { environmentId } = pingOneIdentity(tenant.store);
  const base = `/v1/environments/${environmentId}`;
  const route = routes(app, tenant, dialect);
  const management = { route, tenant, environmentId, base };

  app.use("/v1/*", async (context, next) => {
    await next();
    if (context.res.headers.has("x-sandbox-gateway")) return;
    context.res.headers.set("correlation-id", crypto.randomUUID());
  });
  lag(app, tenant, base);
  workerTokenEndpoint(app, tenant, environmentId);
  signOn(app, tenant, environmentId);
  tokenService(app, tenant, environmentId);
  applicationRoutes(management);
  secretRoutes(management, "applications");
  resourceRoutes(management);
  secretRoutes(management, "resources");
  grantRoutes(management);
  assignmentRoutes(management);
  attributeMappingRoutes(management);
  directoryRoutes(management);
  agreementRoutes(management);
  signOnPolicyRoutes(management);
  imageRoutes(app, management);
  route("GET", base, () => ({ status: 200, body: { id: environmentId, name: "Local tenant", type: "SANDBOX" } }));
  for (const method of METHODS) {
    route(method, `${base}/*`, ({ url }) => {
      const rest = new URL(url).pathname.slice(base.length + 1);
      if (UNSERVED.test(rest)) throw new Gap(`PingOne ${rest}`);
      return gateway();
    });
  }
  // Another environment than the worker's: it holds no role there (pingone §2.2).
  route("GET", "/v1/environments/:other/*", () => {
    throw absent("environment");
  });
  app.all("/v1/*", (context) => respond(context, gateway()));
}

/** An unknown path or method never reaches PingOne (pingone §3.6). */
const gateway = () => ({
  status: 403,
  headers: { "x-sandbox-gateway": "1", "x-sandbox-evidence": "T" },
  body: { message: "Invalid key=value pair (missing equal-sign) in Authorization header" },
});

/** Answers the first calls below a new application or resource with 404, as often as the control plane asked for. */
function lag(app: Hono, tenant: Tenant, base: string): void {
  const answered = new Map<string, number>();
  for (const collection of ["applications", "resources"]) {
    app.use(`${base}/${collection}/:id/*`, async (context, next) => {
      const id = context.req.param("id");
      const times = answered.get(id) ?? 0;
      const isThere = tenant.store.get(collectionOf(collection), id) !== undefined;
      if (!isThere || times >= environmentSettings(tenant.store).lag) return next();
      answered.set(id, times + 1);
      return respond(context, { status: 404, body: dialect.error(absent("resource")) });
    });
  }
}
