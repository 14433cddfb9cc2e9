/** Installing the Pulumi CLI: which way, what is left when it fails, and two at once. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { cliCache, pulumiVersion } from "../../src/engine/cli-version.mjs";
import { ensureCli } from "../../tools/bootstrap/cli.mjs";
import { downloadCli } from "../../tools/bootstrap/download-cli.mjs";
import { changes } from "../../tools/bootstrap/lazy-meter.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { script, temporaryFolder } from "./executables.ts";

/** A machine on which only the named tools of the system are on PATH, and an empty cache. */
function machine(...tools: string[]) {
  const bin = temporaryFolder();
  for (const tool of tools)
    symlinkSync(spawnSync("which", [tool], { encoding: "utf8" }).stdout.trim(), join(bin, tool));
  const env = { PATH: bin, XDG_CACHE_HOME: temporaryFolder() };
  return { bin, env, folder: cliCache(env) };
}

const archive = `pulumi-v${pulumiVersion}-${process.platform}-${process.arch}.tar.gz`;
const parts = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** A release as Pulumi's host has it, and a `curl` that serves it and notes what it was asked for and what it saw. */
function releaseHost(bin: string, { checksum }: { checksum?: string } = {}) {
  const files = temporaryFolder();
  for (const part of parts) script(join(files, "pulumi"), part, `echo v${pulumiVersion}`);
  spawnSync("tar", ["-czf", join(files, archive), "-C", files, "pulumi"]);
  const actual = createHash("sha256")
    .update(readFileSync(join(files, archive)))
    .digest("hex");
  const list = `pulumi-${pulumiVersion}-checksums.txt`;
  writeFileSync(join(files, list), `${"0".repeat(64)}  other.tar.gz\n${checksum ?? actual}  ${archive}\n`);
  const log = join(bin, "asked");
  script(
    bin,
    "curl",
    "/usr/bin/env >> $0.environment",
    'while [ $# -gt 1 ]; do [ "$1" = -o ] && to=$2; shift; done',
    `echo "$1" >> ${log}`,
    '[ -z "$to" ] || exec > "$to"',
    `/bin/cat "${files}/\${1##*/}"`,
  );
  return { actual, asked: () => readFileSync(log, "utf8").trim().split("\n") };
}

/**
 * A Go that builds whatever it is asked for; each build adds a line to the log. The module that is changed before is kept with the tools.
 *
 * @param change in the module, as it was downloaded
 */
