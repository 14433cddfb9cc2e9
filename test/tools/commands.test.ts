/** `npx pulumi`: the real CLI in the project's environment; exit codes and signals come through. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { pulumiVersion } from "../../src/engine/cli-version.mjs";
import { processes } from "../../src/engine/processes.ts";
import { isAtLeast } from "../../src/engine/version.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { pulumi, script, temporaryFolder } from "./executables.ts";

const launcher = join(projectRoot, "tools", "commands", "pulumi.mjs");

/** What a CLI says that knows no stack. */
const NO_STACK = "echo \"error: no stack named 'dev' found\" >&2; exit 1";

const ANSWERS = `case "$1" in version) echo ${pulumiVersion}; exit;; stack | config) ${NO_STACK};; esac`;

test("it runs the CLI from any folder of the project", () => {
  const { stdout, status } = spawnSync(launcher, ["version"], { cwd: join(projectRoot, "test"), encoding: "utf8" });
  expect(status).toBe(0);
  expect(isAtLeast(stdout, pulumiVersion)).toBe(true);
});

test("the exit code of the CLI is its own", () => {
  const { status, stderr } = spawnSync(launcher, ["stack", "select", "no-such-stack", "--non-interactive"], {
    encoding: "utf8",
  });
  expect(stderr).toContain("no stack named 'no-such-stack' found");
  expect(status).toBe(6);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s reaches the CLI, which ends in its own way", async (signal) => {
  const folder = pulumi(temporaryFolder(), pulumiVersion);
  const handler = `trap 'echo stopped; exit 7' ${signal.slice(3)}`;
  script(folder, "pulumi", ANSWERS, handler, "echo running", "read _");
  const child = spawn(launcher, ["up"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, PULUMI_CLI: join(folder, "pulumi") },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    if (String(chunk).includes("running")) child.kill(signal);
  });
  const [code] = await once(child, "exit");
  expect({ code, output }).toEqual({ code: 7, output: "running\nstopped\n" });
});

test.each(["pulumi-nodejs:dynamic/aic:OAuth2Client", "pingone:AiAgent"])(
  "import of %s is answered with adopt",
  (type) => {
    const { status, stderr } = spawnSync(launcher, ["import", type, "name", "alpha/name"], { encoding: "utf8" });
    expect(stderr).toMatch(/^ERR_IMPORT: .*adopt: match/s);
    expect(status).toBe(1);
  },
);

test("a CLI that a signal ends gives the exit code that shells give", async () => {
  const folder = pulumi(temporaryFolder(), pulumiVersion);
  script(folder, "pulumi", ANSWERS, "kill -KILL $$");
  const env = { ...process.env, PULUMI_CLI: join(folder, "pulumi") };
  expect(spawnSync(launcher, ["up"], { env }).status).toBe(137);
});

