/** Errors are an API: one table of codes, each of them thrown, by one class, and explained by a page that is up to date. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import * as api from "../../src/index.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { sources } from "../support/sources.ts";

const TABLE = "src/error-codes.ts";
const files = sources(["src", "infra"], [".ts", ".js"]).filter(({ file }) => file !== TABLE);
const code = files.map(({ text }) => text).join("\n");
const page = readFileSync(join(projectRoot, "docs", "errors.md"), "utf8");
const groups = Object.entries(api.ERROR_CODES);
const known = groups.flatMap(([, codes]) => Object.keys(codes));

test("the page is up to date; npm run errors makes it so", () => {
  const folder = mkdtempSync(join(tmpdir(), "errors-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "errors.md");
  execFileSync(process.execPath, [join(projectRoot, "tools", "errors.ts"), file]);
  expect(readFileSync(file, "utf8")).toBe(page);
});

test("every code of the table is thrown, and every code that is thrown is in the table", () => {
  const thrown = [...code.matchAll(/"(ERR_[A-Z_]+)"/g)].map(([, name]) => name);
  expect([...new Set(thrown)].sort()).toEqual([...known].sort());
});

test("a code has one class, the one that the page names", () => {
  const thrown = [...code.matchAll(/new (\w+Error)\(\s*"(ERR_[A-Z_]+)"/g)];
  expect(thrown.length).toBeGreaterThan(30);
  for (const [, name, what = ""] of thrown) {
    const group = groups.find(([, codes]) => what in codes)?.[0] ?? "";
    expect(page, what).toContain(`## ${group}\n\nClass \`${name}\`.`);
  }
});

test("every class of errors has the one base, and the package exports it", () => {
  const classes = files.flatMap(({ file, text }) =>
    [...text.matchAll(/class (\w+) extends (\w*Error)\b/g)].map(([, name = "", base]) => ({ file, name, base })),
  );
  // What the local tenant answers is no error of ours, what cannot be proven is a verdict, and what cannot be evaluated is caught and told.
  const bare = classes.filter(({ file, base }) => base === "Error" && !file.startsWith("src/sandbox/"));
  expect(bare.map(({ name }) => name).sort()).toEqual([
    ...["Failure", "PingAgentsError", "Unknown", "Unprovable", "Unread"],
  ]);
  const ours = classes.filter(({ base }) => base === "PingAgentsError").map(({ name }) => name);
  expect(ours.length).toBeGreaterThan(3);
  expect(api).toMatchObject(
    Object.fromEntries(["PingAgentsError", ...ours].map((name) => [name, expect.any(Function)])),
  );
});
