/** `POST /{environment}/as/token` for the worker application that manages the environment (pingone §2.2). */
import type { Hono } from "hono";
import { issue } from "../access-tokens.ts";
import { formOf } from "../form.ts";
import { respond } from "../http.ts";
import { basicCredentials, isSecret } from "../secrets.ts";
import type { Tenant } from "../tenant.ts";
import { WORKER } from "./dialect.ts";
import { pingOneIdentity } from "./environment-settings.ts";

export function workerTokenEndpoint(app: Hono, tenant: Tenant, environmentId: string): void {
  app.post(`/${environmentId}/as/token`, async (context, next) => {
    const { workerClientId, workerClientSecret } = pingOneIdentity(tenant.store);
    const worker = basicCredentials(context.req.header("authorization"));
    if (worker?.id !== workerClientId) return next();
    const form = await formOf(context.req);
    const refused = (error: string, status: number) => respond(context, { status, body: { error } });
    if (!isSecret(worker.secret, workerClientSecret)) return refused("invalid_client", 401);
    if (form.get("grant_type") !== "client_credentials") return refused("unsupported_grant_type", 400);
    const { token, seconds } = issue(tenant, worker.id, [WORKER]);
    return respond(context, {
      status: 200,
      body: { access_token: token, token_type: "Bearer", expires_in: seconds },
    });
  });
}
