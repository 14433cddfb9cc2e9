/**
 * The Pulumi program: reads the declaration of the stack and declares what it says. That is `stacks/<stack>.yaml`, or the
 * file that the stack configuration `ping-agents:declaration` names, relative to the project.
 */

import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { declareAic } from "../src/components/aic/stack.ts";
import { assertStaticConfiguration } from "../src/components/aic/static.ts";
import { loadAnyDeclaration } from "../src/components/declaration.ts";
import { declarePingOne } from "../src/components/pingone/stack.ts";
import { PingAgentsError } from "../src/errors.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const file = resolve(project, new pulumi.Config().get("declaration") ?? `stacks/${pulumi.getStack()}.yaml`);

/** The outputs of the stack: what agents and applications need to get tokens. */
export const outputs = await declare().catch((error: unknown) => {
  // An expected mistake prints no stack.
  throw error instanceof PingAgentsError ? new pulumi.RunError(error.message) : error;
});

async function declare() {
  const declaration = loadAnyDeclaration(readFileSync(file, "utf8"), relative(project, file));
  if (declaration.platform === "pingone") return declarePingOne(declaration);
  await assertStaticConfiguration(declaration);
  return declareAic(declaration);
}
