/** The declaration that objects are taken into: the file of an environment, or one that is not written yet. */

import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { ParsedDeclaration } from "../../declaration/load.ts";
import { PingAgentsError } from "../../errors.ts";
import { checkDeclaration, type Declaration } from "../../platforms.ts";
import { readDeclaration, readText } from "../../stack-files.ts";
import { declarationFile } from "../stacks.ts";

/** What a new declaration says of the tenant. */
export type Head = { readonly platform?: string; readonly realm?: string; readonly tier?: string };

/** The declaration of an environment. */
export type Target = {
  /** From the working directory. */
  readonly file: string;
  /** Undefined where it is not written yet. */
  readonly before: string | undefined;
  /** The text that entries are added to. */
  readonly text: string;
  readonly declaration: Declaration;
  /** Reads a text as the file. @throws DeclarationError */
  parse(text: string): ParsedDeclaration;
};

/**
 * @param head of one that is not written yet
 * @throws ERR_DECLARATION, ERR_FILE, ERR_ENVIRONMENT_UNKNOWN where it is not written and the head says too little
 */
export function targetOf(environment: string, head: Head): Target {
  const project = resolve(".");
  const file = relative(project, resolve(declarationFile(environment)));
  const parse = (text: string) => readDeclaration(file, { project, hint: "", instead: new Map([[file, text]]) });
  const before = existsSync(file) ? readText(file) : undefined;
  const text = before ?? headText(environment, file, head);
  return { file, before, text, declaration: checkDeclaration(parse(text)), parse };
}

function headText(environment: string, file: string, { platform, realm = "alpha", tier }: Head): string {
  if (platform === "pingone") return "platform: pingone\n";
  if (platform === "aic" && tier !== undefined) return `platform: aic\nrealm: ${realm}\ntier: ${tier}\n`;
  const example = `npx ping-agents adopt ${environment} --platform aic --realm alpha --tier development`;
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", `there is no ${file}: say what it is to be for`, {
    hint: `${example}, or --platform pingone`,
  });
}
