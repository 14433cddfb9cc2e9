/** The `ping-agents` command line: one file a command, and one place where errors become text and exit codes. */

import { Command, CommanderError } from "commander";
import { PingAgentsError } from "../errors.ts";
import { kitVersion } from "./manifest.ts";

/** Each is loaded where it is the one that runs, or where all are shown: together they take twice as long as any of them. */
const COMMANDS = new Map<string, () => Promise<Command>>([
  ["access", async () => (await import("./access/command.ts")).accessCommand()],
  ["adopt", async () => (await import("./adopt/command.ts")).adoptCommand()],
  ["doctor", async () => (await import("./doctor/command.ts")).doctorCommand()],
  ["drift", async () => (await import("./drift/command.ts")).driftCommand()],
  ["enable", async () => (await import("./enable.ts")).enableCommand()],
  ["env", async () => (await import("./env/command.ts")).envCommand()],
  ["explain", async () => (await import("./explain.ts")).explainCommand()],
  ["forge", async () => (await import("./forge/command.ts")).forgeCommand()],
  ["init", async () => (await import("./init/command.ts")).initCommand()],
  ["keys", async () => (await import("./keys.ts")).keysCommand()],
  ["preview", async () => (await import("./preview/command.ts")).previewCommand()],
  ["restart", async () => (await import("./restart.ts")).restartCommand()],
  ["sandbox", async () => (await import("./sandbox.ts")).sandboxCommand()],
  ["stop", async () => (await import("./stop/command.ts")).stopCommand()],
  ["validate", async () => (await import("./validate.ts")).validateCommand()],
  ["verify", async () => (await import("./verify/command.ts")).verifyCommand()],
]);

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
  const program = await commandLine(argv[0]);
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

/** The command line with the only command of this name, with none for its version, or with all. It ends no process. */
export async function commandLine(name = ""): Promise<Command> {
  const program = new Command("ping-agents")
    .description("Identities of AI agents on Ping Identity's clouds, declared with Pulumi")
    .version(kitVersion)
    .exitOverride();
  const only = COMMANDS.get(name);
  const asked = ["-V", "--version"].includes(name) ? [] : only ? [only] : COMMANDS.values();
  for (const load of asked) program.addCommand(await load());
  for (const command of program.commands) command.exitOverride();
  return program;
}
