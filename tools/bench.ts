/**
 * `npm run bench`: what the kit costs, in counts and ratios. Nothing is asserted: times depend on the machine, so they are
 * set against a bare equivalent on the same machine.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { callsOfAgents, costOfCommand } from "./bench/access.ts";
import { createAgent, createApplications, refresh, startCounting } from "./bench/calls.ts";
import { judgeWildDeclarations } from "./bench/declarations.ts";
import { costOfPage } from "./bench/large-tenant.ts";
import { callsOfPingOneAccess } from "./bench/pingone-access.ts";
import { checksPerSecond } from "./bench/provider-process.ts";

const AGENTS = 200;
const STARTS = 5;
const commandLine = fileURLToPath(new URL("../bin/ping-agents.mjs", import.meta.url));

async function countCalls(): Promise<[string, string][]> {
  const { run, count, stop } = await startCounting();
  try {
    const applications = await createApplications(run());
    const rows: [string, string][] = [];
    for (const k of [0, 1, 2, 5]) {
      const calls = await count(() => createAgent(run(), `bench-${k}`, applications.slice(0, k)));
      rows.push([`create an agent with an owner and ${k} privileges`, `${calls} calls (budget ${4 + 2 * k})`]);
    }
    const providers = run();
    const names = Array.from({ length: AGENTS }, (_, index) => `bulk-${index}`);
    const made = (
      await Promise.all(names.map((name) => createAgent(providers, name, applications.slice(0, 1))))
    ).flat();
    const calls = await count(() => refresh(run(), made));
    rows.push([`refresh ${AGENTS} agents with a privilege each`, `${calls} calls (budget 20)`]);
    return rows;
  } finally {
    await stop();
  }
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

const rows = [
  ...(await countCalls()),
  ...(await callsOfAgents()),
  await callsOfPingOneAccess(),
  costOfCommand("validate"),
  costOfCommand("access"),
  await compareProviders(),
  await compareStarts(),
  await costOfPage(),
  judgeWildDeclarations(),
];
const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, figure] of rows) console.log(`${what.padEnd(width)}  ${figure}`);
