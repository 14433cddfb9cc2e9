// The npm dependencies: installed when node_modules does not hold what the lockfile says.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutSecrets } from "../../src/engine/cli-version.mjs";
import { isAtLeast } from "../../src/engine/version.mjs";
import { Failure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { oldestNode } from "./paths.mjs";
import { elapsed, run, say } from "./run.mjs";

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Locked */

/**
 * @param {string} root folder of the project
 * @param {NodeJS.ProcessEnv} env
 * @throws {Failure} when the install fails, or leaves no Node that runs this project
 */
export async function ensureDependencies(root, env) {
  if (dependenciesAreCurrent(root)) return;
  await withLock(join(root, ".pulumi", "bootstrap.lock"), async () => {
    if (dependenciesAreCurrent(root)) return;
    say("installing the npm dependencies");
    const started = Date.now();
    const report = await run("npm", installArguments, { label: "installing the npm dependencies", cwd: root, env });
    say(`${report.trim().split("\n")[0] || "npm dependencies installed"} (${elapsed(started)})`);
    checkNode(root);
  });
}

/**
 * Compares the lockfile with the record that npm keeps of what it installed. A binary for another platform may be
 * missing; everything else must be there in the version of the lockfile.
 *
 * @param {string} root
 */
export function dependenciesAreCurrent(root) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!wanted) throw new Failure(`${join(root, "package-lock.json")} cannot be read. It is part of the repository.`);
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    if (!path.startsWith("node_modules/")) return true;
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : Boolean(optional || devOptional);
  });
}

/**
 * What the lockfile says, each package compared with its hash there, Node 24 among them; and no script of a package is run.
 * On an old Node npm would warn of every package that wants a newer one, and these run on the Node that is being installed.
 */
const installArguments = ["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"];

/**
 * @param {string} file
 * @returns {Record<string, Locked> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** @param {string} root */
function checkNode(root) {
  const node = join(root, "node_modules", ".bin", "node");
  const { stdout, error } = spawnSync(node, ["--version"], { encoding: "utf8", env: withoutSecrets(process.env) });
  if (stdout && isAtLeast(stdout, oldestNode)) return;
  throw new Failure(
    `npm installed the dependencies, but ${node} does not run (${error?.message ?? stdout.trim()}).\n` +
      `It comes with the optional package for ${process.platform}-${process.arch}: package.json must name one, and npm must not omit it\n` +
      "(npm config get omit). On Linux it needs glibc.",
  );
}
