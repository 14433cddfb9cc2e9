/** `protect: true`, with the real engine: an entry that goes takes nothing with it, and what it may reach can be taken from it. */

import { afterAll, describe, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { startPingOne } from "../support/pingone.ts";
import { development } from "./declarations.ts";
import { openProject } from "./project.ts";

const bot = { name: "Bot", pattern: "autonomous" };

describe.each([
  {
    cloud: "AIC",
    start: startAic,
    shared: {
      ...development,
      applications: { logs: { name: "Logs", type: "service", scopes: ["read"], protect: true } },
    },
    access: [{ application: "logs", scopes: ["read"] }],
    below: "AgentPrivilege",
    kept: ["AiAgent", "Application", "OAuth2Client"],
  },
  {
    cloud: "PingOne",
    start: startPingOne,
    shared: { platform: "pingone", resources: { logs: { name: "Logs", scopes: { read: "" }, protect: true } } },
    access: [{ resource: "logs", scopes: ["read"] }],
    below: "ScopeGrant",
    kept: ["AiAgent", "Resource"],
  },
])("on $cloud", async ({ cloud, start, shared, access, below, kept }) => {
  const tenant = await start();
  afterAll(() => tenant.stop());
  const withBot = (settings: object) => ({ ...shared, agents: { bot: { ...bot, ...settings } } });
  const stack = await openProject(tenant)(cloud.toLowerCase(), withBot({ protect: true, access }));
  const types = () =>
    stack.resources
      .map(({ type }) => type.split(":").at(-1) ?? "")
      .filter((type) => [below, ...kept].includes(type))
      .sort();

  test("neither the end of its entry nor destroy deletes it", async () => {
    await stack.up();
    expect(types()).toEqual([below, ...kept].sort());
    const { stdout, stderr } = await stack.declare(shared).up({ exit: 1 });
    expect(stdout + stderr).toMatch(/bot.* (is|as) .*protected/s);
    await stack.destroy({ exit: 1 });
    expect(types()).toEqual(expect.arrayContaining(kept));
    // What the state says is what the tenant has.
    await stack.drift();
  });

  test("access can be taken away", async () => {
    await stack.declare(withBot({ protect: true })).up();
    expect(types()).toEqual(kept);
  });

  test("no longer declared, it goes with its entry", async () => {
    await stack.declare(withBot({ access })).up();
    await stack.declare(shared).up();
    expect(types()).toEqual(kept.filter((type) => type !== "AiAgent"));
  });
});
