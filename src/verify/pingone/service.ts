/** PingOne's token service as a client calls it (contract pingone 5.6, 5.9). */
import { call, type Observation, textOf } from "../http.ts";
import { basic } from "../oauth.ts";
import { GRANT } from "../plan.ts";
import type { PingOneAccess, PingOneClient } from "./plan.ts";

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

/** Form parameters; undefined ones are not sent. */
export type Form = Readonly<Record<string, string | undefined>>;

/** The endpoints of one environment. */
export class TokenService {
  readonly #issuer: string;

  /** @param issuer base of the endpoints */
  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  /** POSTs a form, authenticated as the client. */
  post(
    endpoint: "token" | "introspect" | "cibaAuthorization",
    client: PingOneClient,
    form: Form,
  ): Promise<Observation> {
    const { clientId, secret, authMethod } = client;
    const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const body = new URLSearchParams(given);
    const headers: Record<string, string> = {};
    if (authMethod === "client_secret_basic") headers.authorization = basic({ clientId, secret });
    else
      for (const [name, value] of Object.entries({ client_id: clientId, client_secret: secret })) body.set(name, value);
    return call(`${this.#issuer}/${endpoint}`, { method: "POST", headers, body });
  }

  /** A token of the agent's own. */
  own(client: PingOneClient, scope: string): Promise<Observation> {
    return this.post("token", client, { grant_type: GRANT.clientCredentials, scope });
  }

  /** A token on behalf of the subject. */
  exchange(client: PingOneClient, subjectToken: string, scope: string, more: Form = {}): Promise<Observation> {
    return this.post("token", client, {
      grant_type: GRANT.tokenExchange,
      subject_token: subjectToken,
      subject_token_type: ACCESS_TOKEN,
      scope,
      ...more,
    });
  }

  /** A poll for the answer of a user. */
  poll(client: PingOneClient, authReqId: string): Promise<Observation> {
    return this.post("token", client, { grant_type: GRANT.ciba, auth_req_id: authReqId });
  }
}

/** Parameters that name who acts. */
export const actorForm = (token: string): Form => ({ actor_token: token, actor_token_type: ACCESS_TOKEN });

/** The token of an answer. */
export const tokenOf = ({ body }: Observation): string => textOf(body.access_token) ?? "";

/** Scopes of one resource as a request parameter. */
export const scopeOf = ({ scopes }: PingOneAccess): string => scopes.join(" ");
