// The CLI by Pulumi's own installer, if its host answers within seconds.
import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pulumiVersion } from "./paths.mjs";
import { elapsed, run, say } from "./run.mjs";

const installer = "https://get.pulumi.com/install.sh";

/**
 * The installer is fetched with curl, which it needs itself and which knows the proxy and the certificates of the host.
 *
 * @param {string} target empty folder; afterwards it holds `pulumi` and what belongs to it
 * @param {NodeJS.ProcessEnv} env
 * @throws {import("./failure.mjs").Failure}
 */
export async function downloadCli(target, env) {
  const limits = ["--connect-timeout", "5", "--max-time", "20"];
  const script = await run("curl", ["-fsSL", ...limits, installer], {
    label: `asking ${installer}`,
    env,
    onLine: hide,
  });
  const started = Date.now();
  const file = join(target, "install.sh");
  writeFileSync(file, script);
  say(`installing Pulumi ${pulumiVersion} with ${installer}`);
  const where = ["--version", pulumiVersion, "--install-root", join(target, "root"), "--no-edit-path"];
  await run("sh", [file, ...where], { label: `downloading Pulumi ${pulumiVersion}`, env, onLine: hide });
  const bin = join(target, "root", "bin");
  for (const name of readdirSync(bin)) renameSync(join(bin, name), join(target, name));
  rmSync(join(target, "root"), { recursive: true });
  rmSync(file);
  say(`Pulumi ${pulumiVersion} downloaded (${elapsed(started)})`);
}

/** Keeps a tool's own progress from the user; the last lines are in the error if it fails. */
function hide() {
  return undefined;
}
