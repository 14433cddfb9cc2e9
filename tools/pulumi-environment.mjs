// The environment in which the Pulumi CLI runs for this project, whoever starts it: npx pulumi, the demo, the tests.
import { chmodSync, mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "./bootstrap/failure.mjs";
import { findCli } from "./bootstrap/find-cli.mjs";
import { projectRoot, setUpCommand } from "./bootstrap/paths.mjs";

/** See there. */
const lightSdk = join(projectRoot, "tools", "light-sdk.cjs");

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
  if (!cli) throw new Failure(`No Pulumi CLI (${reasons.join("; ")}).\nInstall it with: ${setUpCommand}`);
  const bin = join(projectRoot, "node_modules", ".bin");
  const home = env.PULUMI_HOME || join(projectRoot, ".pulumi", "home");
  /** @type {NodeJS.ProcessEnv} */
  const result = {
    ...env,
    // Node 24 first, because the CLI's scripts run the `node` of PATH.
    PATH: [dirname(realpathSync(join(bin, "node"))), cli.folder, bin, env.PATH].filter(Boolean).join(delimiter),
    PULUMI_HOME: home,
    // Program and provider are compiled once, not at every start. Keyed by content: an edit is never missed.
    NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? join(projectRoot, ".pulumi", "compile-cache"),
    // With a smaller space for new objects program and provider take a quarter less memory, and no more time.
    NODE_OPTIONS: ["--max-semi-space-size=8", env.NODE_OPTIONS, `--require ${JSON.stringify(lightSdk)}`]
      .filter(Boolean)
      .join(" "),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  if (defaultBackend && !env.PULUMI_BACKEND_URL && !env.PULUMI_ACCESS_TOKEN && !isLoggedIn(home)) {
    result.PULUMI_BACKEND_URL = stateFolder();
  }
  return /** @type {Record<string, string>} */ (result);
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

/**
 * State in the project, in a folder that git ignores and that nobody else on this machine can read. The CLI wants it to
 * exist. Without `metadata=skip` it keeps a companion for each file, and a kill between the two leaves a state that no
 * command can open.
 */
function stateFolder() {
  const folder = join(projectRoot, ".pulumi", "state");
  mkdirSync(folder, { recursive: true });
  for (const own of [dirname(folder), folder]) if (statSync(own).mode & 0o077) chmodSync(own, 0o700);
  return `${pathToFileURL(folder).href}?metadata=skip`;
}
