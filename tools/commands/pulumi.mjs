#!/usr/bin/env node
// `npx pulumi …` in this repository: the Pulumi CLI that the bootstrap chose, in the environment of this project.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { failWith } from "../bootstrap/failure.mjs";
import { withPassphrase } from "../passphrase.mjs";
import { pulumiEnvironment } from "../pulumi-environment.mjs";
import { refuseImport } from "./refuse-import.mjs";
import { requireSetUp } from "./set-up.mjs";

const args = process.argv.slice(2);

try {
  requireSetUp();
  refuseImport(args);
  // A default backend in the environment would win over the one that `pulumi login` is asked to remember.
  const env = await withPassphrase(pulumiEnvironment(process.env, { defaultBackend: !args.includes("login") }));
  // The handlers first: the CLI may be running before spawn returns.
  // At a terminal Ctrl-C reaches the CLI directly, and npm passes on a second one. Pulumi takes two for "stop at once,
  // leave operations pending", so at a terminal this process adds none of its own.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on("SIGINT", () => atTerminal || child.kill("SIGINT"));
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));

  const child = spawn("pulumi", args, { stdio: "inherit", env });
  child.on("error", failWith);
  child.on("exit", async (code, signal) => {
    if (signal) await afterKill(signal);
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1));
  });
} catch (error) {
  failWith(error);
}

/**
 * Says what a killed CLI leaves, and ends what it started.
 *
 * @param {NodeJS.Signals} signal
 */
async function afterKill(signal) {
  console.error(
    `The Pulumi CLI was ended by ${signal}. What was under way is being finished or stopped. Run the command again: it goes on\n` +
      "where this one ended. If it finds the stack locked and nobody else works on it: npx pulumi cancel --yes",
  );
  const { endOrphans } = await import("./orphans.ts");
  await endOrphans();
}
