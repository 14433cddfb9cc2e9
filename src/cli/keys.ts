/**
 * `ping-agents keys new|rotate`: key pairs for CIBA requests that never get into the state (contract oauth-flows §7). The
 * public key goes to the declaration, comments and all kept; the private one to a file that only its owner can read.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { isMap, isNode, parseDocument, type YAMLMap } from "yaml";
import { PingAgentsError } from "../errors.ts";
import { newSigningKey, type PublicJwk } from "../providers/jwks.ts";
import { declarationOf, fileOf } from "./stacks.ts";

type Options = { env: string; out: string };
type PublicKeys = { keys: PublicJwk[] };

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
  add("rotate", "make the next key and keep the one before published beside it; run again to retire that one first");
  return command;
}

/** Makes the key pair, writes the private half, then publishes the other. */
async function run(action: "new" | "rotate", client: string, { env, out }: Options): Promise<void> {
  const file = fileOf(env);
  declarationOf(env);
  const text = readFileSync(file, "utf8");
  const declared = clientIn(text, client, file);
  const keys = declared.getIn(["ciba", "keys"], true);
  const published = isMap(keys) ? (keys.toJSON() as PublicKeys).keys : [];
  if (action === "new" && published.length > 0) {
    throw new PingAgentsError("ERR_KEY_EXISTS", `${client} has a key`, {
      where: { file },
      hint: `npx ping-agents keys rotate ${client} …`,
    });
  }
  if (action === "rotate" && published.length === 0) {
    throw new PingAgentsError("ERR_KEY_MISSING", `${client} has no key to rotate`, {
      where: { file },
      hint: `npx ping-agents keys new ${client} …`,
    });
  }
  if (existsSync(out)) {
    throw new PingAgentsError("ERR_FILE_EXISTS", `${out} exists; a private key is never overwritten`, {
      hint: "name another file",
    });
  }
  const { publicKey, privateKey } = await newSigningKey();
  const newest = published.at(-1);
  const edited = withKeys(text, declared, [...(newest ? [newest] : []), publicKey]);
  writeFileSync(out, `${JSON.stringify(privateKey)}\n`, { mode: 0o600, flag: "wx" });
  writeFileSync(file, edited);
  console.log(`${file}: ${client} publishes ${newest ? `${newest.kid} (retiring) and ` : ""}${publicKey.kid}`);
  console.log(`${out}: private key, for the agent's secret store; keep it out of the repository`);
  console.log(
    newest
      ? "Next: pulumi up, give the agent the new key, then take the retiring key out of the declaration"
      : "Next: pulumi up",
  );
}

/** The text of the declaration with other keys in it, and not a character changed elsewhere. JSON is YAML. */
function withKeys(text: string, client: YAMLMap, keys: readonly PublicJwk[]): string {
  const published = JSON.stringify({ keys });
  const current = client.getIn(["ciba", "keys"], true);
  if (isNode(current) && current.range)
    return text.slice(0, current.range[0]) + published + text.slice(current.range[1]);
  const [start = 0, end = 0] = client.range ?? [];
  if (client.flow) return `${text.slice(0, end - 1)}, ciba: { keys: ${published} }${text.slice(end - 1)}`;
  const indent = " ".repeat(start - (text.lastIndexOf("\n", start) + 1));
  const last = text.slice(0, end).trimEnd().length;
  return `${text.slice(0, last)}\n${indent}ciba: { keys: ${published} }${text.slice(last)}`;
}

/** Where a client stands in the declaration. */
function clientIn(text: string, client: string, file: string): YAMLMap {
  const document = parseDocument(text);
  for (const section of ["agents", "applications"]) {
    const found = document.getIn([section, client], true);
    if (isMap(found)) return found;
  }
  throw new PingAgentsError("ERR_CLIENT_UNKNOWN", `no agent or application "${client}"`, {
    where: { file },
    hint: "declare it first",
  });
}
