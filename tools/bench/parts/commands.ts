/** What the commands cost that read a declaration of many agents: time of the processor, and memory. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const DECLARED = 500;
const TARGETS = 3;

const targets = Array.from({ length: TARGETS }, (_one, index) => `api-${index}`);
const agents = (count: number) => Array.from({ length: count }, (_one, index) => `agent-${index}`);

/** A declaration of many agents. */
function manyAgents(count = DECLARED): string {
  return JSON.stringify({
    ...{ platform: "aic", realm: "alpha", tier: "production" },
    applications: Object.fromEntries(
      targets.map((id) => [id, { name: id, type: "service", scopes: ["read", "write"] }]),
    ),
    agents: Object.fromEntries(
      agents(count).map((id) => {
        const access = targets.map((application) => ({ application, scopes: ["read"], subjectGroups: ["group"] }));
        return [id, { name: id, pattern: "on-behalf-of", access }];
      }),
    ),
  });
}

/** Time of the processor and memory of a command about many agents. */
export function costOfCommand(command: "access" | "validate"): [string, string] {
  const folder = mkdtempSync(join(tmpdir(), "ping-agents-bench-"));
  try {
    mkdirSync(join(folder, "stacks"));
    writeFileSync(join(folder, "stacks", "dev.yaml"), manyAgents());
    const program = fileURLToPath(new URL("../../../bin/ping-agents.mjs", import.meta.url));
    const report = `process.on("exit", () => process.stderr.write("used " + JSON.stringify(process.resourceUsage())));`;
    const args = ["--import", `data:text/javascript,${encodeURIComponent(report)}`, program, command, "dev"];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 });
    if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(/used (\{.*\})/.exec(stderr)?.[1] ?? "");
    const seconds = (userCPUTime + systemCPUTime) / 1e6;
    const figure = `${seconds.toFixed(1)} s of CPU and ${(maxRSS / 1024).toFixed(0)} MB (budget 2 s, 300 MB)`;
    return [`${command} ${DECLARED} agents with ${TARGETS} targets each`, figure];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
