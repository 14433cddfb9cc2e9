/** `ping-agents enable` and `restart`: what a person does to a tenant as a whole. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LocalAic, startAic } from "../support/aic.ts";
import { project } from "./command.ts";

let tenant: LocalAic;
beforeEach(async () => {
  tenant = await startAic();
});
afterEach(() => tenant.stop());

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
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
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

describe("restart", () => {
  const variable = { valueBase64: "YQ==", expressionType: "string" } as const;
  const isLoaded = async () => (await tenant.admin.environment.getVariable("esv-a"))?.loaded;

  test("waits until the tenant is ready, outages included; then changed ESVs are in effect", async () => {
    await tenant.admin.environment.putVariable("esv-a", variable);
    expect(await isLoaded()).toBe(false);
    await tenant.control("faults", {
      faults: [{ method: "GET", pathPattern: "environment/startup", status: 503, times: 1 }],
    });
    const restart = project().start(["restart"], tenant.variables());
    await restart.said("is restarting.");
    expect(await isLoaded()).toBe(false);
    await tenant.control("clock", { advanceSeconds: 600 });
    const { code, stdout, stderr } = await restart.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(`${tenant.url} is restarting.\nReady: changed ESVs are in effect.\n`);
    expect(await isLoaded()).toBe(true);
  });
});

test.for([["enable", "--yes"], ["restart"]])("%j says which setting is missing", async (args) => {
  const { AIC_SERVICE_ACCOUNT_KEY: _key, ...variables } = tenant.variables();
  const { code, stdout, stderr } = await project().run(args, variables);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("ERR_SETTING_MISSING");
  expect(stderr).toContain("AIC_SERVICE_ACCOUNT_KEY");
});
