/** The command line as such: help, version, and commands that it does not have. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { project } from "./command.ts";

test("says its version, and every command in its help", async () => {
  const { start } = project();
  const run = (args: string[]) => start(args).ended; // the process that a user starts
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  const { code, stdout } = await run(["--help"]);
  expect(code).toBe(0);
  for (const command of ["enable", "keys", "restart", "sandbox", "validate", "verify"]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
  }
});

test("without a command it shows the help and fails", async () => {
  const { code, stderr } = await project().run([]);
  expect(code).toBe(1);
  expect(stderr).toContain("Usage: ping-agents");
});

test.for<[args: string[], said: string]>([
  [["validat"], "unknown command 'validat'\n(Did you mean validate?)"],
  [["validate", "--colour"], "unknown option '--colour'"],
  [["validate", "dev", "staging"], "too many arguments"],
  [["keys", "renew"], "unknown command 'renew'"],
  [["keys", "new", "bot"], "ERR_ENVIRONMENT_UNKNOWN: there is no declaration in stacks/ here"],
  [["sandbox", "--port", "many"], "a port is a number from 0 to 65535"],
])("%j is refused", async ([args, said]) => {
  const { code, stderr } = await project().run(args);
  expect(code).toBe(1);
  expect(stderr).toContain(said);
  expect(stderr).not.toMatch(/^\s+at /m);
});
