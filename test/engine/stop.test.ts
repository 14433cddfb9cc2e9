/** A stopped agent with the real engine, on both clouds: no run enables it, writes it or shows it again until that is declared or undone. */

import { afterAll, describe, expect, test } from "vitest";
import { aicAgents } from "../../src/cli/stop/aic.ts";
import { pingOneAgents } from "../../src/cli/stop/pingone.ts";
import { startAic } from "../support/aic.ts";
import { startPingOne } from "../support/pingone.ts";
import { summary } from "./cli.ts";
import { development } from "./declarations.ts";
import { openProject } from "./project.ts";

const SINCE = "2026-11-26T10:00:00.000Z";
const bot = { name: "Bot", pattern: "autonomous", sponsor: "care@example.com" };

describe.each([
  { cloud: "AIC", start: startAic, find: aicAgents.find, head: development, kind: "aic:AiAgent" },
  {
    cloud: "PingOne",
    start: startPingOne,
    find: pingOneAgents.find,
    head: { platform: "pingone" },
    kind: "pingone:AiAgent",
  },
] as const)("on $cloud", async ({ cloud, start, find, head, kind }) => {
  const tenant = await start();
  afterAll(() => tenant.stop());
  const declared = (more: object = {}) => ({ ...head, agents: { bot: { ...bot, ...more } } });
  const stack = await openProject(tenant)(cloud.toLowerCase(), declared());
  const agent = async () => {
    const said = { env: tenant.variables(), declared: { ...head, file: "stacks/dev.yaml" } };
    return (await find({ agent: "bot", name: "Bot", said })) ?? expect.unreachable();
  };
  const look = async () => {
    const { isOn, stopped } = await agent();
    return { isOn, stopped };
  };
  const STOPPED = { isOn: false, stopped: SINCE };

  test("it is one property of drift, once; a repair says it and changes nothing", async () => {
    await stack.up();
    await (await agent()).stop(SINCE);
    expect(await stack.driftedProperties()).toEqual({ [`${kind} bot`]: ["stopped"] });

    const repair = await stack.up({ args: ["--refresh"] });
    expect(repair.stdout + repair.stderr).toContain(`is stopped since ${SINCE} and stays switched off`);
    expect(Object.keys(summary(repair)).filter((what) => what !== "unchanged")).toEqual([]);
    expect(await look()).toEqual(STOPPED);
    await stack.drift();
  });

  test("an update of something else says it, too, and leaves it off", async () => {
    const { stdout } = await stack.declare(declared({ description: "new" })).up();
    expect(stdout).toContain(`is stopped since ${SINCE} and stays switched off`);
    expect(await look()).toEqual(STOPPED);
    await stack.drift();
  });

  test("undone, it is on, and a repair has nothing to do", async () => {
    await (await agent()).undo(true);
    const run = await stack.up({ args: ["--refresh"] });
    expect(run.stdout).not.toContain("stays switched off");
    expect(await look()).toEqual({ isOn: true, stopped: undefined });
    await stack.drift();
  });

  test("declared as off it is stopped no more, and can be declared as on again; a run that knew of no stop does the same", async () => {
    await (await agent()).stop(SINCE);
    await stack.declare(declared({ enabled: false })).up();
    expect(await look()).toEqual({ isOn: false, stopped: undefined });
    await stack.declare(declared()).up();
    expect(await look()).toEqual({ isOn: true, stopped: undefined });
    await stack.drift();
  });
});
