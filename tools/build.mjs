#!/usr/bin/env node
// Makes the package that is published: the sources compiled (Node strips no types below node_modules), with a
// package.json of their own. Usage: node tools/build.mjs [folder], default dist. Then: npm publish ./dist
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectRoot } from "./bootstrap/paths.mjs";

const target = resolve(process.argv[2] ?? join(projectRoot, "dist"));

rmSync(target, { recursive: true, force: true });
const tsc = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(
  process.execPath,
  [tsc, "--project", join(projectRoot, "tsconfig.build.json"), "--outDir", target],
  { stdio: "inherit" },
);
if (status !== 0) process.exit(1);

// What the sources read beside themselves: documents, not code.
cpSync(join(projectRoot, "src"), join(target, "src"), {
  recursive: true,
  filter: (file) => statSync(file).isDirectory() || !file.endsWith(".ts"),
});
for (const name of ["README.md", "CHANGELOG.md", "LICENSE"]) cpSync(join(projectRoot, name), join(target, name));
writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);

/** The manifest of the package: that of the repository, with the compiled files in place of the sources. */
function manifest() {
  const { name, version, description, license, type, engines, exports, dependencies } = JSON.parse(
    readFileSync(join(projectRoot, "package.json"), "utf8"),
  );
  // The SDK keeps the state of a running program in its module: a program and this package must share one copy.
  const { "@pulumi/pulumi": pulumi, ...others } = dependencies;
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    bin: { "ping-agents": "./bin/ping-agents.mjs" },
    exports: Object.fromEntries(
      Object.entries(exports).map(([path, source]) => [
        path,
        { types: source.replace(/\.ts$/, ".d.ts"), default: source.replace(/\.ts$/, ".js") },
      ]),
    ),
    dependencies: others,
    peerDependencies: { "@pulumi/pulumi": `^${pulumi}` },
  };
}
