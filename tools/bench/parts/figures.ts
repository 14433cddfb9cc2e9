/** What does not depend on a stack: commands that read a declaration, starts; each figure beside a bare equivalent. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectRoot } from "../../bootstrap/paths.mjs";
import { costOfCommand } from "./commands.ts";
import { judgeWildDeclarations } from "./declarations.ts";
import { checksPerSecond } from "./provider-process.ts";

const STARTS = 5;
const commandLine = join(projectRoot, "bin", "ping-agents.mjs");

/** All of them, each with what it is about. */
export async function figures(): Promise<[string, string][]> {
  return [
    costOfCommand("validate"),
    costOfCommand("access"),
    await compareProviders(),
    await compareStarts(),
    judgeWildDeclarations(),
  ];
}

async function compareProviders(): Promise<[string, string]> {
  const bare = "exports.handler = () => ({ check: async (_olds, news) => ({ inputs: news }) })";
  const kit = `exports.handler=()=>require("node:module").createRequire(process.cwd()+"/")("ping-agents/provider").provider("aic:AiAgent")`;
  const inputs = { realm: "alpha", clientId: "bench", name: "Bench", scopes: ["a", "b"], owners: ["demo.owner"] };
  const [ours, theirs] = [await checksPerSecond(kit, inputs), await checksPerSecond(bare, inputs)];
  const ratio = (ours / theirs).toFixed(2);
  return [
    "checks in the provider process, against a bare dynamic provider",
    `${ratio} x (${ours.toFixed(0)}/s to ${theirs.toFixed(0)}/s)`,
  ];
}

/** Milliseconds until a process prints its first line, the middle of several starts. */
async function firstLine(args: (folder: string) => string[]): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const folder = mkdtempSync(join(tmpdir(), "ping-agents-bench-"));
    const before = performance.now();
    const child = spawn(process.execPath, args(folder), { stdio: ["ignore", "pipe", "inherit"] });
    const closed = once(child, "close");
    await once(createInterface({ input: child.stdout }), "line");
    times.push(performance.now() - before);
    child.kill();
    await closed;
    rmSync(folder, { recursive: true });
  }
  return times.sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? Number.NaN;
}

async function compareStarts(): Promise<[string, string]> {
  const sandbox = await firstLine((folder) => [commandLine, "sandbox", "--data", folder, "--format", "json"]);
  const node = await firstLine(() => ["-e", "console.log(0)"]);
  return [
    "start of a new local tenant, against node printing a line",
    `${(sandbox / node).toFixed(0)} x (${sandbox.toFixed(0)} ms to ${node.toFixed(0)} ms)`,
  ];
}
