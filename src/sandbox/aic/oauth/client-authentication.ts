/** Client authentication by secret, in the form or by HTTP Basic (oauth-flows §1, §4; RFC 6749 §2.3.1). */
import { createHash, timingSafeEqual } from "node:crypto";
import type { HonoRequest } from "hono";
import { type Client, clientOf } from "./clients.ts";
import { parameter } from "./form.ts";
import type { RealmContext } from "./realm.ts";
import { Refusal, type Rules } from "./rules.ts";

type Credentials = { id: string; secret: string; method: "client_secret_basic" | "client_secret_post" };

/**
 * Order of the checks: the client exists, is active, has this secret, and is registered for this method.
 * @throws {Refusal} `invalid_client`: 400 for credentials in the form, 401 with a challenge for HTTP Basic
 */
export function authenticateClient(
  { tenant, realm, rules }: RealmContext,
  request: HonoRequest,
  form: URLSearchParams,
): Client {
  const credentials = readCredentials(request, form, rules);
  const basic = credentials.method === "client_secret_basic";
  const status = basic ? 401 : 400;
  const secretRule = basic ? "C02" : "C01";
  const client = clientOf(tenant, realm, credentials.id);
  if (!client) throw new Refusal(secretRule, "", status);
  rules.require("C04", client.active, undefined, status);
  rules.require(secretRule, equal(credentials.secret, client.secret), undefined, status);
  rules.require("C03", client.authenticationMethod === credentials.method, undefined, status);
  return client;
}

/** True when the texts are equal; takes the same time wherever they differ. */
export function equal(given: string, expected: string | undefined): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected ?? "")) && expected !== undefined;
}

function readCredentials(request: HonoRequest, form: URLSearchParams, rules: Rules): Credentials {
  const [, encoded] = request.header("authorization")?.match(/^Basic\s+(\S+)$/i) ?? [];
  if (encoded === undefined) {
    const id = parameter(form, "client_id");
    const secret = parameter(form, "client_secret");
    if (id === undefined || secret === undefined) throw new Refusal("C01");
    return { id, secret, method: "client_secret_post" };
  }
  const [rawId = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  const id = decodePart(rawId, rules);
  const secret = decodePart(rest.join(":"), rules);
  rules.require("C11", !form.has("client_secret") && (parameter(form, "client_id") ?? id) === id);
  return { id, secret, method: "client_secret_basic" };
}

/** Id and secret are form-urlencoded before base64, which `curl --user` forgets (oauth-flows §1). */
function decodePart(raw: string, rules: Rules): string {
  try {
    return decodeURIComponent(raw.replaceAll("+", " "));
  } catch {
    rules.require("C09", false);
    return raw;
  }
}
