/** PingOne's token service: `/{environment}/as/…`, from HTTP to the functions behind it and back (pingone §5.6, §5.9). */
import type { Context, Hono } from "hono";
import { Gap } from "../../errors.ts";
import { formOf, parameter, splitScopes } from "../../form.ts";
import { type Answer, respond } from "../../http.ts";
import { answered } from "../../oauth-dialect.ts";
import { basicCredentials } from "../../secrets.ts";
import type { Tenant } from "../../tenant.ts";
import { collectionOf, type Document, listed } from "../documents.ts";
import { startApproval, userCode } from "./approvals.ts";
import { authenticateClient, hasSecret, needsGrant, resourcesFor } from "./clients.ts";
import type { ClientRequest, EnvironmentContext } from "./context.ts";
import { oauthDialect } from "./dialect.ts";
import { grantToken } from "./grants.ts";
import { pingOneRules } from "./rules.ts";
import { environmentKeys, readToken } from "./tokens.ts";

/** Lifetime and interval of the example (pingone §5.9). */
const CIBA_LIFETIME_S = 120;
const CIBA_INTERVAL_S = 5;

export function tokenService(app: Hono, tenant: Tenant, environmentId: string): void {
  const base = `/${environmentId}/as`;
  const rules = pingOneRules(tenant);
  const issuerOf = ({ req }: Context) => tenant.originOf(req.raw) + base;
  const contextOf = (http: Context): EnvironmentContext => ({ tenant, rules, issuer: issuerOf(http) });
  const answer = (http: Context, work: () => Promise<Answer>) => answered(tenant, http, oauthDialect, work);

  on("POST", "token", async (request) => ({ status: 200, body: await grantToken(request) }));
  on("POST", "cibaAuthorization", async (request) => ({ status: 200, body: startCiba(request) }));
  on("POST", "device_authorization", async (request) => ({ status: 200, body: startDevice(request) }));

  app.post(`${base}/introspect`, (http) =>
    answer(http, async () => {
      const context = contextOf(http);
      const form = await formOf(http.req);
      const { claims, isValid } = await readToken(context, form.get("token") ?? "");
      const asker = await introspector(context, http.req.header("authorization"), form);
      const mayKnow = claims.client_id === asker.id || [claims.aud].flat().includes(String(asker.audience));
      const body = isValid && mayKnow ? { active: true, token_type: "Bearer", ...claims } : { active: false };
      return { status: 200, body };
    }),
  );
  app.get(`${base}/jwks`, (http) => respond(http, { status: 200, body: { keys: environmentKeys(tenant) } }));
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
  app.all(`${base}/*`, (http) => answer(http, () => Promise.reject(new Gap(`PingOne ${http.req.path}`))));

  function on(method: string, name: string, endpoint: (request: ClientRequest) => Promise<Answer>): void {
    app.on(method, `${base}/${name}`, (http) =>
      answer(http, async () => {
        const context = contextOf(http);
        const form = await formOf(http.req);
        const client = await authenticateClient(context, http.req.header("authorization"), form);
        return endpoint({ ...context, client, form });
      }),
    );
  }
}

/** Who asks about a token: a resource with its own id and secret, or an application (pingone §5.3, delegation §2.3). */
async function introspector(
  context: EnvironmentContext,
  header: string | undefined,
  form: URLSearchParams,
): Promise<Document> {
  const { tenant, rules } = context;
  const basic = basicCredentials(header);
  const id = basic?.id || parameter(form, "client_id") || "";
  const resource = tenant.store.get<Document>(collectionOf("resources"), id);
  if (!resource) return authenticateClient(context, header, form);
  const given = header ? basic?.secret : parameter(form, "client_secret");
  const method = header ? "CLIENT_SECRET_BASIC" : given === undefined ? "NONE" : "CLIENT_SECRET_POST";
  rules.require("wrongMethod", resource.introspectEndpointAuthMethod === method);
  if (method !== "NONE") rules.require("wrongSecret", hasSecret(tenant, `resources/${id}`, given));
  return resource;
}

