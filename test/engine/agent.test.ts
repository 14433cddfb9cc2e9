/**
 * The agent of Ping's tutorial, written anew (examples/agent.ts), with nothing but the file that `ping-agents env` writes from
 * the state: every way to be authorised, on both clouds, approved and denied.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { startAic } from "../support/aic.ts";
import { startPingOne } from "../support/pingone.ts";
import type { Tenant } from "../support/tenant.ts";
import { openProject, type Stack } from "./project.ts";

const folder = mkdtempSync(join(tmpdir(), "ping-agents-code-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const declarationOf = (name: string) => join(projectRoot, "stacks", `${name}.yaml`);

/** Makes a stack of the repository's own declarations. */
async function provision(
  name: string,
  addStack: ReturnType<typeof openProject>,
  env: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const stack = await addStack(name, readFileSync(declarationOf(name), "utf8"), {}, env);
  await stack.up();
  return stack;
}

const files = new Set<string>();

/** The file of an agent, with its secrets; written once. */
async function fileOf(stack: Stack, agent: string, path = "long"): Promise<string> {
  const file = join(folder, `${agent}.${path}.env`);
  if (!files.has(file)) await stack.kit(["env", agent, stack.name, "--show-secrets", "--out", file, "--path", path]);
  files.add(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  return file;
}

type Said = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the agent, with nothing else of this machine in its environment. */
function start(file: string, ...args: string[]) {
  const command = [`--env-file=${file}`, join(projectRoot, "examples", "agent.ts"), ...args];
  const child = spawn(process.execPath, command, { env: {}, stdio: ["ignore", "pipe", "pipe"] });
  return Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]).then(
    ([[code], stdout, stderr]): Said => ({ code, stdout, stderr }),
  );
}

