/** `ping-agents init` at a terminal: it asks for what no flag says. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "./command.ts";

const DOWN = "\u001b[B";

test("asks for platform and pattern, and for the realm where there is one; the answers are what is written", async () => {
  const { atTerminal, read } = project();
  const init = atTerminal(["init", "agents"]);
  await init.said("Which platform:");
  init.type("\r");
  await init.said("Which realm:");
  init.type(`${DOWN}\r`);
  await init.said("Which pattern:");
  init.type(`${DOWN}\r`);
  const { code, stdout } = await init.ended;
  expect(code, stdout).toBe(0);
  expect(read("agents/stacks/base.yaml")).toMatch(/platform: aic\nrealm: bravo\n[\s\S]*pattern: on-behalf-of\n/);
});

test("Ctrl-C at a question writes nothing", async () => {
  const { atTerminal, folder } = project();
  const init = atTerminal(["init", "agents", "--platform", "pingone"]);
  await init.said("Which pattern:");
  init.type("\u0003");
  const { code, stdout } = await init.ended;
  expect(code).toBe(130);
  expect(stdout).toContain("ERR_INTERRUPTED: interrupted at the question; nothing was changed");
  expect(readdirSync(join(folder))).not.toContain("agents");
});
