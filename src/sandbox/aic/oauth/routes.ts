/** The realm's OAuth 2.0 endpoints (oauth-flows §1), from HTTP to the functions behind them and back. */
import type { Context, Hono } from "hono";
import type { Answer } from "../../http.ts";
import { answered } from "../../oauth-dialect.ts";
import { publicKeys } from "../../signing-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { bcAuthorize } from "./ciba/bc-authorize.ts";
import { authenticateClient } from "./client-authentication.ts";
import { oauthDialect } from "./dialect.ts";
import { discovery } from "./discovery.ts";
import { readForm } from "./form.ts";
import { REALM_PATHS, type RealmContext, realmContext } from "./realm.ts";
import { realmRules } from "./rules.ts";
import { introspect, tokenInfo } from "./token-info.ts";
import { grantToken } from "./token-requests.ts";

type Endpoint = (context: RealmContext, http: Context) => Promise<Answer>;

/** Declares the endpoints. */
export function realmEndpoints(app: Hono, tenant: Tenant): void {
  const rules = realmRules(tenant);

  on("POST", "access_token", async (context, { req }) => {
    const form = await readForm(req, rules);
    const body = await grantToken(context, form, () => authenticateClient(context, req, form));
    return { status: 200, body };
  });

  on("POST", "introspect", async (context, { req }) => {
    const form = await readForm(req, rules);
    return introspect(context, authenticateClient(context, req, form), form);
  });

  on("GET", "introspect", async () => {
    throw rules.refusal("I04");
  });

  on("POST", "bc-authorize", async (context, { req }) => {
    const form = await readForm(req, rules);
    const client = authenticateClient(context, req, form);
    const body = await bcAuthorize(context, client, form);
    // Nobody has seen an AI agent, rather than an application, use CIBA on a tenant (oauth-flows §12.7).
    const unseen = client.type === "AIAgent" ? { headers: { "x-sandbox-evidence": "K" } } : {};
    return { status: 200, body, ...unseen };
  });

  on("GET", "tokeninfo", async (context, { req }) => ({ status: 200, body: await tokenInfo(context, req) }));
  on("GET", "connect/jwk_uri", async () => ({ status: 200, body: { keys: publicKeys(tenant.store) } }));
  on("GET", ".well-known/openid-configuration", async (context) => ({ status: 200, body: discovery(context) }));

  function on(method: string, name: string, endpoint: Endpoint): void {
    for (const path of REALM_PATHS) {
      app.on(method, `${path}/${name}`, (http) =>
        answered(tenant, http, oauthDialect, async () => endpoint(realmContext(tenant, rules, http, path), http)),
      );
    }
  }
}
