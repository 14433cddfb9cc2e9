/** How a client asks a user (OpenID CIBA Core 1.0, oauth-flows §6): a signed request, what it started, and polling. */
import { randomUUID } from "node:crypto";
import type { JWK } from "jose";
import type { Need } from "../case.ts";
import { clientOf, jwkVariable } from "../credentials.ts";
import { Unprovable } from "../errors.ts";
import { type Observation, textOf } from "../http.ts";
import { shown } from "../judge.ts";
import { sign } from "../jwt.ts";
import { type Client, grant } from "../oauth.ts";
import type { Waiting } from "../polling.ts";
import { type AgentPlan, businessScopes, type CibaPlan } from "./plan.ts";
import type { Session } from "./session.ts";

/** A client that can ask, with its key, and the user whom it asks. */
export type CibaClient = {
  readonly client: Client;
  readonly key: JWK;
  readonly kid: string;
  readonly acr: string;
  readonly scopes: readonly string[];
  readonly user: { readonly userName: string; readonly id: string };
};

/** @throws {Unprovable} when the secret, the private key or a user is missing */
export async function cibaClientOf(
  session: Pick<Session, "credentials" | "live">,
  agent: AgentPlan,
  ciba: CibaPlan,
): Promise<CibaClient> {
  const { credentials, live } = session;
  const client = await clientOf(session, agent);
  const key = await credentials.privateKey(agent.clientId);
  if (!key?.kid) {
    throw new Unprovable(
      `no private key of ${agent.clientId}: set ${jwkVariable(agent.clientId)} to a JWK with its kid`,
    );
  }
  const known = ciba.users.flatMap((userName) => {
    const user = live.users.get(userName);
    return user?.active ? [{ userName, id: user.id }] : [];
  });
  const reachable: typeof known = [];
  for (const user of known) if ((await credentials.password(user.userName)) !== undefined) reachable.push(user);
  // On a real tenant the user has a phone and needs no password.
  const user = reachable[0] ?? known[0];
  if (!user) throw new Unprovable(`nobody to ask: none of the users [${ciba.users}] is there and active`);
  return { client, key, kid: key.kid, acr: ciba.acr, scopes: requestedScopes(agent.scopes), user };
}

/** `openid`, and the last business scope: the first is the agent's own (`ownScopes`). */
export function requestedScopes(scopes: readonly string[]): readonly string[] {
  return [
    "openid",
    ...businessScopes(scopes)
      .filter((scope) => scope !== "openid")
      .slice(-1),
  ];
}

/** What it takes to ask a user, and to decide in place of the user. */
export function needsOfCiba(
  session: Pick<Session, "credentials" | "live" | "approver">,
  agent: AgentPlan,
  ciba: CibaPlan,
): Need[] {
  return [
    async () => {
      const { user } = await cibaClientOf(session, agent, ciba);
      await session.approver.ready(user.userName);
    },
  ];
}

/** What a request JWT says (oauth-flows §6.1). Times are seconds since 1970. */
export type RequestClaims = {
  readonly iss: string;
  readonly aud: string;
  readonly scope: string;
  readonly acr_values?: string | undefined;
  readonly login_hint?: string | undefined;
  readonly binding_message: string;
  readonly exp: number;
  readonly iat: number;
  readonly nbf: number;
  readonly jti: string;
};

type Asking = Pick<Session, "clock" | "issuer" | "oauth">;

/**
 * The claims of a request, valid for ten minutes, with a binding message of its own so that the user's phone and the control
 * plane can tell it.
 */
export function requestClaims(
  { clock, issuer }: Pick<Asking, "clock" | "issuer">,
  { client, acr, scopes, user }: CibaClient,
): RequestClaims {
  const now = clock.now();
  return {
    iss: client.clientId,
    aud: issuer,
    scope: scopes.join(" "),
    acr_values: acr,
    login_hint: user.id,
    binding_message: `ping-agents verify ${randomUUID().slice(0, 8)}`,
    exp: now + 600,
    iat: now,
    nbf: now - 10,
    jti: randomUUID(),
  };
}

/** Starts a back-channel request. @param request a signed JWT in place of one of the claims */
export async function startRequest(
  session: Asking,
  ciba: CibaClient,
  { claims = requestClaims(session, ciba), request }: { claims?: Partial<RequestClaims>; request?: string } = {},
): Promise<Observation> {
  const jwt = request ?? (await sign(claims, ciba.key, { kid: ciba.kid }));
  return session.oauth.post("bc-authorize", ciba.client, { request: jwt });
}

/** A request that was started. */
export type CibaRequest = Waiting & { readonly id: string };

/** What an answer of `bc-authorize` started; undefined when it is a refusal. @param claims of the request */
export function requestOf(
  { body }: Observation,
  { binding_message }: Pick<RequestClaims, "binding_message">,
): CibaRequest | undefined {
  const id = textOf(body.auth_req_id);
  if (id === undefined) return undefined;
  const seconds = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
  // CIBA Core §7.3: without an interval it is 5 seconds.
  return {
    id,
    message: binding_message,
    expiresIn: seconds(body.expires_in, 0),
    interval: seconds(body.interval, 5),
  };
}

/** @throws {Unprovable} when the request is refused */
export async function startedRequest(session: Asking, ciba: CibaClient): Promise<CibaRequest> {
  const claims = requestClaims(session, ciba);
  const answer = await startRequest(session, ciba, { claims });
  const request = requestOf(answer, claims);
  if (request) return request;
  throw new Unprovable(`bc-authorize refuses: ${shown(answer)}`);
}

/** Polls once. */
export function poll({ oauth }: Pick<Asking, "oauth">, client: Client, { id }: CibaRequest): Promise<Observation> {
  return oauth.post("access_token", client, grant.ciba(id));
}
