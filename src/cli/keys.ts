/**
 * `ping-agents keys new|rotate`: key pairs for CIBA requests that never get into the state (oauth-flows §7). The
 * public key goes to the declaration, comments and all kept; the private one to a file that only its owner can read.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Command } from "commander";
import { DeclarationError, type ParsedDeclaration } from "../declaration/load.ts";
import { KEYS_MISSING } from "../declaration/rules/aic.ts";
import type { ErrorCode } from "../error-codes.ts";
import { PingAgentsError } from "../errors.ts";
import { inspectDeclaration } from "../platforms.ts";
import { newSigningKey, type PublicJwk } from "../providers/jwks.ts";
import { readText } from "../stack-files.ts";
import { declaredKeys } from "./declared-keys.ts";
import { writePrivate } from "./private-file.ts";
import { environments, parsedDeclaration } from "./stacks.ts";

/** Where private keys are written: a folder that the repository leaves out. */
const FOLDER = ".ping-agents/keys";

type Action = "new" | "rotate";
type Options = { env?: string | undefined; out?: string | undefined; in?: string | undefined };

/** @returns the command with its two subcommands */
export function keysCommand(): Command {
  const command = new Command("keys").description("key pairs that sign CIBA requests");
  const add = (name: Action, description: string) =>
    command
      .command(name)
      .description(description)
      .argument("<client>", "client id of an agent or application of the declaration")
      .option("--env <env>", "environment, that is stacks/<env>.yaml; default: the one where the client needs a key")
      .option(
        "--out <file>",
        "where the private key is written, as a JWK; must not exist yet; default: a new file in .ping-agents/keys/",
      )
      .option("--in <file>", "file that gets the public key, one that the environment extends; default: its own")
      .action((client: string, options: Options) => run(name, client, options));
  add("new", "make the first key");
  add("rotate", "make the next key and keep the newest before it published beside it; older ones are taken out");
  return command;
}

/** Where a private key is written that nobody named a file for: from the project's folder, one for each key. */
export const keyFile = (env: string, client: string, { kid }: PublicJwk): string =>
  join(FOLDER, env, `${client}-${kid.slice(0, 8)}.jwk`);

/** Makes the key pair, writes the private half, then publishes the other. */
async function run(action: Action, client: string, { env: said, out: wanted, in: chosen }: Options): Promise<void> {
  const env = said ?? environmentFor(action, client);
  const { files, value } = parsedDeclaration(env);
  const [own = ""] = files;
  const file = chosen === undefined ? own : relative(".", chosen);
  const refuse = (code: ErrorCode, what: string, hint: string) =>
    new PingAgentsError(code, what, { where: { file }, hint });
  if (!files.includes(file)) throw refuse("ERR_FILE", `${file} is no part of ${own}`, `use one of ${files.join(", ")}`);
  const declared = declaredKeys(readText(file), client, value);
  if (!declared) throw refuse("ERR_CLIENT_UNKNOWN", `no agent or application "${client}"`, "declare it first");
  const newest = declared.published.at(-1);
  const other = (command: Action) => commandLine(command, client, { env, out: wanted, in: chosen });
  if (action === "new" && newest) throw refuse("ERR_KEY_EXISTS", `${client} has a key`, other("rotate"));
  if (action === "rotate" && !newest) throw refuse("ERR_KEY_MISSING", `${client} has no key to rotate`, other("new"));
  const { publicKey, privateKey } = await newSigningKey();
  const edited = declared.replaced([...(newest ? [newest] : []), publicKey]);
  checkBesideKeys(env, file, edited);
  const out = wanted ?? keyFile(env, client, publicKey);
  if (wanted === undefined) mkdirSync(dirname(out), { recursive: true, mode: 0o700 });
  writePrivate(out, `${JSON.stringify(privateKey)}\n`);
  writeFileSync(file, edited);
  console.log(`${file}: ${client} publishes ${newest ? `${newest.kid} (retiring) and ` : ""}${publicKey.kid}`);
  console.log(`${out}: private key, for the agent's secret store; keep it out of the repository`);
  console.log(
    newest
      ? "Next: pulumi up, give the agent the new key, then take the retiring key out of the declaration"
      : "Next: pulumi up",
  );
}

/** The command, as a message prints it. */
const commandLine = (action: Action, client: string, options: Options) =>
  [
    `npx ping-agents keys ${action} ${client}`,
    ...Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`])),
  ].join(" ");

/**
 * The environment where a client needs a key, or has one to rotate; else the only one that declares it.
 *
 * @throws ERR_CLIENT_UNKNOWN where none does, ERR_ENVIRONMENT_UNKNOWN where several do
 */
function environmentFor(action: Action, client: string): string {
  const all = environments().flatMap((env) => {
    const { value, files } = parsedDeclaration(env);
    const declared = declaredKeys(readText(files[0] ?? ""), client, value);
    return declared ? [{ env, declared }] : [];
  });
  const due = all.filter(({ declared }) =>
    action === "rotate" ? declared.published.length > 0 : declared.published.length === 0 && !declared.isGenerated,
  );
  const [only] = due.length === 1 ? due : all;
  if (!only) {
    throw new PingAgentsError("ERR_CLIENT_UNKNOWN", `no environment has an agent or application "${client}"`, {
      hint: "declare it first",
    });
  }
  if (due.length === 1 || all.length === 1) return only.env;
  const choices = (due.length > 0 ? due : all).map(({ env }) => commandLine(action, client, { env }));
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `several environments have "${client}"`, {
    hint: choices.join(", or "),
  });
}

/**
 * Checks what is to be written. Approved agents without keys are no mistake here: this command makes them, one by one.
 *
 * @throws ERR_DECLARATION, with places in what stands there now where that has the mistakes already
 */
function checkBesideKeys(env: string, file: string, edited: string): void {
  const mistakesIn = (parsed: ParsedDeclaration) =>
    inspectDeclaration(parsed).mistakes.filter(({ message }) => message !== KEYS_MISSING);
  const mistakes = mistakesIn(parsedDeclaration(env, new Map([[file, edited]])));
  if (mistakes.length === 0) return;
  const known = mistakesIn(parsedDeclaration(env));
  throw new DeclarationError(known.length > 0 ? known : mistakes);
}
