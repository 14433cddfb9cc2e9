/** When the bootstrap installs the npm dependencies, and how. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dependenciesAreCurrent, installCommand } from "../../tools/bootstrap/dependencies.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { temporaryFolder } from "./executables.ts";

const locked = {
  "": { version: "1.0.0" },
  "tools/commands": { version: "0.0.0" },
  "node_modules/commands": { resolved: "tools/commands", link: true },
  "node_modules/zod": { version: "4.0.0", integrity: "sha512-a" },
  "node_modules/only-for-darwin": { version: "1.0.0", integrity: "sha512-b", optional: true },
};
const { "node_modules/only-for-darwin": _, ...installed } = locked;

function project(installed: object | undefined) {
  const root = temporaryFolder();
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: locked }));
  if (installed) {
    mkdirSync(join(root, "node_modules"));
    writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages: installed }));
  }
  return root;
}

test("nothing is installed again when npm's record agrees; a binary for another platform may be missing", () => {
  expect(dependenciesAreCurrent(project(installed))).toBe(true);
  expect(dependenciesAreCurrent(project(locked))).toBe(true);
});

test.each([
  ["node_modules is missing", undefined],
  ["another version is installed", { ...installed, "node_modules/zod": { version: "3.9.0", integrity: "sha512-a" } }],
  ["another content is installed", { ...installed, "node_modules/zod": { version: "4.0.0", integrity: "sha512-c" } }],
  ["a package is missing", { "node_modules/zod": installed["node_modules/zod"] }],
])("it installs when %s", (_, record) => {
  expect(dependenciesAreCurrent(project(record))).toBe(false);
});

test("a missing lockfile is an error, not an install of anything", () => {
  expect(() => dependenciesAreCurrent(temporaryFolder())).toThrow("package-lock.json");
});

test("an old Node of the host gives npm the Node of the lockfile to run on, so that npm warns of nothing", () => {
  expect(installCommand(projectRoot, "24.1.0").slice(0, 2)).toEqual(["npm", "ci"]);
  const [npm, ...args] = installCommand(projectRoot, "20.20.2");
  expect(npm).toBe("npm");
  expect(args.join(" ")).toMatch(/^exec --yes --package=node\S*-\w+-\w+@24\.\d+\.\d+ -- npm ci/);
});
