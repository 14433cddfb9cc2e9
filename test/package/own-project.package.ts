/**
 * The package as it is published, from an empty folder with an empty home to an agent that is verified on the local tenant, and the report
 * of a pull request: pairwise over package managers, module formats and versions of Node. Says how many commands that takes, and how long.
 * And every command and file of docs/typescript.md.
 */

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { marked } from "marked";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pulumiVersion } from "../../src/engine/cli-version.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { textsOf } from "../support/page.ts";
import { type NodeMajor, npm, prepare } from "./registry.ts";

/** How each adds packages. */
const ADD = { npm: "npm install", pnpm: "pnpm add", yarn: "yarn add" } as const;

type Combination = {
  readonly manager: keyof typeof ADD;
  readonly type: "module" | "commonjs";
  readonly node: NodeMajor;
};

/** Every pair of module format and Node, and each manager; npm, which most have, with both of both. */
const COMBINATIONS: readonly Combination[] = [
  { manager: "npm", type: "module", node: 22 },
  { manager: "npm", type: "commonjs", node: 24 },
  { manager: "pnpm", type: "commonjs", node: 22 },
  { manager: "yarn", type: "module", node: 24 },
];

let kit: ReturnType<typeof prepare>;
beforeAll(() => {
  kit = prepare();
});
afterAll(() => kit.remove());

test("npm pack makes the same package in the repository and in the folder of the build", () => {
  const other = mkdtempSync(join(dirname(kit.tarball), "dist-"));
  npm("pack", join(projectRoot, "dist"), "--pack-destination", other);
  const [name = ""] = readdirSync(other);
  expect(readFileSync(join(other, name)).equals(readFileSync(kit.tarball))).toBe(true);
});

test.each(COMBINATIONS)("$manager, $type, Node $node", async ({ manager, type, node }) => {
  const { folder, run } = kit.shell(`${manager}-${type}`, node);
  const version = (await run("node --version")).trim();
  expect(version).toMatch(`v${node}.`);

  const started = Date.now();
  const commands = [
    `npm init -y --init-type=${type}`,
    `${ADD[manager]} ${kit.tarball} @pulumi/pulumi@${pulumiVersion}`,
    // What the pull request is compared with.
    'git init --quiet && git -c user.name=me -c user.email=me@example.com commit --quiet --allow-empty -m "Start"',
    "npx ping-agents init --yes",
    `npx ping-agents sandbox -- sh -ec '
      pulumi stack select --create dev
      npx ping-agents preview dev --base HEAD --format markdown > report.md
      pulumi up --yes
      npx ping-agents verify dev'`,
  ];
  let output = "";
  for (const command of commands) output = await run(command);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${manager}, ${type}, Node ${version}: ${commands.length} commands, ${seconds} s`);

  expect(output).not.toContain("Warning: ");
  expect(output).toMatch(/\d+ created/);
  expect(output).toMatch(/\n[1-9]\d* passed, 0 failed, 0 inconclusive/);
  const report = await marked(readFileSync(join(folder, "report.md"), "utf8"));
  expect(report).toContain("<h2>Preview of access and plan");
  expect(report).toMatch(/Access gained[\s\S]*Stock Watcher/);
  const own = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect(own).toMatchObject({ type, dependencies: { "ping-agents": expect.stringContaining(basename(kit.tarball)) } });
  // Of the local tenant nothing stays, the passphrase of its stack included.
  expect(readdirSync(join(folder, "stacks")).sort()).toEqual([
    "base.yaml",
    "dev.yaml",
    "production.yaml",
    "staging.yaml",
  ]);
  expect(existsSync(join(folder, ".ping-agents"))).toBe(false);
});

test("the program of docs/typescript.md", async () => {
  const page = readFileSync(join(projectRoot, "docs", "typescript.md"), "utf8");
  const [pack, install = "", tryIt = "", ...more] = textsOf("docs/typescript.md");
  expect({ pack, more }).toEqual({ pack: "npm pack\n", more: [] });
  const files = [...page.matchAll(/^`([\w.]+)`[^\n]*:\n\n```\w+\n(.*?)```/gms)];
  expect(files.map(([, name]) => name)).toEqual(["Pulumi.yaml", "package.json", "tsconfig.json", "index.ts"]);

  const { folder, run } = kit.shell("typescript", 24);
  const clone = join(folder, "..", "ping-agents");
  mkdirSync(clone);
  copyFileSync(kit.tarball, join(clone, basename(kit.tarball)));
  for (const [, name = "", text = ""] of files) writeFileSync(join(folder, name), text);
  await run(`cd ${clone}\n${install}`);
  const output = await run(tryIt);
  expect(output).toMatch(/16 created[\s\S]*16 unchanged[\s\S]*"analyzer": ?"traffic-analyzer"[\s\S]*16 deleted/);
});
