/** The local tenant as the demo sees it: its process, what points at it, and what it holds. */

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The `ping-agents` command. */
export const commandLine = fileURLToPath(new URL("../../bin/ping-agents.mjs", import.meta.url));

/** A local tenant that lives as long as the demo. */
export class LocalTenant {
  readonly url: string;
  /** What points the kit at this tenant. */
  readonly variables: Record<string, string>;
  readonly #process: ChildProcess;
  readonly #controlToken: string;

  private constructor(process: ChildProcess, url: string, controlToken: string, variables: Record<string, string>) {
    this.url = url;
    this.variables = variables;
    this.#process = process;
    this.#controlToken = controlToken;
  }

  /** Starts `ping-agents sandbox --no-people` with its data in a folder: what it holds at the end, it has held before. */
  static async start(folder: string): Promise<LocalTenant> {
    const args = [commandLine, "sandbox", "--no-people", "--port", "0", "--data", folder, "--format", "json"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", resolve);
      child.once("exit", (code) => reject(new Error(`the local tenant ended with ${code}`)));
    });
    const { url, controlToken } = JSON.parse(line) as { url: string; controlToken: string };
    return new LocalTenant(child, url, controlToken, assignments(readFileSync(join(folder, "sandbox.env"), "utf8")));
  }

  /** Everything the tenant holds, as canonical JSON text. */
  async dump(): Promise<string> {
    const headers = { authorization: `Bearer ${this.#controlToken}` };
    const response = await fetch(`${this.url}/__sandbox/dump`, { headers });
    if (!response.ok) throw new Error(`the local tenant answered ${response.status} to /__sandbox/dump`);
    return response.text();
  }

  stop(): void {
    this.#process.kill();
  }
}

/** The variables of a file of shell assignments, as `set -a; . file` sets them. */
function assignments(text: string): Record<string, string> {
  const lines = text.split("\n").filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => line.split(/=(.*)/s)).map(([name, value = ""]) => [name, value.replace(/^'|'$/g, "")]),
  );
}
