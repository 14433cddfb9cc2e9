/** The `ping-agents` command line: one file a command, and one place where errors become text and exit codes. */

import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { PingAgentsError } from "../errors.ts";
import { enableCommand } from "./enable.ts";
import { keysCommand } from "./keys.ts";
import { restartCommand } from "./restart.ts";
import { sandboxCommand } from "./sandbox.ts";
import { validateCommand } from "./validate.ts";
import { verifyCommand } from "./verify/command.ts";

/**
 * Runs a command line.
 *
 * @param argv arguments without the interpreter and the script
 * @returns the exit code: 0, what the command says, or 1 for a mistake
 */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("ping-agents")
    .description("Identities of AI agents on Ping Identity's clouds, declared with Pulumi")
    .version(version())
    .exitOverride()
    .addCommand(enableCommand())
    .addCommand(keysCommand())
    .addCommand(restartCommand())
    .addCommand(sandboxCommand())
    .addCommand(validateCommand())
    .addCommand(verifyCommand());
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...argv], { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    // An expected mistake prints no stack.
    console.error(error instanceof PingAgentsError ? error.message : error);
    return 1;
  }
}

/** The version of this package: its manifest stands above the sources, and above the compiled files as well. */
function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}
