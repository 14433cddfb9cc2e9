/** Asks the Pulumi CLI about a stack, and runs it. The CLI is the one on PATH, as `npx` sets it. */

import { spawn } from "node:child_process";
import { PingAgentsError } from "../errors.ts";

/** How the CLI says that there is nothing to ask about: no such stack, none that is selected, or no project. */
const NO_STACK = /no stack named|no stack selected|no Pulumi\.yaml project file found/;

/** What a run of the CLI printed. */
export type Answer = { readonly code: number; readonly stdout: string; readonly stderr: string };

/**
 * Runs the CLI, which asks nothing.
 *
 * @param args command and options
 * @throws ERR_PULUMI_CLI when there is no CLI on PATH
 */
export function runPulumi(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", [...args, "--non-interactive"], { env, stdio: ["ignore", "pipe", "pipe"] });
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (chunk: string) => {
        said[stream] += chunk;
      });
    }
    child.on("error", (cause) => reject(missing(cause)));
    child.on("close", (code) => resolve({ code: code ?? 1, ...said }));
  });
}

/**
 * What the CLI answers, as JSON; undefined where there is no such stack.
 *
 * @param args command and options
 * @throws ERR_PULUMI_CLI when there is no CLI on PATH, or it fails: nothing is known of the stack then
 */
export async function askPulumi(args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const { code, stdout, stderr } = await runPulumi(args, env);
  if (code !== 0 && NO_STACK.test(stderr)) return undefined;
  const answer = code === 0 ? parsed(stdout) : undefined;
  if (answer !== undefined) return answer;
  const reasons = stderr.split("\n").filter((line) => line.startsWith("error: "));
  throw notAnswered(args, reasons.join("; ").replaceAll("error: ", "") || `exit code ${code}, and no JSON`);
}

/** That the CLI cannot be asked. @param reason never a secret */
export function notAnswered(args: readonly string[], reason: string): PingAgentsError {
  const command = `pulumi ${args.join(" ")}`;
  return new PingAgentsError("ERR_PULUMI_CLI", `nothing is known of the stack, ${command} does not answer: ${reason}`, {
    hint: `see that npx ${command} does: it needs the stack's backend (pulumi login, PULUMI_BACKEND_URL) and passphrase`,
  });
}

const missing = (cause: Error) =>
  new PingAgentsError("ERR_PULUMI_CLI", "nothing is known of the stack: there is no Pulumi CLI on PATH", {
    hint: "in the repository run npx ping-agents …, which brings it; elsewhere install it and put it on PATH",
    cause,
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
