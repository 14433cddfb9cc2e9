/** The `ping-agents` command line: one file a command, and one place where errors become text and exit codes. */

import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { PingAgentsError } from "../errors.ts";
import { accessCommand } from "./access/command.ts";
import { driftCommand } from "./drift/command.ts";
import { enableCommand } from "./enable.ts";
import { envCommand } from "./env/command.ts";
import { explainCommand } from "./explain.ts";
import { forgeCommand } from "./forge/command.ts";
import { keysCommand } from "./keys.ts";
import { previewCommand } from "./preview/command.ts";
import { restartCommand } from "./restart.ts";
import { sandboxCommand } from "./sandbox.ts";
import { stopCommand } from "./stop/command.ts";
import { validateCommand } from "./validate.ts";
import { verifyCommand } from "./verify/command.ts";

/**
 * Exit codes that are the same for all commands; `verify` adds 2, for a run that proves nothing, `drift` 2, for differences, `access` and
 * `preview` 3, for findings and guards.
 */
const MISTAKE = 1;
/** As a shell says it of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Runs a command line.
 *
 * @param argv arguments without the interpreter and the script
 * @returns the exit code: 0, what the command says, 1 for a mistake, or 130 when it was interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("ping-agents")
    .description("Identities of AI agents on Ping Identity's clouds, declared with Pulumi")
    .version(version())
    .exitOverride()
    .addCommand(accessCommand())
    .addCommand(driftCommand())
    .addCommand(enableCommand())
    .addCommand(envCommand())
    .addCommand(explainCommand())
    .addCommand(forgeCommand())
    .addCommand(keysCommand())
    .addCommand(previewCommand())
    .addCommand(restartCommand())
    .addCommand(sandboxCommand())
    .addCommand(stopCommand())
    .addCommand(validateCommand())
    .addCommand(verifyCommand());
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...argv], { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    // An expected mistake prints no stack.
    const expected = error instanceof PingAgentsError ? error : undefined;
    console.error(expected?.message ?? error);
    return expected?.code === "ERR_INTERRUPTED" ? INTERRUPTED : MISTAKE;
  }
}

/** The version of this package: its manifest stands above the sources, and above the compiled files as well. */
function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}
