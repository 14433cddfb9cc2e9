/**
 * A Pulumi project of a test's own: a temporary folder with the project file, links to the repository's program and its own
 * backend, home and stack settings. Nothing is written into the repository, so test files may run side by side.
 */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll } from "vitest";
import { stringify } from "yaml";
import { BINDING } from "../../src/providers/binding.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";
import { keptSecrets, keyService, secretsProvider } from "../support/key-service.ts";
import { runKit, type Said } from "../support/kit.ts";
import { type Run, type Running, start, userEnvironment } from "./cli.ts";
import { serve } from "./in-process.ts";

/** A declaration as YAML text, or what it says. */
export type Declaration = string | object;

/** What a run of the CLI may be told. */
export type RunOptions = {
  /** Further arguments. */
  readonly args?: readonly string[];
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the CLI is started as `npx pulumi` does, by a process that checks the tenant first. @default false */
  readonly launched?: boolean;
  /** Whether program and provider are processes; a program that a failure leaves waiting ends in no other way. @default as `openProject` says */
  readonly processes?: boolean;
  /** The exit code that the test expects; any other ends the test with what the CLI printed. @default 0 */
  readonly exit?: number;
};

/** One property that differs, as the engine names it in its plan. */
export type DetailedDiff = Readonly<Record<string, { readonly kind: string; readonly inputDiff: boolean }>>;
/** A step of a plan, as `--json` prints it. */
export type Step = {
  readonly op: string;
  readonly urn: string;
  readonly detailedDiff?: DetailedDiff | null;
  readonly newState?: { readonly inputs?: Record<string, unknown>; readonly outputs?: Record<string, unknown> };
};
/** A resource in the state file. */
export type StateResource = {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly sourcePosition?: string;
  readonly stackTrace?: readonly object[];
};

/** What the demonstration declares. */
export const devDeclaration = join(projectRoot, "stacks", "dev.yaml");

/** A stack of the project. */
export class Stack {
  readonly name: string;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #processes: boolean;

  constructor(name: string, folder: string, env: Readonly<Record<string, string>>, processes: boolean) {
    this.name = name;
    this.#folder = folder;
    this.#env = env;
    this.#processes = processes;
  }

  /** Changes what the stack declares. */
  declare(declaration: Declaration): this {
    const text = typeof declaration === "string" ? declaration : stringify(declaration);
    writeFileSync(this.declarationFile, text);
    return this;
  }