function goToolchain(bin: string, change = (source: string) => source) {
  const log = join(bin, "built");
  const meter = join(bin, "downloaded");
  for (const { file, from } of changes) {
    mkdirSync(dirname(join(meter, file)), { recursive: true });
    appendFileSync(join(meter, file), change(from));
  }
  script(
    bin,
    "go",
    "/usr/bin/env >> $0.environment",
    `[ "$1 $3" = "list -m" ] && { echo ${meter}; exit; }`,
    '[ "$1" = list ] && { echo one; exit; }',
    'while [ "$1" != -o ]; do',
    `[ "$1" = -modfile ] && /bin/cp -r "\${2%/*}" ${bin}/used`,
    "shift; done",
    `echo "\${2##*/}" >> ${log}`,
    `printf '#!/bin/sh\\necho v${pulumiVersion}\\n' > "$2"`,
    '/bin/chmod +x "$2"',
  );
  const used = (...path: string[]) => readFileSync(join(bin, "used", ...path), "utf8");
  return { built: () => readFileSync(log, "utf8").trim().split("\n"), used };
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
  expect(message).toMatch(/official release: .*code 6\s+curl: \(6\) Could not resolve host/);
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

describe("the release", () => {
  const target = () => temporaryFolder();

  test("is unpacked when the SHA-256 in the repository is its own; nobody is asked for another", async () => {
    const { bin, env } = machine("tar", "gzip");
    const { actual, asked } = releaseHost(bin, { checksum: "f".repeat(64) });
    const folder = target();
    await downloadCli(folder, env, { [archive]: actual });
    expect(readdirSync(folder).sort()).toEqual(parts);
    expect(asked()).toEqual([`https://get.pulumi.com/releases/sdk/${archive}`]);
  });

  test("without one in the repository, the list that it publishes counts", async () => {
    const { bin, env } = machine("tar", "gzip");
    const { asked } = releaseHost(bin);
    const folder = target();
    await downloadCli(folder, env, {});
    expect(readdirSync(folder).sort()).toEqual(parts);
    expect(asked()).toEqual([
      `https://get.pulumi.com/releases/sdk/pulumi-${pulumiVersion}-checksums.txt`,
      `https://get.pulumi.com/releases/sdk/${archive}`,
    ]);
  });

  test.each([
    ["the repository", { [archive]: "a".repeat(64) }],
    ["the list", {}],
  ])("is not unpacked when it is another than %s says", async (_, pinned) => {
    const { bin, env } = machine("tar", "gzip");
    releaseHost(bin, { checksum: "a".repeat(64) });
    const folder = target();
    await expect(downloadCli(folder, env, pinned)).rejects.toThrow(/SHA-256 [0-9a-f]{64}, not a{64}/);
    expect(readdirSync(folder)).toEqual([archive]);
  });

  test("is not asked for when the list does not name it", async () => {
    const { bin, env } = machine("tar", "gzip");
    const { asked } = releaseHost(bin, { checksum: "no checksum" });
    await expect(downloadCli(target(), env, {})).rejects.toThrow(`has no SHA-256 of ${archive}`);
    expect(asked()).toHaveLength(1);
  });
});

test("an archive that is not the release is not used: the CLI is built from the Go modules", async () => {
  const { bin, env, folder } = machine("tar", "gzip");
  releaseHost(bin, { checksum: "b".repeat(64) });
  const { built } = goToolchain(bin);
  expect(await ensureCli(env)).toEqual({ command: join(folder, "pulumi"), folder, version: pulumiVersion });
  expect(built()).toEqual(["pulumi", "pulumi-language-nodejs"]);
  expect(readdirSync(folder).sort()).toEqual(parts);
});

test("the dictionaries of the meter of passwords are read when it is asked, not at each start", async () => {
  const { bin, env } = machine();
  const { used } = goToolchain(bin);
  await ensureCli(env);
  expect(used("meter", "frequency", "frequency.go")).toBe("func Load() {\n");
  expect(used("meter", "matching", "matching.go")).toBe("func loadFrequencyList() {\n\tfrequency.Load()\n");
  const [own, replaced] = used("go.mod").split(/\nreplace github.com\/ccojocar\/zxcvbn-go => ".*"\n$/);
  expect([own, replaced]).toEqual([readFileSync(join(projectRoot, "tools", "pulumi", "engine", "go.mod"), "utf8"), ""]);
});

test("a module that is not as it was when the change was written is not built", async () => {
  const { bin, env } = machine();
  goToolchain(bin, (source) => source.replace("init", "initialize"));
  expect(await refusal(env)).toContain('zxcvbn-go has no "func init() {\\n" in frequency/frequency.go');
});

test("the tools see no secret of tenants and stacks, but the proxy of the host", async () => {
  const { bin, env } = machine();
  script(bin, "curl", "/usr/bin/env >> $0.environment; exit 6");
  goToolchain(bin);
  const secrets = { AIC_SERVICE_ACCOUNT_KEY: "s", PINGONE_CLIENT_SECRET: "s", PULUMI_ACCESS_TOKEN: "s" };
  await ensureCli({ ...env, ...secrets, HTTPS_PROXY: "http://proxy.example", GOPROXY: "http://go.example" });
  for (const tool of ["curl", "go"]) {
    const seen = readFileSync(join(bin, `${tool}.environment`), "utf8");
    for (const name of Object.keys(secrets)) expect(seen).not.toContain(name);
    expect(seen).toContain("HTTPS_PROXY=http://proxy.example\n");
    expect(seen).toContain("GOPROXY=http://go.example\n");
  }
});

test("no message shows the password of a URL", async () => {
  const { bin, env } = machine();
  script(bin, "curl", "echo 'curl: (5) proxy http://jo:hunter2@proxy.example:3128' >&2; exit 5");
  script(bin, "go", "echo 'go: https://jo:p@hunter2@go.example/mod: 401' >&2; exit 1");
  const message = await refusal(env);
  expect(message).toContain("http://***@proxy.example:3128");
  expect(message).not.toContain("hunter2");
});

test("two bootstraps at once install once", async () => {
  const { bin, env } = machine();
  const { built } = goToolchain(bin);
  const [one, two] = await Promise.all([ensureCli(env), ensureCli(env)]);
  expect(one).toEqual(two);
  expect(built()).toEqual(["pulumi", "pulumi-language-nodejs"]);
});

test("what a killed bootstrap left behind, lock and half an install, is cleared away", async () => {
  const { bin, env, folder } = machine();
  goToolchain(bin);
  script(`${folder}.part-killed`, "pulumi");
  const gone = spawnSync(process.execPath, ["--version"]).pid;
  writeFileSync(`${folder}.lock`, String(gone));
  await ensureCli(env);
  expect(existsSync(join(folder, "pulumi"))).toBe(true);
  expect(readdirSync(dirname(folder))).toEqual([basename(folder)]);
});
