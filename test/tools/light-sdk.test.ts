/** What a Node process below the CLI spares itself, and that nothing else is different there. */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";

/** What a program prints as JSON, in the environment of the CLI. */
function printed(program: string, own: NodeJS.ProcessEnv = {}): unknown {
  const env = pulumiEnvironment({ ...process.env, ...own });
  return JSON.parse(execFileSync("node", ["-p", program], { cwd: projectRoot, encoding: "utf8", env }));
}

test("the SDK is there without TypeScript's compiler and npm's resolver", () => {
  const loaded = printed(`
    const { isProxy } = require("node:util").types;
    require("@pulumi/pulumi/cmd/run/instrumentation");
    require("@pulumi/pulumi");
    JSON.stringify(Object.values(require.cache).flatMap(({ id, exports }) => (isProxy(exports) ? [] : [id])))`);
  expect(loaded).toContainEqual(expect.stringContaining("@pulumi/pulumi/runtime/closure/codePaths.js"));
  expect(loaded).not.toContainEqual(expect.stringMatching(/node_modules\/(typescript|@npmcli|pacote|source-map)\//));
});

test("the compiler is there for whoever uses it", () => {
  expect(printed(`JSON.stringify(require("typescript").transpile("const one: number = 1"))`)).toContain(
    "const one = 1",
  );
});

test("the program and the provider can share compiled code", () => {
  const tags = printed(`
    const { cachedDataVersionTag } = require("node:v8");
    const provider = cachedDataVersionTag();
    require("@pulumi/pulumi/runtime/closure/v8Hooks");
    JSON.stringify([provider, cachedDataVersionTag()])`);
  const [provider, program] = tags as number[];
  expect(provider).toBe(program);
});

test("no compiler is asked for by a language host that does not read Pulumi.yaml", () => {
  const own = { PULUMI_NODEJS_TYPESCRIPT: "true" };
  expect(printed(`JSON.stringify("PULUMI_NODEJS_TYPESCRIPT" in process.env)`, own)).toBe(false);
});

test("Node options of the user's own stay", () => {
  const own = { NODE_OPTIONS: "--conditions=own" };
  expect(printed("JSON.stringify(process.execArgv.concat(process.env.NODE_OPTIONS))", own)).toContainEqual(
    expect.stringMatching(/^--conditions=own --require ".+light-sdk\.cjs"$/),
  );
});
