/** A replacement that a user forces, to make something anew: whatever is declared is there afterwards, on both clouds. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { startAic } from "../support/aic.ts";
import { startPingOne } from "../support/pingone.ts";
import { summary } from "./cli.ts";
import { everything, everythingEnv } from "./declarations.ts";
import { openProject } from "./project.ts";

const pingOneDev = readFileSync(join(projectRoot, "stacks", "pingone-dev.yaml"), "utf8");

describe.each([
  {
    cloud: "AIC",
    start: startAic,
    declaration: everything,
    env: everythingEnv,
    others: ["ProviderBaseline", "Application"],
  },
  { cloud: "PingOne", start: startPingOne, declaration: pingOneDev, env: {}, others: ["Resource"] },
])("on $cloud", async ({ cloud, start, declaration, env, others }) => {
  const tenant = await start();
  afterAll(() => tenant.stop());
  const stack = await openProject(tenant)(cloud.toLowerCase(), declaration, {}, { ...env });
  let before: unknown;
  let count: Record<string, number>;

  beforeAll(async () => {
    before = await tenant.dump();
    await stack.up();
    count = summary(await stack.drift());
  });

  const urns = (type?: string) =>
    stack.resources.flatMap((one) => (type === undefined || one.type.endsWith(`:${type}`) ? [one.urn] : []));
  const replaceAll = (list: readonly string[]) => stack.up({ args: list.flatMap((urn) => ["--replace", urn]) });
  const expectWhole = async () => expect(summary(await stack.drift())).toEqual(count);

  test("agents, with what dies with them", async () => {
    for (const urn of urns("AiAgent")) await stack.run(["state", "taint", urn]);
    await stack.up();
    await expectWhole();
  });

  test.each(others)("%s, to which others refer", async (type) => {
    expect(urns(type)).not.toEqual([]);
    await replaceAll(urns(type));
    await expectWhole();
  });

  test("everything at once, and a destroy leaves nothing", async () => {
    await replaceAll(urns());
    await expectWhole();
    await stack.destroy();
    expect(await tenant.dump()).toEqual(before);
  });
});
