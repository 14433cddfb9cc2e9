/** `ping-agents doctor [env]`: what of a set-up is not as a stack needs it, and what to do about it. */

import { Command, Option } from "commander";
import { FORMATS, type Format, render } from "../../reports/doctor/render.ts";
import { defaultEnvironment, parsedDeclaration } from "../stacks.ts";
import { examine } from "./examine.ts";
import { wingOf } from "./wings.ts";

/** @returns the command, which writes nothing anywhere; exit code 1 when a check failed */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description(
      "look at programs, declaration, state, settings and tenant: what is missing, and what to do; reads only",
    )
    .argument("[env]", "environment, that is stacks/<env>.yaml; default: the only one, else dev")
    .addOption(new Option("--format <format>", "what is printed").choices(FORMATS).default("text"))
    .action(async (environment: string | undefined, { format }: { format: Format }) => {
      const stack = environment ?? defaultEnvironment();
      const report = await examine({ stack, env: process.env, read: () => parsedDeclaration(stack) }, wingOf);
      process.stdout.write(render(report, format));
      process.exitCode = report.outcome === "failed" ? 1 : 0;
    });
}
