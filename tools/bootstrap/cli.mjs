// The Pulumi CLI: the one that is there, else one that is installed for this user.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cliCache, pulumiVersion } from "../../src/engine/cli-version.mjs";
import { findCli } from "../../src/engine/find-cli.mjs";
import { buildCli } from "./build-cli.mjs";
import { downloadCli } from "./download-cli.mjs";
import { Failure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { say } from "./run.mjs";

const waysToInstall = [
  { name: "official release", install: downloadCli },
  { name: "build from the Go module registry", install: buildCli },
];

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import("../../src/engine/find-cli.mjs").Cli>}
 * @throws {Failure} that names every way and why it did not work
 */
export async function ensureCli(env) {
  const { cli, reasons } = findCli(env);
  if (cli) return cli;
  if (env.PULUMI_CLI) throw new Failure(reasons.join("; "));
  const folder = cliCache(env);
  return withLock(`${folder}.lock`, async () => {
    const { cli, reasons } = findCli(env);
    if (cli) return cli;
    say(`no Pulumi CLI ${pulumiVersion} yet; it will be kept in ${folder}`);
    removeLeftovers(folder);
    for (const { name, install } of waysToInstall) {
      try {
        await installWhole(folder, (target) => install(target, env));
        return found(env);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        reasons.push(`${name}: ${error.message}`);
        say(`${name}: ${error.message}`);
      }
    }
    throw new Failure(
      [
        `No Pulumi CLI. Wanted: ${pulumiVersion} or a newer 3.x with its Node.js language host. Every way failed:`,
        ...reasons.map((reason) => `  - ${reason}`),
        "Any one of these helps, then run the command again:",
        `  - install Pulumi ${pulumiVersion} (https://www.pulumi.com/docs/install/) and have it on PATH`,
        "  - set PULUMI_CLI to the path of its executable `pulumi`",
        "  - install Go (https://go.dev/dl/), so that the CLI can be built from the Go module registry",
      ].join("\n"),
    );
  });
}

/**
 * Installs into a folder of another name first: an interrupted install leaves nothing that looks like a CLI.
 *
 * @param {string} folder
 * @param {(target: string) => Promise<void>} install
 */
async function installWhole(folder, install) {
  mkdirSync(dirname(folder), { recursive: true });
  const target = mkdtempSync(`${folder}.part-`);
  try {
    await install(target);
    rmSync(folder, { recursive: true, force: true });
    renameSync(target, folder);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function removeLeftovers(folder) {
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}.part-`)) rmSync(join(dirname(folder), name), { recursive: true });
  }
}

/** @param {NodeJS.ProcessEnv} env */
function found(env) {
  const { cli, reasons } = findCli(env);
  if (!cli) throw new Failure(`installed, but not found again: ${reasons.join("; ")}`);
  return cli;
}
