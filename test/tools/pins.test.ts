/** Facts that are written down more than once say the same everywhere. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { builtFrom, pulumiVersion } from "../../src/engine/cli-version.mjs";
import { changes } from "../../tools/bootstrap/lazy-meter.mjs";
import { oldestNode, pinnedChecksums, projectRoot } from "../../tools/bootstrap/paths.mjs";

const read = (...path: string[]) => readFileSync(join(projectRoot, ...path), "utf8");

test("package.json names one exact version of Pulumi; lockfile, installed SDK and the CLI's Go module are equal", () => {
  expect(pulumiVersion).toMatch(/^\d+\.\d+\.\d+$/);
  const { packages } = JSON.parse(read("package-lock.json"));
  expect(packages[""].dependencies["@pulumi/pulumi"]).toBe(pulumiVersion);
  expect(packages["node_modules/@pulumi/pulumi"].version).toBe(pulumiVersion);
  expect(JSON.parse(read("node_modules", "@pulumi", "pulumi", "package.json")).version).toBe(pulumiVersion);
  expect(read("tools", "pulumi", "engine", "go.mod")).toContain(`\tgithub.com/pulumi/pulumi/pkg/v3 v${pulumiVersion}`);
});

test("a CLI that was built from something else is not taken for this one", () => {
  const sums = ["engine", "language-nodejs"].map((module) => read("tools", "pulumi", module, "go.sum"));
  const all = [...sums, JSON.stringify(changes)].join("");
  expect(builtFrom).toBe(createHash("sha256").update(all).digest("hex").slice(0, builtFrom.length));
});

test("Pulumi.yaml asks for no older CLI", () => {
  expect(parse(read("Pulumi.yaml")).requiredPulumiVersion).toBe(`>=${pulumiVersion} <4.0.0`);
});

test("the check for an old Node asks for what package.json asks for", () => {
  const [major, minor] = oldestNode.split(".");
  expect(read("bin", "require-node.mjs")).toContain(`{ major: ${major}, minor: ${minor} }`);
});

test("Node 24 comes from the lockfile for each platform, with its hash, and no package of it runs a script", () => {
  const { optionalDependencies, dependencies, devDependencies } = JSON.parse(read("package.json"));
  expect(Object.keys({ ...dependencies, ...devDependencies })).not.toContain("node");
  const nodes = Object.entries(optionalDependencies).filter(([name]) => /^node-/.test(name));
  const { packages } = JSON.parse(read("package-lock.json"));
  const platforms = nodes.map(([name, version]) => {
    expect(version).toMatch(/^24\.\d+\.\d+$/);
    const { os, cpu, ...locked } = packages[`node_modules/${name}`];
    expect(locked).toMatchObject({ version, integrity: expect.stringMatching(/^sha512-/), bin: { node: "bin/node" } });
    expect(locked).not.toHaveProperty("hasInstallScript");
    return `${os}-${cpu}`;
  });
  expect(platforms.sort()).toEqual(["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"]);
});

test("the SHA-256 in the repository are those of the pinned release", () => {
  const pins = Object.entries(pinnedChecksums);
  expect(pins.length).toBeGreaterThan(0);
  for (const [archive, checksum] of pins) {
    expect(archive).toMatch(
      new RegExp(`^pulumi-v${pulumiVersion.replaceAll(".", "\\.")}-(linux|darwin)-(x64|arm64)\\.tar\\.gz$`),
    );
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
  }
});

test("every binary that a dependency has for another platform is in the lockfile, so that npm ci works there", () => {
  const packages: Record<string, { optionalDependencies?: object }> = JSON.parse(read("package-lock.json")).packages;
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});

test("the licence that package.json names is in LICENSE, and its version in the changelog", () => {
  const { license, version } = JSON.parse(read("package.json"));
  expect(license).toBe("Apache-2.0");
  expect(read("LICENSE")).toMatch(/Apache License\s+Version 2\.0, January 2004[\s\S]+END OF TERMS AND CONDITIONS/);
  expect(read("CHANGELOG.md")).toContain(`## [${version}] - `);
});