describe("which tenant, before the CLI runs", () => {
  /** A CLI that says which address it was given. */
  const cli = (...answers: string[]) => {
    const folder = pulumi(temporaryFolder(), pulumiVersion);
    const cases = [`version*) echo ${pulumiVersion};;`, ...answers, `stack* | config*) ${NO_STACK};;`];
    script(folder, "pulumi", `case "$1 $2" in`, ...cases, 'up*) echo "at $AIC_TENANT_URL";; *) echo "other";; esac');
    const { AIC_TENANT_URL: _url, PINGONE_ENVIRONMENT_ID: _environment, ...env } = process.env;
    return (args: string[], more: Record<string, string> = {}) =>
      spawnSync(launcher, args, { encoding: "utf8", env: { ...env, PULUMI_CLI: join(folder, "pulumi"), ...more } });
  };
  const declared = () => {
    const file = join(temporaryFolder(), "own.yaml");
    writeFileSync(file, "platform: aic\nrealm: alpha\ntier: staging\ntenant: https://declared.example.com\n");
    return `"config --json") echo '{"ping-agents:declaration":{"value":"${file}","secret":false}}';;`;
  };
  const secret = { PULUMI_CONFIG_PASSPHRASE: "own" };

  test("an address that only the declaration says is the one of the CLI", () => {
    const { stdout, stderr, status } = cli(declared())(["up", "-s", "org/project/dev"], secret);
    expect(stderr).toBe("Stack dev, tenant https://declared.example.com, realm alpha, tier staging\n");
    expect({ stdout, status }).toEqual({ stdout: "at https://declared.example.com\n", status: 0 });
  });

  test("another than the declaration says is refused, and the CLI does not run", () => {
    const env = { ...secret, AIC_TENANT_URL: "https://production.example.com" };
    const { stdout, stderr, status } = cli(declared())(["up", "-s", "dev"], env);
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toContain(
      "ERR_OTHER_TENANT: two tenants are named: AIC_TENANT_URL says https://production.example.com",
    );
    expect(stderr).not.toMatch(/^\s+at .*\.ts/m);
  });

  test("another than the stack is bound to is refused, unless the command line says that it is meant", () => {
    const binding = { urn: "urn:pulumi:dev::p::t::tenant", type: "pulumi-nodejs:dynamic/pingone:StackBinding" };
    const state = JSON.stringify({ deployment: { resources: [{ ...binding, outputs: { tenant: "dev1" } }] } });
    const run = cli(`"stack export") echo '${state}';;`);
    const env = { ...secret, PINGONE_ENVIRONMENT_ID: "live", PINGONE_REGION_CODE: "EU" };
    const { stdout, stderr, status } = run(["up"], env);
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toContain("bound to the tenant dev1, and https://api.pingone.eu is live");
    const meant = run(["up", "--config", "ping-agents:tenant=live"], env);
    expect(meant.stderr).toContain("up binds it to this tenant, live, and no longer to dev1");
    expect({ stdout: meant.stdout, status: meant.status }).toEqual({ stdout: "at \n", status: 0 });
  });

  test("the stack is the one that is selected, also where it has no state yet", () => {
    const list = JSON.stringify([{ name: "org/other" }, { name: "org/fresh", current: true }]);
    const { stderr } = cli(`"stack ls") echo '${list}';;`)(["up"], secret);
    expect(stderr).toMatch(/^Stack fresh; its tenant was not checked/);
  });

  test("a command that asks no tenant says none", () => {
    const { stdout, stderr } = cli(declared())(["cancel", "--yes"], secret);
    expect({ stdout, stderr }).toEqual({ stdout: "other\n", stderr: "" });
  });
});

test("what a killed CLI started is ended, and the lock that may stay is told", async () => {
  const folder = pulumi(temporaryFolder(), pulumiVersion);
  // A language host that knows nothing of its engine's end, as long as the test lasts.
  script(folder, "pulumi-language-nodejs", "trap 'kill $!; exit' TERM", "echo $$", "sleep 600 & wait");
  script(folder, "pulumi", ANSWERS, `${folder}/pulumi-language-nodejs 127.0.0.1:1 &`, "sleep 1", "kill -KILL $$");
  const env = { ...process.env, PULUMI_CLI: join(folder, "pulumi") };
  const { status, stdout, stderr } = spawnSync(launcher, ["up"], { env, encoding: "utf8" });
  expect(status).toBe(137);
  expect(stderr).toContain("ended by SIGKILL");
  expect(stderr).toContain("npx pulumi cancel --yes");
  const host = Number(stdout);
  expect(host).toBeGreaterThan(1);
  await expect.poll(() => processes().map(({ id }) => id)).not.toContain(host);
});

test("a CLI that ends by itself is no cause for words", () => {
  const { stderr, status } = spawnSync(launcher, ["version"], { encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
});

describe("in a clone that was not set up", () => {
  test.each(["npx pulumi up --yes", "npx ping-agents validate", "npx pulumi version"])("%s", async (command) => {
    const clone = temporaryFolder();
    for (const part of ["package.json", "package-lock.json", "bin", "src", "tools"])
      cpSync(join(projectRoot, part), join(clone, part), { recursive: true });
    const asked: (string | undefined)[] = [];
    const registry = createServer(({ url }, response) => {
      asked.push(url);
      response.writeHead(404).end();
    });
    registry.listen(0, "127.0.0.1");
    await once(registry, "listening");
    onTestFinished(() => void registry.close());

    // As a user has it: without what npm tells the programs that it runs.
    const bare = Object.entries(process.env).filter(([name]) => !/^(npm|INIT_CWD|PULUMI)_?/i.test(name));
    const child = spawn("bash", ["-c", command], {
      cwd: clone,
      env: {
        ...Object.fromEntries(bare),
        npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}`,
        npm_config_cache: temporaryFolder(),
        npm_config_update_notifier: "false",
      },
    });
    const [[code], stderr] = await Promise.all([once(child, "exit"), text(child.stderr)]);
    expect(stderr).toContain("not set up yet. Run in it: npm run bootstrap");
    expect({ code, asked }).toEqual({ code: 1, asked: [] });
  });
});
