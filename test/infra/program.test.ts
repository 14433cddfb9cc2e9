/** The Pulumi program, as far as it goes without an engine: a declaration that cannot be read is one message, without a stack. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect, onTestFinished, test, vi } from "vitest";

/** What the program says when the stack's configuration names a file, or nothing. */
async function said(stack: string, file?: string): Promise<string> {
  vi.resetModules();
  await pulumi.runtime.setMocks(
    { newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) },
    "ping-agents",
    stack,
  );
  pulumi.runtime.setAllConfig(file === undefined ? {} : { "ping-agents:declaration": file });
  const error: unknown = await import("../../infra/program.ts").catch((reason: unknown) => reason);
  expect(pulumi.RunError.isInstance(error)).toBe(true); // which Pulumi prints without a stack
  return (error as Error).message;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "program-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("a stack without a declaration, and those that have one", async () => {
  expect(await said("nowhere")).toBe(
    "ERR_ENVIRONMENT_UNKNOWN: there is no stacks/nowhere.yaml\n" +
      "  Next: write it, choose a stack that has a declaration (dev, pingone-dev), or name a file: " +
      "npx pulumi config set ping-agents:declaration FILE",
  );
});

test("a file that is not there", async () => {
  expect(await said("dev", "stacks/other.yaml")).toContain("ERR_ENVIRONMENT_UNKNOWN: there is no stacks/other.yaml\n");
});

test("a folder in its place", async () => {
  expect(await said("dev", "stacks")).toContain("ERR_FILE: stacks is a folder, not a file\n");
});

test("a file that cannot be read", async () => {
  expect(await said("dev", "package.json/dev.yaml")).toContain(
    "ERR_FILE: package.json/dev.yaml cannot be read (ENOTDIR)\n",
  );
});

test("no YAML", async () => {
  const file = join(folder(), "bad.yaml");
  writeFileSync(file, "platform: aic\nagents: [\n");
  const message = await said("dev", file);
  expect(message).toContain("ERR_DECLARATION: a mistake in the declaration");
  expect(message).toContain("bad.yaml:3:1 Flow sequence in block collection");
});
