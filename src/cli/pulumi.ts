/** Asks the Pulumi CLI about a stack, and runs it. The CLI is the one on PATH, as `npx` sets it. */

import { spawn } from "node:child_process";
import { PingAgentsError } from "../errors.ts";

/** How the CLI says that there is nothing to ask about: no such stack, none that is selected, or no project. */
const NO_STACK = /no stack named|no stack selected|no Pulumi\.yaml project file found/;

/**
 * How a backend says that another run has the stack: one in files or a bucket with whose it is
 * (`https://github.com/pulumi/pulumi/blob/v3.255.0/pkg/backend/diy/lock.go`), Pulumi's service without.
 */
const LOCKED = /the stack is currently locked by|Another update is currently in progress/;
/** Address of the lock, then who made it, on which machine, as which process, and when. */
const HOLDER = /^\s+\S+: created by (.+)$/gm;

/** What a run of the CLI printed. */
export type Answer = { readonly code: number; readonly stdout: string; readonly stderr: string };

/**
 * Runs the CLI, which asks nothing.
 *
 * @param args command and options
 * @throws ERR_PULUMI_CLI when there is no CLI on PATH; ERR_STACK_LOCKED when another run has the stack
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
    child.on("close", (code) => {
      if (code !== 0 && LOCKED.test(said.stderr)) reject(locked(args, said.stderr));
      else resolve({ code: code ?? 1, ...said });
    });
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

/** That somebody else is at work on the stack, or was: nobody but a person can tell whether that run is lost. */
function locked(args: readonly string[], said: string): PingAgentsError {
  const holders = [...said.matchAll(HOLDER)].map(([, holder]) => holder);
  const by = holders.length > 0 ? `: ${holders.join("; ")}` : "";
  const stack = args[args.indexOf("--stack") + 1];
  return new PingAgentsError("ERR_STACK_LOCKED", `another run has the stack ${stack}${by}; nothing was done`, {
    hint: `wait for it, then run this again; if it was lost, first: npx pulumi cancel --yes --stack ${stack}`,
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
