/** Imports go one way; a file that goes against it is reported by `npm run check`. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { temporaryFolder } from "./executables.ts";

/** Whether the linter, as this project configures it, accepts that `file` imports `specifier`. */
function accepts(file: string, specifier: string): boolean {
  const folder = temporaryFolder();
  copyFileSync(join(projectRoot, "biome.json"), join(folder, "biome.json"));
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `import "${specifier}";\n`);
  const biome = join(projectRoot, "node_modules", ".bin", "biome");
  const { status, stdout, stderr } = spawnSync(biome, ["lint", "--vcs-enabled=false", file], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) expect(stdout + stderr).toContain("noRestrictedImports");
  return status === 0;
}

test.each([
  ["src/access/matrix.ts", "../admin-api/idm.ts"],
  ["src/access/matrix.ts", "axios"],
  ["src/reports/markdown.ts", "@pulumi/pulumi"],
  ["src/declaration/load.ts", "node:https"],
  ["src/declaration/load.ts", "../components/aic/stack.ts"],
  ["src/admin-api/am.ts", "../providers/lifecycle.ts"],
  ["src/admin-api/am.ts", "@pulumi/pulumi"],
  ["src/providers/aic/ai-agent.ts", "@pulumi/pulumi/runtime/index.js"],
  ["src/providers/aic/ai-agent.ts", "../../components/resource.ts"],
  ["src/components/aic/stack.ts", "../../cli/main.ts"],
  ["src/cli/drift.ts", "@pulumi/pulumi"],
  ["src/sandbox/am/agents.ts", "../../admin-api/am.ts"],
  ["src/sandbox/store.ts", "../verify/flows.ts"],
  ["src/verify/flows.ts", "../sandbox/store.ts"],
  ["src/verify/flows.ts", "../declaration/schema.ts"],
])("%s must not import %s", (file, specifier) => {
  expect(accepts(file, specifier)).toBe(false);
});

test.each([
  ["src/cli/drift.ts", "../components/aic/stack.ts"],
  ["src/cli/sandbox.ts", "../sandbox/server.ts"],
  ["src/components/resource.ts", "@pulumi/pulumi"],
  ["src/components/aic/stack.ts", "../../providers/aic/ai-agent.ts"],
  ["src/providers/aic/ai-agent.ts", "../../admin-api/am.ts"],
  ["src/admin-api/transport.ts", "axios"],
  ["src/access/matrix.ts", "../declaration/schema.ts"],
  ["src/sandbox/am/agents.ts", "../store.ts"],
  ["infra/program.ts", "../src/components/aic/stack.ts"],
])("%s may import %s", (file, specifier) => {
  expect(accepts(file, specifier)).toBe(true);
});
