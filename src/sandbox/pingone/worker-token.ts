/** `POST /{environment}/as/token` for the worker application that manages the environment (pingone §2.2). */
import type { Hono } from "hono";
import { issue } from "../access-tokens.ts";
import { respond } from "../http.ts";
import type { Tenant } from "../tenant.ts";
import { WORKER } from "./dialect.ts";
import { pingOneIdentity } from "./environment-settings.ts";

/** A client's credentials in the Authorization header; both parts are form-encoded (RFC 6749 §2.3.1). */
export function basicCredentials(header: string | undefined): readonly [id: string, secret: string] {
  const [, encoded = ""] = header?.match(/^Basic\s+(\S+)$/i) ?? [];
  const parts = Buffer.from(encoded, "base64").toString().split(":");
  const [id = "", secret = ""] = parts.map((part) => new URLSearchParams(`=${part}`).get("") ?? "");
  return [id, secret];
}

export function workerTokenEndpoint(app: Hono, tenant: Tenant, environmentId: string): void {
  app.post(`/${environmentId}/as/token`, async (context, next) => {
    const { workerClientId, workerClientSecret } = pingOneIdentity(tenant.store);
    const [id, secret] = basicCredentials(context.req.header("authorization"));
    if (id !== workerClientId) return next();
    const form = new URLSearchParams(await context.req.text());
    const refused = (error: string, status: number) => respond(context, { status, body: { error } });
    if (secret !== workerClientSecret) return refused("invalid_client", 401);
    if (form.get("grant_type") !== "client_credentials") return refused("unsupported_grant_type", 400);
    const { token, seconds } = issue(tenant, id, [WORKER]);
    return respond(context, {
      status: 200,
      body: { access_token: token, token_type: "Bearer", expires_in: seconds },
    });
  });
}
