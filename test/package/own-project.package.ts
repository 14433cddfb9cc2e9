/**
 * The package as it is published, from an empty folder with an empty home to an agent that is verified on the local tenant, and the report
 * of a pull request: pairwise over package managers, module formats and versions of Node. Says how many commands that takes, and how long.
 */

import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { marked } from "marked";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pulumiVersion } from "../../src/engine/cli-version.mjs";
import { findCli } from "../../src/engine/find-cli.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));

/** What the combinations need beside this repository's own Node and npm, from npm's registry. */
const TOOLS = { pnpm: "10.34.9", yarn: "1.22.22" } as const;

/** The package of npm that is a Node for this machine: that of this repository's set-up. */
const [nodePackage = "", ownNode] =
  Object.entries<string>(manifest.optionalDependencies).find(([name]) =>
    name.endsWith(`${process.platform}-${process.arch}`),
  ) ?? [];
const NODES = { 22: "^22.18.0", 24: ownNode } as const;

/** How each adds packages. */
const MANAGERS = { npm: "npm install", pnpm: "pnpm add", yarn: "yarn add" } as const;

type Combination = {
  readonly manager: keyof typeof MANAGERS;
  readonly type: "module" | "commonjs";
  readonly node: 22 | 24;
};

/** Every pair of module format and Node, and each manager; npm, which most have, with both of both. */
const COMBINATIONS: readonly Combination[] = [
  { manager: "npm", type: "module", node: 22 },
  { manager: "npm", type: "commonjs", node: 24 },
  { manager: "pnpm", type: "commonjs", node: 22 },
  { manager: "yarn", type: "module", node: 24 },
];

let root: string;
let tarball: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "ping-agents-package-"));
  npm("pack", "--pack-destination", root);
  tarball = join(root, readdirSync(root).find((name) => name.endsWith(".tgz")) ?? "");
  const nodes = Object.entries(NODES).map(([major, version]) => [`node${major}`, `npm:${nodePackage}@${version}`]);
  const wanted = [...Object.entries(TOOLS), ...nodes].map(([name, version]) => `${name}@${version}`);
  npm("install", "--prefix", join(root, "tools"), "--ignore-scripts", ...wanted);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs npm of this machine in the repository; where it fails, the error has its words. */
const npm = (...args: string[]) => execFileSync("npm", [...args, "--silent"], { cwd: projectRoot, stdio: "pipe" });

test.each(COMBINATIONS)("$manager, $type, Node $node", async ({ manager, type, node }) => {
  const folder = join(root, `${manager}-${type}`, "my-agents");
  const shell = openShell(folder, node);
  const version = (await shell.run("node --version")).trim();
  expect(version).toMatch(`v${node}.`);

  const started = Date.now();
  const commands = [
    `npm init -y --init-type=${type}`,
    `${MANAGERS[manager]} ${tarball} @pulumi/pulumi@${pulumiVersion}`,
    "npx ping-agents init --yes",
    `npx ping-agents sandbox -- sh -ec '
      pulumi stack select --create dev
      npx ping-agents preview dev --format markdown > report.md
      pulumi up --yes
      npx ping-agents verify dev'`,
  ];
  let output = "";
  for (const command of commands) output = await shell.run(command);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${manager}, ${type}, Node ${version}: ${commands.length} commands, ${seconds} s`);

  expect(output).toMatch(/\d+ created/);
  expect(output).toMatch(/\n[1-9]\d* passed, 0 failed, 0 inconclusive/);
  const report = await marked(readFileSync(join(folder, "report.md"), "utf8"));
  expect(report).toContain("<h2>Preview of access and plan");
  expect(report).toMatch(/stock-watcher/i);
  const own = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect(own).toMatchObject({ type, dependencies: { "ping-agents": expect.stringContaining("file:") } });
  // Of the local tenant nothing stays, the passphrase of its stack included.
  expect(readdirSync(join(folder, "stacks")).sort()).toEqual([
    "base.yaml",
    "dev.yaml",
    "production.yaml",
    "staging.yaml",
  ]);
  expect(existsSync(join(folder, ".ping-agents"))).toBe(false);
});

/** A shell in an empty folder, with an empty home, that Node, and what the kit asks for: a Pulumi CLI on PATH. */
function openShell(folder: string, node: keyof typeof NODES) {
  const { cli, reasons } = findCli(process.env);
  if (!cli) throw new Error(`No Pulumi CLI: ${reasons.join("; ")}`);
  const [home, bin] = [join(folder, "..", "home"), join(folder, "..", "bin")];
  for (const made of [folder, home, bin]) mkdirSync(made, { recursive: true });
  const tools = join(root, "tools", "node_modules");
  const programs = {
    node: join(tools, `node${node}`, "bin", "node"),
    npm: whereIs("npm"),
    npx: whereIs("npx"),
    pnpm: join(tools, "pnpm", "bin", "pnpm.cjs"),
    yarn: join(tools, "yarn", "bin", "yarn.js"),
  };
  for (const [name, file] of Object.entries(programs)) symlinkSync(file, join(bin, name));
  const inherited = Object.entries(process.env).filter(([name]) =>
    /^(\w+_PROXY|\w*SSL\w*|NODE_EXTRA_CA_CERTS|LANG)$/i.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    HOME: home,
    PATH: [bin, cli.folder, "/usr/bin", "/bin"].join(delimiter),
    // What was downloaded once is not downloaded again.
    npm_config_cache: npm("config", "get", "cache").toString().trim(),
  };
  return { run: (text: string) => run(text, folder, env) };
}

/** A program of this machine's npm, past the launchers that npm itself puts before it. */
const whereIs = (name: string) =>
  realpathSync(execFileSync("bash", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim());

/** Runs shell text as a user types it. @returns what it printed */
function run(text: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-ec", text], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${text} ended with ${code}:\n${output}`)),
    );
  });
}
