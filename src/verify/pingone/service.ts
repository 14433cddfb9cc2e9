/** PingOne's token service as a client calls it (pingone §5.6, §5.9, §5.11). */

import { GRANT } from "../grants.ts";
import type { Observation } from "../http.ts";
import { ACCESS_TOKEN_TYPE, answered, type Client, type Form, grant, postForm } from "../oauth.ts";
import type { Send } from "../send.ts";

/** What is exchanged for what; an undefined part is not sent. */
export type Exchange = {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  /** @default that of access tokens */
  readonly subjectType?: string;
  readonly actorType?: string;
  readonly scopes: readonly string[];
  /** Audience of the wanted resource (RFC 8707). @default that of the scopes */
  readonly resource?: string | undefined;
};

/** Each throws {@link Unprovable} for what is no answer of the token service. */
export type TokenService = {
  readonly issuer: string;
  /** POSTs a form, authenticated as the client unless that is undefined. */
  post(
    endpoint: "token" | "introspect" | "cibaAuthorization" | "par",
    client: Client | undefined,
    form: Form,
  ): Promise<Observation>;
  /** A token of the client's own. */
  own(client: Client, scopes: readonly string[]): Promise<Observation>;
  exchange(client: Client, exchange: Exchange): Promise<Observation>;
  introspect(client: Client, token: string): Promise<Observation>;
};

/** @param issuer base of the endpoints, e.g. `https://auth.pingone.eu/<environment>/as` */
export function tokenService(send: Send, issuer: string): TokenService {
  const post: TokenService["post"] = async (endpoint, client, form) =>
    answered(await postForm(send, `${issuer}/${endpoint}`, client, form));
  return {
    issuer,
    post,
    own: (client, scopes) => post("token", client, grant.clientCredentials(scopes)),
    introspect: (client, token) => post("introspect", client, { token }),
    exchange: (client, { subject, subjectType, actor, actorType, scopes, resource }) =>
      post("token", client, {
        ...{ grant_type: GRANT.tokenExchange, scope: scopes.join(" "), resource },
        ...(subject !== undefined && { subject_token: subject, subject_token_type: subjectType ?? ACCESS_TOKEN_TYPE }),
        ...(actor !== undefined && { actor_token: actor, actor_token_type: actorType ?? ACCESS_TOKEN_TYPE }),
      }),
  };
}
