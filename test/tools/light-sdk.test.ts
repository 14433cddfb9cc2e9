/** What a Node process below the CLI spares itself, and that nothing else is different there. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";

/** What a program gives to `print`, in the environment of the CLI. */
const printed = (program: string, own?: NodeJS.ProcessEnv): unknown => JSON.parse(run(program, own).stdout);

function run(program: string, own: NodeJS.ProcessEnv = {}) {
  const env = pulumiEnvironment({ ...process.env, ...own });
  const code = `const print = (value) => console.log(JSON.stringify(value)); ${program}`;
  return spawnSync("node", ["-e", code], { cwd: projectRoot, encoding: "utf8", env });
}

test("nothing is said of it", () => {
  expect(run("")).toMatchObject({ status: 0, stdout: "", stderr: "" });
});

test("the SDK is there without what it brings for other programs", () => {
  const loaded = printed(`
    const { isProxy } = require("node:util").types;
    require("@pulumi/pulumi/cmd/run/instrumentation");
    require("@pulumi/pulumi/cmd/run/tracing");
    require("@pulumi/pulumi");
    print(Object.values(require.cache).flatMap(({ id, exports }) => (isProxy(exports) ? [] : [id])))`);
  expect(loaded).toContainEqual(expect.stringContaining("@pulumi/pulumi/runtime/settings.js"));
  const others = /node_modules\/(typescript|@npmcli|pacote|source-map|js-yaml|semver|execa|@opentelemetry\/(?!api))\//;
  expect(loaded).not.toContainEqual(expect.stringMatching(others));
});

test("functions are written into the state, for whoever has some", () => {
  const text = printed(`
    const { runtime } = require("@pulumi/pulumi");
    const one = 1;
    runtime.serializeFunction(() => one + 1).then(({ text }) => print(text))`);
  expect(text).toContain("return () => one + 1");
});

test("programs can start others, and runs be traced", () => {
  const answers = printed(`
    const { automation } = require("@pulumi/pulumi");
    const { start, newSpan } = require("@pulumi/pulumi/cmd/run/tracing");
    start("http://127.0.0.1:1/");
    print([new automation.CommandError({}) instanceof automation.CommandError, newSpan("run").isRecording()])
    process.exit()`);
  expect(answers).toEqual([true, true]);
});

test("the program and the provider can share compiled code", () => {
  const tags = printed(`
    const { cachedDataVersionTag } = require("node:v8");
    const provider = cachedDataVersionTag();
    require("@pulumi/pulumi/runtime/closure/v8Hooks").getScriptUrl("1");
    print([provider, cachedDataVersionTag()])`);
  const [provider, program] = tags as number[];
  expect(provider).toBe(program);
});

test("no compiler is asked for by a language host that does not read Pulumi.yaml", () => {
  const own = { PULUMI_NODEJS_TYPESCRIPT: "true" };
  expect(printed(`print("PULUMI_NODEJS_TYPESCRIPT" in process.env)`, own)).toBe(false);
});

test("Node options of the user's own stay, and come after the project's: the last one counts", () => {
  const own = { NODE_OPTIONS: "--conditions=own" };
  expect(printed("print(process.execArgv.concat(process.env.NODE_OPTIONS))", own)).toContainEqual(
    expect.stringMatching(/^--max-semi-space-size=8 --conditions=own --require ".+light-sdk\.cjs"$/),
  );
});
