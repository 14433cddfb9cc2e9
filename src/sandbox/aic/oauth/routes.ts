/** The realm's OAuth 2.0 endpoints (oauth-flows §1), from HTTP to the functions behind them and back. */
import type { Context, Hono } from "hono";
import { type Answer, noteGap, respond } from "../../http.ts";
import { publicKeys } from "../../signing-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { bcAuthorize } from "./ciba/bc-authorize.ts";
import { authenticateClient } from "./client-authentication.ts";
import { discovery } from "./discovery.ts";
import { readForm } from "./form.ts";
import { REALM_PATH, type RealmContext, realmContext } from "./realm.ts";
import { evidenceHeaders, Refusal, type Rules } from "./rules.ts";
import { introspect, tokenInfo } from "./token-info.ts";
import { grantToken } from "./token-requests.ts";

type Endpoint = (context: RealmContext, http: Context) => Promise<Answer>;

/** Declares the endpoints. @param rules those that hold; the control plane may switch some off */
export function realmEndpoints(app: Hono, tenant: Tenant, rules: Rules): void {
  on("POST", "access_token", async (context, { req }) => {
    const form = await readForm(req, rules);
    const body = await grantToken(context, form, () => authenticateClient(context, req, form));
    return { status: 200, body };
  });

  on("POST", "introspect", async (context, { req }) => {
    const form = await readForm(req, rules);
    const { body, rule } = await introspect(context, authenticateClient(context, req, form), form);
    return { status: 200, body, ...(rule && { headers: evidenceHeaders(rule) }) };
  });

  on("GET", "introspect", async () => {
    throw new Refusal("I04");
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

  // Tokens of the short path carry the short issuer: the kit uses the long one everywhere, and so does the sandbox.
  app.all("/am/oauth2/:realm/:endpoint{.+}", (http, next) => {
    if (http.req.param("realm") === "realms") return next();
    return refused(
      http,
      new Refusal("G01", `the short path; use ${REALM_PATH.replace(":realm", http.req.param("realm"))}`),
    );
  });

  function on(method: string, path: string, endpoint: Endpoint): void {
    app.on(method, `${REALM_PATH}/${path}`, async (http) => {
      try {
        return respond(http, await endpoint(realmContext(tenant, rules, http), http));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return refused(http, error);
      }
    });
  }

  function refused(http: Context, refusal: Refusal): Response {
    if (refusal.rule === "G01") noteGap(tenant, http.req.raw, refusal.message);
    return respond(http, { status: refusal.status, body: refusal.body, headers: refusal.headers });
  }
}
