/** The package as it is published works below node_modules, where Node strips no types. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { temporaryFolder } from "./executables.ts";

/** A project that has installed the built package, and its dependencies with it. */
function userProject() {
  const modules = join(temporaryFolder(), "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(projectRoot, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(projectRoot, "node_modules", name), join(modules, name));
  }
  const installed = join(modules, "ping-agents");
  const build = spawnSync(process.execPath, [join(projectRoot, "tools", "build.mjs"), installed], { encoding: "utf8" });
  expect(build.stdout + build.stderr).toBe("");
  return { installed, folder: join(modules, "..") };
}

test("the built package: provider entry, library and command line run; no source goes along", () => {
  const { installed, folder } = userProject();
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });

  const pointer =
    'require("node:module").createRequire(process.cwd()+"/")("ping-agents/provider").provider("aic:AiAgent")';
  expect(run("--print", `typeof ${pointer}.create`)).toMatchObject({ stdout: "function\n", stderr: "", status: 0 });
  const library =
    'import("ping-agents").then((library) => console.log(typeof library.aic.AiAgent, typeof library.pingone.AiAgent))';
  expect(run("--eval", library)).toMatchObject({ stdout: "function function\n", stderr: "", status: 0 });
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
