/** `ping-agents verify` ended early: at the hidden question, and in the middle of its work. Nothing that it made stays. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { passwordVariable, secretVariable } from "../../../src/verify/index.ts";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";
import { LOGS_AGENT, startTenant, type Tenant } from "../../verify/aic/tenant.ts";
import { project } from "../command.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.sandbox.stop());

const here = () => project({ dev: readFileSync(join(projectRoot, "stacks", "dev.yaml")) });
/** Everything but the secrets of clients and users; there are no stack outputs. */
const variables = () => ({
  AIC_TENANT_URL: tenant.sandbox.url,
  AIC_SERVICE_ACCOUNT_ID: tenant.sandbox.serviceAccount.id,
  AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(tenant.sandbox.serviceAccount.jwk),
  PING_AGENTS_SANDBOX_CONTROL_TOKEN: tenant.sandbox.controlToken,
});
const dump = () => tenant.control("dump");
const INTERRUPTED = "ERR_INTERRUPTED: interrupted";

describe("at the hidden question", () => {
  const QUESTION = `Client secret of ${LOGS_AGENT}:`;

  test("Ctrl-C leaves no throw-away object, and ends with 130 and one message", async () => {
    const before = await dump();
    const verify = here().atTerminal(["verify"], variables());
    await verify.said(QUESTION);
    verify.type("\u0003");
    const { code, stdout } = await verify.ended;
    expect(stdout.split("\n").at(-2)).toContain(INTERRUPTED);
    expect(code).toBe(130);
    expect(await dump()).toEqual(before);
  });

  test("a secret is not echoed", async () => {
    const verify = here().atTerminal(["verify"], variables());
    await verify.said(QUESTION);
    verify.type("canary-5up3r-s3cret\r");
    await verify.said(`✔ ${QUESTION}`);
    verify.type("\u0003");
    expect((await verify.ended).stdout).not.toContain("canary");
  });
});

test.for(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s in the middle of the work leaves no throw-away object",
  async (signal) => {
    const before = await dump();
    await tenant.control("requests/clear", {});
    const verify = here().start(["verify"], variables());
    await expect.poll(madeSomething, { timeout: 60_000 }).toBe(true);
    verify.signal(signal);
    const { code, stdout, stderr } = await verify.ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toContain(INTERRUPTED);
    expect(await dump()).toEqual(before);
  },
);

test("Ctrl-C that comes twice, as through npx, does not end the clean-up", async () => {
  const before = await dump();
  await tenant.control("requests/clear", {});
  const verify = here().start(["verify"], variables());
  await expect.poll(madeSomething, { timeout: 60_000 }).toBe(true);
  verify.signal("SIGINT");
  await expect.poll(removedSomething, { timeout: 60_000, interval: 1 }).toBe(true);
  verify.signal("SIGINT");
  const { code } = await verify.ended;
  // A signal that comes when all is removed may meet a process that handles none any more.
  expect([130, null]).toContain(code);
  expect(await dump()).toEqual(before);
});

test("a terminal that closes leaves no throw-away object", async () => {
  const before = await dump();
  await tenant.control("requests/clear", {});
  const secrets = Object.entries(tenant.secrets).map(([id, secret]) => [secretVariable(id), secret]);
  const passwords = Object.entries(tenant.sandbox.users).map(([name, user]) => [passwordVariable(name), user.password]);
  const atHand = Object.fromEntries([...secrets, ...passwords]);
  const verify = here().atTerminal(["verify"], { ...variables(), ...atHand });
  await expect.poll(madeSomething, { timeout: 60_000 }).toBe(true);
  verify.signal("SIGKILL");
  await verify.ended;
  await expect.poll(dump, { timeout: 60_000 }).toEqual(before);
});

test("what a killed run leaves is removed by the next one, which says so", async () => {
  const before = await dump();
  await tenant.control("requests/clear", {});
  const killed = here().start(["verify", "--target", "tenant"], variables());
  await expect.poll(madeSomething, { timeout: 60_000 }).toBe(true);
  killed.signal("SIGKILL");
  await killed.ended;
  expect(await dump()).not.toEqual(before);
  const { stderr } = await here().run(["verify"], variables());
  expect(stderr).toContain("removed what an earlier run left behind: ");
  expect(await dump()).toEqual(before);
});

/** Whether an object of the tenant was written. */
const madeSomething = () => hasSent("PUT");
const removedSomething = () => hasSent("DELETE");

async function hasSent(wanted: string): Promise<boolean> {
  const { requests } = (await tenant.control("requests")) as { requests: { method: string; path: string }[] };
  return requests.some(({ method, path }) => method === wanted && /openidm|realm-config/.test(path));
}
