/** Asks the Pulumi CLI about a stack. The CLI is the one on PATH, as `npx` sets it. */

import { spawn } from "node:child_process";

/** What a run of the CLI printed; `code` is undefined where there is no CLI. */
export type Answer = { readonly code: number | undefined; readonly stdout: string; readonly stderr: string };

/** Runs the CLI, which asks nothing. @param args command and options */
export function runPulumi(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  return new Promise((resolve) => {
    const child = spawn("pulumi", [...args, "--non-interactive"], { env, stdio: ["ignore", "pipe", "pipe"] });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    const said = () => ({ stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    child.on("error", () => resolve({ code: undefined, ...said() }));
    child.on("close", (code) => resolve({ code: code ?? 1, ...said() }));
  });
}

/**
 * What the CLI answers, as JSON; undefined when it answers nothing: no such stack, or no CLI.
 *
 * @param args command and options
 */
export async function askPulumi(args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const { code, stdout } = await runPulumi(args, env);
  return code === 0 ? parsed(stdout) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
