/** What a verification of an environment works with. A case never sees it: its group takes from here what the case needs. */

import type { CaseGroup, Proof } from "../case.ts";
import { clientIdVariable, type KeyedCredentials, tokenOf, clientOf as withSecret } from "../credentials.ts";
import { Unprovable } from "../errors.ts";
import { type Observation, textOf } from "../http.ts";
import { shown } from "../judge.ts";
import { claimsOf } from "../jwt.ts";
import type { Client } from "../oauth.ts";
import type { Tools } from "../verification.ts";
import type { CodeGrant, RelyingParty, SignedOn } from "./authorize.ts";
import { checkIdToken, checkToken, type ExpectedToken, inWords } from "./claims.ts";
import {
  type PingOneAccess,
  type PingOneAgent,
  type PingOneClient,
  type PingOnePlan,
  pushesRequests,
  type UserTokens,
} from "./plan.ts";
import type { Rig } from "./rig.ts";
import type { TokenService } from "./service.ts";

export type PingOneUser = { readonly name: string /** The subject of tokens. */; readonly id: string };

export type Session = Omit<Tools<KeyedCredentials>, "control"> & {
  readonly plan: PingOnePlan;
  readonly service: TokenService;
  readonly rig: Rig;
  /** The user who is acted for, and who is asked. @throws {Unprovable} when nobody was named */
  user(): PingOneUser;
  /** Whether there is that user. */
  readonly hasUser: boolean;
  /** Where a user can be waited for who signs on to a client; undefined where nobody can. */
  redirectUriOf(client: PingOneClient): string | undefined;
  /** Whether users can sign on to a client, by its key. */
  signsOn(key: string): boolean;
  /** How reports call that user, whether there is one or not. */
  readonly userName: string;
  /** What a user gets who signs on to a client. @throws {Unprovable} where that takes a browser */
  signOn(tokens: UserTokens): Promise<Observation & Partial<SignedOn>>;
  /** Signs users on in a browser. */
  readonly code: CodeGrant;
  /** Makes it that the user has consented to nothing, on a local tenant and until the run is over. */
  forgetConsents(): Promise<void>;
};

export type Group = CaseGroup<Session, PingOneAgent, PingOneClient>;

type Held = Pick<Session, "credentials">;

/** The agent or application as a client. @throws {Unprovable} when its id or secret is not at hand */
export async function clientOf(session: Held, { key, authMethod }: PingOneClient): Promise<Client> {
  const client = await withSecret(session, { clientId: key, authMethod });
  return { ...client, clientId: await clientIdOf(session, key) };
}

/** The client as users sign on to it. @throws {Unprovable} when its id, its secret or a redirect URI is not at hand */
export async function partyOf(
  session: Held & Pick<Session, "redirectUriOf">,
  client: PingOneClient,
): Promise<RelyingParty> {
  const { key, authMethod } = client;
  const redirectUri = session.redirectUriOf(client);
  if (redirectUri === undefined)
    throw new Unprovable(
      `${key} has no redirect URI at which verify can wait for the browser: declare one as http://127.0.0.1:3456/callback`,
    );
  const proof = authMethod === "none" ? undefined : await clientOf(session, client);
  return {
    ...{ client: proof, clientId: proof?.clientId ?? (await clientIdOf(session, key)), redirectUri },
    pushes: pushesRequests(client),
  };
}

/** A token of the agent's own. */
export async function ownToken(
  session: Pick<Session, "service" | "credentials">,
  agent: PingOneClient,
  { scopes }: Pick<PingOneAccess, "scopes">,
): Promise<string> {
  return tokenOf(await session.service.own(await clientOf(session, agent), scopes), `own token of ${agent.key}`);
}

/** @throws {Unprovable} when the client id is not at hand */
export async function clientIdOf({ credentials }: Held, key: string): Promise<string> {
  const clientId = await credentials.clientId(key);
  if (clientId) return clientId;
  throw new Unprovable(`no client id of ${key}: run pulumi up, or set ${clientIdVariable(key)}`);
}

/** Holds an answer to what is expected of its token; the client asks the token service about it, too. */
export async function judged(
  { service }: Pick<Session, "service">,
  client: Client | undefined,
  answer: Observation,
  expected: ExpectedToken & {
    /** What the ID token says. @default the same subject, and no nonce */
    readonly idToken?: { readonly subject: string | undefined; readonly nonce: string | undefined } | undefined;
  },
): Promise<Proof> {
  const token = textOf(answer.body.access_token);
  const claims = token && claimsOf(token);
  if (!token || !claims) return { got: shown(answer), problems: ["no token was issued"] };
  const problems = checkToken(claims, answer.body, expected);
  if (client && (await service.introspect(client, token)).body.active !== true) {
    problems.push("introspection says that it is not active");
  }
  const idToken = textOf(answer.body.id_token);
  if (expected.scopes.includes("openid"))
    problems.push(...checkIdToken(claimsOf(idToken ?? "") ?? {}, { ...expected, ...expected.idToken }));
  return { got: shown(answer), claims: inWords(claims), problems };
}
