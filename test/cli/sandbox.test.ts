/** `ping-agents sandbox` as a user meets it; what the tenant behind it keeps is tested with the sandbox. */

import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "./command.ts";

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
