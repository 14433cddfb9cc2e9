/**
 * `ping-agents keys new|rotate`: key pairs for CIBA requests that never get into the state (oauth-flows §7). The
 * public key goes to the declaration, comments and all kept; the private one to a file that only its owner can read.
 */

import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { Command } from "commander";
import { KEYS_MISSING } from "../declaration/aic.ts";
import { DeclarationError, type ParsedDeclaration } from "../declaration/load.ts";
import type { ErrorCode } from "../error-codes.ts";
import { PingAgentsError } from "../errors.ts";
import { inspectDeclaration } from "../platforms.ts";
import { newSigningKey } from "../providers/jwks.ts";
import { readText } from "../stack-files.ts";
import { declaredKeys } from "./declared-keys.ts";
import { writePrivate } from "./private-file.ts";
import { parsedDeclaration } from "./stacks.ts";

type Options = { env: string; out: string; in?: string };

/** @returns the command with its two subcommands */
export function keysCommand(): Command {
  const command = new Command("keys").description("key pairs that sign CIBA requests");
  const add = (name: "new" | "rotate", description: string) =>
    command
      .command(name)
      .description(description)
      .argument("<client>", "client id of an agent or application of the declaration")
      .requiredOption("--env <env>", "environment, that is stacks/<env>.yaml")
      .requiredOption("--out <file>", "where the private key is written, as a JWK; must not exist yet")
      .option("--in <file>", "file that gets the public key, one that the environment extends; default: its own")
      .action((client: string, options: Options) => run(name, client, options));
  add("new", "make the first key");
  add("rotate", "make the next key and keep the newest before it published beside it; older ones are taken out");
  return command;
}

/** Makes the key pair, writes the private half, then publishes the other. */
async function run(action: "new" | "rotate", client: string, { env, out, in: chosen }: Options): Promise<void> {
  const { files, value } = parsedDeclaration(env);
  const [own = ""] = files;
  const file = chosen === undefined ? own : relative(".", chosen);
  const refuse = (code: ErrorCode, what: string, hint: string) =>
    new PingAgentsError(code, what, { where: { file }, hint });
  if (!files.includes(file)) throw refuse("ERR_FILE", `${file} is no part of ${own}`, `use one of ${files.join(", ")}`);
  const declared = declaredKeys(readText(file), client, value);
  if (!declared) throw refuse("ERR_CLIENT_UNKNOWN", `no agent or application "${client}"`, "declare it first");
  const newest = declared.published.at(-1);
  const other = (command: string) =>
    `npx ping-agents keys ${command} ${client} --env ${env} --out ${out}${chosen === undefined ? "" : ` --in ${chosen}`}`;
  if (action === "new" && newest) throw refuse("ERR_KEY_EXISTS", `${client} has a key`, other("rotate"));
  if (action === "rotate" && !newest) throw refuse("ERR_KEY_MISSING", `${client} has no key to rotate`, other("new"));
  const { publicKey, privateKey } = await newSigningKey();
  const edited = declared.replaced([...(newest ? [newest] : []), publicKey]);
  checkBesideKeys(env, file, edited);
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
