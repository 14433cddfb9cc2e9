/**
 * The Pulumi program: reads the declaration of the stack and declares what it says. That is `stacks/<stack>.yaml`, or the
 * file that the stack configuration `ping-agents:declaration` names, relative to the project.
 */

import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { PingAgentsError } from "../src/errors.ts";
import { declareStack } from "../src/platforms.ts";
import { declaredStacks, readDeclaration } from "../src/stack-files.ts";

const project = fileURLToPath(new URL("..", import.meta.url));

/** The outputs of the stack: what agents and applications need to get tokens. */
export const outputs = await declare().catch((error: unknown) => {
  // An expected mistake prints no stack.
  throw error instanceof PingAgentsError ? new pulumi.RunError(error.message) : error;
});

async function declare() {
  const file = resolve(project, new pulumi.Config().get("declaration") ?? `stacks/${pulumi.getStack()}.yaml`);
  const others = declaredStacks(resolve(project, "stacks")).join(", ") || "none yet";
  const hint = `write it, choose a stack that has a declaration (${others}), or name a file: npx pulumi config set ping-agents:declaration FILE`;
  return declareStack(readDeclaration(file, relative(project, file), hint));
}
