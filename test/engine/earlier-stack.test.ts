/**
 * Stacks that an earlier version made, taken up by this one: bound to their tenant and marked by the first up, and no more than
 * that; no replacement; gone when destroyed.
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

/** Those of them that are no objects of the tenant: the stack, agents and applications as a whole. */
const components = { dev: 6, "pingone-dev": 5 } as const;

type Document = readonly [collection: string, id: string, document: object, mentions?: string[]];

/** What a tenant holds, without what tells whose it is; a dump of PingOne has its documents as text. */
const unmarked = (dump: unknown): unknown =>
  JSON.parse(JSON.stringify(dump), (key, value) => {
    if (value === null || ["softwareIdentity", "softwareVersion", "pingAgents", "_rev"].includes(key)) return undefined;
    if (typeof value === "string" && value.startsWith("{")) return unmarked(JSON.parse(value));
    if (key === "responseTypes") return [value.value ?? value].flat().sort(); // a set, and owned: written in our order
    if (key !== "description" || typeof value !== "string") return value;
    return value.replace(/ ?\(managed by ping-agents.*\)$/, "") || undefined;
  });

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
    // With which the earlier version encrypted what is in the state.
    stack = await addStack(name, {}, config, { PULUMI_CONFIG_PASSPHRASE: "test" });
    const file = stack.declarationFile.replace(/yaml$/, "json");
    writeFileSync(file, read(`${name}.state.json`));
    await stack.run(["stack", "import", "--file", file]);
  });

  test("a preview plans nothing but the binding and the marks, and writes nothing", async () => {
    const seen = await tenant.count(async () => {
      const planned = summary(await stack.preview());
      expect(planned).toEqual({
        "to create": 1,
        "to update": count[name] - components[name],
        unchanged: components[name],
      });
    });
    expect(writes(seen)).toEqual([]);
  });

  test("a refresh finds no change", async () => {
    expect(summary(await stack.drift())).toEqual(unchanged);
  });

  test("the first up binds the stack and marks what is its own, and changes nothing else", async () => {
    const before = unmarked(await tenant.dump());
    const done = summary(await stack.up());
    expect(done).toEqual({ created: 1, updated: count[name] - components[name], unchanged: components[name] });
    expect(unmarked(await tenant.dump())).toEqual(before);
  });

  test("the second one writes nothing", async () => {
    const seen = await tenant.count(async () => {
      expect(summary(await stack.up())).toEqual({ unchanged: count[name] + 1 });
    });
    expect(writes(seen)).toEqual([]);
    expect(summary(await stack.drift())).toEqual({ unchanged: count[name] + 1 });
  });

  test("destroy leaves nothing of it behind", async () => {
    const seen = await tenant.count(async () => {
      expect(summary(await stack.destroy())).toEqual({ deleted: count[name] + 1 });
    });
    expect(calls(seen).some(({ method }) => method === "DELETE")).toBe(true);
    expect(stack.resources).toEqual([]);
  });
});
