/** `ping-agents enable` and `restart`: what a person does to a tenant as a whole. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LocalAic, startAic } from "../support/aic.ts";
import { project } from "./command.ts";

let tenant: LocalAic;
beforeEach(async () => {
  tenant = await startAic();
});
afterEach(() => tenant.stop());

/** What is said first. */
const introduced = () => `Tenant ${tenant.url}, all realms\n`;

describe("enable", () => {
  const isOn = async () => {
    const provider = await tenant.admin.am("alpha").getOAuth2Provider();
    return Boolean(provider && "aiAgentsConfig" in provider);
  };
  beforeEach(() => tenant.control("feature", { aiagent: false }));

  test("changes nothing where nobody can confirm it", async () => {
    const { code, stdout, stderr } = await project().run(["enable"], tenant.variables());
    expect(code).toBe(1);
    expect(stdout).toContain(tenant.url);
    expect(stdout).toContain("cannot be undone");
    expect(stderr).toContain("ERR_NOT_CONFIRMED: not confirmed; nothing was changed");
    expect(stderr).toContain("--yes");
    expect(await isOn()).toBe(false);
  });

  test("with --yes switches AI agents on, after saying that it cannot be undone; twice is no mistake", async () => {
    const { run } = project();
    for (const _time of ["first", "second"]) {
      const { code, stdout, stderr } = await run(["enable", "--yes"], tenant.variables());
      expect({ code, stderr }).toEqual({ code: 0, stderr: introduced() });
      expect(stdout).toMatch(/cannot be undone.*\nAI agents are on\.\n$/);
      expect(await isOn()).toBe(true);
    }
  });

  test("says what the tenant said when it refuses", async () => {
    await tenant.control("faults", { faults: [{ pathPattern: "environment/aiagent", status: 403 }] });
    const { code, stdout, stderr } = await project().run(["enable", "--yes"], tenant.variables());
    expect(code).toBe(1);
    expect(stdout).not.toContain("AI agents are on");
    expect(stderr).toContain("ERR_API_FORBIDDEN");
    expect(stderr).not.toMatch(/^\s+at .*\.ts/m);
  });
});

describe("at a terminal", () => {
  const QUESTION = "Type the tenant's address to go on:";
  const isOn = async () => Boolean((await tenant.admin.am("alpha").getOAuth2Provider())?.aiAgentsConfig);
  beforeEach(() => tenant.control("feature", { aiagent: false }));

  test("enable goes on when the address is typed", async () => {
    const enable = project().atTerminal(["enable"], tenant.variables());
    await enable.said(QUESTION);
    enable.type(`${tenant.url}\r`);
    expect(await enable.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/AI agents are on\.\r\n$/) });
    expect(await isOn()).toBe(true);
  });

  test.for<[what: string, keys: string, code: number, said: string]>([
    ["another address", "https://tenant.example.com\r", 1, "ERR_NOT_CONFIRMED: not confirmed; nothing was changed"],
    ["Ctrl-D", "\u0004", 1, "ERR_NOT_CONFIRMED: not confirmed; nothing was changed"],
    ["Ctrl-C", "\u0003", 130, "ERR_INTERRUPTED: interrupted at the question; nothing was changed"],
  ])("%s changes nothing", async ([, keys, code, said]) => {
    const enable = project().atTerminal(["enable"], tenant.variables());
    await enable.said(QUESTION);
    enable.type(keys);
    const ended = await enable.ended;
    expect(ended.stdout).toContain(said);
    expect(ended.stdout).not.toMatch(/^\s+at .*:\d+/m);
    expect(ended.code).toBe(code);
    expect(await isOn()).toBe(false);
  });
});

describe("restart", () => {
  const variable = { valueBase64: "YQ==", expressionType: "string" } as const;
  const secret = { valueBase64: "YQ==", encoding: "generic", useInPlaceholders: true } as const;
  const isLoaded = async () => (await tenant.admin.environment.getVariable("esv-a"))?.loaded;
  const restarts = async () => {
    const { requests } = (await tenant.control("requests")) as { requests: { method: string; path: string }[] };
    return requests.filter(({ method, path }) => method === "POST" && path.includes("/environment/startup")).length;
  };
  /** Everything that was changed so far is in effect. */
  const loadAll = async () => {
    await tenant.admin.environment.restart();
    await tenant.control("clock", { advanceSeconds: 10 });
    expect(await tenant.admin.environment.startupStatus()).toBe("ready");
    await tenant.control("requests/clear", {});
  };

  test("does nothing where nothing waits for it", async () => {
    await tenant.admin.environment.putVariable("esv-a", variable);
    await loadAll();
    expect(await project().run(["restart", "--yes"], tenant.variables())).toEqual({
      ...{ code: 0, stderr: introduced() },
      stdout: `${tenant.url} needs no restart: all ESVs are in effect.\n`,
    });
    expect(await restarts()).toBe(0);
  });

  test("says what waits for it, and restarts nothing where nobody can confirm it", async () => {
    await tenant.admin.environment.createSecret("esv-s", secret);
    await loadAll();
    await tenant.admin.environment.addSecretVersion("esv-s", "Yg==");
    await tenant.admin.environment.createSecret("esv-t", secret);
    await tenant.admin.environment.putVariable("esv-a", variable);
    const { code, stdout, stderr } = await project().run(["restart"], tenant.variables());
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        `${tenant.url} will restart; other calls may fail for minutes. What waits for it:`,
        "  secret esv-s: version 2; in effect is version 1",
        "  secret esv-t: version 1; in effect is none",
        "  variable esv-a",
        "",
      ].join("\n"),
    );
    expect(stderr).toContain("ERR_NOT_CONFIRMED: not confirmed; nothing was changed");
    expect(stderr).toContain("--yes");
    expect(await restarts()).toBe(0);
  });

  test("waits until the tenant is ready, outages included; then changed ESVs are in effect", async () => {
    await tenant.admin.environment.putVariable("esv-a", variable);
    expect(await isLoaded()).toBe(false);
    await tenant.control("faults", {
      faults: [{ method: "GET", pathPattern: "environment/startup", status: 503, times: 1 }],
    });
    const restart = project().start(["restart", "--yes"], tenant.variables());
    await restart.said("is restarting.");
    expect(await isLoaded()).toBe(false);
    await tenant.control("clock", { advanceSeconds: 600 });
    const { code, stdout, stderr } = await restart.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: introduced() });
    expect(stdout).toMatch(/ {2}variable esv-a\n.* is restarting\.\nReady: changed ESVs are in effect\.\n$/);
    expect(await isLoaded()).toBe(true);
  });

  test("at a terminal it asks first", async () => {
    await tenant.admin.environment.putVariable("esv-a", variable);
    const restart = project().atTerminal(["restart"], tenant.variables());
    await restart.said("Type the tenant's address to go on:");
    expect(await restarts()).toBe(0);
    restart.type(`${tenant.url}\r`);
    await restart.said("is restarting.");
    await tenant.control("clock", { advanceSeconds: 600 });
    expect(await restart.ended).toMatchObject({ code: 0 });
    expect(await restarts()).toBe(1);
  });
});

test.for([["enable", "--yes"], ["restart"]])("%j says which setting is missing", async (args) => {
  const { AIC_SERVICE_ACCOUNT_KEY: _key, ...variables } = tenant.variables();
  const { code, stdout, stderr } = await project().run(args, variables);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("ERR_SETTING_MISSING");
  expect(stderr).toContain("AIC_SERVICE_ACCOUNT_KEY");
});
