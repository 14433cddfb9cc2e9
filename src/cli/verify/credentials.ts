/**
 * Where the verifier finds secrets: the environment first, then the outputs of the Pulumi stack, then a person at the
 * terminal. Nothing of it is ever printed.
 */

import { calculateJwkThumbprint, type JWK } from "jose";
import { PingAgentsError } from "../../errors.ts";
import {
  clientIdVariable,
  jwkVariable,
  type KeyedCredentials,
  passwordVariable,
  secretVariable,
} from "../../verify/index.ts";
import { askHidden } from "../prompts.ts";
import { type SecretOutputs, secretOutputs } from "../tenant/secret-outputs.ts";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * @param stack of Pulumi; asked only when the environment lacks something. That it cannot be asked is said once
 * @param signal ends a question, as Ctrl-C does
 */
export function credentialsFor(stack: string, env: Env, signal?: AbortSignal): KeyedCredentials {
  let outputs: Promise<SecretOutputs> | undefined;
  const output = async (kind: keyof SecretOutputs, clientId: string) => {
    outputs ??= secretOutputs(stack, env).catch(sayUnread);
    return (await outputs)[kind]?.[clientId];
  };
  return {
    clientId: async (key) => env[clientIdVariable(key)] || (await output("clientIds", key)),
    clientSecret: async (clientId) => env[secretVariable(clientId)] || (await output("secrets", clientId)),
    password: async (userName) => env[passwordVariable(userName)] || undefined,
    async privateKey(clientId) {
      const text = env[jwkVariable(clientId)] || (await output("privateKeys", clientId));
      return text ? named(text) : undefined;
    },
    ask: (what) => askHidden(what, signal),
  };
}

/** A person may know what the stack does not tell. */
function sayUnread(error: unknown): SecretOutputs {
  if (!(error instanceof PingAgentsError)) throw error;
  console.error(error.message);
  return {};
}

/** A private JWK under the name of its thumbprint, unless it has a name (RFC 7638). */
async function named(text: string): Promise<JWK | undefined> {
  try {
    const jwk = JSON.parse(text) as JWK;
    return { ...jwk, kid: jwk.kid ?? (await calculateJwkThumbprint(jwk)) };
  } catch {
    return undefined;
  }
}
