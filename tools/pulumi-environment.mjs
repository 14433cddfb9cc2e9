// The environment in which the Pulumi CLI runs for this project, whoever starts it: npx pulumi, the demo, the tests.
import { mkdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "./bootstrap/failure.mjs";
import { findCli } from "./bootstrap/find-cli.mjs";
import { projectRoot } from "./bootstrap/paths.mjs";

/** Protects nothing: it is in the repository. Only stacks of a tenant on this very machine get it. */
const developmentPassphrase = "local-development";

/**
 * `env` with what the CLI needs added. What the user set stays; see the comments for what is added when.
 *
 * @param {NodeJS.ProcessEnv} [env] default: the environment of this process
 * @param {object} [options]
 * @param {boolean} [options.defaultBackend] false: leave the choice of the backend to the CLI. Default true.
 * @returns {Record<string, string>}
 * @throws {Failure} when no suitable CLI is there
 */
export function pulumiEnvironment(env = process.env, { defaultBackend = true } = {}) {
  const { cli, reasons } = findCli(env);
  if (!cli) throw new Failure(`No Pulumi CLI (${reasons.join("; ")}).\nInstall it with: node tools/bootstrap.mjs`);
  const home = env.PULUMI_HOME || join(projectRoot, ".pulumi", "home");
  /** @type {NodeJS.ProcessEnv} */
  const result = {
    ...env,
    // Node 24 first, because the CLI's scripts run the `node` of PATH; the real CLI before the launcher in .bin.
    PATH: [
      join(projectRoot, "node_modules", "node", "bin"),
      cli.folder,
      join(projectRoot, "node_modules", ".bin"),
      env.PATH,
    ]
      .filter(Boolean)
      .join(delimiter),
    PULUMI_HOME: home,
    // Program and provider are compiled once, not at every start. Keyed by content: an edit is never missed.
    NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? join(projectRoot, ".pulumi", "compile-cache"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  if (defaultBackend && !env.PULUMI_BACKEND_URL && !env.PULUMI_ACCESS_TOKEN && !isLoggedIn(home)) {
    result.PULUMI_BACKEND_URL = stateFolder();
  }
  if (
    env.PULUMI_CONFIG_PASSPHRASE === undefined &&
    env.PULUMI_CONFIG_PASSPHRASE_FILE === undefined &&
    isLocalTenant(env)
  ) {
    result.PULUMI_CONFIG_PASSPHRASE = developmentPassphrase;
  }
  return /** @type {Record<string, string>} */ (result);
}

/**
 * Whether every tenant that the environment names is on this machine, and one is named.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function isLocalTenant({ AIC_TENANT_URL, PINGONE_API_URL, PINGONE_ENVIRONMENT_ID }) {
  // Without a URL of its own, a PingOne environment is one in Ping's cloud.
  if (PINGONE_ENVIRONMENT_ID && !PINGONE_API_URL) return false;
  const tenants = [AIC_TENANT_URL, PINGONE_API_URL].filter((url) => url !== undefined && url !== "");
  return tenants.length > 0 && tenants.every(isLoopback);
}

/** @param {string | undefined} url */
function isLoopback(url) {
  try {
    const { hostname } = new URL(url ?? "");
    return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
  } catch {
    return false;
  }
}

/**
 * Whether `pulumi login` chose a backend; the CLI then finds it by itself.
 *
 * @param {string} home
 */
function isLoggedIn(home) {
  try {
    return Boolean(JSON.parse(readFileSync(join(home, "credentials.json"), "utf8")).current);
  } catch {
    return false;
  }
}

/** State in the project, in a folder that git ignores. The CLI wants it to exist. */
function stateFolder() {
  const folder = join(projectRoot, ".pulumi", "state");
  mkdirSync(folder, { recursive: true });
  return pathToFileURL(folder).href;
}
