/** Asks the Pulumi CLI about a stack, and runs it. The CLI is the one on PATH, as `npx` sets it. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { PingAgentsError } from "../errors.ts";

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

/** How a command of the CLI ended, and what it said. */
export type PulumiRun = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/**
 * Runs a command of the CLI that asks nothing.
 *
 * @throws ERR_PULUMI where there is no CLI
 */
export async function runPulumi(args: readonly string[], env: NodeJS.ProcessEnv): Promise<PulumiRun> {
  const all = [...args, "--non-interactive", "--color", "never"];
  const child = spawn("pulumi", all, { env, stdio: ["ignore", "pipe", "pipe"] });
  const started = new Promise<never>((_resolve, reject) => {
    child.on("error", (cause) => {
      const hint = "install it, or run this by npx in the project";
      reject(new PingAgentsError("ERR_PULUMI", "the Pulumi CLI cannot be started", { hint, cause }));
    });
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  const [stdout, stderr, [code]] = await Promise.race([ended, started]);
  return { code, stdout, stderr };
}
