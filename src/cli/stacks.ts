/** The declarations of a project, as the commands find them. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type AicDeclaration, aicDeclarationSchema } from "../components/aic/declaration.ts";
import { loadDeclaration } from "../declaration/load.ts";
import { PingAgentsError } from "../errors.ts";

/** Folder of the declarations, below the working directory. */
const FOLDER = "stacks";

/** Environments that have a declaration, sorted. */
export function environments(folder = FOLDER): string[] {
  const isDeclaration = (file: string) => file.endsWith(".yaml") && !file.startsWith("Pulumi.");
  return readdirSync(folder)
    .filter(isDeclaration)
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

/**
 * File of an environment's declaration.
 *
 * @throws ERR_ENVIRONMENT_UNKNOWN
 */
export function fileOf(environment: string, folder = FOLDER): string {
  const file = join(folder, `${environment}.yaml`);
  if (environments(folder).includes(environment)) return file;
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no ${file}`, {
    hint: `write it, or use one of ${environments(folder).join(", ")}`,
  });
}

/**
 * The checked declaration of an environment.
 *
 * @throws ERR_DECLARATION, ERR_ENVIRONMENT_UNKNOWN
 */
export function declarationOf(environment: string, folder = FOLDER): AicDeclaration {
  const file = fileOf(environment, folder);
  return loadDeclaration(aicDeclarationSchema, readFileSync(file, "utf8"), relative(".", file));
}
