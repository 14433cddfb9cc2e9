// The CLI from Pulumi's own release: an archive that is unpacked only when its SHA-256 is the one that is expected.
import { createHash } from "node:crypto";
import { createReadStream, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { pulumiVersion } from "../../src/engine/cli-version.mjs";
import { Failure } from "./failure.mjs";
import { pinnedChecksums } from "./paths.mjs";
import { elapsed, run, say } from "./run.mjs";

const releases = "https://get.pulumi.com/releases/sdk";

/**
 * curl knows the proxy and the certificates of the host. Nothing that it brings is run.
 *
 * @param {string} target empty folder; afterwards it holds `pulumi` and what belongs to it
 * @param {NodeJS.ProcessEnv} env
 * @param {Record<string, string>} [pinned] SHA-256 by archive
 * @throws {Failure} when the host does not answer, has no checksum, or the archive is another one
 */
export async function downloadCli(target, env, pinned = pinnedChecksums) {
  const started = Date.now();
  const archive = `pulumi-v${pulumiVersion}-${process.platform}-${process.arch}.tar.gz`;
  const expected = pinned[archive] ?? (await published(archive, env));
  const file = join(target, archive);
  say(`downloading ${releases}/${archive}`);
  // Some 120 MB: no limit to the whole, but a host that sends nothing is given up.
  const stalled = ["--speed-limit", "1000", "--speed-time", "30"];
  await curl([...stalled, "-o", file, `${releases}/${archive}`], `downloading Pulumi ${pulumiVersion}`, env);
  const actual = await sha256(file);
  if (actual !== expected) {
    throw new Failure(
      `${releases}/${archive} has the SHA-256 ${actual}, not ${expected}: it is not the release, and was not unpacked`,
    );
  }
  // The archive holds one folder with the executables.
  const unpack = ["-xzf", file, "-C", target, "--strip-components=1"];
  await run("tar", unpack, { label: `unpacking Pulumi ${pulumiVersion}`, env, onLine: hide });
  rmSync(file);
  say(`Pulumi ${pulumiVersion} downloaded (${elapsed(started)})`);
}

/**
 * The SHA-256 of an archive in the list that the release publishes.
 *
 * @param {string} archive
 * @param {NodeJS.ProcessEnv} env
 */
async function published(archive, env) {
  const list = `${releases}/pulumi-${pulumiVersion}-checksums.txt`;
  const text = await curl(["--max-time", "20", list], `asking ${list}`, env);
  const [, checksum] = text.match(new RegExp(`^([0-9a-f]{64})\\s+\\*?${archive.replaceAll(".", "\\.")}$`, "m")) ?? [];
  if (!checksum) throw new Failure(`${list} has no SHA-256 of ${archive}`);
  return checksum;
}

/**
 * @param {string[]} args
 * @param {string} label
 * @param {NodeJS.ProcessEnv} env
 */
function curl(args, label, env) {
  return run("curl", ["-fsSL", "--proto", "=https", "--connect-timeout", "5", ...args], { label, env, onLine: hide });
}

/** @param {string} file */
async function sha256(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** Keeps a tool's own progress from the user; the last lines are in the error if it fails. */
function hide() {
  return undefined;
}
