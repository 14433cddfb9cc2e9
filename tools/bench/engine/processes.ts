/** What the processes of a command use, by their part in it: peak memory and processor time, on Linux, where the kernel tells. */

import { type ChildProcess, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type Process, processes } from "../../../src/engine/processes.ts";

/** Milliseconds between two looks. */
const EVERY = 200;

/** Who does the work of a command. */
export type Part = "cli" | "program" | "provider" | "kit" | "other";

/** What a part has used; of several processes the largest, and the sum of their times. */
export type Usage = {
  /** Peak of the resident set, in MB. */
  readonly memory: number;
  /** Seconds of the processor; of the last moments before an end some are missing. */
  readonly cpu: number;
};

function partOf({ name, command }: Process): Part {
  if (name === "pulumi") return "cli";
  if (command.includes("cmd/dynamic-provider")) return "provider";
  if (command.includes("@pulumi/pulumi/cmd/run")) return "program";
  return command.includes("bin/ping-agents.mjs") ? "kit" : "other";
}

/** Watches a process and all below it. @returns ends the watch, with what they used */
export function watchUsage({ pid }: ChildProcess): () => Partial<Record<Part, Usage>> {
  const seen = new Map<number, Usage & { readonly part: Part }>();
  const look = () => {
    const all = processes();
    const below = (id: number): Process[] =>
      all.filter(({ parent }) => parent === id).flatMap((one) => [one, ...below(one.id)]);
    const own = all.filter(({ id }) => id === pid);
    for (const one of [...own, ...below(pid ?? -1)]) {
      const usage = usageOf(one.id);
      if (usage) seen.set(one.id, { part: partOf(one), ...usage });
    }
  };
  const timer = setInterval(look, EVERY);
  return () => {
    clearInterval(timer);
    const parts: Partial<Record<Part, Usage>> = {};
    for (const { part, memory, cpu } of seen.values()) {
      const { memory: most = 0, cpu: sum = 0 } = parts[part] ?? {};
      parts[part] = { memory: Math.max(most, memory), cpu: sum + cpu };
    }
    return parts;
  };
}

/** Clock ticks of the kernel in a second. */
const ticks = process.platform === "linux" ? Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" })) : 0;

/** Undefined for a process that has ended, and where the system does not tell. */
function usageOf(id: number): Usage | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
    // One that ends has no memory any more.
    if (kilobytes === undefined) return undefined;
    const fields = readFileSync(`/proc/${id}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { memory: Number(kilobytes) / 1024, cpu: (Number(fields[11]) + Number(fields[12])) / ticks };
  } catch {
    return undefined;
  }
}
