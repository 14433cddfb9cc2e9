/** The OAuth 2.0 endpoints of a realm of AM as a client calls them. */
import type { Call, Observation } from "../http.ts";
import { answered, type Client, type Form, postForm } from "../oauth.ts";
import type { Send } from "../send.ts";

/** Each throws {@link Unprovable} for what is no answer of AM. */
export type OAuth = {
  /** POSTs a form, authenticated as the client unless `client` is undefined. */
  post(endpoint: Endpoint, client: Client | undefined, form: Form): Promise<Observation>;
  /** A request of any other make. */
  raw(endpoint: Endpoint, init: Call, query?: string): Promise<Observation>;
  introspect(client: Client, token: string): Promise<Observation>;
  tokeninfo(token: string): Promise<Observation>;
};

export type Endpoint = "access_token" | "introspect" | "tokeninfo" | "bc-authorize";

/** Path of a realm's endpoints (oauth-flows §1): always the long form, which tokens carry in `iss`. */
export function realmPath(realm: string): string {
  return `/am/oauth2/realms/root/realms/${realm}`;
}

/** @param base origin of the tenant and {@link realmPath} */
export function createOAuth(send: Send, base: string): OAuth {
  const raw: OAuth["raw"] = async (endpoint, init, query = "") =>
    answered(await send(`${base}/${endpoint}${query}`, init));
  const post: OAuth["post"] = async (endpoint, client, form) =>
    answered(await postForm(send, `${base}/${endpoint}`, client, form));
  return {
    raw,
    post,
    introspect: (client, token) => post("introspect", client, { token }),
    tokeninfo: (token) => raw("tokeninfo", { headers: { authorization: `Bearer ${token}` } }),
  };
}
