/** The ways to a token: each answers what the token endpoint answered, or throws why it could not be tried. */

import { randomUUID } from "node:crypto";
import type { JWK } from "jose";
import { clientOf, jwkVariable, passwordOf, tokenOf } from "../credentials.ts";
import { Unprovable } from "../errors.ts";
import { GRANT } from "../grants.ts";
import { type Observation, textOf } from "../http.ts";
import { shown } from "../judge.ts";
import { type RequestClaims, requestClaims, sign } from "../jwt.ts";
import { type Client, type Form, grant } from "../oauth.ts";
import { type AccessPlan, type AgentPlan, businessScopes, type CibaPlan, grantedScopes } from "./plan.ts";
import type { World } from "./world.ts";

/** For whom an agent exchanges: the way to the subject token, and its `sub`. */
export type Subject = { readonly name: string; readonly sub: string; token(): Promise<string> };

/** The agent itself, or the users that it may act for. */
export async function subjectsOf(world: World, agent: AgentPlan, entry: AccessPlan): Promise<Subject[]> {
  if (agent.pattern === "autonomous") {
    const token = async () => tokenOf(await ownToken(world, agent), "token of the agent's own");
    return [{ name: "itself", sub: agent.clientId, token }];
  }
  const names = [...entry.subjects];
  for (const group of entry.subjectGroups) {
    const members = world.live.groups.get(group) ?? [];
    const reachable: string[] = [];
    for (const name of members) if ((await world.credentials.password(name)) !== undefined) reachable.push(name);
    const one = reachable.find((name) => !names.includes(name)) ?? reachable[0] ?? members[0];
    if (one !== undefined && !names.includes(one)) names.push(one);
  }
  return names.map((name) => ({
    name,
    sub: world.live.users.get(name)?.id ?? "(unknown user)",
    token: async () => {
      const password = await passwordOf(world, name);
      return tokenOf(await userToken(world, entry, { userName: name, password }), `token of ${name}`);
    },
  }));
}

/** The agent's own token. */
export async function ownToken(world: World, agent: AgentPlan): Promise<Observation> {
  const client = await clientOf(world, agent);
  return world.oauth.post("access_token", client, grant.clientCredentials(ownScopes(agent)));
}

/** The scopes that an agent asks for itself: of one that also asks users, only the first, since the others need approval. */
export function ownScopes({ scopes, ciba }: AgentPlan): readonly string[] {
  const business = businessScopes(scopes);
  return ciba ? business.slice(0, 1) : business;
}

/** A user's token of the application, by the password grant: only where the application may use it. */
export async function userToken(
  world: World,
  { application }: AccessPlan,
  { userName, password }: { readonly userName: string; readonly password: string },
): Promise<Observation> {
  if (!application.grantTypes.includes(GRANT.password)) {
    throw new Unprovable(
      `${application.clientId} has no password grant, so that no user token can be had without a browser`,
    );
  }
  const client = await clientOf(world, application);
  return world.oauth.post("access_token", client, grant.password(userName, password, userScopes(application.scopes)));
}

/** The scopes of a user's token: `openid` where the application has it. */
export function userScopes(scopes: readonly string[]): readonly string[] {
  return scopes.includes("openid") ? ["openid"] : scopes.slice(0, 1);
}

/** Exchanges a token for one of the entry's application. @param change form parameters that differ from the entry's */
export async function exchange(
  world: World,
  agent: AgentPlan,
  entry: AccessPlan,
  subjectToken: string,
  change: Form = {},
): Promise<Observation> {
  const client = await clientOf(world, agent);
  const form = grant.exchange(subjectToken, entry.application.clientId, businessScopes(grantedScopes(entry)));
  return world.oauth.post("access_token", client, { ...form, ...change });
}

/** A CIBA agent that can ask: its client, its key, and the user who is asked. */
export type Asker = {
  readonly client: Client;
  readonly key: JWK;
  readonly kid: string;
  readonly acr: string;
  readonly scopes: readonly string[];
  readonly user: { readonly userName: string; readonly id: string };
};

/** @throws {Unprovable} when the secret, the private key or a user is missing */
export async function askerOf(world: World, agent: AgentPlan, ciba: CibaPlan): Promise<Asker> {
  const client = await clientOf(world, agent);
  const key = await world.credentials.privateKey(agent.clientId);
  if (!key?.kid) {
    throw new Unprovable(
      `no private key of ${agent.clientId}: set ${jwkVariable(agent.clientId)} to a JWK with its kid`,
    );
  }
  const known = ciba.users.flatMap((userName) => {
    const user = world.live.users.get(userName);
    return user?.active ? [{ userName, id: user.id }] : [];
  });
  const reachable: typeof known = [];
  for (const user of known) if ((await world.credentials.password(user.userName)) !== undefined) reachable.push(user);
  // On a real tenant the user has a phone and needs no password.
  const user = reachable[0] ?? known[0];
  if (!user) throw new Unprovable(`nobody to ask: none of the users [${ciba.users}] is there and active`);
  return { client, key, kid: key.kid, acr: ciba.acr, scopes: askedScopes(agent.scopes), user };
}

/** `openid`, and the last business scope: the first is the agent's own ({@link ownScopes}). */
function askedScopes(scopes: readonly string[]): readonly string[] {
  return [
    "openid",
    ...businessScopes(scopes)
      .filter((scope) => scope !== "openid")
      .slice(-1),
  ];
}

/** The claims of a request, with a binding message of its own so that the user's phone and the control plane can tell it. */
export function askingClaims({ clock, issuer }: World, { client, acr, scopes, user }: Asker): RequestClaims {
  return requestClaims(clock.now(), {
    iss: client.clientId,
    aud: issuer,
    scope: scopes.join(" "),
    acr_values: acr,
    login_hint: user.id,
    binding_message: `ping-agents verify ${randomUUID().slice(0, 8)}`,
  });
}

/** Starts a back-channel request. */
export async function ask(
  world: World,
  asker: Asker,
  { claims = askingClaims(world, asker), request }: { claims?: Partial<RequestClaims>; request?: string } = {},
): Promise<Observation> {
  const jwt = request ?? (await sign(claims, asker.key, { kid: asker.kid }));
  return world.oauth.post("bc-authorize", asker.client, { request: jwt });
}

/** A started request. */
export type Asked = {
  readonly id: string;
  readonly message: string;
  readonly expiresIn: number;
  readonly interval: number;
};

/** What an answer of `bc-authorize` started; undefined when it is a refusal. @param claims of the request */
export function askedOf({ body }: Observation, { binding_message }: RequestClaims): Asked | undefined {
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
export async function started(world: World, asker: Asker): Promise<Asked> {
  const claims = askingClaims(world, asker);
  const answer = await ask(world, asker, { claims });
  const asked = askedOf(answer, claims);
  if (!asked) throw new Unprovable(`bc-authorize refuses: ${shown(answer)}`);
  return asked;
}

/** Polls once. */
export function poll({ oauth }: World, client: Client, { id }: Asked): Promise<Observation> {
  return oauth.post("access_token", client, grant.ciba(id));
}