  get declarationFile(): string {
    return join(this.#folder, `${this.name}.declaration.yaml`);
  }

  up(options?: RunOptions): Promise<Run> {
    return this.run(["up", "--yes", "--skip-preview"], options);
  }

  destroy(options?: RunOptions): Promise<Run> {
    return this.run(["destroy", "--yes", "--skip-preview"], options);
  }

  preview(options?: RunOptions): Promise<Run> {
    return this.run(["preview"], options);
  }

  /** Compares the state with the tenant, and changes neither. */
  drift({ args = [], ...options }: RunOptions = {}): Promise<Run> {
    return this.run(["refresh", "--preview-only", "--expect-no-changes", "--diff", ...args], options);
  }

  /** {@link drift} as data: the properties that differ, by resource. */
  async driftedProperties(): Promise<Record<string, string[]>> {
    const steps = await this.driftSteps();
    return Object.fromEntries(steps.map(({ urn, detailedDiff, op }) => [nameOf(urn), properties(op, detailedDiff)]));
  }

  /** {@link drift} as data: the resources that differ. */
  async driftSteps(): Promise<Step[]> {
    const { stdout } = await this.run(["refresh", "--preview-only", "--json"]);
    const { steps } = JSON.parse(stdout) as { steps: Step[] };
    return steps.filter(({ op }) => op !== "refresh" && op !== "same");
  }

  /** Runs any command on this stack. */
  async run(command: readonly string[], { exit = 0, ...options }: RunOptions = {}): Promise<Run> {
    const run = await ((options.processes ?? this.#processes)
      ? this.start(command, options).ended
      : this.#served(command, options));
    if (run.exitCode === exit) return run;
    const said = `${run.stdout}\n${run.stderr}`;
    throw new Error(`pulumi ${command.join(" ")} ended with ${run.exitCode}, not ${exit}:\n${said}`);
  }

  /** {@link run} with processes of its own, for a test that has something to do meanwhile. */
  start(command: readonly string[], { args = [], env = {}, launched = false }: RunOptions = {}): Running {
    const options = { cwd: this.#folder, env: userEnvironment({ ...this.#env, ...env }), launched };
    return start([...command, ...args, "--stack", this.name], options);
  }

  async #served(command: readonly string[], { args = [], env = {}, launched = false }: RunOptions): Promise<Run> {
    const all = userEnvironment({ ...this.#env, ...env });
    const served = await serve(all);
    const own = /^(up|preview|refresh|destroy)$/.test(command[0] ?? "") ? served.args : [];
    const options = { cwd: this.#folder, env: { ...all, ...served.env }, launched };
    return start([...command, ...args, ...own, "--stack", this.name], options).ended.finally(served.stop);
  }

  /** Runs a command of the kit in the project. */
  async kit(command: readonly string[], { env = {}, exit = 0 }: Pick<RunOptions, "env" | "exit"> = {}): Promise<Said> {
    const all = pulumiEnvironment(userEnvironment({ ...this.#env, ...env }));
    const run = await runKit(command, { cwd: this.#folder, env: all });
    if (run.exitCode === exit) return run;
    throw new Error(`ping-agents ${command.join(" ")} ended with ${run.exitCode}, not ${exit}:\n${run.stderr}`);
  }

  get stateFile(): string {
    return join(this.#folder, "state", ".pulumi", "stacks", "ping-agents", `${this.name}.json`);
  }

  /** The state file as it lies on the disk. */
  get stateText(): string {
    return readFileSync(this.stateFile, "utf8");
  }

  /** All resources of the state. */
  get allResources(): StateResource[] {
    const { checkpoint } = JSON.parse(this.stateText) as { checkpoint: { latest?: { resources?: StateResource[] } } };
    return checkpoint.latest?.resources ?? [];
  }

  /** Those that stand for something in the tenant. */
  get resources(): StateResource[] {
    return this.allResources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/") && !type.endsWith(BINDING));
  }
}

/** Kind and name of a resource, e.g. `aic:AiAgent support-agent`. */
export function nameOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split("$").at(-1)?.replace("pulumi-nodejs:dynamic/", "")} ${name.join("::")}`;
}

const properties = (op: string, diff: DetailedDiff | null | undefined) =>
  diff && Object.keys(diff).length ? Object.keys(diff).sort() : [`(${op})`];

/**
 * Makes a project that is gone after the test file, and a function that adds stacks to it.
 *
 * @param options.program in place of the one that reads a declaration
 * @param options.processes whether its runs start program and provider as processes, as users' do. Else they are in this one, where a run
 *   takes a quarter of the processor time. @default false, but for a program of its own and for runs that are started
 */
export function openProject(
  tenant: { readonly variables: () => Readonly<Record<string, string>> },
  { program, processes = program !== undefined }: { readonly program?: string; readonly processes?: boolean } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "ping-agents-engine-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const states = join(folder, "state", ".pulumi", "stacks", "ping-agents");
  for (const path of [states, join(folder, "stacks"), join(folder, "home")]) mkdirSync(path, { recursive: true });
  // A file where the CLI keeps a log of each run: it then writes none, which no test reads and which takes a tenth of its time.
  writeFileSync(join(folder, "home", "logs"), "");
  cpSync(join(projectRoot, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  for (const name of ["node_modules", "package.json", ...(program === undefined ? ["infra"] : [])])
    symlinkSync(join(projectRoot, name), join(folder, name));
  if (program !== undefined) {
    mkdirSync(join(folder, "infra"));
    writeFileSync(join(folder, "infra", "index.js"), program);
  }
  const env = {
    ...tenant.variables(),
    // Of a stack that a command makes.
    PULUMI_OPTION_SECRETS_PROVIDER: secretsProvider,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `${pathToFileURL(join(folder, "state")).href}?metadata=skip`,
  };

  /**
   * Adds a stack.
   *
   * @param config settings beside the declaration, by full key
   */
  return async function addStack(
    name: string,
    declaration: Declaration,
    config: Readonly<Record<string, unknown>> = {},
    own: Readonly<Record<string, string>> = {},
  ): Promise<Stack> {
    const all = { ...env, ...(await keyService()), ...own };
    const stack = new Stack(name, folder, all, processes).declare(declaration);
    const settings = { ...keptSecrets, config: { "ping-agents:declaration": stack.declarationFile, ...config } };
    writeFileSync(join(folder, "stacks", `Pulumi.${name}.yaml`), stringify(settings));
    // What `stack init` writes. That it does is seen where a user types it (test/docs/readme.test.ts); here it costs a run each.
    const checkpoint = { stack: `organization/ping-agents/${name}` };
    writeFileSync(join(states, `${name}.json`), JSON.stringify({ version: 3, checkpoint }));
    return stack;
  };
}
