/** `bc-authorize`: a client asks a user, on another device, to approve (oauth-flows §6.1). */
import type { JWTPayload } from "jose";
import { secondsNow } from "../../../clock.ts";
import { parameter, splitScopes } from "../../../form.ts";
import type { JsonObject } from "../../../json.ts";
import { treesCollection } from "../../am/tree-routes.ts";
import type { Client } from "../clients.ts";
import { CIBA } from "../grants/ciba.ts";
import type { RealmContext } from "../realm.ts";
import { userById, userByName } from "../users.ts";
import { useJwtOnce, verifyRequestJwt } from "./request-jwt.ts";
import { startRequest } from "./requests.ts";

/** Parameters beside `request` that authenticate the client. */
const CLIENT_PARAMETERS = ["client_id", "client_secret"];
const HINTS = ["login_hint", "id_token_hint", "login_hint_token"];
/** For push: begins with a letter, number or punctuation mark; no line breaks or control characters. */
const BINDING_MESSAGE = /^[\p{L}\p{N}\p{P}][^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const MAX_BINDING_MESSAGE = 100;

/**
 * @param client authenticated
 * @returns the body of a 200 answer
 */
export async function bcAuthorize(context: RealmContext, client: Client, form: URLSearchParams): Promise<JsonObject> {
  const { rules, tenant, realm, provider } = context;
  rules.require("C05", provider.grantTypes.includes(CIBA), CIBA);
  rules.require("C06", client.grantTypes.includes(CIBA));
  const request = parameter(form, "request");
  rules.require("B01", request !== undefined);
  const others = [...new Set(form.keys())].filter((name) => name !== "request" && !CLIENT_PARAMETERS.includes(name));
  rules.require("B15", others.length === 0, others.join(", "));
  const claims = request === undefined ? {} : await verifyRequestJwt(context, client, request);
  const scopes = scopesOf(context, client, claims);
  const { acr, journey } = journeyOf(context, claims);
  const user = userOf(context, claims);
  const bindingMessage = bindingMessageOf(context, claims);
  useJwtOnce(context, client, claims);
  const { requestLifetime, pollingInterval } = provider.ciba;
  const now = secondsNow(tenant);
  const authReqId = startRequest(tenant, {
    realm,
    client: client.id,
    user,
    scopes,
    acr,
    journey,
    bindingMessage,
    createdAt: now,
    expiresAt: now + requestLifetime,
    interval: pollingInterval,
    state: "pending",
  });
  return { auth_req_id: authReqId, expires_in: requestLifetime, interval: pollingInterval };
}

function scopesOf({ rules }: RealmContext, client: Client, { scope }: JWTPayload): string[] {
  const scopes = splitScopes(typeof scope === "string" ? scope : undefined);
  rules.require("B11", scopes.includes("openid"), "Missing expected scope=openid from request");
  const outside = scopes.filter((one) => !client.scopes.includes(one));
  rules.require("B11", outside.length === 0, `Unknown/invalid scope(s): [${outside.join(", ")}]`);
  return scopes;
}

/** The first acr that is mapped wins; its journey must be there and run on its own (oauth-flows §6.1). */
function journeyOf({ rules, provider, tenant, realm }: RealmContext, { acr_values }: JWTPayload) {
  const asked = splitScopes(typeof acr_values === "string" ? acr_values : undefined);
  const acr = asked.find((one) => Object.hasOwn(provider.acrMapping, one));
  const journey = acr === undefined ? undefined : provider.acrMapping[acr];
  const tree = journey === undefined ? undefined : tenant.store.get(treesCollection(realm), journey);
  const runs = tree?.transactionalOnly !== true && tree?.innerTreeOnly !== true && tree?.enabled !== false;
  rules.require("B12", tree !== undefined && runs);
  return { acr: acr ?? asked[0] ?? "", journey: journey ?? "" };
}

/** UUID of the user whom the hint names by user name or UUID. */
function userOf({ rules, tenant, realm }: RealmContext, claims: JWTPayload): string {
  const hints = HINTS.filter((name) => claims[name] !== undefined);
  rules.require("B22", hints.length === 1 && hints[0] === "login_hint");
  const hint = String(claims.login_hint);
  const user = userById(tenant, realm, hint) ?? userByName(tenant, realm, hint);
  rules.require("B14", user !== undefined);
  rules.require("B24", user?.active !== false);
  return user?.id ?? hint;
}

function bindingMessageOf({ rules }: RealmContext, { binding_message: message }: JWTPayload): string | undefined {
  if (message === undefined) return undefined;
  const text = String(message);
  rules.require("B13", text === message && BINDING_MESSAGE.test(text) && [...text].length <= MAX_BINDING_MESSAGE);
  return text;
}
