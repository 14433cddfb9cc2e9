// Where things are and which versions belong together: the project, the cache of this user, the pinned versions.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of this clone. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const { engines, dependencies } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));

/** The one version of `@pulumi/pulumi` and of the CLI: package.json is the only place that names it. */
export const pulumiVersion = /** @type {string} */ (dependencies["@pulumi/pulumi"]);

/** What a user types to make a clone ready. */
export const setUpCommand = "npm run bootstrap";

/** The oldest Node that runs this project, e.g. `22.18`. */
export const oldestNode = /** @type {string} */ (engines.node.replace(">=", ""));

/**
 * Folder in which this user's installed CLI is kept, outside of any clone, so that a second clone finds it.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cliCache(env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "ping-agents", "pulumi", pulumiVersion);
}
