/** A Pulumi project in a throw-away folder, with the kit's program or one of resources that do nothing, and commands that are measured. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { BINDING } from "../../../src/providers/binding.ts";
import { projectRoot } from "../../bootstrap/paths.mjs";
import { pulumiEnvironment } from "../../pulumi-environment.mjs";
import { type Part, type Usage, watchUsage } from "./processes.ts";

const STACK = "bench";
const DYNAMIC = "pulumi-nodejs:dynamic/";

/** What a command took. */
export type Took = {
  readonly seconds: number;
  readonly usage: Partial<Record<Part, Usage>>;
};

type Properties = Readonly<Record<string, unknown>>;

/** A resource of the state. */
export type StateResource = {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
};

/** What a resource that does nothing has: the name and the declared inputs of one of the kit's. */
export type Noop = { readonly name: string; readonly inputs: Properties };

/** Without a checkpoint for every step: the engine's own time for them grows with the square of the resources. */
const QUICK = { PULUMI_SKIP_CHECKPOINTS: "true" };

/** A project with one stack. */
export class Project {
  readonly #folder = mkdtempSync(join(tmpdir(), "ping-agents-bench-"));
  readonly #env: Record<string, string>;
  readonly #isNoop: boolean;
  #running: ChildProcess | undefined;

  /** @param variables those that point the kit at its tenant; undefined for resources that do nothing */
  constructor(variables?: Readonly<Record<string, string>>) {
    process.once("exit", this.#end);
    this.#isNoop = variables === undefined;
    for (const name of ["stacks", "home", "state"]) mkdirSync(join(this.#folder, name));
    // A file where the CLI keeps a log of each run: it then writes none.
    writeFileSync(join(this.#folder, "home", "logs"), "");
    cpSync(join(projectRoot, "Pulumi.yaml"), join(this.#folder, "Pulumi.yaml"));
    for (const name of ["node_modules", "package.json"]) symlinkSync(join(projectRoot, name), join(this.#folder, name));
    const program = this.#isNoop ? join(projectRoot, "tools", "bench", "noop") : join(projectRoot, "infra");
    if (this.#isNoop) cpSync(program, join(this.#folder, "infra"), { recursive: true });
    else symlinkSync(program, join(this.#folder, "infra"));
    const settings = { config: { "ping-agents:declaration": this.#declaration } };
    writeFileSync(join(this.#folder, "stacks", `Pulumi.${STACK}.yaml`), JSON.stringify(settings));
    const foreign = /^(PULUMI_(?!CLI$)|AIC_|PINGONE_)/;
    const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
    this.#env = pulumiEnvironment({
      ...Object.fromEntries(inherited),
      ...variables,
      PULUMI_HOME: join(this.#folder, "home"),
      PULUMI_BACKEND_URL: `${pathToFileURL(join(this.#folder, "state")).href}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: "of nobody",
    });
  }

  get #declaration(): string {
    return join(this.#folder, "stacks", `${STACK}.yaml`);
  }

  /** Says what the next command is about: a declaration, or the resources that do nothing. */
  declare(what: object): void {
    const file = this.#isNoop ? join(this.#folder, "infra", "resources.json") : this.#declaration;
    writeFileSync(file, JSON.stringify(what));
  }

  /** Makes the stack, and what every other run builds on. */
  async init(): Promise<void> {
    await this.#run("pulumi", ["stack", "init", STACK, "--non-interactive"]);
    // With checkpoints: the stack's id would be forgotten without.
    await this.#run("pulumi", ["up", "--yes", "--skip-preview", "--stack", STACK, "--non-interactive"]);
  }

  /** Runs a command of Pulumi. @throws Error with what it printed where it fails */
  pulumi(...args: string[]): Promise<Took> {
    return this.#run("pulumi", [...args, "--stack", STACK, "--non-interactive", "--color", "never"], QUICK);
  }

  /** Runs a command of the kit about the stack. @throws Error with what it printed where it fails */
  kit(command: string, ...args: string[]): Promise<Took> {
    return this.#run(process.execPath, [join(projectRoot, "bin", "ping-agents.mjs"), command, STACK, ...args], QUICK);
  }

  async #run(command: string, args: readonly string[], more: Record<string, string> = {}): Promise<Took> {
    const started = performance.now();
    const env = { ...this.#env, ...more };
    const child = spawn(command, args, { cwd: this.#folder, env, stdio: ["ignore", "pipe", "pipe"] });
    this.#running = child;
    const used = watchUsage(child);
    const ended = once(child, "close") as Promise<[number | null]>;
    const [[code], stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    const took = { seconds: (performance.now() - started) / 1000, usage: used() };
    if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
    return took;
  }

  /** What the state has. */
  get resources(): StateResource[] {
    const file = join(this.#folder, "state", ".pulumi", "stacks", "ping-agents", `${STACK}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest?: { resources?: StateResource[] } };
    };
    return checkpoint.latest?.resources ?? [];
  }

  /** Also where the bench itself is ended. */
  readonly #end = () => {
    this.#running?.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  };

  remove(): void {
    process.off("exit", this.#end);
    this.#end();
  }
}

/** Those of the kit that stand for something on the tenant. */
export const objectsOf = (resources: readonly StateResource[]): StateResource[] =>
  resources.filter(({ type }) => type.startsWith(DYNAMIC) && !type.endsWith(BINDING));

/** The same number of resources that do nothing, with the same declared inputs. */
export const noopsOf = (resources: readonly StateResource[]): Noop[] =>
  objectsOf(resources).map(({ urn, inputs = {} }) => ({
    name: urn.split("::").slice(2).join("/"),
    inputs: own(inputs),
  }));

/** Inputs that somebody declared, in clear. */
const own = (inputs: Properties) =>
  Object.fromEntries(Object.entries(inputs).filter(([key, value]) => !key.startsWith("__") && !isSecret(value)));

/** Key of the engine's own mark of a secret. */
const SECRET = "4dabf18193072939515e22adb298388d";
const isSecret = (value: unknown) => JSON.stringify(value)?.includes(SECRET) ?? false;

/** Bytes of the state for a resource, in the middle, beside the content that it declares, wherever that stands. */
export function bytesBeside(resources: readonly StateResource[]): number {
  const bytes = (value: unknown) => JSON.stringify(value)?.length ?? 0;
  const sizes = objectsOf(resources).map((one) => {
    const declared = own(one.inputs ?? {});
    const again = Object.keys(declared).map((key) => one.outputs?.[key]);
    return bytes(one) - bytes(declared) - again.reduce((sum: number, value) => sum + bytes(value), 0);
  });
  return sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
}
