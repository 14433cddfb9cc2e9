/** Asks the Pulumi CLI about a stack. The CLI is the one on PATH, as `npx` sets it. */

import { spawn } from "node:child_process";

/**
 * What the CLI answers, as JSON; undefined when it answers nothing: no such stack, or no CLI.
 *
 * @param args command and options
 */
export function askPulumi(args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  return new Promise((resolve) => {
    const child = spawn("pulumi", [...args, "--non-interactive"], { env, stdio: ["ignore", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? parsed(Buffer.concat(chunks).toString()) : undefined));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
