/** `ping-agents sandbox` as a user meets it; what the tenant behind it keeps is tested with the sandbox. */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { pulumi, temporaryFolder } from "../tools/executables.ts";
import { project, VALID } from "./command.ts";

test("the first line is JSON with all that a program needs; the data folder belongs to one process", async () => {
  const here = project();
  const first = here.start(["sandbox", "--data", "tenant", "--format", "json"]);
  await first.said("\n");
  const { url, controlToken, serviceAccount, users } = JSON.parse(first.stdout);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(serviceAccount).toEqual({ id: expect.any(String), jwk: expect.objectContaining({ kty: "RSA" }) });
  expect(Object.keys(users).sort()).toEqual(["barbara.jensen", "demo.owner", "end.user"]);

  const second = await here.run(["sandbox", "--data", "tenant"]);
  expect(second).toMatchObject({ code: 1, stdout: "" });
  expect(second.stderr).toMatch(
    /^ERR_SANDBOX_DATA_IN_USE: .*\n {2}Next: end the other sandbox, or choose another folder with --data\n$/,
  );
  const dump = await fetch(`${url}/__sandbox/dump`, { headers: { authorization: `Bearer ${controlToken}` } });
  expect(dump.status).toBe(200);
  first.signal("SIGINT");
  expect(await first.ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining("Error") });
});

test.each([
  [[], 3],
  [["--no-people"], 0],
] as const)("started with %j its realm has %i people", async (options, count) => {
  const sandbox = project().start(["sandbox", "--data", "tenant", "--format", "json", ...options]);
  await sandbox.said("\n");
  const { url, controlToken } = JSON.parse(sandbox.stdout);
  const dump = await fetch(`${url}/__sandbox/dump`, { headers: { authorization: `Bearer ${controlToken}` } });
  const { "managed/alpha_user": users = {} } = (await dump.json()) as Record<string, object>;
  expect(Object.keys(users)).toHaveLength(count);
});

test("for a person it says the address, and how to point the kit at it; the file holds the secrets", async () => {
  const here = project();
  const sandbox = here.start(["sandbox", "--data", "tenant"]);
  await sandbox.said("Ctrl-C ends it.\n");
  expect(sandbox.stdout).toContain(`set -a; . ${join(here.folder, "tenant", "sandbox.env")}; set +a`);
  const secrets = here.read("tenant/sandbox.env").match(/(?<=(TOKEN|SECRET|KEY)=).*/g) ?? [];
  expect(secrets.length).toBe(3);
  for (const secret of secrets) expect(sandbox.stdout).not.toContain(secret);
});

test.each(["my tenant", 'o\'brien $HOME `id` "x"'])("the line to paste works for a folder named %s", async (name) => {
  const here = project();
  const sandbox = here.start(["sandbox", "--data", name]);
  await sandbox.said("Ctrl-C ends it.\n");
  const [line = ""] = /set -a;.*/.exec(sandbox.stdout) ?? [];
  const { stdout } = spawnSync("sh", ["-c", `${line}; echo "$AIC_TENANT_URL"`], { encoding: "utf8" });
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
});

test("a file of faults holds from the first request; one that is none is refused with its mistake", async () => {
  const here = project();
  here.write("plan.yaml", "seed: 3\nfaults:\n  - { pathPattern: ^/environment, status: 502 }\n");
  here.write("wrong.yaml", "faults: [{ path: x }]\n");
  const sandbox = here.start(["sandbox", "--data", "tenant", "--format", "json", "--faults", "plan.yaml"]);
  await sandbox.said("\n");
  const { url } = JSON.parse(sandbox.stdout);
  expect((await fetch(`${url}/environment/count`)).status).toBe(502);
  const { code, stderr } = await here.run(["sandbox", "--faults", "wrong.yaml"]);
  expect([code, stderr]).toEqual([1, expect.stringContaining("faults[0].pathPattern")]);
});

test("a port that another process has", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as { port: number };
  const { code, stdout, stderr } = await project().run(["sandbox", "--port", String(port)]);
  taken.close();
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(
    /^ERR_SANDBOX_PORT: .*\n {2}Next: choose another port with --port, or none to take a free one\n$/,
  );
});

