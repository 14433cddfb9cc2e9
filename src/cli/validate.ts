/** `ping-agents validate [env]`: checks declarations without a tenant. */

import { Command } from "commander";
import { PingAgentsError } from "../errors.ts";
import { declarationOf, environments } from "./stacks.ts";

/** @returns the command; exit code 1 when a declaration has a mistake */
export function validateCommand(): Command {
  return new Command("validate")
    .description("check declarations; mistakes come with file:line:column")
    .argument("[env]", "environment, that is stacks/<env>.yaml; default: all")
    .action((environment: string | undefined) => {
      const names = environment ? [environment] : environments();
      process.exitCode = names.map(isValid).includes(false) ? 1 : 0;
    });
}

/** Says what is declared, or what is wrong: the mistakes of one environment do not hide those of the next. */
function isValid(environment: string): boolean {
  try {
    const { declaration, files } = declarationOf(environment);
    const { agents = {}, applications = {} } = declaration;
    const counts = `${Object.keys(agents).length} agents, ${Object.keys(applications).length} applications`;
    console.log(`${files.join(" extends ")}: ${counts}`);
    return true;
  } catch (error) {
    if (!(error instanceof PingAgentsError)) throw error;
    console.error(error.message);
    return false;
  }
}
