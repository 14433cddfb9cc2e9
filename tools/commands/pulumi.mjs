#!/usr/bin/env node
// `npx pulumi …` in this repository: the Pulumi CLI that the bootstrap chose, in the environment of this project.
import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { failWith } from "../bootstrap/failure.mjs";
import { withPassphrase } from "../passphrase.mjs";
import { pulumiEnvironment } from "../pulumi-environment.mjs";
import { argumentsOf } from "./arguments.mjs";
import { refuseImport } from "./refuse-import.mjs";
import { requireSetUp } from "./set-up.mjs";

const args = process.argv.slice(2);

try {
  requireSetUp();
  refuseImport(args);
  // A default backend in the environment would win over the one that `pulumi login` is asked to remember.
  const project = pulumiEnvironment(process.env, { defaultBackend: !args.includes("login") });
  const env = await withPassphrase({ ...project, ...introduced(project) });
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
 * Says which tenant the command is about, and ends this process when it is not the stack's.
 *
 * @param {Record<string, string>} env
 * @returns {Record<string, string>} variables that the command needs
 */
function introduced(env) {
  if (!argumentsOf(args).isAboutTenant) return {};
  const program = join(dirname(fileURLToPath(import.meta.url)), "tenant.ts");
  const { status, signal, stdout } = spawnSync("node", [program, ...args], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) process.exit(signal ? 128 + constants.signals[signal] : (status ?? 1));
  return JSON.parse(stdout);
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
