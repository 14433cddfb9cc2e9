/** Credentials that cases need: where they come from, and what is said when one is not at hand. */
import type { JWK } from "jose";
import { Unprovable } from "./errors.ts";
import { isAuthMethod } from "./grants.ts";
import { type Observation, textOf } from "./http.ts";
import { shown } from "./judge.ts";
import type { Client } from "./oauth.ts";

/** Where secrets come from. Each answers undefined when there is none at hand. */
export type Credentials = {
  clientSecret(clientId: string): Promise<string | undefined>;
  password(userName: string): Promise<string | undefined>;
  /** The private JWK that signs an agent's CIBA requests. */
  privateKey(clientId: string): Promise<JWK | undefined>;
  /** Asks a person for what is needed and not at hand. @param what in words @default nobody is asked */
  ask?(what: string): Promise<string | undefined>;
};

/** With client ids, on a cloud that chooses them: they are looked up by the keys of the declaration, as secrets are. */
export type KeyedCredentials = Credentials & { clientId(key: string): Promise<string | undefined> };

/** What a user is asked to do with a request. */
export type Decision = "approve" | "deny";

/** How a user decides: on a local tenant at once through its control plane, on a real one on the phone. */
export type Approver = {
  /** Whether the user has decided when `decide` ends. */
  readonly decidesAtOnce: boolean;
  decide(request: { readonly userName: string; readonly message: string }, decision: Decision): Promise<void>;
  /** Looks up, or asks for, what it takes to decide. @throws {Unprovable} when there is none */
  ready(userName: string): Promise<void>;
};

/** The same credentials; a person is asked for each thing once, and what was answered is remembered. */
export function askingOnce<Held extends Credentials>(credentials: Held): Held {
  const answers = new Map<string, Promise<string | undefined>>();
  return {
    ...credentials,
    async ask(what: string) {
      const answer = answers.get(what) ?? credentials.ask?.(what) ?? Promise.resolve(undefined);
      answers.set(what, answer);
      return answer;
    },
  };
}

type Holder = { readonly credentials: Credentials };

/** The client with its secret. @throws {Unprovable} when the secret is not at hand */
export async function clientOf(
  { credentials }: Holder,
  { authMethod, clientId }: { readonly clientId: string; readonly authMethod: string },
): Promise<Client> {
  if (!isAuthMethod(authMethod))
    throw new Unprovable(`${clientId} authenticates by ${authMethod}, which verify does not`);
  const secret =
    (await credentials.clientSecret(clientId)) ?? (await credentials.ask?.(`Client secret of ${clientId}`));
  if (secret) return { clientId, secret, authMethod };
  throw new Unprovable(
    `no secret of ${clientId} at hand, as after its adoption: set ${secretVariable(clientId)}, or declare a rotation`,
  );
}

/** @throws {Unprovable} when the password is not at hand */
export async function passwordOf({ credentials }: Holder, userName: string): Promise<string> {
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

/** Environment variable of a client's secret. */
export const secretVariable = (clientId: string) => `PING_AGENTS_SECRET_${snake(clientId)}`;
/** Environment variable of a test user's password. */
export const passwordVariable = (userName: string) => `PING_AGENTS_PASSWORD_${snake(userName)}`;
/** Environment variable of the private JWK, as JSON, with which an agent signs. */
export const jwkVariable = (clientId: string) => `PING_AGENTS_JWK_${snake(clientId)}`;

/** Environment variable of the client id behind a key of the declaration. */
export const clientIdVariable = (key: string) => `PING_AGENTS_CLIENT_ID_${snake(key)}`;

/** A name as part of an environment variable. */
const snake = (name: string) => name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
