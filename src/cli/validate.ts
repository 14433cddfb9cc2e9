/** `ping-agents validate [env]`: checks declarations without a tenant. */

import { Command, Option } from "commander";
import { PingAgentsError } from "../errors.ts";
import { type Inspection, inspectDeclaration } from "../platforms.ts";
import { readText } from "../stack-files.ts";
import { environments, fileOf } from "./stacks.ts";
import { FORMATS, type Format, render } from "./validation-report.ts";

/** @returns the command; exit code 1 when a declaration has a mistake, warnings change nothing */
export function validateCommand(): Command {
  return new Command("validate")
    .description("check declarations without a tenant; mistakes come with file:line:column")
    .argument("[env]", "environment, that is stacks/<env>.yaml, or path of a file; default: all environments")
    .addOption(new Option("--format <format>", "github: as annotations of a run").choices(FORMATS).default("text"))
    .action((which: string | undefined, { format }: { format: Format }) => {
      const files =
        which === undefined ? environments().map((name) => fileOf(name)) : [isPath(which) ? which : fileOf(which)];
      const looks = files.map((file) => ({ file, ...look(file) }));
      const { stdout, stderr } = render(looks, format);
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      process.exitCode = looks.some(({ mistakes, failure }) => failure || mistakes.length > 0) ? 1 : 0;
    });
}

/** A name of an environment has no dot and no slash before its ending. */
const isPath = (which: string) => /[/\\]|\.ya?ml$/.test(which);

/** What is declared, or what is wrong: the mistakes of one file do not hide those of the next. */
function look(file: string): Inspection & { readonly failure?: PingAgentsError } {
  try {
    return inspectDeclaration(readText(file, file, "name a file that is there"), file);
  } catch (failure) {
    if (!(failure instanceof PingAgentsError)) throw failure;
    return { declaration: undefined, mistakes: [], warnings: [], failure };
  }
}
