/** Facts that are written down more than once say the same everywhere. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { oldestNode, projectRoot, pulumiVersion } from "../../tools/bootstrap/paths.mjs";

const read = (...path: string[]) => readFileSync(join(projectRoot, ...path), "utf8");

test("package.json names one exact version of Pulumi; lockfile, installed SDK and the CLI's Go module are equal", () => {
  expect(pulumiVersion).toMatch(/^\d+\.\d+\.\d+$/);
  const { packages } = JSON.parse(read("package-lock.json"));
  expect(packages[""].dependencies["@pulumi/pulumi"]).toBe(pulumiVersion);
  expect(packages["node_modules/@pulumi/pulumi"].version).toBe(pulumiVersion);
  expect(JSON.parse(read("node_modules", "@pulumi", "pulumi", "package.json")).version).toBe(pulumiVersion);
  expect(read("tools", "pulumi", "engine", "go.mod")).toContain(`\tgithub.com/pulumi/pulumi/pkg/v3 v${pulumiVersion}`);
});

test("Pulumi.yaml asks for no older CLI", () => {
  expect(parse(read("Pulumi.yaml")).requiredPulumiVersion).toBe(`>=${pulumiVersion} <4.0.0`);
});

test("the check for an old Node asks for what package.json asks for, and the pinned Node satisfies it", () => {
  const [major, minor] = oldestNode.split(".");
  expect(read("bin", "require-node.mjs")).toContain(`{ major: ${major}, minor: ${minor} }`);
  expect(Number.parseInt(JSON.parse(read("node_modules", "node", "package.json")).version, 10)).toBe(24);
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
