/** `npx pulumi`: the real CLI in the project's environment; exit codes and signals come through. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot, pulumiVersion } from "../../tools/bootstrap/paths.mjs";
import { isAtLeast } from "../../tools/bootstrap/version.mjs";
import { pulumi, script, temporaryFolder } from "./executables.ts";

const launcher = join(projectRoot, "node_modules", ".bin", "pulumi");

test("it runs the CLI from any folder of the project", () => {
  const { stdout, status } = spawnSync(launcher, ["version"], { cwd: join(projectRoot, "test"), encoding: "utf8" });
  expect(status).toBe(0);
  expect(isAtLeast(stdout, pulumiVersion)).toBe(true);
});

test("the exit code of the CLI is its own", () => {
  const { status, stderr } = spawnSync(launcher, ["stack", "select", "no-such-stack", "--non-interactive"], {
    encoding: "utf8",
  });
  expect(stderr).toContain("no stack named 'no-such-stack' found");
  expect(status).toBe(6);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s reaches the CLI, which ends in its own way", async (signal) => {
  const folder = pulumi(temporaryFolder(), pulumiVersion);
  const handler = `trap 'echo stopped; exit 7' ${signal.slice(3)}`;
  script(folder, "pulumi", `[ "$1" = version ] && { echo ${pulumiVersion}; exit; }`, handler, "echo running", "read _");
  const child = spawn(launcher, ["up"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, PULUMI_CLI: join(folder, "pulumi") },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    if (String(chunk).includes("running")) child.kill(signal);
  });
  const [code] = await once(child, "exit");
  expect({ code, output }).toEqual({ code: 7, output: "running\nstopped\n" });
});

test("a CLI that a signal ends gives the exit code that shells give", async () => {
  const folder = pulumi(temporaryFolder(), pulumiVersion);
  script(folder, "pulumi", `[ "$1" = version ] && { echo ${pulumiVersion}; exit; }`, "kill -KILL $$");
  const env = { ...process.env, PULUMI_CLI: join(folder, "pulumi") };
  expect(spawnSync(launcher, ["up"], { env }).status).toBe(137);
});
