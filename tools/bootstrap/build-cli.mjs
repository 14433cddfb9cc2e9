// The CLI built from source with the Go toolchain of this machine, from modules pinned in tools/pulumi.
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pulumiVersion } from "../../src/engine/cli-version.mjs";
import { withLazyMeter } from "./lazy-meter.mjs";
import { projectRoot } from "./paths.mjs";
import { elapsed, run, say } from "./run.mjs";

// The language host of this engine is not published as a module. The last one that was, sdk/v3 3.68.0, works with the
// engine as far as this project needs it, but only that engine: it goes into the same folder and is never used alone.
// Each of the two has a go.mod of its own, because they want different versions of sdk/v3.
const parts = [
  { name: "pulumi", module: "engine", main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", prepare: withLazyMeter },
  {
    name: "pulumi-language-nodejs",
    module: "language-nodejs",
    main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
];

const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pulumiVersion}`;

/**
 * @param {string} target empty folder; afterwards it holds the executables
 * @param {NodeJS.ProcessEnv} env
 * @throws {import("./failure.mjs").Failure}
 */
export async function buildCli(target, env) {
  const goEnv = { ...env, CGO_ENABLED: "0", GOWORK: "off" };
  const started = Date.now();
  say(`building the Pulumi CLI ${pulumiVersion} from Go modules; on two cores this takes 4 to 8 minutes, once`);
  for (const { name, module, main, prepare } of parts) {
    const cwd = join(projectRoot, "tools", "pulumi", module);
    const packages = await run("go", ["list", "-mod=readonly", "-deps", main], {
      label: `${name}: downloading the modules`,
      cwd,
      env: goEnv,
      onLine: counting("go: downloading", (count) => `${count} so far`),
    });
    const total = packages.trim().split("\n").length;
    const folder = mkdtempSync(join(tmpdir(), "ping-agents-build-"));
    try {
      const options = ["-mod=readonly", "-trimpath", "-ldflags", `-s -w ${stamp}`];
      if (prepare) options.push("-modfile", await prepare(folder, cwd, goEnv));
      await run("go", ["build", "-v", ...options, "-o", join(target, name), main], {
        label: `${name}: compiling`,
        cwd,
        env: goEnv,
        onLine: counting("", (count) => `${count} of at most ${total} packages`),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const provider = "pulumi-resource-pulumi-nodejs";
  copyFileSync(join(projectRoot, "node_modules", "@pulumi", "pulumi", provider), join(target, provider));
  chmodSync(join(target, provider), 0o755);
  say(`Pulumi CLI ${pulumiVersion} built (${elapsed(started)})`);
}

/**
 * @param {string} prefix of the lines that count
 * @param {(count: number) => string} describe
 */
function counting(prefix, describe) {
  let count = 0;
  return (/** @type {string} */ line) => (line.startsWith(prefix) ? describe(++count) : undefined);
}
