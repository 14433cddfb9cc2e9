/**
 * Where the verifier finds secrets: the environment first, then the outputs of the Pulumi stack, then a person at the
 * terminal. Nothing of it is ever printed.
 */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { calculateJwkThumbprint, type JWK } from "jose";
import {
  clientIdVariable,
  jwkVariable,
  type KeyedCredentials,
  passwordVariable,
  secretVariable,
} from "../../verify/index.ts";

type Env = Readonly<Record<string, string | undefined>>;
/** Outputs of a stack by key in the declaration: client ids that the platform chose, client secrets, private JWKs. */
type Outputs = Partial<Readonly<Record<"clientIds" | "secrets" | "privateKeys", Record<string, string>>>>;

/** @param stack of Pulumi; asked only when the environment lacks something */
export function credentialsFor(stack: string, env: Env): KeyedCredentials {
  let outputs: Promise<Outputs> | undefined;
  const output = async (kind: keyof Outputs, clientId: string) => {
    outputs ??= stackOutputs(stack, env);
    return (await outputs)[kind]?.[clientId];
  };
  const answers = new Map<string, Promise<string | undefined>>();
  return {
    clientId: async (key) => env[clientIdVariable(key)] || (await output("clientIds", key)),
    clientSecret: async (clientId) => env[secretVariable(clientId)] || (await output("secrets", clientId)),
    password: async (userName) => env[passwordVariable(userName)] || undefined,
    async privateKey(clientId) {
      const text = env[jwkVariable(clientId)] || (await output("privateKeys", clientId));
      return text ? named(text) : undefined;
    },
    ask(what) {
      const answer = answers.get(what) ?? askHidden(what);
      answers.set(what, answer);
      return answer;
    },
  };
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

/** What the stack hands out; nothing when there is no such stack, or no CLI. The CLI is the one on PATH, as `npx` sets it. */
function stackOutputs(stack: string, env: Env): Promise<Outputs> {
  const args = ["stack", "output", "--json", "--show-secrets", "--non-interactive", "--stack", stack];
  return new Promise((resolve) => {
    const child = spawn("pulumi", args, { env: { ...env }, stdio: ["ignore", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => resolve({}));
    child.on("close", (code) => resolve(code === 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Outputs) : {}));
  });
}

/** Asks a person, without an echo; nobody where there is no terminal. */
async function askHidden(what: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  process.stderr.write(`${what}: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await new Promise((resolve) => terminal.question("", resolve));
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
