/**
 * The Pulumi CLI as the demo uses it: the commands a user types, run in a project in a throw-away folder, so that neither
 * declarations, settings nor state of the user's own stacks are touched; their JSON read.
 */

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isDeclaration } from "../../src/stack-files.ts";
import { pulumiEnvironment } from "../pulumi-environment.mjs";

type Output = { readonly code: number; readonly stdout: string; readonly stderr: string };
type Event = {
  resOutputsEvent?: { metadata: { op: string; type: string; urn: string } };
  summaryEvent?: { resourceChanges: Record<string, number> };
  diagnosticEvent?: { severity: string; message: string };
};

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Pulumi with project file, declarations, settings, state and home in a folder of its own. */
export class Pulumi {
  /** The environment that the commands run in. */
  readonly environment: Record<string, string>;
  /** The folder of the project. */
  readonly folder: string;
  readonly #stack: string;

  /**
   * @param folder where everything is kept
   * @param variables what points the kit at the tenant
   */
  constructor(folder: string, stack: string, variables: Record<string, string>) {
    const state = join(folder, "state");
    for (const own of ["state", "stacks"]) mkdirSync(join(folder, own), { recursive: true });
    const declarations = readdirSync(join(repository, "stacks")).filter(isDeclaration);
    // The program finds the declarations beside itself.
    for (const copied of ["Pulumi.yaml", "infra", ...declarations.map((file) => join("stacks", file))])
      cpSync(join(repository, copied), join(folder, copied), { recursive: true });
    for (const shared of ["bin", "node_modules", "package.json", "src"])
      symlinkSync(join(repository, shared), join(folder, shared));
    const own = {
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `${pathToFileURL(state).href}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: randomUUID(),
    };
    // In a hook of git its variables name the user's repository.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
    this.environment = pulumiEnvironment({ ...Object.fromEntries(inherited), ...own, ...variables });
    this.folder = folder;
    this.#stack = stack;
  }

  /** Creates the stack. */
  async init(): Promise<void> {
    await this.#expect(0, "stack", "init", this.#stack);
  }

  /**
   * Runs `up` or `destroy` and says what happened to each resource.
   *
   * @returns lines such as `+ aic:AiAgent support-agent`, and counts by operation
   */
  async change(
    command: "up" | "destroy",
    ...options: string[]
  ): Promise<{ lines: string[]; counts: Record<string, number> }> {
    const { stdout } = await this.#expect(
      0,
      command,
      "--yes",
      "--skip-preview",
      "--json",
      ...options,
      "--stack",
      this.#stack,
    );
    const events = stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Event);
    const signs: Record<string, string> = { create: "+", update: "~", delete: "-" };
    const done = events.flatMap(({ resOutputsEvent }) => (resOutputsEvent ? [resOutputsEvent.metadata] : []));
    const ours = done.filter(({ op, type }) => op in signs && type.startsWith("pulumi-nodejs:dynamic/"));
    const lines = ours.map(({ op, urn }) => `${signs[op]} ${nameOf(urn)}`);
    return { lines, counts: events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges ?? {} };
  }

  async #expect(code: number, ...args: string[]): Promise<Output> {
    const output = await this.#run(args);
    if (output.code !== code) throw new Error(`pulumi ${args[0]} ended with ${output.code}\n${problems(output)}`);
    return output;
  }

  #run(args: string[]): Promise<Output> {
    return new Promise((resolve, reject) => {
      const child = spawn("pulumi", [...args, "--non-interactive"], { cwd: this.folder, env: this.environment });
      const output = { stdout: "", stderr: "" };
      child.stdout.on("data", (chunk) => (output.stdout += chunk));
      child.stderr.on("data", (chunk) => (output.stderr += chunk));
      child.once("error", reject);
      child.once("close", (code) => resolve({ code: code ?? 1, ...output }));
    });
  }
}

/** Kind and name of a resource, from its URN. */
function nameOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split("pulumi-nodejs:dynamic/").at(-1)} ${name}`;
}

/** What went wrong, from the events or from stderr. */
function problems({ stdout, stderr }: Output): string {
  const messages = stdout.split("\n").flatMap((line) => {
    try {
      const { diagnosticEvent } = JSON.parse(line) as Event;
      return diagnosticEvent?.severity === "error" ? [diagnosticEvent.message] : [];
    } catch {
      return [];
    }
  });
  return messages.join("\n") || stderr || stdout;
}
