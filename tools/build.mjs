#!/usr/bin/env node
// Makes the package that is published: the sources compiled (Node strips no types below node_modules), with a
// package.json of their own. Usage: node tools/build.mjs [folder], default dist. `npm pack` runs it
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
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
// What `init` writes, the schemas that its declarations name, and the pages that both, the README and messages lead to.
for (const name of ["schema", "templates", "docs", "examples"])
  cpSync(join(projectRoot, name), join(target, name), { recursive: true });
for (const page of ["README.md", ...pagesIn("docs")]) unlink(join(target, page));
// For TypeScript programs that are CommonJS, as Pulumi makes them: the same types, read as such, and the same module.
const common = join(target, "cjs");
cpSync(join(target, "src"), common, {
  recursive: true,
  filter: (file) => statSync(file).isDirectory() || file.endsWith(".d.ts"),
});
writeFileSync(join(common, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
writeFileSync(join(common, "index.js"), 'module.exports = require("../src/index.js");\n');
writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);

/** @param {string} folder of the package */
function pagesIn(folder) {
  const files = readdirSync(join(target, folder), { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".md")).map((file) => join(folder, file));
}

/**
 * Leaves of a link to what only the repository has, such as a test, its text.
 *
 * @param {string} page
 */
function unlink(page) {
  const linked = readFileSync(page, "utf8");
  const text = linked.replace(/\[([^\]]*)\]\((?![a-z]+:|#)([^)#\s]+)[^)\s]*\)/g, (link, words, to) =>
    existsSync(join(dirname(page), to)) ? link : words,
  );
  if (text !== linked) writeFileSync(page, text);
}

/** The manifest of the package: that of the repository, with the compiled files in place of the sources. */
function manifest() {
  const { name, version, description, license, type, engines, exports, dependencies } = JSON.parse(
    readFileSync(join(projectRoot, "package.json"), "utf8"),
  );
  // The SDK keeps the state of a running program in its module: a program and this package must share one copy.
  const { "@pulumi/pulumi": pulumi, ...others } = dependencies;
  // npm proves that a package was made by a workflow only where it names the workflow's repository.
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
  const repository = GITHUB_REPOSITORY && { type: "git", url: `git+${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}.git` };
  return {
    name,
    version,
    description,
    license,
    ...(repository && { repository }),
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
