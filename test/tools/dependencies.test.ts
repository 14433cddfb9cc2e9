/** When the bootstrap installs the npm dependencies, and how. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { dependenciesAreCurrent, ensureDependencies } from "../../tools/bootstrap/dependencies.mjs";
import { script, temporaryFolder } from "./executables.ts";

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

/** An `npm` that notes how it was called, and leaves a Node of that version. */
function npm(node: string) {
  const bin = temporaryFolder();
  script(
    bin,
    "npm",
    `echo "$@" > ${bin}/arguments`,
    `/usr/bin/env > ${bin}/environment`,
    `echo 'npm error https://reader:hunter2@registry.example/zod' >&2`,
    `printf '#!/bin/sh\\necho ${node}\\n' > node_modules/.bin/node`,
    "/bin/chmod +x node_modules/.bin/node",
  );
  return { bin, noted: (what: string) => readFileSync(join(bin, what), "utf8") };
}

function emptyProject() {
  const root = project(undefined);
  mkdirSync(join(root, "node_modules", ".bin"), { recursive: true });
  return root;
}

test("npm installs what the lockfile says and runs no script, without the secrets of tenants and stacks", async () => {
  const { bin, noted } = npm("v24.0.0");
  const secrets = { AIC_SERVICE_ACCOUNT_KEY: "s", PINGONE_CLIENT_SECRET: "s", PULUMI_CONFIG_PASSPHRASE: "s" };
  const own = { npm_config_registry: "http://registry.example", HTTPS_PROXY: "http://proxy.example" };
  await ensureDependencies(emptyProject(), { PATH: bin, ...secrets, ...own });
  expect(noted("arguments")).toMatch(/^ci .*--ignore-scripts/);
  for (const name of Object.keys(secrets)) expect(noted("environment")).not.toContain(name);
  for (const [name, value] of Object.entries(own)) expect(noted("environment")).toContain(`${name}=${value}`);
});

test("a Node that does not run the project is an error, which names the package that brings it", async () => {
  const { bin } = npm("v18.0.0");
  await expect(ensureDependencies(emptyProject(), { PATH: bin })).rejects.toThrow(
    `the optional package for ${process.platform}-${process.arch}`,
  );
});

test("what npm prints is shown without the password of a URL", async () => {
  const { bin } = npm("v24.0.0");
  const printed = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => printed.mockRestore());
  await ensureDependencies(emptyProject(), { PATH: bin });
  const text = printed.mock.calls.flat().join("\n");
  expect(text).toContain("https://***@registry.example/zod");
  expect(text).not.toContain("hunter2");
});
