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
// What `init` writes, and the schemas that its declarations name.
for (const name of ["schema", "templates"]) cpSync(join(projectRoot, name), join(target, name), { recursive: true });
// For TypeScript programs that are CommonJS, as Pulumi makes them: the same types, read as such, and the same module.
const common = join(target, "cjs");
cpSync(join(target, "src"), common, {
  recursive: true,
  filter: (file) => statSync(file).isDirectory() || file.endsWith(".d.ts"),
});
writeFileSync(join(common, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
writeFileSync(join(common, "index.js"), 'module.exports = require("../src/index.js");\n');
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
    // Read where a project resolves modules as Node 10 did, which is what Pulumi's templates do.
    main: "./cjs/index.js",
    types: "./cjs/index.d.ts",
    exports: {
      ".": { import: compiled(exports["."]), require: { types: "./cjs/index.d.ts", default: "./cjs/index.js" } },
      "./provider": compiled(exports["./provider"]),
    },
    dependencies: others,
    peerDependencies: { "@pulumi/pulumi": `^${pulumi}` },
  };
}

/** @param {string} source */
function compiled(source) {
  return { types: source.replace(/\.ts$/, ".d.ts"), default: source.replace(/\.ts$/, ".js") };
}
