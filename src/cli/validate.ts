/** `ping-agents validate [env]`: checks declarations without a tenant. */

import { Command } from "commander";
import { declarationOf, environments } from "./stacks.ts";

/** @returns the command; exit code 1 when a declaration has a mistake */
export function validateCommand(): Command {
  return new Command("validate")
    .description("check declarations; mistakes come with file:line:column")
    .argument("[env]", "environment, that is stacks/<env>.yaml; default: all")
    .action((environment: string | undefined) => {
      for (const name of environment ? [environment] : environments()) {
        const { agents = {}, applications = {} } = declarationOf(name);
        console.log(
          `stacks/${name}.yaml: ${Object.keys(agents).length} agents, ${Object.keys(applications).length} applications`,
        );
      }
    });
}
