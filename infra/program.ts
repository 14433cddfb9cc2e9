/** The Pulumi program: reads `stacks/<stack>.yaml` and declares what it says. */

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { aicDeclarationSchema } from "../src/components/aic/declaration.ts";
import { declareAic } from "../src/components/aic/stack.ts";
import { loadDeclaration } from "../src/declaration/load.ts";

const file = fileURLToPath(new URL(`../stacks/${pulumi.getStack()}.yaml`, import.meta.url));
const shown = relative(fileURLToPath(new URL("..", import.meta.url)), file);

/** Secrets and private keys of agents and applications, by client id. */
export const { secrets, privateKeys } = declareAic(
  loadDeclaration(aicDeclarationSchema, readFileSync(file, "utf8"), shown),
);
