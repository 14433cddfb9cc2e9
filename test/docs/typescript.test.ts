/** Every command and file of docs/typescript.md, in a project beside a clone: the program of the page runs against the local tenant. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCli } from "../../tools/bootstrap/find-cli.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { userEnvironment } from "../engine/cli.ts";
import { type Clone, makeClone } from "../support/clone.ts";

const page = readFileSync(join(projectRoot, "docs", "typescript.md"), "utf8");
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block.trim());
const [build = "", install = "", sandbox = "", commands = ""] = blocks;
/** The files of the project, by name. */
const files = [...page.matchAll(/^`([\w.]+)`[^\n]*:\n\n```\w+\n(.*?)```/gms)].map(
  ([, name = "", text = ""]) => [name, text] as const,
);

let clone: Clone;
beforeAll(() => {
  clone = makeClone();
});
afterAll(() => clone.remove());

test("knows every block of commands and every file", () => {
  expect(blocks).toHaveLength(4);
  expect(install).toContain("npm install ../ping-agents/ping-agents-0.1.0.tgz @pulumi/pulumi@");
  expect(sandbox).toBe("npx ping-agents sandbox");
  expect(files.map(([name]) => name)).toEqual(["Pulumi.yaml", "package.json", "tsconfig.json", "index.ts"]);
});

/** What `npm install` of the page does, without a registry: the package from its tarball, all else as this repository has it. */
async function installed(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, ".bin"), { recursive: true });
  for (const name of readdirSync(join(projectRoot, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(projectRoot, "node_modules", name), join(modules, name));
  }
  mkdirSync(join(modules, "ping-agents"));
  const unpack = `tar -xzf ping-agents-0.1.0.tgz -C "${join(modules, "ping-agents")}" --strip-components=1`;
  expect(await clone.type(unpack)).toMatchObject({ code: 0 });
  chmodSync(join(modules, "ping-agents", "bin", "ping-agents.mjs"), 0o755);
  symlinkSync("../ping-agents/bin/ping-agents.mjs", join(modules, ".bin", "ping-agents"));
  symlinkSync("../typescript/bin/tsc", join(modules, ".bin", "tsc"));
}

test("the program of the page lives through its commands", async () => {
  const built = await clone.type(build);
  expect(built.code, built.output).toBe(0);
  const folder = join(clone.folder, "my-agents");
  await installed(folder);
  for (const [name, text] of files) writeFileSync(join(folder, name), text);

  const { PATH = "", PULUMI_HOME: _home, PULUMI_BACKEND_URL: _backend, ...env } = userEnvironment({});
  const cli = dirname(findCli(userEnvironment({})).cli?.command ?? "");
  const own = { PATH: [cli, dirname(process.execPath), PATH].join(delimiter), PULUMI_HOME: join(folder, "home") };
  const tenant = spawn("bash", ["-c", `exec ${sandbox}`], {
    ...{ cwd: folder, env: { ...env, ...own }, detached: true },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await Promise.race([once(tenant.stdout, "data"), once(tenant, "close")]);
    const { code, output } = await clone.type(`cd my-agents\n${commands}`, own);
    expect(code, output).toBe(0);
    expect(output).toMatch(/16 created[\s\S]*16 unchanged[\s\S]*"analyzer": ?"traffic-analyzer"[\s\S]*16 deleted/);
  } finally {
    process.kill(-(tenant.pid ?? 0), "SIGTERM");
    await Promise.race([once(tenant, "close"), sleep(10_000)]);
  }
});
