/** Executables of the tests' own in temporary folders: they stand for what a user may have on PATH. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ping-agents-tools-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a shell script into `folder` and returns its path. */
export function script(folder: string, name: string, ...lines: string[]): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(file, 0o755);
  return file;
}

/** A folder that looks like an installed Pulumi of that version. */
export function pulumi(folder: string, version: string, { languageHost = true } = {}): string {
  script(folder, "pulumi", `echo v${version}`);
  script(folder, "pulumi-resource-pulumi-nodejs");
  if (languageHost) script(folder, "pulumi-language-nodejs");
  return folder;
}

/** A PATH with a Pulumi CLI first that knows no stack. */
export function cliWithoutStacks(folder: string): string {
  script(folder, "pulumi", "echo \"error: no stack named 'dev' found\" >&2", "exit 255");
  return `${folder}:${process.env.PATH}`;
}
