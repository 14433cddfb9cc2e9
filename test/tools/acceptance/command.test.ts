/** `npm run acceptance` as it is typed: what it says it would do, and what it refuses. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";
import { project } from "../../cli/command.ts";
import { type LocalAic, startAic } from "../../support/aic.ts";

let tenant: LocalAic;
beforeAll(async () => {
  tenant = await startAic();
});
afterAll(() => tenant.stop());

async function run(...args: string[]) {
  const declaration = (tier: string) => `platform: aic\nrealm: alpha\ntier: ${tier}\n`;
  const { folder } = project({
    ...{ dev: declaration("development"), staging: declaration("staging"), live: declaration("production") },
    pingone: "platform: pingone\n",
  });
  const child = spawn(process.execPath, [join(projectRoot, "tools", "acceptance.ts"), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...tenant.variables() },
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, stdout, stderr };
}

test("says what it would do and calls nobody; in staging it leaves out what only development writes", async () => {
  const seen = await tenant.count(async () => {
    const dev = await run("--env", "dev");
    expect(dev.code, dev.stderr).toBe(0);
    expect(dev.stdout).toMatch(
      /^Tenant http:\S+, realm alpha, tier development\nWould make.*ping-acceptance-[0-9a-f]{6}-:\n/,
    );
    expect(dev.stdout).toMatch(
      /aic:Journey ping-acceptance-.*\n[\s\S]*Nothing was called. To run it: npm run acceptance -- --env dev --yes\n$/,
    );
    const { stdout } = await run("--env", "staging");
    expect(stdout).toContain("aic:AiAgent");
    expect(stdout).not.toMatch(/aic:(Journey|GrantTypes|AcrMapping|User|Group)/);
  });
  expect(seen).toEqual([]);
});

test.each([
  [["--env", "live", "--yes"], "ERR_TARGET: live is a production tenant; nothing was called"],
  [["--env", "pingone", "--yes"], "ERR_TARGET: acceptance knows tenants of AIC only"],
])("refuses %j", async (args, said) => {
  const seen = await tenant.count(async () => {
    const { code, stderr } = await run(...args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(said) });
  });
  expect(seen).toEqual([]);
});

// The whole run is tried in aic.test.ts.
test("the commands of the page: what is said, what that advises, and a clean-up that has nothing to do", async () => {
  const page = readFileSync(join(projectRoot, "docs/acceptance.md"), "utf8");
  const typed = [...page.matchAll(/^npm run acceptance -- (.*)$/gm)].map(([, args = ""]) => args);
  expect(typed).toEqual(["--env dev", "--env dev --yes", "--env dev --clean"]);
  const [look = "", whole = "", clean = ""] = typed;
  expect((await run(...look.split(" "))).stdout).toContain(`To run it: npm run acceptance -- ${whole}\n`);
  const seen = await tenant.count(async () => expect((await run(...clean.split(" "))).code).toBe(0));
  expect(seen.filter(({ method }) => method !== "GET" && method !== "POST")).toEqual([]);
});
