/** The guide to the life of an agent: its declaration, and every command, typed as it stands there. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Clone, makeClone } from "../support/clone.ts";
import { textsOf } from "../support/page.ts";

const blocks = textsOf("docs/agent-life.md", ["yaml", "sh"]);
const [agents = "", stop = "", up = "", verify = "", undo = "", ...more] = blocks;

const HEAD = `platform: aic
realm: alpha
tier: development
provider: { grantTypes: [token_exchange, ciba] }
`;
const ENV = "set -a; . .ping-agents/sandbox/sandbox.env; set +a";

let clone: Clone;
beforeAll(() => {
  clone = makeClone();
  writeFileSync(join(clone.folder, "stacks", "dev.yaml"), HEAD + agents);
});
afterAll(() => clone.remove());

test("what the page says happens", { timeout: 240_000 }, async () => {
  expect(more).toEqual([]);
  const child = spawn("bash", ["-c", "exec npx ping-agents sandbox"], {
    cwd: clone.folder,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  try {
    await once(child.stdout, "data");
    const steps = ["npx pulumi stack init dev; npx pulumi up --yes", stop, up, verify, undo, up].map(
      (step, index) => `echo "@@ ${index}"; ${step}`,
    );
    const { code, output } = await clone.type([ENV, ...steps].join("\n"));
    expect(code, output).toBe(0);
    const said = output.split(/^@@ \d\n/m).slice(1);
    expect(said[1]).toMatch(/teller is stopped since .+: it gets no token\.\n.*Tokens issued before live until /s);
    expect(said[1]).toContain("declare enabled: false at stacks/dev.yaml:6 (agents.teller)");
    expect(said[2]).toContain("stays switched off");
    expect(said[3]).toContain("stopped, gets no token");
    expect(said[4]).toContain("is stopped no more; it is switched on.");
    expect(said[5]).not.toContain("stays switched off");
  } finally {
    process.kill(-(child.pid ?? 0), "SIGTERM");
    await Promise.race([once(child, "close"), sleep(10_000)]);
  }
});
