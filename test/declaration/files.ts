/** What the tests of declarations in several files share: files that are no files, and what is said of them. */

import { DeclarationError, type ParsedDeclaration, parseDeclaration } from "../../src/declaration/load.ts";
import { checkDeclaration, type Declaration } from "../../src/platforms.ts";

/** How a declaration names a variable of the environment. */
export const variable = (name: string) => `\${env:${name}}`;

type Files = Readonly<Record<string, string>>;
type Env = Readonly<Record<string, string>>;

/** Parses `stacks/dev.yaml` of these files, which are named from the folder of the project. */
export function parsed(files: Files, env: Env = {}, file = "stacks/dev.yaml"): ParsedDeclaration {
  const readBase = (name: string) => {
    const text = files[name];
    return text === undefined ? { problem: `there is no ${name}` } : { text };
  };
  return parseDeclaration(files[file] ?? "", file, { readBase, env });
}

/** What `stacks/dev.yaml` says. */
export const loaded = (files: Files, env?: Env): Declaration => checkDeclaration(parsed(files, env));

/** Every mistake as `file:line:column field: message`, in the order in which they are told. */
export function mistakesIn(files: Files, env?: Env): string[] {
  try {
    loaded(files, env);
    return [];
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    return error.mistakes.map(
      ({ file, line, column, field, message }) => `${file}:${line}:${column} ${field ? `${field}: ` : ""}${message}`,
    );
  }
}
