/** Imports go one way; a file that goes against it is reported by `npm run check`. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { temporaryFolder } from "./executables.ts";

/** What an override of biome.json says about imports. */
type Override = {
  readonly includes: readonly string[];
  readonly linter: {
    readonly rules: {
      readonly style?: {
        readonly noRestrictedImports?: { readonly options: { readonly patterns: { readonly group: string[] }[] } };
      };
    };
  };
};

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
  ["src/declaration/load.ts", "axios"],
  ["src/declaration/load.ts", "node:https"],
  ["src/declaration/load.ts", "../components/aic/stack.ts"],
  ["src/admin-api/aic/am.ts", "../../providers/lifecycle.ts"],
  ["src/admin-api/aic/am.ts", "@pulumi/pulumi"],
  ["src/providers/aic/ai-agent.ts", "@pulumi/pulumi/runtime/index.js"],
  ["src/providers/aic/ai-agent.ts", "../../components/resource.ts"],
  ["src/components/aic/stack.ts", "../../cli/main.ts"],
  ["src/cli/restart.ts", "@pulumi/pulumi"],
  ["src/sandbox/aic/am/agents.ts", "../../../admin-api/aic/am.ts"],
  ["src/sandbox/store.ts", "../verify/jwt.ts"],
  ["src/verify/jwt.ts", "../sandbox/store.ts"],
  ["src/verify/jwt.ts", "../declaration/aic.ts"],
  ["src/fields/aic.ts", "../declaration/aic.ts"],
  ["src/fields/aic.ts", "axios"],
  ["src/fields/aic.ts", "node:fs"],
  ["src/admin-api/http/transport.ts", "../aic/dialect.ts"],
  ["src/providers/lifecycle.ts", "./aic/platform.ts"],
  ["src/components/resource.ts", "./pingone/stack.ts"],
  ["src/verify/run.ts", "./aic/plan.ts"],
  ["src/verify/report/rows.ts", "../pingone/plan.ts"],
  ["src/verify/pingone/plan.ts", "../aic/plan.ts"],
  ["src/verify/pingone/cases/own.ts", "../../aic/plan.ts"],
  ["src/sandbox/store.ts", "./aic/seed.ts"],
])("%s must not import %s", (file, specifier) => {
  expect(accepts(file, specifier)).toBe(false);
});

test.each([
  ["src/cli/restart.ts", "../components/aic/stack.ts"],
  ["src/cli/sandbox.ts", "../sandbox/server.ts"],
  ["src/components/resource.ts", "@pulumi/pulumi"],
  ["src/components/aic/stack.ts", "../../providers/aic/ai-agent.ts"],
  ["src/providers/aic/ai-agent.ts", "../../admin-api/aic/am.ts"],
  ["src/admin-api/http/transport.ts", "axios"],
  ["src/fields/aic.ts", "zod"],
  ["src/providers/entry.ts", "./aic/platform.ts"],
  ["src/sandbox/clouds.ts", "./aic/seed.ts"],
  ["src/sandbox/aic/am/agents.ts", "../../store.ts"],
  ["src/sandbox/errors.ts", "../errors.ts"],
  ["src/verify/errors.ts", "../errors.ts"],
  ["infra/program.ts", "../src/components/aic/stack.ts"],
])("%s may import %s", (file, specifier) => {
  expect(accepts(file, specifier)).toBe(true);
});

test("every folder and file that a ban names is there: a ban on a ghost cannot fail", () => {
  const { overrides }: { overrides: Override[] } = JSON.parse(readFileSync(join(projectRoot, "biome.json"), "utf8"));
  const rooms = overrides.flatMap(({ includes, linter }) => [
    ...includes.map((glob) => glob.replace(/^!/, "")),
    ...(linter.rules.style?.noRestrictedImports?.options.patterns ?? [])
      .flatMap(({ group }) => group.filter((glob) => glob.startsWith("**/")))
      .map((glob) => glob.replace("**/", glob === "**/infra/**" ? "" : "src/")),
  ]);
  expect(rooms.length).toBeGreaterThan(40);
  expect(rooms.filter((glob) => !existsSync(join(projectRoot, glob.replace(/\/\*\*?$/, ""))))).toEqual([]);
});
