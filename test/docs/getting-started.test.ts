/**
 * Every command of docs/getting-started.md, typed as it stands there, in an empty folder; then those of docs/local-tenant.md that bring the
 * project's environments up one after the other. The package is this repository, as nothing is fetched.
 */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";
import { makeNpx, typed } from "../support/clone.ts";
import { textsOf } from "../support/page.ts";

const [start = "", bringUp = "", look = "", ...others] = textsOf("docs/getting-started.md");
const [forCommand = "", , , environments = ""] = textsOf("docs/local-tenant.md");

const folder = mkdtempSync(join(tmpdir(), "ping-agents-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const project = join(folder, "my-agents");
const bin = join(folder, "npx");

// Savings of time only, which a project does without (test/package/own-project.package.ts).
const { NODE_OPTIONS = "" } = pulumiEnvironment({ PATH: process.env.PATH });
const savings = { NODE_OPTIONS, NODE_COMPILE_CACHE: join(folder, "compile-cache") };

const type = (text: string, cwd = project) =>
  typed(text, cwd, {
    ...savings,
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    ...{ GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@b.c", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@b.c" },
  });

/** What `npm install` of the page does, without a registry: sources can be imported only, so that the project is one of modules. */
function install(): void {
  const modules = join(project, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(projectRoot, "node_modules")).filter((one) => !one.startsWith(".")))
    symlinkSync(join(projectRoot, "node_modules", name), join(modules, name));
  symlinkSync(projectRoot, join(modules, "ping-agents"));
  makeNpx(bin, { "ping-agents": join(modules, "ping-agents", "bin", "ping-agents.mjs") });
  writeFileSync(
    join(project, "package.json"),
    '{ "type": "module", "dependencies": { "ping-agents": "*", "@pulumi/pulumi": "*" } }\n',
  );
}

beforeAll(async () => {
  expect(others).toEqual([]);
  const [make = "", packages, init = "", ...more] = start.trim().split("\n");
  expect([packages, more]).toEqual(["npm install ping-agents @pulumi/pulumi", []]);
  expect(await type(make, folder)).toEqual({ code: 0, output: "" });
  install();
  const { code, output } = await type(init);
  expect(code, output).toBe(0);
});

test("an agent is brought up, is in sync and verified, and its report is there", async () => {
  const { code, output } = await type(bringUp);
  expect(code, output).toBe(0);
  expect(output).toMatch(
    /aic:AiAgent stock-watcher created[\s\S]*dev: in sync[\s\S]* passed, 0 failed, 0 inconclusive/,
  );
  expect(output).toMatch(/VERDICT[\s\S]*## dev/i);
});

test("a change shows what it gains", async () => {
  expect(await type("git init --quiet && git add . && git commit --quiet --message first")).toMatchObject({ code: 0 });
  const base = join(project, "stacks", "base.yaml");
  const text = readFileSync(base, "utf8");
  writeFileSync(base, text.replace("scopes: [stock-report]", "scopes: [stock-report, stock-alert]"));
  const { code, output } = await type(look);
  expect(code, output).toBe(0);
  expect(output).toMatch(/\+ Stock Watcher may now stock-alert[\s\S]*grantTypes/);
  writeFileSync(base, text);
});

test("a command has a tenant of its own", async () => {
  expect(await type(forCommand)).toMatchObject({ code: 0, output: expect.stringContaining("stacks/staging.yaml") });
});

test("staging, where static configuration is asserted, is brought up once that of dev is promoted", async () => {
  const nothing = await type(forCommand.replace("sandbox", "sandbox --promote nowhere"));
  expect(nothing.code).toBe(1);
  expect(nothing.output).toMatch(/^ERR_SANDBOX_DATA: there is no tenant in .*nowhere$/m);
  expect(readdirSync(project)).not.toContain("nowhere");
  const { code, output } = await type(environments);
  expect(code, output).toBe(0);
  expect(output).toMatch(
    /my-agents-dev[\s\S]*agent stock-watcher created[\s\S]*my-agents-staging[\s\S]*agent stock-watcher created/i,
  );
});
