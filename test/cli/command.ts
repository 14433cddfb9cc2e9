/** The real command line in a project of its own. */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { runKit } from "../support/kit.ts";
import { cliWithoutStacks, temporaryFolder } from "../tools/executables.ts";

const program = fileURLToPath(new URL("../../bin/ping-agents.mjs", import.meta.url));

/** Gives a command a terminal: `script` of util-linux. */
const SCRIPT = "/usr/bin/script";

/** How a command ended and what it said. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A command that runs. */
export type Running = {
  /** Ends when the output so far contains the text; fails when the command ends before. */
  said(text: string): Promise<void>;
  /** What was printed so far. */
  readonly stdout: string;
  /** Presses keys; at a terminal only. */
  type(keys: string): void;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
};

/** A folder with declarations. */
export type Project = {
  readonly folder: string;
  /** Starts a command without a terminal, as a process. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Running;
  /** Starts a command at a terminal, where stdout and stderr are one. */
  atTerminal(args: readonly string[], env?: Readonly<Record<string, string>>): Running;
  /** Runs a command without a terminal, in this process. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  read(file: string): string;
  write(file: string, content: string | Uint8Array): void;
};

/**
 * Makes a project with the given declarations, by environment; it goes when the test ends. Its Pulumi CLI knows no stack, unless
 * `env` has a PATH of its own.
 */
export function project(declarations: Readonly<Record<string, string | Uint8Array>> = {}): Project {
  const folder = mkdtempSync(join(tmpdir(), "ping-agents-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, content: string | Uint8Array) => writeFileSync(join(folder, file), content);
  if (Object.keys(declarations).length) mkdirSync(join(folder, "stacks"));
  for (const [name, content] of Object.entries(declarations)) write(`stacks/${name}.yaml`, content);
  const PATH = cliWithoutStacks(temporaryFolder());
  const launch = (command: readonly [string, ...string[]], env: Readonly<Record<string, string>>): Running => {
    const [file, ...args] = command;
    const child = spawn(file, args, {
      cwd: folder,
      env: { PATH, HOME: folder, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const stdout = text(child.stdout);
    const stderr = text(child.stderr);
    const exit = new Promise<number | null>((resolve, reject) => {
      child.once("exit", resolve);
      child.once("error", (cause) => reject(new Error(`${file} cannot be started; is it installed?`, { cause })));
    });
    let seen = "";
    child.stdout.on("data", (chunk) => {
      seen += chunk;
    });
    return {
      get stdout() {
        return seen;
      },
      type: (keys) => void child.stdin.write(keys),
      signal: (name) => void child.kill(name),
      ended: (async () => ({ code: await exit, stdout: await stdout, stderr: await stderr }))(),
      said: (wanted) =>
        new Promise((resolve, reject) => {
          const look = () => seen.includes(wanted) && resolve();
          child.stdout.on("data", look);
          child.once("close", () => reject(new Error(`ended without saying "${wanted}"`)));
          look();
        }),
    };
  };
  const start: Project["start"] = (args, env = {}) => launch([process.execPath, program, ...args], env);
  return {
    folder,
    start,
    atTerminal(args, env = {}) {
      const command = [process.execPath, program, ...args].map((word) => `'${word}'`).join(" ");
      return launch([SCRIPT, "--quiet", "--return", "--command", command, "/dev/null"], env);
    },
    async run(args, env = {}) {
      const { exitCode: code, ...said } = await runKit(args, { cwd: folder, env: { PATH, HOME: folder, ...env } });
      return { code, ...said };
    },
    read: (file) => readFileSync(join(folder, file), "utf8"),
    write,
  };
}

/** A declaration without a mistake. */
export const VALID = `platform: aic
realm: alpha
tier: development
agents:
  bot: { name: Bot, pattern: autonomous }
`;
