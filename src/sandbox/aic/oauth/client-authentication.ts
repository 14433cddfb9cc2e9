/** Client authentication by secret, in the form or by HTTP Basic (oauth-flows §1, §4; RFC 6749 §2.3.1). */
import type { HonoRequest } from "hono";
import { parameter } from "../../form.ts";
import { basicCredentials, isSecret } from "../../secrets.ts";
import { type Client, clientOf } from "./clients.ts";
import type { RealmContext } from "./realm.ts";
import type { RealmRules } from "./rules.ts";

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
  if (!client) throw rules.refusal(secretRule, "", status);
  rules.require("C04", client.active, undefined, status);
  rules.require(secretRule, isSecret(credentials.secret, client.secret), undefined, status);
  rules.require("C03", client.authenticationMethod === credentials.method, undefined, status);
  return client;
}

function readCredentials(request: HonoRequest, form: URLSearchParams, rules: RealmRules): Credentials {
  const basic = basicCredentials(request.header("authorization"));
  if (!basic) {
    const id = parameter(form, "client_id");
    const secret = parameter(form, "client_secret");
    if (id === undefined || secret === undefined) throw rules.refusal("C01");
    return { id, secret, method: "client_secret_post" };
  }
  const { id, secret } = basic;
  // `curl --user` forgets the encoding (oauth-flows §1).
  rules.require("C09", basic.isEncoded);
  rules.require("C11", !form.has("client_secret") && (parameter(form, "client_id") ?? id) === id);
  return { id, secret, method: "client_secret_basic" };
}
