/** PingOne's token service: `/{environment}/as/…`, from HTTP to the functions behind it and back (pingone §5.6, §5.9). */
import type { Context, Hono } from "hono";
import { Gap } from "../../errors.ts";
import { formOf, parameter, splitScopes } from "../../form.ts";
import { type Answer, noteGap, respond } from "../../http.ts";
import { basicCredentials } from "../../secrets.ts";
import { publicKeys } from "../../signing-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { collectionOf, type Document, listed } from "../documents.ts";
import { startApproval, userCode } from "./approvals.ts";
import { authenticateClient, hasSecret, needsGrant, resourcesFor } from "./clients.ts";
import { grantToken, type TokenRequest } from "./grants.ts";
import { demand, gapAnswer, OAuthRefusal } from "./rules.ts";
import { readToken } from "./tokens.ts";

/** Lifetime and interval of the example (pingone §5.9). */
const CIBA_LIFETIME_S = 120;
const CIBA_INTERVAL_S = 5;

export function tokenService(app: Hono, tenant: Tenant, environmentId: string): void {
  const base = `/${environmentId}/as`;
  const issuerOf = ({ req }: Context) => new URL(req.url).origin + base;

  on("POST", "token", async (request) => ({ status: 200, body: await grantToken(request) }));
  on("POST", "cibaAuthorization", async (request) => ({ status: 200, body: startCiba(request) }));
  on("POST", "device_authorization", async (request) => ({ status: 200, body: startDevice(request) }));

  app.post(`${base}/introspect`, (http) =>
    answered(http, async () => {
      const form = await formOf(http.req);
      const token = await readToken(tenant, issuerOf(http), form.get("token") ?? "");
      const asker = await introspector(tenant, http, form, issuerOf(http));
      const mayKnow = token && (token.client_id === asker.id || [token.aud].flat().includes(String(asker.audience)));
      const body = mayKnow ? { active: true, token_type: "Bearer", ...token } : { active: false };
      return { status: 200, body };
    }),
  );
  app.get(`${base}/jwks`, (http) => respond(http, { status: 200, body: { keys: publicKeys(tenant.store) } }));
  app.get(`${base}/.well-known/openid-configuration`, (http) => {
    const issuer = issuerOf(http);
    const endpoint = (name: string) => `${issuer}/${name}`;
    const body = {
      issuer,
      token_endpoint: endpoint("token"),
      introspection_endpoint: endpoint("introspect"),
      jwks_uri: endpoint("jwks"),
      device_authorization_endpoint: endpoint("device_authorization"),
      backchannel_authentication_endpoint: endpoint("cibaAuthorization"),
      backchannel_token_delivery_modes_supported: ["poll"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
    return respond(http, { status: 200, body });
  });
  app.all(`${base}/*`, (http) => answered(http, () => Promise.reject(new Gap(`PingOne ${http.req.path}`))));

  function on(method: string, name: string, endpoint: (request: TokenRequest) => Promise<Answer>): void {
    app.on(method, `${base}/${name}`, (http) =>
      answered(http, async () => {
        const form = await formOf(http.req);
        const issuer = issuerOf(http);
        const client = await authenticateClient(tenant, http.req.header("authorization"), form, issuer);
        return endpoint({ tenant, issuer, client, form });
      }),
    );
  }

  async function answered(http: Context, work: () => Promise<Answer>): Promise<Response> {
    try {
      return respond(http, await work());
    } catch (error) {
      if (error instanceof OAuthRefusal) return respond(http, error.answer);
      if (!(error instanceof Gap)) throw error;
      noteGap(tenant, http.req.raw, error.message);
      return respond(http, gapAnswer(error));
    }
  }
}

/** Who asks about a token: a resource with its own secret, or an application (pingone §5.3). */
async function introspector(tenant: Tenant, http: Context, form: URLSearchParams, issuer: string): Promise<Document> {
  const header = http.req.header("authorization");
  const basic = basicCredentials(header);
  const id = basic?.id || parameter(form, "client_id") || "";
  const resource = tenant.store.get<Document>(collectionOf("resources"), id);
  if (!resource) return authenticateClient(tenant, header, form, issuer);
  const method = header ? "CLIENT_SECRET_BASIC" : "CLIENT_SECRET_POST";
  demand("wrongMethod", resource.introspectEndpointAuthMethod === method);
  demand(
    "wrongSecret",
    hasSecret(tenant, `resources/${id}`, header ? basic?.secret : parameter(form, "client_secret")),
  );
  return resource;
}

function startCiba({ tenant, client, form }: TokenRequest): object {
  needsGrant(client, "CIBA");
  const hints = ["login_hint", "id_token_hint", "login_hint_token"].filter((name) => form.get(name));
  demand("oneHint", hints.length === 1);
  if (hints[0] !== "login_hint") throw new Gap(`CIBA with ${hints[0]}`);
  const hint = form.get("login_hint");
  const user = listed(tenant.store, "users").find(({ id, username, email }) => [id, username, email].includes(hint));
  demand("unknownUser", user);
  demand("noCibaPolicy", canAsk(tenant, client));
  const scopes = splitScopes(parameter(form, "scope"));
  resourcesFor(tenant, client, scopes);
  const id = startApproval(tenant, {
    ...{ kind: "ciba", client: client.id, user: user.id, userCode: undefined, scopes },
    bindingMessage: form.get("binding_message") ?? undefined,
    ...{ interval: CIBA_INTERVAL_S, lifetime: CIBA_LIFETIME_S },
  });
  return { auth_req_id: id, expires_in: CIBA_LIFETIME_S, interval: CIBA_INTERVAL_S };
}

/** Whether a DaVinci flow policy with a trigger for CIBA is assigned (pingone §5.9). */
function canAsk({ store }: Tenant, client: Document): boolean {
  const assigned = listed(store, `applications/${client.id}/flowPolicyAssignments`);
  return assigned.some(({ flowPolicy }) => {
    const policy = store.get(collectionOf("flowPolicies"), (flowPolicy as { id: string }).id);
    return (policy?.trigger as { type?: string } | undefined)?.type === "CIBA";
  });
}

function startDevice({ tenant, issuer, client, form }: TokenRequest): object {
  needsGrant(client, "DEVICE_CODE");
  const scopes = splitScopes(parameter(form, "scope"));
  resourcesFor(tenant, client, scopes);
  const lifetime = Number(client.deviceTimeout);
  const interval = Number(client.devicePollingInterval);
  const code = userCode();
  const deviceCode = startApproval(tenant, {
    ...{ kind: "device", client: client.id, user: undefined, userCode: code, scopes, bindingMessage: undefined },
    ...{ interval, lifetime },
  });
  const verificationUri = String(client.deviceCustomVerificationUri ?? `${issuer}/device`);
  return {
    ...{ device_code: deviceCode, user_code: code, verification_uri: verificationUri },
    verification_uri_complete: `${verificationUri}?user_code=${code}`,
    ...{ expires_in: lifetime, interval },
  };
}
