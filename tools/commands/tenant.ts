/**
 * Says which tenant a command of the Pulumi CLI is about, and refuses one that is not the stack's, before the engine starts.
 * A process of its own: the launcher runs on any Node. Arguments are those of the CLI; prints the variables that the engine
 * needs to find the tenant, as JSON.
 */

import { readFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { parse } from "yaml";
import { introduction } from "../../src/cli/tenant/introduction.ts";
import { type StackState, selectedStack, stackState } from "../../src/cli/tenant/stack-state.ts";
import { PingAgentsError } from "../../src/errors.ts";
import { isCloud, namedTenant, type Said, type Whereabouts } from "../../src/tenants.ts";
import { projectRoot } from "../bootstrap/paths.mjs";
import { argumentsOf } from "./arguments.mjs";

try {
  process.stdout.write(JSON.stringify(await introduce(process.argv.slice(2))));
} catch (error) {
  // An expected mistake prints no stack.
  console.error(error instanceof PingAgentsError ? error.message : error);
  process.exitCode = 1;
}

/** @throws ERR_OTHER_TENANT, ERR_SETTING_INVALID */
async function introduce(args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const { env } = process;
  const { stack: chosen = env.PULUMI_STACK, cwd, configFile, config: given } = argumentsOf(args);
  const options = [...(chosen ? ["--stack", chosen] : []), ...(cwd ? ["--cwd", cwd] : [])];
  const state = await stackState(options, env, configFile);
  const name = chosen ?? state.name ?? (await selectedStack(options, env));
  if (name === undefined) {
    console.error("No stack is selected; its tenant was not checked");
    return {};
  }
  const stack = basename(name);
  const config = overlaid(state.config, given);
  const declared = declaredBy(config("ping-agents:declaration") ?? `stacks/${stack}.yaml`);
  const said: Said = { env, config, declared };
  for (const line of await introduction(stack, said, state)) console.error(line);
  return declared ? namedTenant(declared.platform, said).variables : {};
}

/** The configuration with what the command line adds: `key=value`. */
function overlaid(config: StackState["config"], given: readonly string[]): StackState["config"] {
  const added = new Map(given.map((text) => [text.split("=", 1)[0] ?? "", text.slice(text.indexOf("=") + 1)]));
  return (key) => added.get(key) ?? config(key);
}

/** Where a declaration belongs; undefined for one that cannot be read, which the program says better. */
function declaredBy(file: string): Said["declared"] {
  try {
    const path = resolve(projectRoot, file);
    const found = parse(readFileSync(path, "utf8"), { merge: true }) as Record<keyof Whereabouts, unknown>;
    const { platform, tenant, realm, tier, environment } = found;
    if (!isCloud(String(platform))) return undefined;
    const texts = Object.entries({ platform, tenant, realm, tier, environment }).filter(
      ([, text]) => typeof text === "string",
    );
    return { ...(Object.fromEntries(texts) as Whereabouts), file: relative(projectRoot, path) };
  } catch {
    return undefined;
  }
}
