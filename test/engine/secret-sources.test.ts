/** Where a secret comes from, changed in the declaration: what the stack hands out opens the client, and nothing else does. */

import { afterAll, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { development } from "./declarations.ts";
import { openProject } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const FROM_ENV = "canary-secret-from-the-environment";
const job = (secret?: unknown) => ({
  ...development,
  provider: { grantTypes: ["client_credentials"] },
  applications: { job: { name: "Job", type: "service", scopes: ["run"], ...(secret !== undefined && { secret }) } },
});
const stack = await openProject(tenant)("sources", job({ env: "JOB_SECRET" }), {}, { JOB_SECRET: FROM_ENV });

async function handedOut(): Promise<string | undefined> {
  const { stdout } = await stack.run(["stack", "output", "--json", "--show-secrets"]);
  return (JSON.parse(stdout) as { secrets: Record<string, string> }).secrets.job;
}

async function opens(secret: string | undefined): Promise<boolean> {
  const { ok } = await fetch(`${tenant.url}/am/oauth2/realms/root/realms/alpha/access_token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`job:${secret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "run" }),
  });
  return ok;
}

test("from the environment, then generated, rotated, and from the environment again", async () => {
  await stack.up();
  expect([await handedOut(), await opens(FROM_ENV)]).toEqual([FROM_ENV, true]);

  await stack.declare(job()).up();
  const generated = await handedOut();
  expect([await opens(FROM_ENV), await opens(generated)]).toEqual([false, true]);

  const { stdout } = await stack.declare(job({ rotation: "2026-11" })).up();
  const rotated = await handedOut();
  expect(stdout).toContain("the old one has ended");
  expect(stdout).not.toContain(rotated);
  expect([await opens(generated), await opens(rotated)]).toEqual([false, true]);
  await stack.up();
  expect(await handedOut()).toBe(rotated);

  await stack.declare(job({ env: "JOB_SECRET" })).up();
  expect([await opens(rotated), await opens(FROM_ENV)]).toEqual([false, true]);
});

test("a secret that is not set: a preview goes on and warns, an up says so and changes nothing", async () => {
  const without = { JOB_SECRET: "" };
  const kept = () => stack.resources.map(({ urn, id }) => ({ urn, id }));
  const before = kept();
  const { stdout } = await stack.preview({ env: without });
  expect(stdout).toContain("an up would fail");
  expect(stdout).toContain("applications.job.secret: environment variable JOB_SECRET is not set");

  const refused = await stack.up({ env: without, exit: 1 });
  expect(refused.stdout + refused.stderr).toContain("ERR_SETTING_MISSING: a secret is missing");
  expect(refused.stdout + refused.stderr).toContain("sources.declaration.yaml:");
  expect(kept()).toEqual(before);
  expect(await opens(FROM_ENV)).toBe(true);
});
