/**
 * The Pulumi program: reads the declaration of the stack and declares what it says. That is `stacks/<stack>.yaml`, or the
 * file that the stack configuration `ping-agents:declaration` names, relative to the project.
 */

import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { aicDeclarationSchema } from "../src/components/aic/declaration.ts";
import { declareAic } from "../src/components/aic/stack.ts";
import { assertStaticConfiguration } from "../src/components/aic/static.ts";
import { loadDeclaration } from "../src/declaration/load.ts";
import { PingAgentsError } from "../src/errors.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const file = resolve(project, new pulumi.Config().get("declaration") ?? `stacks/${pulumi.getStack()}.yaml`);

/** Secrets and private keys of agents and applications, by client id. */
export const { secrets, privateKeys } = await declare().catch((error: unknown) => {
  // An expected mistake prints no stack.
  throw error instanceof PingAgentsError ? new pulumi.RunError(error.message) : error;
});

async function declare() {
  const declaration = loadDeclaration(aicDeclarationSchema, readFileSync(file, "utf8"), relative(project, file));
  await assertStaticConfiguration(declaration);
  return declareAic(declaration);
}
