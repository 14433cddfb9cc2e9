// The version of the Pulumi CLI that belongs to the SDK, and the folder in which it is kept for this user.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** That of the repository, or of the package: it stands above the sources, and above the compiled files as well. */
const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** The one version of `@pulumi/pulumi` and of the CLI: the repository's package.json is the only place that names it. */
export const pulumiVersion = /** @type {string} */ (
  { ...manifest.dependencies, ...manifest.peerDependencies }["@pulumi/pulumi"].replace("^", "")
);

/**
 * What a CLI is built from where no release is to be had: the start of the SHA-256 of `tools/pulumi/*\/go.sum` and of what the build changes,
 * which a test keeps true. One that was built from something else is not taken.
 */
export const builtFrom = "bd89f204";

/**
 * Folder in which this user's installed CLI is kept, outside of any project, so that a second one finds it.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cliCache(env) {
  return join(
    env.XDG_CACHE_HOME || join(homedir(), ".cache"),
    "ping-agents",
    "pulumi",
    `${pulumiVersion}-${builtFrom}`,
  );
}

/**
 * `env` for commands that come from elsewhere, or run what does: without the credentials of tenants and stacks. What npm,
 * Go and the proxy need stays.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutSecrets(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AIC|PINGONE|PULUMI|PING_AGENTS)_/i.test(name)));
}
