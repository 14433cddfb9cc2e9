/** Installing the Pulumi CLI: which way, what is left when it fails, and two at once. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ensureCli } from "../../tools/bootstrap/cli.mjs";
import { cliCache, pulumiVersion } from "../../tools/bootstrap/paths.mjs";
import { script, temporaryFolder } from "./executables.ts";

/** A machine on which only the named tools of the system are on PATH, and an empty cache. */
function machine(...tools: string[]) {
  const bin = temporaryFolder();
  for (const tool of tools)
    symlinkSync(spawnSync("which", [tool], { encoding: "utf8" }).stdout.trim(), join(bin, tool));
  const env = { PATH: bin, XDG_CACHE_HOME: temporaryFolder() };
  return { bin, env, folder: cliCache(env) };
}

/** A `curl` that answers with an installer, as Pulumi's host does; each download adds a line to the log. */
function installerHost(bin: string, log: string) {
  script(
    bin,
    "curl",
    `echo download >> ${log}`,
    "cat <<'INSTALLER'",
    "set -e",
    '[ "$1 $3 $5" = "--version --install-root --no-edit-path" ]',
    'mkdir -p "$4/bin"',
    "for part in pulumi pulumi-language-nodejs pulumi-resource-pulumi-nodejs; do",
    `  printf '#!/bin/sh\\necho v%s\\n' "$2" > "$4/bin/$part"`,
    '  chmod +x "$4/bin/$part"',
    "done",
    "INSTALLER",
  );
}

/** What the bootstrap says where no way works. */
function refusal(env: NodeJS.ProcessEnv): Promise<string> {
  return ensureCli(env).then(
    ({ command }) => expect.fail(`found ${command}`),
    (error: Error) => error.message,
  );
}

test("no way works: one message names every way, why it failed, and what helps; nothing half is left", async () => {
  const { bin, env, folder } = machine();
  script(bin, "curl", "echo 'curl: (6) Could not resolve host: get.pulumi.com' >&2; exit 6");
  script(bin, "go", "echo 'go: no such module' >&2; exit 1");
  const message = await refusal(env);
  expect(message).toContain(pulumiVersion);
  expect(message).toContain("PATH: no `pulumi`; PULUMI_CLI: not set");
  expect(message).toContain(`installed before: nothing in ${folder}`);
  expect(message).toMatch(/official installer: .*code 6\s+curl: \(6\) Could not resolve host/);
  expect(message).toMatch(/build from the Go module registry: .*code 1\s+go: no such module/);
  expect(message).toContain("set PULUMI_CLI");
  expect(readdirSync(dirname(folder))).toEqual([]);
});

test("without curl and Go the message says that they are not there", async () => {
  const { env } = machine();
  const message = await refusal(env);
  expect(message).toContain("curl could not be started");
  expect(message).toContain("go could not be started");
});

test("the official installer is taken when its host answers", async () => {
  const { bin, env, folder } = machine("sh", "cat", "mkdir", "chmod");
  installerHost(bin, join(bin, "log"));
  expect(await ensureCli(env)).toEqual({ command: join(folder, "pulumi"), folder, version: pulumiVersion });
  expect(readdirSync(folder).sort()).toEqual(["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]);
});

test("two bootstraps at once install once", async () => {
  const { bin, env } = machine("sh", "cat", "mkdir", "chmod");
  installerHost(bin, join(bin, "log"));
  const [one, two] = await Promise.all([ensureCli(env), ensureCli(env)]);
  expect(one).toEqual(two);
  expect(readFileSync(join(bin, "log"), "utf8")).toBe("download\n");
});

test("what a killed bootstrap left behind, lock and half an install, is cleared away", async () => {
  const { bin, env, folder } = machine("sh", "cat", "mkdir", "chmod");
  installerHost(bin, join(bin, "log"));
  script(`${folder}.part-killed`, "pulumi");
  const gone = spawnSync(process.execPath, ["--version"]).pid;
  writeFileSync(`${folder}.lock`, String(gone));
  await ensureCli(env);
  expect(existsSync(join(folder, "pulumi"))).toBe(true);
  expect(readdirSync(dirname(folder))).toEqual([pulumiVersion]);
});
