/**
 * The package as it is published: it works below node_modules, where Node strips no types, says its types in every module setting,
 * and does every command and file of docs/typescript.md, in a project beside a clone, against the local tenant.
 */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCli } from "../../src/engine/find-cli.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { userEnvironment } from "../engine/cli.ts";
import { type Clone, makeClone } from "../support/clone.ts";

const page = readFileSync(join(projectRoot, "docs", "typescript.md"), "utf8");
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block.trim());
const [build = "", installing = "", sandbox = "", commands = ""] = blocks;
/** The files of the project, by name. */
const files = [...page.matchAll(/^`([\w.]+)`[^\n]*:\n\n```\w+\n(.*?)```/gms)].map(
  ([, name = "", text = ""]) => [name, text] as const,
);

let clone: Clone;
/** The project of the page, and the package in it. */
let folder: string;
let installed: string;
beforeAll(async () => {
  clone = makeClone();
  folder = join(clone.folder, "my-agents");
  installed = join(folder, "node_modules", "ping-agents");
  const built = await clone.type(build);
  expect(built.code, built.output).toBe(0);
  expect(built.output, "the build says nothing").toMatch(/> node tools\/build\.mjs\n+npm notice\n/);
  await install();
});
afterAll(() => clone.remove());

/** What `npm install` of the page does, without a registry: the package from its tarball, all else as this repository has it. */
async function install(): Promise<void> {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  for (const name of readdirSync(join(projectRoot, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(projectRoot, "node_modules", name), join(modules, name));
  }
  mkdirSync(installed);
  const unpack = `tar -xzf ping-agents-0.1.0.tgz -C "${installed}" --strip-components=1`;
  expect(await clone.type(unpack)).toMatchObject({ code: 0 });
  chmodSync(join(installed, "bin", "ping-agents.mjs"), 0o755);
  symlinkSync("../ping-agents/bin/ping-agents.mjs", join(modules, ".bin", "ping-agents"));
  symlinkSync("../typescript/bin/tsc", join(modules, ".bin", "tsc"));
}

test("knows every block of commands and every file", () => {
  expect(blocks).toHaveLength(4);
  expect(installing).toContain("npm install ../ping-agents/ping-agents-0.1.0.tgz @pulumi/pulumi@");
  expect(sandbox).toBe("npx ping-agents sandbox");
  expect(files.map(([name]) => name)).toEqual(["Pulumi.yaml", "package.json", "tsconfig.json", "index.ts"]);
});

test("the program of the page lives through its commands", async () => {
  for (const [name, text] of files) writeFileSync(join(folder, name), text);

  const { PATH = "", PULUMI_HOME: _home, PULUMI_BACKEND_URL: _backend, ...env } = userEnvironment({});
  const cli = dirname(findCli(userEnvironment({})).cli?.command ?? "");
  const own = { PATH: [cli, dirname(process.execPath), PATH].join(delimiter), PULUMI_HOME: join(folder, "home") };
  const tenant = spawn("bash", ["-c", `exec ${sandbox}`], {
    ...{ cwd: folder, env: { ...env, ...own }, detached: true },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await Promise.race([once(tenant.stdout, "data"), once(tenant, "close")]);
    const { code, output } = await clone.type(`cd my-agents\n${commands}`, own);
    expect(code, output).toBe(0);
    expect(output).toMatch(/16 created[\s\S]*16 unchanged[\s\S]*"analyzer": ?"traffic-analyzer"[\s\S]*16 deleted/);
  } finally {
    process.kill(-(tenant.pid ?? 0), "SIGTERM");
    await Promise.race([once(tenant, "close"), sleep(10_000)]);
  }
});

test("the built package: provider entry, library and command line run; no source goes along", () => {
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });

  const pointer =
    'require("node:module").createRequire(process.cwd()+"/")("ping-agents/provider").provider("aic:AiAgent")';
  expect(run("--print", `typeof ${pointer}.create`)).toMatchObject({ stdout: "function\n", stderr: "", status: 0 });
  const library =
    'const same = require("ping-agents"); import("ping-agents").then(({ aic }) => console.log(typeof aic.AiAgent, aic === same.aic))';
  expect(run("--eval", library)).toMatchObject({ stdout: "function true\n", stderr: "", status: 0 });
  expect(run(join(installed, "bin", "ping-agents.mjs"), "--help")).toMatchObject({ stderr: "", status: 0 });

  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => /(?<!\.d)\.m?ts$/.test(file))).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const source = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const pulumi = source.dependencies["@pulumi/pulumi"];
  expect(manifest).toMatchObject({ name: source.name, peerDependencies: { "@pulumi/pulumi": `^${pulumi}` } });
  expect(manifest).not.toHaveProperty("private");
  expect(manifest).not.toHaveProperty("devDependencies");
});

test("publint and are-the-types-wrong find nothing in the tarball", async () => {
  expect((await publint({ pkgDir: installed, strict: true })).messages).toEqual([]);
  const tarball = createPackageFromTarballData(readFileSync(join(clone.folder, "ping-agents-0.1.0.tgz")));
  // The engine loads the provider by itself; nobody imports it.
  const { problems } = await checkPackage(tarball, { excludeEntrypoints: ["./provider"] }).then((analysis) =>
    analysis.types ? analysis : { problems: ["no types"] },
  );
  expect(problems).toEqual([]);
});

/** Short grant names, words of enumerations and outputs of others are taken; what is no word, or no argument, is not. */
const PROGRAM = `import type * as pulumi from "@pulumi/pulumi";
import { aic, pingone } from "ping-agents";
const app = new aic.Application("shop", { realm: "alpha", clientId: "shop", name: "Shop", template: "web" });
export const id: pulumi.Output<string> = app.applicationId;
new aic.OAuth2Client("shop", { realm: "alpha", clientId: app.clientId, grantTypes: ["token_exchange", "ciba"] });
new pingone.Application("api", { name: "API", type: "service", grantTypes: ["client_credentials"] });
// @ts-expect-error no such way to authenticate
new aic.OAuth2Client("shop", { realm: "alpha", clientId: "shop", authMethod: "client_secret" });
// @ts-expect-error no such grant type
new aic.OAuth2Client("shop", { realm: "alpha", clientId: "shop", grantTypes: ["token_exchnage"] });
// @ts-expect-error no such type
new pingone.Application("api", { name: "API", type: "worker" });
// @ts-expect-error no such argument
new aic.DeclaredAgent("bot", { realm: "alpha", clientId: "bot", name: "Bot", pattern: "autonomous", scope: [] });
`;

test.for([
  ["node, as Pulumi's templates have it", "ts", "--module commonjs --moduleResolution node10 --ignoreDeprecations 6.0"],
  ["node16, as a module", "mts", "--module node16"],
  ["node16, as CommonJS", "cts", "--module node16"],
  ["bundler", "ts", "--module preserve --moduleResolution bundler"],
])("a program compiles with module resolution %s", ([, ending, options = ""]) => {
  writeFileSync(join(folder, `types.${ending}`), PROGRAM);
  const tsc = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
  const args = [
    tsc,
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--types",
    "node",
    ...options.split(" "),
  ];
  // The types of the package are looked at, too.
  const { stdout, status } = spawnSync(process.execPath, [...args, `types.${ending}`], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});
