/**
 * The package as a release makes it: it works below node_modules, where Node strips no types, and says its types in every module setting.
 * What it does in a project is seen in own-project.package.ts.
 */

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { type Clone, type Ended, makeClone } from "../support/clone.ts";
import { cliWithoutStacks, temporaryFolder } from "../tools/executables.ts";

const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));

let clone: Clone;
/** A project, and the package in it. */
let folder: string;
let installed: string;
let released: Ended;
/** What was asked of npm's registry. */
const asked: (string | undefined)[] = [];
beforeAll(async () => {
  clone = makeClone();
  folder = join(clone.folder, "my-agents");
  installed = join(folder, "node_modules", "ping-agents");
  const registry = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    response.writeHead(404).end();
  });
  registry.listen(0, "127.0.0.1");
  await once(registry, "listening");
  const changelog = join(clone.folder, "CHANGELOG.md");
  writeFileSync(
    changelog,
    readFileSync(changelog, "utf8").replace(`[${version}] - unreleased`, `[${version}] - 2026-12-01`),
  );
  const { port } = registry.address() as AddressInfo;
  released = await clone.type(`node tools/release.mjs v${version} --dry-run`, {
    npm_config_registry: `http://127.0.0.1:${port}`,
  });
  registry.close();
  await install();
});
afterAll(() => clone.remove());

/** What `npm install` does, without a registry: the package from its tarball, all else as this repository has it. */
async function install(): Promise<void> {
  const modules = join(folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  // Without a manifest of its own, the folder would be of the clone's package, and name that by its name.
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  for (const name of readdirSync(join(projectRoot, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(projectRoot, "node_modules", name), join(modules, name));
  }
  mkdirSync(installed);
  const unpack = `npm pack ./dist --silent\ntar -xzf ping-agents-${version}.tgz -C "${installed}" --strip-components=1`;
  expect(await clone.type(unpack)).toMatchObject({ code: 0 });
}

test("a release is tried without being published, and says its notes", async () => {
  expect(released.code, released.output).toBe(0);
  expect(asked.filter((call) => !call?.startsWith("GET "))).toEqual([]);
  expect(released.output).toMatch(/### Added\n\n- /);
  expect(released.output).not.toContain("## [");
});

test.each([
  [`v${version}`, "unreleased", `CHANGELOG.md has no dated heading for ${version}`],
  ["v9.9.9", "2026-12-01", `The tag is v9.9.9, and package.json has the version ${version}: tag v${version}`],
])("a release of %s, %s in the changelog, is refused", async (tag, date, reason) => {
  const change = `sed -i.old 's/^## \\[${version}\\] - .*/## [${version}] - ${date}/' CHANGELOG.md`;
  const { code, output } = await clone.type(`${change}\nnode tools/release.mjs ${tag} --dry-run`);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(reason) });
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
  expect(files.filter((file) => /(?<!\.d)\.m?ts$/.test(file) && !/^(templates|examples)\//.test(file))).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const source = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const pulumi = source.dependencies["@pulumi/pulumi"];
  expect(manifest).toMatchObject({ name: source.name, peerDependencies: { "@pulumi/pulumi": `^${pulumi}` } });
  expect(manifest).not.toHaveProperty("private");
  expect(manifest).not.toHaveProperty("devDependencies");
});

test("every link of its pages, and every page that it names to a user, is in the package", () => {
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  const textOf = (file: string) => readFileSync(join(installed, file), "utf8");
  const pages = files.filter((file) => /^(README\.md|docs\/.*\.md)$/.test(file));
  const links = pages.flatMap((file) =>
    [
      ...textOf(file)
        .replace(/```[\s\S]*?```|`[^`\n]*`/g, "")
        .matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g),
    ].map(([, to = ""]) => join(dirname(file), to)),
  );
  expect(links).toEqual(expect.arrayContaining(["docs/getting-started.md", "docs/pictures/access-light.png"]));
  const named = files
    .filter((file) => /^(src|templates)\/.*\.(js|ts|md|yaml|yml)$/.test(file))
    .flatMap((file) => [...textOf(file).matchAll(/\bdocs\/[\w/-]+\.md/g)].map(([page]) => page));
  expect(named).toContain("docs/workflows.md");
  expect([...links, ...named].filter((file) => !existsSync(join(installed, file)))).toEqual([]);
});

test("its hints say the CLI's own command: the package has no launcher of it", () => {
  mkdirSync(join(folder, "stacks"));
  const agents = "agents:\n  bot: { name: Bot, pattern: autonomous }\n";
  writeFileSync(join(folder, "stacks", "dev.yaml"), `platform: aic\nrealm: alpha\ntier: development\n${agents}`);
  const args = [join(installed, "bin", "ping-agents.mjs"), "drift", "dev"];
  const env = { ...process.env, PATH: cliWithoutStacks(temporaryFolder()) };
  const { stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env });
  expect(stderr).toContain("Next: pulumi up --stack dev");
  expect(status).not.toBe(0);
});

test("publint and are-the-types-wrong find nothing in the tarball", async () => {
  expect((await publint({ pkgDir: installed, strict: true })).messages).toEqual([]);
  const tarball = createPackageFromTarballData(readFileSync(join(clone.folder, `ping-agents-${version}.tgz`)));
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

const { ModuleKind, ModuleResolutionKind } = ts;
test.for<[string, string, ts.CompilerOptions]>([
  [
    "node, as Pulumi's templates have it",
    "ts",
    { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10, ignoreDeprecations: "6.0" },
  ],
  ["node16, as a module", "mts", { module: ModuleKind.Node16 }],
  ["node16, as CommonJS", "cts", { module: ModuleKind.Node16 }],
  ["bundler", "ts", { module: ModuleKind.Preserve, moduleResolution: ModuleResolutionKind.Bundler }],
])("a program compiles with module resolution %s", ([, ending, setting]) => {
  const file = join(folder, `types.${ending}`);
  writeFileSync(file, PROGRAM);
  const options = { ...setting, noEmit: true, strict: true, target: ts.ScriptTarget.ES2022, types: ["node"] };
  const program = ts.createProgram([file], { ...options, typeRoots: [join(folder, "node_modules", "@types")] });
  // The types of the package are looked at, too; those of other packages and of the language only where these two need them.
  const looked = program.getSourceFiles().filter(({ fileName }) => fileName === file || fileName.startsWith(installed));
  expect(looked.length).toBeGreaterThan(10);
  const found = looked.flatMap((one) => ts.getPreEmitDiagnostics(program, one));
  expect(ts.formatDiagnostics(found, ts.createCompilerHost(options))).toBe("");
});
