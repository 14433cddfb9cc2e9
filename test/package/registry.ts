/** What the tests of the package take from npm's registry, and a shell in which nothing else is installed. */

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findCli } from "../../src/engine/find-cli.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/** Package managers beside this machine's own npm. */
const MANAGERS = { pnpm: "10.34.9", yarn: "1.22.22" } as const;

/** The package of npm that is a Node for this machine: that of this repository's set-up. */
const [nodePackage = "", ownNode] =
  Object.entries<string>(JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")).optionalDependencies).find(
    ([name]) => name.endsWith(`${process.platform}-${process.arch}`),
  ) ?? [];

/** The versions of Node that run the kit, by major version. */
const NODES = { 22: "^22.18.0", 24: ownNode } as const;
export type NodeMajor = keyof typeof NODES;

/** Packs the kit and installs the tools, once for all tests of a file. @throws what npm says where one of them cannot be had */
export function prepare() {
  const root = mkdtempSync(join(tmpdir(), "ping-agents-package-"));
  npm("pack", "--pack-destination", root);
  const tarball = join(root, readdirSync(root).find((name) => name.endsWith(".tgz")) ?? "");
  const nodes = Object.entries(NODES).map(([major, version]) => [`node${major}`, `npm:${nodePackage}@${version}`]);
  const wanted = [...Object.entries(MANAGERS), ...nodes].map(([name, version]) => `${name}@${version}`);
  npm("install", "--prefix", join(root, "tools"), "--ignore-scripts", ...wanted);
  return {
    tarball,
    /** A shell in a folder that is empty, with a home that is. */
    shell: (name: string, node: NodeMajor) => openShell(join(root, name), join(root, "tools", "node_modules"), node),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Runs npm of this machine in the repository; where it fails, the error has its words. */
export const npm = (...args: string[]): string =>
  execFileSync("npm", [...args, "--silent"], { cwd: projectRoot, encoding: "utf8", stdio: "pipe" }).trim();

/** A shell with that Node, and what the kit asks for: a Pulumi CLI on PATH. */
function openShell(place: string, tools: string, node: NodeMajor) {
  const { cli, reasons } = findCli(process.env);
  if (!cli) throw new Error(`No Pulumi CLI: ${reasons.join("; ")}`);
  const [folder, home, bin] = [join(place, "my-agents"), join(place, "home"), join(place, "bin")];
  for (const made of [folder, home, bin]) mkdirSync(made, { recursive: true });
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
    npm_config_cache: npm("config", "get", "cache"),
  };
  return { folder, run: (text: string) => run(text, folder, env) };
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
