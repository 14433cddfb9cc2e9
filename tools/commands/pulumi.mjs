#!/usr/bin/env node
// `npx pulumi …` in this repository: the Pulumi CLI that the bootstrap chose, in the environment of this project.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { ensureCli } from "../bootstrap/cli.mjs";
import { failWith } from "../bootstrap/failure.mjs";
import { pulumiEnvironment } from "../pulumi-environment.mjs";

const args = process.argv.slice(2);

try {
  const { command } = await ensureCli(process.env);
  // A default backend in the environment would win over the one that `pulumi login` is asked to remember.
  const env = pulumiEnvironment(process.env, { defaultBackend: !args.includes("login") });
  // The handlers first: the CLI may be running before spawn returns.
  // At a terminal Ctrl-C reaches the CLI directly, and npm passes on a second one. Pulumi takes two for "stop at once,
  // leave operations pending", so at a terminal this process adds none of its own.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on("SIGINT", () => atTerminal || child.kill("SIGINT"));
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));

  const child = spawn(command, args, { stdio: "inherit", env });
  child.on("error", failWith);
  child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
} catch (error) {
  failWith(error);
}
