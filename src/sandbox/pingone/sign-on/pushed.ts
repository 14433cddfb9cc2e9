/** Pushed authorization requests: an application sends its request itself, and the browser brings a reference to it (RFC 9126). */
import { randomBytes } from "node:crypto";
import { secondsNow } from "../../clock.ts";
import { parameter } from "../../form.ts";
import { sha256 } from "../../json.ts";
import type { Document } from "../documents.ts";
import type { ClientRequest, EnvironmentContext } from "../oauth/context.ts";
import { redirectUriOf, requestOf } from "./request.ts";

const COLLECTION = "sandbox/pingone-pushed-requests";
const PREFIX = "urn:ietf:params:oauth:request_uri:";
/** Default of `parTimeout` (pingone §4.2). */
const LIFETIME_S = 60;
/** What proves the client, and is no part of what it asks for. */
const CREDENTIALS = ["client_secret", "client_assertion", "client_assertion_type"];

type Pushed = {
  readonly client: string;
  /** The request, as a form. */
  readonly form: string;
  readonly expiresAt: number;
  readonly used?: true;
};

/** Checks a request and keeps it. @throws {Refusal} as the authorization endpoint would refuse it */
export function push(request: ClientRequest): object {
  const { tenant, rules, client, form } = request;
  rules.require("requestUriNested", !form.has("request_uri"));
  requestOf(request, client, form, redirectUriOf(request, client, form));
  const secret = randomBytes(32).toString("base64url");
  const lifetime = Number(client.parTimeout ?? LIFETIME_S);
  const kept = new URLSearchParams([...form].filter(([name]) => !CREDENTIALS.includes(name)));
  const pushed: Pushed = {
    ...{ client: client.id, form: kept.toString() },
    expiresAt: secondsNow(tenant) + lifetime,
  };
  tenant.store.put(COLLECTION, sha256(secret), pushed);
  return { request_uri: PREFIX + secret, expires_in: lifetime };
}

/**
 * The request that a browser brings: what it refers to, once, or what it says itself.
 *
 * @throws {Refusal} for a reference that is unknown, used, expired or another client's, and without one where it is required
 */
export function broughtRequest(
  { tenant, rules }: EnvironmentContext,
  client: Document,
  sent: URLSearchParams,
): URLSearchParams {
  const uri = parameter(sent, "request_uri");
  rules.require("parRequired", uri !== undefined || client.parRequirement !== "REQUIRED");
  if (uri === undefined) return sent;
  const id = sha256(uri.startsWith(PREFIX) ? uri.slice(PREFIX.length) : "");
  const pushed = tenant.store.get<Pushed>(COLLECTION, id);
  if (!pushed) throw rules.refusal("requestUriUnknown");
  rules.require("requestUriOfAnother", pushed.client === client.id);
  rules.require("requestUriUsed", pushed.used !== true);
  rules.require("requestUriExpired", pushed.expiresAt > secondsNow(tenant));
  tenant.store.put(COLLECTION, id, { ...pushed, used: true });
  return new URLSearchParams(pushed.form);
}
