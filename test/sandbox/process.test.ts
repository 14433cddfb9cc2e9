/** The tenant as a process: its first line, its files, and what is left of it when it is killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const PROGRAM = fileURLToPath(new URL("run-sandbox.ts", import.meta.url));

type Started = {
  child: ChildProcess;
  url: string;
  controlToken: string;
  users: object;
  serviceAccount: { id: string };
  pingone: { environmentId: string };
};

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function run(...options: string[]): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM, "sandbox", "--data", folder, ...options]);
  children.push(child);
  return child;
}

async function start(): Promise<Started> {
  const child = run("--format", "json");
  if (!child.stdout) throw new Error("no output");
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, ...JSON.parse(line) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, "exit");
  child.kill(signal);
  const [code] = await exited;
  return code;
}

function control({ url, controlToken }: Started, name: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${controlToken}` };
  return fetch(
    `${url}/__sandbox/${name}`,
    body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers },
  );
}

const dump = async (started: Started) => (await control(started, "dump")).text();

test("the first line is all that a program needs; sandbox.env points a shell at it and is for the owner only", async () => {
  const started = await start();
  expect(started.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(started.users).toMatchObject({ "barbara.jensen": { password: expect.any(String) } });
  const file = join(folder, "sandbox.env");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  expect(lines).toContain(`AIC_TENANT_URL=${started.url}`);
  expect(lines).toContain(`AIC_SERVICE_ACCOUNT_ID=${started.serviceAccount.id}`);
  expect(await end(started.child, "SIGTERM")).toBe(0);
});

test("the tenant is there again at the next start, with the same identity, account, token and passwords", async () => {
  const first = await start();
  const before = await dump(first);
  const identity = async ({ url, controlToken, users, serviceAccount, pingone: { environmentId } }: Started) => {
    const { cookieName } = (await (await fetch(`${url}/am/json/serverinfo/*`)).json()) as { cookieName: string };
    return { controlToken, users, serviceAccount, environmentId, cookieName };
  };
  const known = await identity(first);
  await end(first.child, "SIGTERM");
  const second = await start();
  expect(await identity(second)).toEqual(known);
  expect(await dump(second)).toBe(before);
});

test("killed in the middle of writing, every write is whole or not there, and every answered one is there", async () => {
  const variable = (i: number) => ({ path: `/environment/variables/esv-v${i}`, body: { _id: `esv-v${i}`, half: 1 } });
  const pairs = (i: number) => ({ objects: [variable(2 * i), variable(2 * i + 1)] });
  for (const killAfter of [3, 11, 26]) {
    const started = await start();
    await control(started, "reset", { empty: true });
    let answered = 0;
    const writes = (async () => {
      for (let i = 0; ; i += 1) {
        await control(started, "load", pairs(i));
        answered += 1;
        if (answered === killAfter) started.child.kill("SIGKILL");
      }
    })().catch(() => undefined);
    await Promise.all([writes, once(started.child, "exit")]);
    const again = await start();
    const count = Object.keys(JSON.parse(await dump(again))["environment/variables"]).length;
    expect(count % 2).toBe(0);
    expect(count).toBeGreaterThanOrEqual(2 * answered);
    await end(again.child, "SIGKILL");
  }
});

test("a second process on the same folder is refused and told why; the first goes on", async () => {
  const first = await start();
  const second = run("--format", "json");
  let said = "";
  second.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const [code] = await once(second, "exit");
  expect(code).not.toBe(0);
  expect(said).toContain("ERR_SANDBOX_DATA_IN_USE");
  expect((await control(first, "dump")).status).toBe(200);
});

test("a port that is taken is told", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const child = run("--port", String(port));
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  await once(child, "exit");
  taken.close();
  expect(said).toContain("ERR_SANDBOX_PORT");
});

test("a dropped connection is a network error for the caller", async () => {
  const started = await start();
  await control(started, "faults", { faults: [{ pathPattern: "serverinfo", drop: "before" }] });
  await expect(fetch(`${started.url}/am/json/serverinfo/*`)).rejects.toThrow();
  expect((await fetch(`${started.url}/am/json/serverinfo/*`)).status).toBe(200);
});
