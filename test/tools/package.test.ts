/** The package as it is published works below node_modules, where Node strips no types, and says its types in every module setting. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

let project: ReturnType<typeof userProject>;
beforeAll(() => {
  project = userProject();
});
afterAll(() => rmSync(project.folder, { recursive: true, force: true }));

/** A project that has installed the packed package, and its dependencies with it. */
function userProject() {
  const folder = mkdtempSync(join(tmpdir(), "ping-agents-package-"));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(projectRoot, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(projectRoot, "node_modules", name), join(modules, name));
  }
  const built = join(folder, "built");
  const build = spawnSync(process.execPath, [join(projectRoot, "tools", "build.mjs"), built], { encoding: "utf8" });
  expect(build.stdout + build.stderr).toBe("");
  const packed = execFileSync("npm", ["pack", "--silent", built], { cwd: folder, encoding: "utf8" });
  const tarball = join(folder, packed.trim());
  const installed = join(modules, "ping-agents");
  mkdirSync(installed);
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  return { installed, folder, tarball };
}

test("the built package: provider entry, library and command line run; no source goes along", () => {
  const { installed, folder } = project;
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
  expect((await publint({ pkgDir: project.installed, strict: true })).messages).toEqual([]);
  const tarball = createPackageFromTarballData(readFileSync(project.tarball));
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
  const { folder } = project;
  writeFileSync(join(folder, `index.${ending}`), PROGRAM);
  const tsc = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "--noEmit", "--strict", "--target", "es2022", "--types", "node", ...options.split(" ")];
  // The types of the package are looked at, too.
  const { stdout, status } = spawnSync(process.execPath, [...args, `index.${ending}`], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});
