/** What every case works with: the plan, the tenant's state before the run, its endpoints, and the credentials at hand. */
import type { JWK } from "jose";
import type { Clock } from "../clock.ts";
import { Unprovable } from "../errors.ts";
import { type Observation, textOf } from "../http.ts";
import { shown, type Target } from "../judge.ts";
import type { Client, OAuth } from "../oauth.ts";
import type { Admin } from "./admin.ts";
import { type ClientPlan, isAuthMethod, type Plan } from "./plan.ts";
import type { Rig } from "./rig.ts";
import type { Snapshot } from "./snapshot.ts";

/** Where secrets come from. Each answers undefined when there is none at hand. */
export type Credentials = {
  clientSecret(clientId: string): Promise<string | undefined>;
  password(userName: string): Promise<string | undefined>;
  /** The private JWK that signs an agent's CIBA requests. */
  privateKey(clientId: string): Promise<JWK | undefined>;
  /** Asks a person for what is needed and not at hand. @param what in words @default nobody is asked */
  ask?(what: string): Promise<string | undefined>;
};

/** What a user is asked to do with a request. */
export type Decision = "approve" | "deny";

/** How a user decides: on a local tenant at once through its control plane, on a real one on the phone. */
export type Approver = {
  decide(request: { readonly userName: string; readonly message: string }, decision: Decision): Promise<void>;
};

export type World = {
  readonly plan: Plan;
  readonly live: Snapshot;
  readonly target: Target;
  readonly oauth: OAuth;
  /** The endpoints of the realm that the plan is not about. */
  readonly otherRealm: OAuth;
  readonly admin: Admin;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly approver: Approver;
  readonly rig: Rig;
  /** `issuer` of the discovery document. */
  readonly issuer: string;
  /** Tells a person what is being waited for. */
  readonly progress: (line: string) => void;
};

/** The client with its secret. @throws {Unprovable} when the secret is not at hand */
export async function clientOf(
  { credentials }: Pick<World, "credentials">,
  plan: Pick<ClientPlan, "clientId" | "authMethod">,
): Promise<Client> {
  const { authMethod, clientId } = plan;
  if (!isAuthMethod(authMethod))
    throw new Unprovable(`${clientId} authenticates by ${authMethod}, which verify does not`);
  const secret =
    (await credentials.clientSecret(clientId)) ?? (await credentials.ask?.(`Client secret of ${clientId}`));
  if (secret) return { clientId, secret, authMethod };
  throw new Unprovable(`no secret of ${plan.clientId}: set ${secretVariable(plan.clientId)}`);
}

/** @throws {Unprovable} when the password is not at hand */
export async function passwordOf({ credentials }: Pick<World, "credentials">, userName: string): Promise<string> {
  const password = (await credentials.password(userName)) ?? (await credentials.ask?.(`Password of ${userName}`));
  if (password) return password;
  throw new Unprovable(`no password of ${userName}: set ${passwordVariable(userName)}`);
}

/** The token that an answer brought. @throws {Unprovable} when there is none: what comes after cannot be judged */
export function tokenOf(answer: Observation, what: string): string {
  const token = textOf(answer.body.access_token);
  if (token) return token;
  throw new Unprovable(`no ${what}: ${shown(answer)}`);
}

/** Seconds that tokens of a client live: its own setting, else the realm's. */
export function lifetimeOf({ live }: World, { clientId, accessTokenLifetime }: ClientPlan): number {
  return (
    accessTokenLifetime || live.clients.get(clientId)?.accessTokenLifetime || live.provider.accessTokenLifetime || 3600
  );
}

/** Environment variable of a client's secret. */
export const secretVariable = (clientId: string) => `PING_AGENTS_SECRET_${snake(clientId)}`;
/** Environment variable of a test user's password. */
export const passwordVariable = (userName: string) => `PING_AGENTS_PASSWORD_${snake(userName)}`;
/** Environment variable of the private JWK, as JSON, with which an agent signs. */
export const jwkVariable = (clientId: string) => `PING_AGENTS_JWK_${snake(clientId)}`;

/** A name as part of an environment variable. */
export const snake = (name: string) => name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
