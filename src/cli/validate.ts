/** `ping-agents validate [env]`: checks declarations without a tenant. */

import { Command, Option } from "commander";
import { DeclarationError } from "../declaration/load.ts";
import { PingAgentsError } from "../errors.ts";
import { inspectDeclaration } from "../platforms.ts";
import { environments, parsedEither } from "./stacks.ts";
import { FORMATS, type Format, type Look, render } from "./validation-report.ts";

/** @returns the command; exit code 1 when a declaration has a mistake, warnings change nothing */
export function validateCommand(): Command {
  return new Command("validate")
    .description("check declarations without a tenant; mistakes come with file:line:column")
    .argument("[env]", "environment, that is stacks/<env>.yaml, or path of a file; default: all environments")
    .addOption(new Option("--format <format>", "github: as annotations of a run").choices(FORMATS).default("text"))
    .action((which: string | undefined, { format }: { format: Format }) => {
      const looks = (which === undefined ? environments() : [which]).map(look);
      const { stdout, stderr } = render(looks, format);
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      process.exitCode = looks.some(({ mistakes, failure }) => failure || mistakes.length > 0) ? 1 : 0;
    });
}

/** What is declared, or what is wrong: the mistakes of one declaration do not hide those of the next. */
function look(which: string): Look {
  try {
    const parsed = parsedEither(which);
    return { files: parsed.files, ...inspectDeclaration(parsed) };
  } catch (failure) {
    if (!(failure instanceof PingAgentsError)) throw failure;
    const nothing = { files: [which], declaration: undefined, mistakes: [], warnings: [] };
    if (!(failure instanceof DeclarationError)) return { ...nothing, failure };
    const { mistakes } = failure;
    return { ...nothing, files: [...new Set(mistakes.map(({ file }) => file))], mistakes };
  }
}
