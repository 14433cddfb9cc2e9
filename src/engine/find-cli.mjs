// Looks for a Pulumi CLI that is there already: named by PULUMI_CLI, on PATH, or installed for this user by a clone of ping-agents.
import { spawnSync } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { cliCache, pulumiVersion, withoutSecrets } from "./cli-version.mjs";
import { isAtLeast, parseVersion } from "./version.mjs";

/**
 * @typedef {object} Cli
 * @property {string} command path of the executable
 * @property {string} folder holds `pulumi` and its Node.js language host
 * @property {string} version
 */

/** What a CLI consists of here. The last is a script that starts the SDK's dynamic provider. */
const cliParts = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * A CLI is suitable when it is a release of the same major version, not older than the SDK, with a language host beside
 * it. Newer is fine: the engine keeps its protocol with older SDKs (only reading a resource by `id`, which this project
 * does not do, needs the SDK of a CLI from 3.267 on).
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ cli: Cli | undefined, reasons: string[] }} the CLI, else why each place had none. One that PULUMI_CLI names is the
 *   only place: a wish is not passed over in silence
 */
export function findCli(env) {
  if (env.PULUMI_CLI) {
    const found = inspect(resolve(env.PULUMI_CLI));
    if (typeof found !== "string") return { cli: found, reasons: [] };
    const advice = `let it name the executable of Pulumi ${pulumiVersion} or a newer 3.x, or unset it`;
    return { cli: undefined, reasons: [`PULUMI_CLI: ${found}; ${advice}`] };
  }

  const installed = installedBefore(env);
  const reasons = [];
  for (const candidate of onPath(env.PATH ?? "")) {
    // Below a command of ours it stands there, and need not be asked again.
    const found = candidate === installed?.command ? installed : inspect(candidate);
    if (typeof found !== "string") return { cli: found, reasons: [] };
    reasons.push(`PATH: ${found}`);
  }
  if (reasons.length === 0) reasons.push("PATH: no `pulumi`; PULUMI_CLI: not set");

  if (!installed) reasons.push(`installed before: nothing in ${cliCache(env)}`);
  return { cli: installed, reasons: installed ? [] : reasons };
}

/**
 * What the bootstrap of a clone has put there, of the version that the folder is named after.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Cli | undefined}
 */
function installedBefore(env) {
  const folder = cliCache(env);
  return isComplete(folder) ? { command: join(folder, "pulumi"), folder, version: pulumiVersion } : undefined;
}

/**
 * Folders named node_modules/.bin are left out: what npm puts there are launchers, this project's own among them.
 *
 * @param {string} path
 */
function onPath(path) {
  const folders = path.split(delimiter).filter((folder) => folder && !folder.endsWith(join("node_modules", ".bin")));
  return [...new Set(folders)].map((folder) => join(folder, "pulumi")).filter(isExecutable);
}

/**
 * @param {string} command
 * @returns {Cli | string} a sentence says why it is not suitable
 */
function inspect(command) {
  if (!isExecutable(command)) return `${command} is no executable file`;
  const { stdout } = spawnSync(command, ["version"], {
    encoding: "utf8",
    timeout: 20_000,
    env: { ...withoutSecrets(process.env), PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const version = (stdout ?? "").trim().replace(/^v/, "");
  if (!version) return `${command} does not say its version`;
  const parsed = parseVersion(version);
  if (!parsed) return `${command} is ${version}, which is no release`;
  if (parsed[0] !== parseVersion(pulumiVersion)?.[0]) return `${command} is ${version}, another major version`;
  if (!isAtLeast(version, pulumiVersion)) return `${command} is ${version}, older than ${pulumiVersion}`;

  const folder = [dirname(command), dirname(realpathSync(command))].find(isComplete);
  if (!folder) return `${command} is ${version}, but ${cliParts.slice(1).join(" and ")} are not both beside it`;
  return { command: join(folder, "pulumi"), folder, version };
}

/** @param {string} folder */
function isComplete(folder) {
  return cliParts.every((part) => isExecutable(join(folder, part)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
