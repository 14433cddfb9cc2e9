/** Imports go one way; a file that goes against it is reported by `npm run check`. */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

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

/** An import: the file, and what it imports. */
type Import = readonly [file: string, specifier: string];

const forbidden: readonly Import[] = [
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
];

const allowed: readonly Import[] = [
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
  ["src/program.ts", "./components/own-client.ts"],
];

/** Those of the imports that the linter, as this project configures it, refuses: in a folder with these files and a line for each. */
function refused(imports: readonly Import[]): Import[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ping-agents-imports-")));
  try {
    copyFileSync(join(projectRoot, "biome.json"), join(folder, "biome.json"));
    const byFile = Map.groupBy(imports, ([file]) => file);
    for (const [file, lines] of byFile) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), lines.map(([, specifier]) => `import "${specifier}";\n`).join(""));
    }
    const biome = join(projectRoot, "node_modules", ".bin", "biome");
    const args = ["lint", "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=github", ...byFile.keys()];
    const { stdout } = spawnSync(biome, args, { cwd: folder, encoding: "utf8" });
    const told = stdout.matchAll(/^::error title=lint\/style\/noRestrictedImports,file=([^,]+),line=(\d+),/gm);
    return [...told].flatMap(([, path = "", line]) =>
      (byFile.get(relative(folder, path)) ?? []).slice(Number(line) - 1, Number(line)),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const found = refused([...forbidden, ...allowed]);

test.each(forbidden)("%s must not import %s", (...one) => {
  expect(found).toContainEqual(one);
});

test.each(allowed)("%s may import %s", (...one) => {
  expect(found).not.toContainEqual(one);
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
