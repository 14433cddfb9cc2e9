/**
 * Says which tenant a command of the Pulumi CLI is about, and refuses one that is not the stack's, before the engine starts.
 * A process of its own: the launcher runs on any Node. Arguments are those of the CLI; prints the variables that the engine
 * needs to find the tenant, as JSON.
 */

import { basename, resolve } from "node:path";
import { z } from "zod";
import { introduction, refuseUnfinished } from "../../src/cli/tenant/introduction.ts";
import { type StackState, selectedStack, stackState } from "../../src/cli/tenant/stack-state.ts";
import { PingAgentsError } from "../../src/errors.ts";
import { tenantAddress } from "../../src/fields/aic.ts";
import { readDeclaration, stackFile } from "../../src/stack-files.ts";
import { type CloudName, namedTenant, type Said } from "../../src/tenants.ts";
import { projectRoot } from "../bootstrap/paths.mjs";
import { argumentsOf } from "./arguments.mjs";

/** What is looked at of a declaration, right or wrong as the rest may be. */
const whereabouts = z.looseObject({
  platform: z.enum(["aic", "pingone"] satisfies CloudName[]),
  tenant: tenantAddress.optional(),
  realm: z.string().optional(),
  tier: z.string().optional(),
  environment: z.string().optional(),
});

try {
  process.stdout.write(JSON.stringify(await introduce(process.argv.slice(2))));
} catch (error) {
  // An expected mistake prints no stack.
  console.error(error instanceof PingAgentsError ? error.message : error);
  process.exitCode = 1;
}

/** @throws ERR_OTHER_TENANT, ERR_SETTING_INVALID, ERR_UNFINISHED */
async function introduce(args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const { env } = process;
  const { command, stack: chosen = env.PULUMI_STACK, cwd, configFile, config: given } = argumentsOf(args);
  const options = [...(chosen ? ["--stack", chosen] : []), ...(cwd ? ["--cwd", cwd] : [])];
  const state = await stackState(options, env, configFile);
  const name = chosen ?? state.name ?? (await selectedStack(options, env));
  if (name === undefined) {
    console.error("No stack is selected; its tenant was not checked");
    return {};
  }
  const stack = basename(name);
  const config = overlaid(state.config, given);
  const declared = declaredBy(stack, config("ping-agents:declaration"));
  const said: Said = { env, config, declared };
  for (const line of await introduction(stack, said, state)) console.error(line);
  if (["destroy", "down", "dn"].includes(command ?? "")) refuseUnfinished(state);
  return declared ? namedTenant(declared.platform, said).variables : {};
}

/** The configuration with what the command line adds: `key=value`. */
function overlaid(config: StackState["config"], given: readonly string[]): StackState["config"] {
  const added = new Map(given.map((text) => [text.split("=", 1)[0] ?? "", text.slice(text.indexOf("=") + 1)]));
  return (key) => added.get(key) ?? config(key);
}

/** Where a declaration belongs; undefined for one that cannot be read, which the program says better. */
function declaredBy(stack: string, named: string | undefined): Said["declared"] {
  try {
    const file = named === undefined ? stackFile(resolve(projectRoot, "stacks"), stack) : resolve(projectRoot, named);
    const { check, placeOf } = readDeclaration(file, { project: projectRoot, hint: "" });
    const { platform, tenant, realm, tier, environment } = check(whereabouts);
    return { platform, tenant, realm, tier, environment, file: placeOf(["tenant"]).file };
  } catch (error) {
    if (!(error instanceof PingAgentsError)) throw error;
    return undefined;
  }
}
