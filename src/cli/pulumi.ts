/** Asks the Pulumi CLI about a stack, and runs it. */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { getCompileCacheDir } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { pulumiVersion } from "../engine/cli-version.mjs";
import { PULUMI } from "../engine/command.ts";
import { findCli } from "../engine/find-cli.mjs";
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
 * `env` for commands of the CLI: with one on PATH. That is the one that stands there already, whichever it is: below `npx` a launcher
 * of `node_modules/.bin`, which finds the CLI by itself. Else the one that PULUMI_CLI names, or that was installed for this user.
 *
 * @returns `missing` where there is no CLI: why each place had none
 */
export function withPulumi(env: NodeJS.ProcessEnv): { readonly env: NodeJS.ProcessEnv; readonly missing?: string } {
  const own = { ...compiledOnce(), ...env };
  const folders = (env.PATH ?? "").split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, "pulumi")))) return { env: own };
  const { cli, reasons } = findCli(env);
  if (!cli) return { env: own, missing: reasons.join("; ") };
  return { env: { ...own, PATH: [cli.folder, ...folders].join(delimiter) } };
}

/**
 * Program and provider, too, are compiled once, not at every start, which is a third of their time; unless Node was told to keep nothing. Not
 * where this command's own files are kept: the SDK sets a flag of V8, and V8 takes no compiled code from a process with other flags.
 */
function compiledOnce(): NodeJS.ProcessEnv {
  const kept = getCompileCacheDir();
  return kept === undefined ? {} : { NODE_COMPILE_CACHE: join(dirname(kept), "pulumi") };
}

/**
 * Runs the CLI, which asks nothing.
 *
 * @param args command and options
 * @throws ERR_PULUMI_CLI when there is no CLI; ERR_STACK_LOCKED when another run has the stack
 */
export async function runPulumi(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  const found = withPulumi(env);
  if (found.missing !== undefined) throw noCli(found.missing);
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      env: found.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (chunk: string) => {
        said[stream] += chunk;
      });
    }
    child.on("error", (cause) => reject(notAnswered(args, cause.message)));
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
 * @throws ERR_PULUMI_CLI when there is no CLI, or it fails: nothing is known of the stack then
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
    hint: `see that ${PULUMI} ${args.join(" ")} does: it needs the stack's backend (pulumi login, PULUMI_BACKEND_URL) and passphrase`,
  });
}

/** That somebody else is at work on the stack, or was: nobody but a person can tell whether that run is lost. */
function locked(args: readonly string[], said: string): PingAgentsError {
  const holders = [...said.matchAll(HOLDER)].map(([, holder]) => holder);
  const by = holders.length > 0 ? `: ${holders.join("; ")}` : "";
  const stack = args[args.indexOf("--stack") + 1];
  return new PingAgentsError("ERR_STACK_LOCKED", `another run has the stack ${stack}${by}; nothing was done`, {
    hint: `wait for it, then run this again; if it was lost, first: ${PULUMI} cancel --yes --stack ${stack}`,
  });
}

const noCli = (reasons: string) =>
  new PingAgentsError("ERR_PULUMI_CLI", `nothing is known of the stack: there is no Pulumi CLI (${reasons})`, {
    hint:
      `install Pulumi ${pulumiVersion} or a newer 3.x (https://www.pulumi.com/docs/install/) and have it on PATH, ` +
      "or let PULUMI_CLI name its executable; in a clone of ping-agents npm run bootstrap brings it",
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
