/** `POST /{environment}/as/token` for the worker application that manages the environment (pingone §2.2). */
import type { Hono } from "hono";
import { issue } from "../access-tokens.ts";
import { formOf } from "../form.ts";
import { answered } from "../oauth-dialect.ts";
import { basicCredentials, isSecret } from "../secrets.ts";
import type { Tenant } from "../tenant.ts";
import { WORKER } from "./dialect.ts";
import { pingOneIdentity } from "./environment-settings.ts";
import { oauthDialect } from "./oauth/dialect.ts";
import { pingOneRules } from "./oauth/rules.ts";

export function workerTokenEndpoint(app: Hono, tenant: Tenant, environmentId: string): void {
  const rules = pingOneRules(tenant);
  app.post(`/${environmentId}/as/token`, async (context, next) => {
    const { workerClientId, workerClientSecret } = pingOneIdentity(tenant.store);
    const worker = basicCredentials(context.req.header("authorization"));
    if (worker?.id !== workerClientId) return next();
    return answered(tenant, context, oauthDialect, async () => {
      const form = await formOf(context.req);
      rules.require("workerSecret", isSecret(worker.secret, workerClientSecret));
      rules.require("workerGrant", form.get("grant_type") === "client_credentials");
      const { token, seconds } = issue(tenant, worker.id, [WORKER]);
      return { status: 200, body: { access_token: token, token_type: "Bearer", expires_in: seconds } };
    });
  });
}
