#!/usr/bin/env node
// Publishes the package of a tag, and prints the notes of its release. Usage: node tools/release.mjs vX.Y.Z [--dry-run]
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, failWith } from "./bootstrap/failure.mjs";
import { projectRoot } from "./bootstrap/paths.mjs";

try {
  const args = process.argv.slice(2);
  const isDry = args.includes("--dry-run");
  const notes = notesOf(args.find((arg) => !arg.startsWith("-")));
  run(process.execPath, join(projectRoot, "tools", "build.mjs"));
  run("npm", ...publishing(isDry));
  process.stdout.write(notes);
} catch (error) {
  failWith(error);
}

/**
 * What the changelog says of the version, without its heading.
 *
 * @param {string | undefined} tag
 * @throws {Failure} where tag, manifest and changelog are not of one version
 */
function notesOf(tag) {
  const version = versionOfManifest();
  if (tag !== `v${version}`) {
    throw new Failure(`The tag is ${tag ?? "not given"}, and package.json has the version ${version}: tag v${version}`);
  }
  const text = readFileSync(join(projectRoot, "CHANGELOG.md"), "utf8");
  const [heading = "", ...lines] = (text.split(/^## /m).find((part) => part.startsWith(`[${version}]`)) ?? "").split(
    "\n",
  );
  if (!/ - \d{4}-\d{2}-\d{2}$/.test(heading)) {
    throw new Failure(`CHANGELOG.md has no dated heading for ${version}: write ## [${version}] - YYYY-MM-DD`);
  }
  return `${lines.join("\n").trim()}\n`;
}

/** @returns {string} */
function versionOfManifest() {
  return JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")).version;
}

/**
 * A version before a release, such as 1.0.0-rc.1, is not what `npm install` takes.
 *
 * @param {boolean} isDry
 */
function publishing(isDry) {
  const tag = versionOfManifest().includes("-") ? "next" : "latest";
  return ["publish", "./dist", "--access", "public", "--tag", tag, isDry ? "--dry-run" : "--provenance"];
}

/**
 * What the command prints goes to stderr: stdout is for the notes.
 *
 * @param {string} command
 * @param {string[]} args
 */
function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: projectRoot, stdio: ["ignore", 2, 2] });
  if (status !== 0)
    throw new Failure(
      `${[command, ...args].join(" ")} failed${error ? `: ${error.message}` : ""}; nothing was published`,
    );
}
