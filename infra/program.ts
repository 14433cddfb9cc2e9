/**
 * The Pulumi program: reads the declaration of the stack and declares what it says. That is `stacks/<stack>.yaml`, or the
 * file that the stack configuration `ping-agents:declaration` names, relative to the project.
 */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { refuseOwnAccount } from "../src/components/own-client.ts";
import { stackConfig as config } from "../src/components/stack-config.ts";
import { PingAgentsError, SettingError } from "../src/errors.ts";
import { checkDeclaration, declareStack } from "../src/platforms.ts";
import { mistakesIn } from "../src/providers/together.ts";
import { declaredStacks, readDeclaration, stackFile } from "../src/stack-files.ts";
import { settingKeys } from "../src/tenants.ts";

const project = fileURLToPath(new URL("..", import.meta.url));

/** Declares everything. Answers with the outputs of the stack: what agents and applications need to get tokens. */
export const program = () =>
  declare().catch((error: unknown) => {
    // An expected mistake prints no stack.
    const isExpected = mistakesIn(error).every((one) => one instanceof PingAgentsError);
    throw error instanceof Error && isExpected ? new pulumi.RunError(error.message) : error;
  });

async function declare() {
  refuseMisplaced();
  const stacks = resolve(project, "stacks");
  const named = config("ping-agents:declaration");
  const file = named === undefined ? stackFile(stacks, pulumi.getStack()) : resolve(project, named);
  const others = declaredStacks(stacks).join(", ") || "none yet";
  const hint = `write it, choose a stack that has a declaration (${others}), or name a file: npx pulumi config set ping-agents:declaration FILE`;
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
      `npx pulumi config set ping-agents:${misplaced} … (with --secret for a secret), then ` +
      `npx pulumi config rm ${name}:${misplaced}`,
  });
}
