/** OAuth 2.0 requests as a client sends them: forms are data, so that a case can change one detail. */

import { Unprovable } from "./errors.ts";
import { type AuthMethod, GRANT } from "./grants.ts";
import { isBusy, type Observation, textOf } from "./http.ts";
import { brief, shown } from "./judge.ts";
import type { Send } from "./send.ts";

/** A client that can authenticate. */
export type Client = { readonly clientId: string; readonly secret: string; readonly authMethod: AuthMethod };

/** Form parameters; a list is sent as a repeated parameter, undefined not at all. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

/** POSTs a form, authenticated as the client unless that is undefined. A password is sent once: each counts, if it is wrong. */
export function postForm(send: Send, url: string, client: Client | undefined, form: Form): Promise<Observation> {
  const { headers, parameters } = authenticated(client, form);
  return send(url, { method: "POST", headers, body: parameters }, form.grant_type !== GRANT.password);
}

/**
 * What a token service answered.
 *
 * @throws {Unprovable} for what no token service answers (RFC 6749 §5): it comes from a gateway, a limit or an outage, and
 *   neither grants nor refuses
 */
export function answered(answer: Observation): Observation {
  const { status, body } = answer;
  const isAnswer = status < 300 ? Object.keys(body).length > 0 : status >= 400 && textOf(body.error) !== undefined;
  if (isAnswer && !isBusy(answer)) return answer;
  throw new Unprovable(`${shown(answer)} is no answer of the token service, and proves nothing`, brief(answer));
}

/** HTTP Basic: id and secret are form-urlencoded before base64 (RFC 6749 §2.3.1). */
export function basic({ clientId, secret }: Pick<Client, "clientId" | "secret">): string {
  const encode = (value: string) => new URLSearchParams({ v: value }).toString().slice(2);
  return rawBasic(`${encode(clientId)}:${encode(secret)}`);
}

/** HTTP Basic of a text that is taken as it is. */
export function rawBasic(text: string): string {
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

function authenticated(client: Client | undefined, form: Form) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const one of value === undefined ? [] : [value].flat()) parameters.append(name, one as string);
  }
  const headers: Record<string, string> = {};
  if (client?.authMethod === "client_secret_basic") headers.authorization = basic(client);
  if (client?.authMethod === "client_secret_post") {
    parameters.set("client_id", client.clientId);
    parameters.set("client_secret", client.secret);
  }
  return { headers, parameters };
}

/** Type of an access token in an exchange (RFC 8693 §3). */
export const ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";

/** A code, with what proves that it is one's own (RFC 6749 §4.1.3, RFC 7636 §4.5). */
type CodeToRedeem = { readonly code: string; readonly redirectUri: string; readonly verifier: string };

/** The form of each grant. */
export const grant = {
  clientCredentials: (scopes: readonly string[]): Form => ({
    grant_type: GRANT.clientCredentials,
    scope: scopes.join(" "),
  }),
  password: (username: string, password: string, scopes: readonly string[]): Form => ({
    grant_type: GRANT.password,
    username,
    password,
    scope: scopes.join(" "),
  }),
  exchange: (subjectToken: string, audience: string, scopes: readonly string[]): Form => ({
    grant_type: GRANT.tokenExchange,
    subject_token: subjectToken,
    subject_token_type: ACCESS_TOKEN_TYPE,
    audience,
    scope: scopes.join(" "),
  }),
  ciba: (authReqId: string): Form => ({ grant_type: GRANT.ciba, auth_req_id: authReqId }),
  authorizationCode: ({ code, redirectUri, verifier }: CodeToRedeem): Form => ({
    grant_type: GRANT.authorizationCode,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  }),
  refresh: (refreshToken: string | undefined, scopes?: readonly string[]): Form => ({
    grant_type: GRANT.refreshToken,
    refresh_token: refreshToken,
    scope: scopes?.join(" "),
  }),
} as const;
