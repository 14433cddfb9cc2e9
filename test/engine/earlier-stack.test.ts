/**
 * Stacks that an earlier version made, taken up by this one: no change, no replacement, no write, and gone when destroyed.
 * URNs, type tokens, the pointer to the provider and the shape of the state are promises; here they are kept.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mentionEnds } from "../../src/sandbox/aic/idm/edges.ts";
import { SETTINGS } from "../../src/sandbox/tenant.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { startAic } from "../support/aic.ts";
import { startPingOne } from "../support/pingone.ts";
import { calls, writes } from "../support/tenant.ts";
import { summary } from "./cli.ts";
import { openProject, type Stack } from "./project.ts";

const states = join(projectRoot, "test", "engine", "states");
const count = { dev: 22, "pingone-dev": 26 } as const;

type Document = readonly [collection: string, id: string, document: object, mentions?: string[]];

describe.each([
  { name: "dev", start: startAic },
  { name: "pingone-dev", start: startPingOne },
] as const)("stack $name", async ({ name, start }) => {
  const tenant = await start();
  afterAll(() => tenant.stop());
  const addStack = openProject(tenant);
  const unchanged = { unchanged: count[name] };
  let stack: Stack;

  /** A file of the earlier version, as it would be with this tenant. */
  const read = (file: string) =>
    readFileSync(join(states, file), "utf8")
      .replaceAll("TENANT_URL", tenant.url)
      .replaceAll("ENVIRONMENT_ID", tenant.sandbox.pingone.environmentId);

  beforeAll(async () => {
    const { store } = tenant.sandbox.tenant;
    const isOwn = (collection: string) => collection.startsWith("sandbox/") || collection === "managed/svcacct";
    store.transaction(() => {
      for (const collection of store.collections().filter((one) => !isOwn(one)))
        for (const { id } of store.list(collection)) store.delete(collection, id);
      const documents = read("tenant.jsonl").trim().split("\n");
      for (const line of documents) store.put(...(JSON.parse(line) as Document));
      store.delete(SETTINGS, "edges");
    });
    mentionEnds(store); // as when a folder of before is opened
    const config = { "ping-agents:declaration": `test/engine/states/${name}.yaml` };
    stack = await addStack(name, {}, config);
    const file = stack.declarationFile.replace(/yaml$/, "json");
    writeFileSync(file, read(`${name}.state.json`));
    await stack.run(["stack", "import", "--file", file]);
  });

  test("a preview plans no change, and writes nothing", async () => {
    const seen = await tenant.count(async () => {
      const run = await stack.preview({ args: ["--expect-no-changes"] });
      expect(summary(run)).toEqual(unchanged);
    });
    expect(writes(seen)).toEqual([]);
  });

  test("a refresh finds no change", async () => {
    expect(summary(await stack.drift())).toEqual(unchanged);
  });

  test("an up writes nothing", async () => {
    const seen = await tenant.count(async () => {
      expect(summary(await stack.up())).toEqual(unchanged);
    });
    expect(writes(seen)).toEqual([]);
  });

  test("destroy leaves nothing of it behind", async () => {
    const seen = await tenant.count(async () => {
      expect(summary(await stack.destroy())).toEqual({ deleted: count[name] });
    });
    expect(calls(seen).some(({ method }) => method === "DELETE")).toBe(true);
    expect(stack.resources).toEqual([]);
  });
});