describe("with a command", () => {
  // A process of its own: the command writes to the streams of the process that starts it.
  const SEEN = "node -p 'JSON.stringify(process.env)'";
  /** What a command that prints its environment sees. */
  const seen = async (options: readonly string[], env: Readonly<Record<string, string>> = {}, here = project()) => {
    const { stdout, stderr, code } = await here.start(["sandbox", ...options, "--", "sh", "-c", SEEN], env).ended;
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as Readonly<Record<string, string>>;
  };

  test("it runs against a tenant of its own, its exit code comes through, and nothing is left", async () => {
    const here = project();
    const script =
      'curl -s -o /dev/null -w "%{http_code} $AIC_TENANT_URL $PULUMI_BACKEND_URL" "$AIC_TENANT_URL/am/json/serverinfo/*"; exit 7';
    const { code, stdout, stderr } = await here.start(["sandbox", "--", "sh", "-c", script]).ended;
    const [status, url = "", backend = ""] = stdout.split(" ");
    expect({ code, status, stderr }).toEqual({ code: 7, status: "200", stderr: `Local tenant: ${url}\n` });
    await expect(fetch(url)).rejects.toThrow();
    expect(backend).toMatch(/^file:\/\/.*\/state\?metadata=skip$/);
    expect(existsSync(new URL(".", backend))).toBe(false);
    expect(existsSync(join(here.folder, ".ping-agents"))).toBe(false);
  });

  test("what the Pulumi CLI writes into the settings of stacks is taken back", async () => {
    const here = project({ dev: VALID });
    here.write("Pulumi.yaml", "name: own\nruntime: nodejs\nstackConfigDir: stacks\n");
    here.write("stacks/Pulumi.dev.yaml", "config: {}\n");
    const script = "cd stacks; echo encryptionsalt: v1 | tee Pulumi.dev.yaml > Pulumi.new.yaml; exit 3";
    expect(await here.start(["sandbox", "--", "sh", "-c", script]).ended).toMatchObject({ code: 3 });
    expect(here.read("stacks/Pulumi.dev.yaml")).toBe("config: {}\n");
    expect(readdirSync(join(here.folder, "stacks")).sort()).toEqual(["Pulumi.dev.yaml", "dev.yaml"]);
    expect(await here.start(["sandbox", "--data", "kept", "--", "sh", "-c", script]).ended).toMatchObject({ code: 3 });
    expect(here.read("stacks/Pulumi.new.yaml")).toBe("encryptionsalt: v1\n");
  });

  test("it sees the local tenant, and no variable that leads to another tenant or state", async () => {
    const real = { AIC_TENANT_URL: "https://real.example.com", AIC_ACCESS_TOKEN: "t", PING_AGENTS_TENANT: "real" };
    const env = await seen([], { ...real, PINGONE_REGION_CODE: "EU", PULUMI_BACKEND_URL: "s3://real" });
    expect(env).toMatchObject({
      AIC_TENANT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
      PINGONE_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
      PULUMI_BACKEND_URL: expect.stringMatching(/^file:/),
      PULUMI_CONFIG_PASSPHRASE: "local-development",
      PING_AGENTS_PASSWORD_BARBARA_JENSEN: expect.any(String),
    });
    for (const name of ["AIC_ACCESS_TOKEN", "PING_AGENTS_TENANT", "PINGONE_REGION_CODE"])
      expect(env).not.toHaveProperty(name);
    const own = await seen([], { PULUMI_CONFIG_PASSPHRASE: "own" });
    expect(own.PULUMI_CONFIG_PASSPHRASE).toBe("own");
  });

  test.each([
    ["aic", /^AIC_/, /^PINGONE_/],
    ["pingone", /^PINGONE_/, /^AIC_/],
  ])("--platform %s shows that cloud alone", async (platform, shown, hidden) => {
    const names = Object.keys(
      await seen(["--platform", platform], { PINGONE_CLIENT_ID: "c", AIC_TENANT_URL: "https://a.example.com" }),
    );
    expect(names.filter((name) => shown.test(name)).length).toBeGreaterThan(2);
    expect(names.filter((name) => hidden.test(name))).toEqual([]);
  });

  test("what Node compiles of program and provider is kept, where the user says, and not where they want none", async () => {
    vi.stubEnv("NODE_COMPILE_CACHE", undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await seen([])).NODE_COMPILE_CACHE).toMatch(/node-compile-cache.pulumi$/);
    expect(await seen([], { NODE_COMPILE_CACHE: "/mine" })).toMatchObject({ NODE_COMPILE_CACHE: "/mine" });
    expect(await seen([], { NODE_DISABLE_COMPILE_CACHE: "1" })).not.toHaveProperty("NODE_COMPILE_CACHE");
  });

  test("a folder keeps tenant and state for the next command", async () => {
    const here = project();
    const [first, second] = [await seen(["--data", "kept"], {}, here), await seen(["--data", "kept"], {}, here)];
    expect(second.PINGONE_ENVIRONMENT_ID).toBe(first.PINGONE_ENVIRONMENT_ID);
    expect(second.PULUMI_BACKEND_URL).toBe(first.PULUMI_BACKEND_URL);
    expect(existsSync(join(here.folder, "kept", "state"))).toBe(true);
  });

  test("the Pulumi CLI that PULUMI_CLI names is on its PATH where no other is", async () => {
    const named = pulumi(temporaryFolder(), "3.999.0");
    const bare = { PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(":") };
    const env = await seen([], { ...bare, PULUMI_CLI: join(named, "pulumi") });
    expect(env.PATH?.split(":")[0]).toBe(named);
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s reaches it, and it ends in its own way", async (signal) => {
    const script = `trap 'echo stopped; exit 9' ${signal.slice(3)}; echo "$AIC_TENANT_URL"; while :; do sleep 0.1; done`;
    const running = project().start(["sandbox", "--", "sh", "-c", script]);
    await running.said("\n");
    running.signal(signal);
    const { code, stdout } = await running.ended;
    const [url = "", said] = stdout.split("\n");
    expect({ code, said }).toEqual({ code: 9, said: "stopped" });
    await expect(fetch(url)).rejects.toThrow();
  });

  test("one that a signal ends, and one that is not there", async () => {
    expect(await project().start(["sandbox", "--", "sh", "-c", "kill -KILL $$"]).ended).toMatchObject({ code: 137 });
    const { code, stderr } = await project().start(["sandbox", "--", "no-such-command", "--its", "options"]).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/\nERR_COMMAND: no-such-command cannot be started: ENOENT\n {2}Next: .*sh -c/);
  });
});
