/**
 * The Pulumi program: reads the declaration of the stack and declares what it says. That is `stacks/<stack>.yaml`, or the
 * file that the stack configuration `ping-agents:declaration` names, relative to the project.
 */

import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import log from "@pulumi/pulumi/log/index.js";
import { refuseOwnAccount } from "./components/own-client.ts";
import { stackConfig as config } from "./components/stack-config.ts";
import type { StackOutputs } from "./components/stack-outputs.ts";
import { PULUMI } from "./engine/command.ts";
import { watchEngine } from "./engine/watch.ts";
import { PingAgentsError, SettingError } from "./errors.ts";
import { checkDeclaration, declareStack } from "./platforms.ts";
import { mistakesIn } from "./providers/together.ts";
import { declaredStacks, readDeclaration, stackFile } from "./stack-files.ts";
import { settingKeys } from "./tenants.ts";

/**
 * Declares what the declaration of the running stack says. A program that has nothing else is one line:
 * `export { declareProject as default } from "ping-agents";`, as Pulumi calls a function that a program exports.
 *
 * @param project folder that has `stacks/`. @default the working directory, which for Pulumi is that of the program's main file
 * @returns the outputs of the stack: what agents and applications need to get tokens
 * @throws pulumi.RunError for an expected mistake, which Pulumi prints without a stack
 */
export async function declareProject(project: string = process.cwd()): Promise<StackOutputs> {
  watchEngine(process.env.PULUMI_NODEJS_ENGINE);
  // The SDK's debug messages hold every property in clear, and `--json` and `--debug` print them.
  log.debug = async () => {};
  try {
    return await declare(project);
  } catch (error) {
    const isExpected = mistakesIn(error).every((one) => one instanceof PingAgentsError);
    throw error instanceof Error && isExpected ? new pulumi.RunError(error.message) : error;
  }
}

async function declare(project: string): Promise<StackOutputs> {
  refuseMisplaced();
  const stacks = resolve(project, "stacks");
  const named = config("ping-agents:declaration");
  const file = named === undefined ? stackFile(stacks, pulumi.getStack()) : resolve(project, named);
  const others = declaredStacks(stacks).join(", ") || "none yet";
  const hint = `write it, choose a stack that has a declaration (${others}), or name a file: ${PULUMI} config set ping-agents:declaration FILE`;
  const parsed = readDeclaration(file, { project, hint });
  const declaration = checkDeclaration(parsed);
  // Refuses a tenant that is said twice and not the same, too.
  await refuseOwnAccount({
    env: process.env,
    config,
    declared: { ...declaration, file: parsed.placeOf(["tenant"]).file },
  });
  return declareStack(declaration, parsed);
}

/**
 * Settings stand under the kit's own name, whatever the project is called: those under another would be passed over.
 *
 * @throws SettingError `ERR_SETTING_INVALID`
 */
function refuseMisplaced(): void {
  const name = pulumi.getProject();
  const misplaced =
    name === "ping-agents" ? undefined : settingKeys.find((key) => config(`${name}:${key}`) !== undefined);
  if (misplaced === undefined) return;
  throw new SettingError("ERR_SETTING_INVALID", `nobody reads ${name}:${misplaced}`, {
    where: { field: `stack configuration ${name}:${misplaced}` },
    hint:
      `${PULUMI} config set ping-agents:${misplaced} … (with --secret for a secret), then ` +
      `${PULUMI} config rm ${name}:${misplaced}`,
  });
}
