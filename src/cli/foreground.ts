/** Runs a command of the user's in the foreground, as if it had been typed: its streams, its exit code, and the signals that it gets. */

import { spawn } from "node:child_process";
import { constants } from "node:os";
import { PingAgentsError } from "../errors.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Waits for the end of a command. What ends this process meanwhile is passed on to it; Ctrl-C at a terminal reaches it anyway.
 *
 * @param command with its arguments; no shell reads it
 * @returns its exit code; 128 and the number of the signal that ended it, as shells say it
 * @throws ERR_COMMAND when it cannot be started
 */
export async function inForeground(
  [file, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  // The handlers first: the command may be running before spawn returns.
  const handlers = SIGNALS.map((signal) => {
    const pass = () => void (signal === "SIGINT" && atTerminal ? undefined : child.kill(signal));
    process.on(signal, pass);
    return () => process.off(signal, pass);
  });
  const child = spawn(file, args, { stdio: "inherit", env });
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", (cause: NodeJS.ErrnoException) => reject(notStarted(file, cause)));
      child.once("exit", (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
    });
  } finally {
    for (const off of handlers) off();
  }
}

const notStarted = (file: string, cause: NodeJS.ErrnoException) =>
  new PingAgentsError("ERR_COMMAND", `${file} cannot be started: ${cause.code ?? cause.message}`, {
    hint: "name a command that is there; several go through a shell: -- sh -c '… && …'",
    cause,
  });