/** What the agent says of the token that it got. */
async function told(file: string, ...args: string[]) {
  const { code, stdout, stderr } = await start(file, ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** The user with the phone: answers the first request that waits. */
async function answer(
  tenant: Pick<Tenant, "control" | "sandbox">,
  requests: string,
  how: "approve" | "deny",
): Promise<string> {
  for (;;) {
    const { pending } = (await tenant.control(requests)) as { pending: { id: string; binding_message: string }[] };
    const [request] = pending;
    if (!request) {
      await sleep(50);
      continue;
    }
    const { password = "" } = tenant.sandbox.users["end.user"] ?? {};
    await tenant.control(`${requests}/${request.id}/${how}`, { username: "end.user", password });
    return request.binding_message;
  }
}

describe("on AIC", async () => {
  const tenant = await startAic({ people: false });
  afterAll(() => tenant.stop());
  const addStack = openProject(tenant);
  let stack: Stack;
  beforeAll(async () => {
    stack = await provision("dev", addStack, tenant.passwords);
  });

  test("what env prints has no secret in it, and is the same where no tenant answers", async () => {
    const { stdout, stderr } = await stack.kit(["env", "ai-agent", "dev"]);
    expect(stderr).toBe(`Stack dev, tenant ${tenant.url}, realm alpha, tier development\n`);
    const { PINGONE_CLIENT_SECRET = "", PINGONE_CIBA_JWK = "" } = parseEnv(
      readFileSync(await fileOf(stack, "ai-agent"), "utf8"),
    );
    expect(PINGONE_CLIENT_SECRET).not.toBe("");
    for (const secret of [PINGONE_CLIENT_SECRET, JSON.parse(PINGONE_CIBA_JWK).d]) expect(stdout).not.toContain(secret);
    const offline = await stack.kit(["env", "ai-agent", "dev"], { env: { AIC_TENANT_URL: "http://127.0.0.1:1" } });
    expect(offline.stdout).toBe(stdout);
    expect(offline.stderr).toContain("the tenant was not checked");
  });

  test("the issuer is the one that the tenant says", async () => {
    for (const path of ["long", "short"]) {
      const { stdout } = await stack.kit(["env", "ai-agent", "dev", "--path", path, "--format", "json"]);
      const { PINGONE_DISCOVERY_ENDPOINT, PINGONE_ISSUER, PINGONE_CIBA_AUDIENCE } = JSON.parse(stdout);
      const { issuer } = (await (await fetch(PINGONE_DISCOVERY_ENDPOINT)).json()) as { issuer: string };
      expect([PINGONE_ISSUER, PINGONE_CIBA_AUDIENCE]).toEqual([issuer, issuer]);
    }
  });

  test("a public tool needs no token, and one by client credentials a token of the agent's own", async () => {
    const file = await fileOf(stack, "ai-agent");
    expect(await told(file, "product-search")).toEqual({ tool: "product-search" });
    expect(await told(file, "deals")).toMatchObject({ sub: "ai-agent", aud: "ai-agent", scope: ["prices"] });
  });

  test.each(["long", "short"])("the user approves, and denies (%s path)", async (path) => {
    const file = await fileOf(stack, "ai-agent", path);
    // One asks while the other waits for its time to look again.
    const quote = told(file, "quote", "end.user");
    expect(await answer(tenant, "ciba", "approve")).toBe("May I use quote?");
    const purchase = start(file, "purchase", "end.user");
    await answer(tenant, "ciba", "deny");
    expect(await quote).toMatchObject({ client_id: "ai-agent", scope: expect.arrayContaining(["address"]) });
    expect(await purchase).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("access_denied") });
  });

  test("an autonomous agent exchanges its own token", async () => {
    const file = await fileOf(stack, "bot-traffic-analyzer-agent");
    expect(await told(file, "read-logs")).toMatchObject({
      ...{ sub: "bot-traffic-analyzer-agent", act: { sub: "bot-traffic-analyzer-agent" } },
      aud: ["bot-traffic-analyzer-agent", "web-server-logs-api-app"],
      scope: expect.arrayContaining(["logs-read", "logs-search"]),
    });
  });

  test("an agent exchanges its user's token", async () => {
    const { PINGONE_TOKEN_ENDPOINT = "", PINGONE_CLIENT_SECRET = "" } = parseEnv(
      readFileSync(await fileOf(stack, "digital-assistant-web-app"), "utf8"),
    );
    const response = await fetch(PINGONE_TOKEN_ENDPOINT, {
      method: "POST",
      body: new URLSearchParams({
        ...{ grant_type: "password", username: "barbara.jensen", scope: "openid" },
        ...{ client_id: "digital-assistant-web-app", client_secret: PINGONE_CLIENT_SECRET },
        password: tenant.sandbox.users["barbara.jensen"]?.password ?? "",
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const user = join(folder, "user.jwt");
    writeFileSync(user, token);
    expect(await told(await fileOf(stack, "digital-assistant-ai-agent"), "read-account", user)).toMatchObject({
      ...{ client_id: "digital-assistant-ai-agent", act: { sub: "digital-assistant-ai-agent" }, scope: ["read-data"] },
    });
  });
});

describe("on PingOne", async () => {
  const tenant = await startPingOne();
  afterAll(() => tenant.stop());
  const addStack = openProject(tenant);
  let stack: Stack;
  beforeAll(async () => {
    stack = await provision("pingone-dev", addStack);
  });
  const outputs = async () => JSON.parse((await stack.run(["stack", "output", "--json", "--show-secrets"])).stdout);

  test("an agent gets a token of its own for a resource", async () => {
    expect(await told(await fileOf(stack, "stock-watcher"), "all-orders")).toMatchObject({
      ...{ aud: ["https://orders.example.com"], scope: "orders:read" },
    });
  });

  test("an agent exchanges its user's token, and the new one says who acts", async () => {
    const { clientIds } = await outputs();
    const signOn = (await tenant.control("pingone/sign-on", {
      ...{ username: "end.user", password: tenant.sandbox.users["end.user"]?.password ?? "" },
      ...{ client_id: clientIds["support-portal"], scope: "portal:use" },
    })) as { access_token: string };
    const user = join(folder, "pingone-user.jwt");
    writeFileSync(user, signOn.access_token);
    expect(await told(await fileOf(stack, "support-agent"), "order-status", user)).toMatchObject({
      ...{ act: { sub: clientIds["support-agent"] }, client_id: clientIds["support-agent"] },
      ...{ aud: ["https://orders.example.com"], scope: "orders:read" },
    });
  });

  test("the user approves, and denies", async () => {
    const file = await fileOf(stack, "refund-agent");
    const approved = told(file, "refund", "end.user");
    expect(await answer(tenant, "pingone/approvals", "approve")).toBe("May I use refund?");
    const denied = start(file, "refund", "end.user");
    await answer(tenant, "pingone/approvals", "deny");
    expect(await approved).toMatchObject({ aud: ["https://orders.example.com"], scope: "orders:write" });
    expect(await denied).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("access_denied") });
  });

  test("the kit does not run with what is the agent's: neither its commands, nor the program alone", async () => {
    const { clientIds } = await outputs();
    const env = { PINGONE_CLIENT_ID: String(clientIds["stock-watcher"]), PINGONE_CLIENT_SECRET: "of the agent" };
    await tenant.control("requests/clear", {});
    const said = "ERR_OWN_CLIENT: PINGONE_CLIENT_ID is the client id of stock-watcher, which this stack manages";
    expect((await stack.kit(["env", "stock-watcher", "pingone-dev"], { env, exit: 1 })).stderr).toContain(said);
    expect((await stack.kit(["verify", "pingone-dev"], { env, exit: 1 })).stderr).toContain(said);
    for (const launched of [true, false]) {
      const { stdout, stderr } = await stack.run(["preview"], { env, launched, exit: 1 });
      expect(stdout + stderr).toContain(said);
    }
    expect((await stack.run(["destroy", "--yes"], { env, launched: true, exit: 1 })).stderr).toContain(said);
    expect(await tenant.control("requests")).toMatchObject({ requests: [] });
  });
});
