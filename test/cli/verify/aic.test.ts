/** `ping-agents verify` as a user runs it: exit codes, formats, credentials from the environment, and the target. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";
import { runKit } from "../../support/kit.ts";
import { cliWithoutStacks, script, temporaryFolder } from "../../tools/executables.ts";
import { SHOPPER, startTenant, type Tenant } from "../../verify/aic/tenant.ts";

let tenant: Tenant;
let folder: string;
beforeAll(async () => {
  tenant = await startTenant();
  folder = mkdtempSync(join(tmpdir(), "ping-agents-verify-"));
  mkdirSync(join(folder, "stacks"));
  cpSync(join(projectRoot, "stacks", "dev.yaml"), join(folder, "stacks", "dev.yaml"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await tenant.sandbox.stop();
});

const name = (id: string) => id.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
const account = () => ({
  AIC_TENANT_URL: tenant.sandbox.url,
  AIC_SERVICE_ACCOUNT_ID: tenant.sandbox.serviceAccount.id,
  AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(tenant.sandbox.serviceAccount.jwk),
  PING_AGENTS_SANDBOX_CONTROL_TOKEN: tenant.sandbox.controlToken,
});
const secrets = () => ({
  ...Object.fromEntries(
    Object.entries(tenant.secrets).map(([id, secret]) => [`PING_AGENTS_SECRET_${name(id)}`, secret]),
  ),
  ...Object.fromEntries(
    Object.entries(tenant.sandbox.users).map(([user, { password }]) => [
      `PING_AGENTS_PASSWORD_${name(user)}`,
      password,
    ]),
  ),
  [`PING_AGENTS_JWK_${name(SHOPPER)}`]: JSON.stringify(tenant.signingKey),
});

async function run(args: readonly string[], env: Record<string, string> = { ...account(), ...secrets() }) {
  // There are no stack outputs: everything comes from the environment.
  const PATH = cliWithoutStacks(join(folder, "cli"));
  const { exitCode: code, ...said } = await runKit(["verify", ...args], { cwd: folder, env: { PATH, ...env } });
  return { code, ...said };
}

describe("a tenant as declared", () => {
  test("ends with 0, what was declared by names, and one line for the refusals", async () => {
    const { code, stdout, stderr } = await run([]);
    expect(code, stderr).toBe(0);
    const [title, result, ...others] = stdout.split("\n");
    expect(title).toBe(`Token flows of ${tenant.sandbox.url}, realm alpha (sandbox)`);
    expect(result).toMatch(/^\d+ passed, 0 failed, 0 inconclusive; \d+ cases, 30 of them core$/);
    // Others move the lines with every edit of the example.
    expect(others.join("\n").replaceAll(/yaml:\d+ +/g, "yaml:… ")).toMatchInlineSnapshot(`
      "
      3 assertions computed, 3 proven:
      VERDICT  PROVEN                DECLARED             ASSERTION
      PASS     6 refused             stacks/dev.yaml:… never scope admin-action (agents administer nothing)
      PASS     2 granted, 4 refused  stacks/dev.yaml:… critical scope payment (it costs money)
      PASS     1 granted             stacks/dev.yaml:… allow agent digital-assistant-ai-agent; scope read-data; subject group/customers

      Declared, and tried:
      AGENT                       SCOPES                  ON                         FOR             HOW                                            VERDICT
      Bot Traffic Analyzer Agent  monitor-system          its own scopes             itself          without a user                                 PASS
                                  logs-read, logs-search  Web Server Logs API App    itself          by exchange                                    PASS
      Digital Assistant AI Agent  openid                  Digital Assistant Web App  barbara.jensen  the user's own token                           PASS
                                  openid                  Digital Assistant Web App  end.user        the user's own token                           PASS
                                  read-data               Digital Assistant Web App  barbara.jensen  by exchange                                    PASS
                                  read-data               Digital Assistant Web App  end.user        by exchange                                    PASS
      AI Agent                    address                 its own scopes             itself          without a user                                 PASS
                                                                                                     published keys have no private member          PASS
                                                                                                     published keys are P-256, named by thumbprint  PASS
                                  openid, prices          its own scopes             end.user        after the user approves                        PASS

      146 refusals as expected (--all lists them)
      "
    `);
  });

  test("with --all a row for each refusal", async () => {
    const { stdout } = await run(["dev", "--agent", SHOPPER, "--all"]);
    expect(stdout).toMatch(/^CASE +VERDICT +AGENT +FLOW +EVIDENCE +EXPECTED +GOT +WHAT$/m);
    expect(stdout.match(/^[A-Z]\d\d +PASS /gm)?.length).toBe(Number(/(\d+) passed/.exec(stdout)?.[1]));
    expect(stdout).toMatch(/^EVIDENCE +how that is known: .*D documentation/m);
  });

  test("one agent only, as JSON that a program reads", async () => {
    const { code, stdout, stderr } = await run(["dev", "--agent", SHOPPER, "--format", "json"]);
    expect(stderr).toBe(`Stack dev, tenant ${tenant.sandbox.url}, realm alpha, tier development\n`);
    const { rows, target } = JSON.parse(stdout);
    expect(rows.filter(({ verdict }: { verdict: string }) => verdict !== "pass")).toEqual([]);
    expect(code).toBe(0);
    expect(target).toBe("sandbox");
    expect(new Set(rows.map(({ agent }: { agent: string }) => agent))).toEqual(new Set([SHOPPER, "(throw-away)"]));
  });
});

test.each(["0", "soon", "1.5"])("--approval-timeout %s is no time", async (given) => {
  const { code, stdout, stderr } = await run(["dev", "--approval-timeout", given]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("expected whole seconds, at least 1");
});

describe("another tenant than the stack's", () => {
  test("is refused before it is asked for a token", async () => {
    const clis = temporaryFolder();
    const binding = { urn: "urn:pulumi:dev::p::t::tenant", type: "pulumi-nodejs:dynamic/aic:StackBinding" };
    const resources = [{ ...binding, outputs: { tenant: "production", origin: "https://production.example.com" } }];
    script(clis, "pulumi", `[ $2 = export ] && echo '${JSON.stringify({ deployment: { resources } })}' || echo {}`);
    const env = { ...account(), ...secrets(), PATH: `${clis}:${process.env.PATH}` };
    await tenant.control("requests/clear", {});
    const { code, stdout, stderr } = await run([], env);
    const { requests } = (await tenant.control("requests")) as { requests: { path: string }[] };
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(
      "ERR_OTHER_TENANT: the stack is bound to the tenant production at https://production.example.com",
    );
    expect(requests.map(({ path }) => path)).toEqual(["/am/json/serverinfo/*"]);
  });

  test("is not known where the CLI cannot be asked: nothing is called", async () => {
    await tenant.control("requests/clear", {});
    const none = { PATH: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
    const { code, stdout, stderr } = await run([], { ...account(), ...secrets(), ...none });
    const { requests } = (await tenant.control("requests")) as { requests: object[] };
    expect({ code, stdout, requests }).toEqual({ code: 1, stdout: "", requests: [] });
    expect(stderr).toContain("ERR_PULUMI_CLI: nothing is known of the stack: there is no Pulumi CLI (");
  });

  test("is refused where the declaration names it", async () => {
    const text = readFileSync(join(folder, "stacks", "dev.yaml"), "utf8");
    writeFileSync(join(folder, "stacks", "named.yaml"), `${text}\ntenant: https://production.example.com\n`);
    const { code, stdout, stderr } = await run(["named"]);
    rmSync(join(folder, "stacks", "named.yaml"));
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`AIC_TENANT_URL says ${tenant.sandbox.url}, tenant in stacks/named.yaml says`);
  });
});

test("without secrets it proves nothing, says what to set, and ends with 2", async () => {
  const { code, stdout } = await run([], account());
  expect(code).toBe(2);
  expect(stdout).toContain("set PING_AGENTS_SECRET_BOT_TRAFFIC_ANALYZER_AGENT");
  expect(stdout).toContain("set PING_AGENTS_SECRET_AI_AGENT");
});

test("a privilege narrowed by hand ends with 1 and names the cause", async () => {
  const set = (values: string[]) =>
    tenant.admin.write("PATCH", tenant.privilegeOfAssistant, [
      { operation: "replace", field: "/permissions", value: [{ type: "scopes", values }] },
    ]);
  await set(["write-data"]);
  const { code, stdout } = await run([]);
  await set(["read-data"]);
  expect(code).toBe(1);
  expect(stdout).toContain("lacks read-data: run pulumi up --refresh");
});

describe("the target", () => {
  const elsewhere = () => ({ ...account(), AIC_TENANT_URL: "https://tenant.example.com" });

  test("is a real tenant only when that is said", async () => {
    const { code, stderr } = await run([], elsewhere());
    expect(code).toBe(1);
    expect(stderr).toMatch(/ERR_TARGET.*\n.*https:\/\/tenant\.example\.com\n.*--target tenant/);
  });

  test("is no sandbox on another machine", async () => {
    const { code, stderr } = await run(["--target", "sandbox"], elsewhere());
    expect(code).toBe(1);
    expect(stderr).toContain("ERR_TARGET");
  });
});

describe("surroundings that do not fit end with 1 and one clear message", () => {
  test.each([
    [
      "a service account that is not known",
      { AIC_SERVICE_ACCOUNT_ID: "nobody" },
      /ERR_VERIFY_LOGIN: .* refuses the service account/,
    ],
    ["a key that is no JSON", { AIC_SERVICE_ACCOUNT_KEY: "xyz" }, /ERR_SETTING_INVALID/],
    ["another control token", { PING_AGENTS_SANDBOX_CONTROL_TOKEN: "x" }, /ERR_VERIFY_CONTROL/],
  ])("%s", async (_what, env, message) => {
    const { code, stderr } = await run([], { ...account(), ...secrets(), ...env });
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
  });
});