function startCiba(request: ClientRequest): object {
  const { tenant, rules, client, form } = request;
  needsGrant(request, client, "CIBA");
  const hints = ["login_hint", "id_token_hint", "login_hint_token"].filter((name) => form.get(name));
  rules.require("oneHint", hints.length === 1);
  if (hints.length && hints[0] !== "login_hint") throw new Gap(`CIBA with ${hints[0]}`);
  const hint = parameter(form, "login_hint");
  const isMeant = ({ id, username, email }: Document) => hint !== undefined && [id, username, email].includes(hint);
  const user = listed(tenant.store, "users").find(isMeant);
  rules.require("unknownUser", user !== undefined);
  const policy = policyThatAsks(request);
  const bindingMessage = form.get("binding_message") ?? undefined;
  rules.require("wrongMessage", bindingMessage === undefined || isMessage(bindingMessage));
  const scopes = splitScopes(parameter(form, "scope"));
  resourcesFor(request, client, scopes);
  const id = startApproval(tenant, {
    ...{ kind: "ciba", client: client.id, user: user?.id ?? hint, userCode: undefined, scopes },
    ...{ bindingMessage, acr: policy && String(policy.name) },
    ...{ interval: CIBA_INTERVAL_S, lifetime: CIBA_LIFETIME_S },
  });
  return { auth_req_id: id, expires_in: CIBA_LIFETIME_S, interval: CIBA_INTERVAL_S };
}

/**
 * The DaVinci flow policy that asks the user: the one that `acr_values` names, in order of preference, or the first that is
 * assigned and has a trigger for CIBA (pingone §5.4, §5.9).
 *
 * @throws {Refusal} when there is none, or none of those names is one's
 */
function policyThatAsks({ tenant: { store }, rules, client, form }: ClientRequest): Document | undefined {
  const policies = listed(store, `applications/${client.id}/flowPolicyAssignments`)
    .sort((one, other) => Number(one.priority) - Number(other.priority))
    .flatMap(({ flowPolicy }) => {
      const { id } = flowPolicy as { id: string };
      return store.get<Document>(collectionOf("flowPolicies"), id) ?? [];
    })
    .filter(({ trigger }) => (trigger as { type?: string } | undefined)?.type === "CIBA");
  rules.require("noCibaPolicy", policies.length > 0);
  const wanted = parameter(form, "acr_values");
  if (wanted === undefined) return policies[0];
  // A name may have spaces, although they separate the values.
  const named = [wanted, ...splitScopes(wanted)].flatMap(
    (text) => policies.find(({ id, name }) => text === name || text === id) ?? [],
  );
  rules.require("wrongPolicy", named.length > 0);
  return named[0] ?? policies[0];
}

const MAX_MESSAGE = 100;

/** Whether a text is plain and short (CIBA Core §7.1). */
function isMessage(text: string): boolean {
  return text.trim() !== "" && [...text].length <= MAX_MESSAGE && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}

function startDevice(request: ClientRequest): object {
  const { tenant, issuer, client, form } = request;
  needsGrant(request, client, "DEVICE_CODE");
  const scopes = splitScopes(parameter(form, "scope"));
  resourcesFor(request, client, scopes);
  const lifetime = Number(client.deviceTimeout);
  const interval = Number(client.devicePollingInterval);
  const code = userCode();
  const deviceCode = startApproval(tenant, {
    ...{ kind: "device", client: client.id, user: undefined, userCode: code, scopes },
    ...{ bindingMessage: undefined, acr: undefined },
    ...{ interval, lifetime },
  });
  const verificationUri = String(client.deviceCustomVerificationUri ?? `${issuer}/device`);
  return {
    ...{ device_code: deviceCode, user_code: code, verification_uri: verificationUri },
    verification_uri_complete: `${verificationUri}?user_code=${code}`,
    ...{ expires_in: lifetime, interval },
  };
}
