/** Runs the real Pulumi CLI as a child process: what it prints, how it ends, which processes it started. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Process, processes } from "../../src/engine/processes.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";

const launcher = join(projectRoot, "tools", "commands", "pulumi.mjs");

/** How a run of the CLI ended. */
export type Run = {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds. */
  readonly duration: number;
};

/** A run that is under way. */
export type Running = { readonly child: ChildProcess; readonly ended: Promise<Run> };

/** Exit code with which the CLI says that it found changes where none were expected. */
export const CHANGES = 7;

/** The environment of a user of the CLI, with nothing that this machine's user set for another tenant or backend. */
export function userEnvironment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const foreign = /^(PULUMI_(?!CLI$)|AIC_|PINGONE_)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), ...own };
}

/**
 * Starts the CLI; never asks anything.
 *
 * @param options.launched as `npx pulumi` does, which outlives the CLI; else in the environment that it makes
 * @throws Failure when there is no CLI, with the way to get one
 */
export function start(
  args: readonly string[],
  { launched = false, cwd, env }: { cwd: string; env: NodeJS.ProcessEnv; launched?: boolean },
): Running {
  if (launched) return run(launcher, pulumiArgs(args), { cwd, env });
  return run("pulumi", pulumiArgs(args), { cwd, env: pulumiEnvironment(env) });
}

const pulumiArgs = (args: readonly string[]) => [...args, "--non-interactive", "--color", "never"];

function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Running {
  const started = Date.now();
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const ended = Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]).then(
    ([[exitCode], stdout, stderr]) => ({ exitCode, stdout, stderr, duration: Date.now() - started }),
  );
  return { child, ended };
}

/** How many resources a run created, updated, deleted, replaced and left unchanged, as its summary says. */
export function summary({ stdout }: Run): Record<string, number> {
  const block = stdout.split(/^Resources:.*\n/m)[1] ?? "";
  const counts = [...block.matchAll(/(\d+) (created|updated|deleted|replaced|unchanged|to \w+)\b/g)];
  return Object.fromEntries(counts.map(([, count, what]) => [what, Number(count)]));
}

/** The processes below one, those of its children included. */
export function descendants(id: number): Process[] {
  const all = processes();
  const below = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.id)]);
  return below(id);
}

/** Kills a process at once, without a chance to clean up; fine when it is gone already. */
export function killHard(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The SDK's dynamic provider among the processes of a CLI. */
export function providerOf(child: ChildProcess): number | undefined {
  const processes = child.pid === undefined ? [] : descendants(child.pid);
  return processes.find(({ command }) => command.includes("cmd/dynamic-provider"))?.id;
}
