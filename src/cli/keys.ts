/**
 * `ping-agents keys new|rotate`: key pairs for CIBA requests that never get into the state (oauth-flows §7). The
 * public key goes to the declaration, comments and all kept; the private one to a file that only its owner can read.
 */

import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { KEYS_MISSING } from "../declaration/aic.ts";
import { DeclarationError } from "../declaration/load.ts";
import type { ErrorCode } from "../error-codes.ts";
import { PingAgentsError } from "../errors.ts";
import { newSigningKey } from "../providers/jwks.ts";
import { declaredKeys } from "./declared-keys.ts";
import { checked, declarationText, fileOf } from "./stacks.ts";

type Options = { env: string; out: string };

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
      .action((client: string, options: Options) => run(name, client, options));
  add("new", "make the first key");
  add("rotate", "make the next key and keep the newest before it published beside it; older ones are taken out");
  return command;
}

/** Makes the key pair, writes the private half, then publishes the other. */
async function run(action: "new" | "rotate", client: string, { env, out }: Options): Promise<void> {
  const file = fileOf(env);
  const text = declarationText(env);
  const declared = declaredKeys(text, client);
  const refuse = (code: ErrorCode, what: string, hint: string) =>
    new PingAgentsError(code, what, { where: { file }, hint });
  if (!declared) throw refuse("ERR_CLIENT_UNKNOWN", `no agent or application "${client}"`, "declare it first");
  const newest = declared.published.at(-1);
  const other = (command: string) => `npx ping-agents keys ${command} ${client} --env ${env} --out ${out}`;
  if (action === "new" && newest) throw refuse("ERR_KEY_EXISTS", `${client} has a key`, other("rotate"));
  if (action === "rotate" && !newest) throw refuse("ERR_KEY_MISSING", `${client} has no key to rotate`, other("new"));
  const { publicKey, privateKey } = await newSigningKey();
  const edited = declared.replaced([...(newest ? [newest] : []), publicKey]);
  checkBesideKeys(edited, text, file);
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
 * @param before the text that messages give places in
 * @throws ERR_DECLARATION
 */
function checkBesideKeys(text: string, before: string, file: string): void {
  const mistakesOf = (one: string) => {
    try {
      checked(one, file);
      return [];
    } catch (error) {
      if (!(error instanceof DeclarationError)) throw error;
      return error.mistakes.filter(({ message }) => message !== KEYS_MISSING);
    }
  };
  const mistakes = mistakesOf(text);
  if (mistakes.length === 0) return;
  const known = mistakesOf(before);
  throw new DeclarationError(file, known.length > 0 ? known : mistakes);
}

/** @throws ERR_FILE_EXISTS, ERR_FILE when the file cannot be written */
function writePrivate(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") {
      throw new PingAgentsError("ERR_FILE_EXISTS", `${file} exists; a private key is never overwritten`, {
        hint: "name another file",
        cause,
      });
    }
    throw new PingAgentsError("ERR_FILE", `${file} cannot be written (${code}); nothing was changed`, {
      hint: "name a file in a folder that exists and may be written",
      cause,
    });
  }
}
