/** Which tenant a stack is on, and whose an object is: what each operation refuses before its first call, and what it leaves alone. */

import { beforeEach, describe, expect, test, vi } from "vitest";
import type { DynamicProvider } from "../../src/providers/lifecycle.ts";
import { markText, type Owner } from "../../src/providers/owner.ts";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import { OWNER, plain, sent } from "../support/properties.ts";
import { type Memory, providerOf, US } from "./memory-kind.ts";

const declared = { name: "a", colour: "red" };
const OTHER: Owner = { ...OWNER, stack: "zzzzzzzzzzzz", name: "shop/other", resource: "theirs" };
const ID = "things/a";

let memory: Memory;
let warned: string[];
beforeEach(() => {
  memory = { things: new Map([["a", { ...declared, owner: US }]]), calls: [] };
  warned = [];
  vi.spyOn(console, "warn").mockImplementation((line) => void warned.push(line));
});

const owner = () => memory.things.get("a")?.owner;
/** Properties in a state of before, which names no owner. */
const ofBefore = (props: Properties = declared) => ({ ...plain(props), __provider: "test" });

const OPERATIONS: readonly [string, (provider: DynamicProvider, olds: Properties) => Promise<unknown>][] = [
  ["create", (provider) => provider.create(sent(declared))],
  ["read", (provider, olds) => provider.read(ID, olds)],
  ["update", (provider, olds) => provider.update(ID, olds, sent({ ...declared, colour: "blue" }))],
  ["delete", (provider, olds) => provider.delete(ID, olds)],
];

describe.each(OPERATIONS)("%s", (_method, run) => {
  test("refuses another tenant than that of the stack before its first call, and names both", async () => {
    const provider = providerOf(memory, { tenant: "production" });
    const refused = run(provider, sent(declared));
    await expect(refused).rejects.toMatchObject({ code: "ERR_OTHER_TENANT" });
    await expect(refused).rejects.toThrow(
      "the stack is bound to the tenant a-tenant, and https://tenant.example.com is production",
    );
    expect(memory.calls).toEqual([]);
  });
});

describe.each(OPERATIONS.filter(([method]) => method !== "create"))("%s of a state of before", (method, run) => {
  test("is refused where nothing of its own is there, until the user says that it is this tenant", async () => {
    memory.things.clear();
    const refused = run(providerOf(memory), ofBefore());
    await expect(refused).rejects.toMatchObject({ code: "ERR_OTHER_TENANT" });
    await expect(refused).rejects.toThrow("PING_AGENTS_TENANT=a-tenant");
    expect(memory.calls).toEqual(["observe"]);
    const told = run(providerOf(memory, { bindTo: "a-tenant" }), ofBefore());
    if (method === "update") await expect(told).rejects.toThrow("ERR_OBJECT_GONE");
    else await told;
  });
});

describe("a state of before", () => {
  const KIT = "(managed by ping-agents)";

  test("is marked by the next update, and replaces nothing", async () => {
    memory.things.set("a", { ...declared, owner: KIT });
    const provider = providerOf(memory);
    const { inputs } = await provider.check(ofBefore(), sent(declared));
    expect(await provider.diff(ID, ofBefore(), sent(inputs))).toMatchObject({ replaces: [] });
    const { outs } = await provider.update(ID, ofBefore(), sent(inputs));
    expect(outs).toMatchObject({ __owner: OWNER });
    expect(owner()).toBe(US);
  });

  test("takes an object of its own for the proof of the tenant: what is gone is gone then", async () => {
    memory.things.set("a", { ...declared, owner: KIT });
    const provider = providerOf(memory);
    await provider.read(ID, ofBefore());
    expect(await provider.read("things/b", ofBefore({ name: "b" }))).toEqual({});
    await provider.delete("things/b", ofBefore({ name: "b" }));
  });
});

describe("an object of another stack under the name", () => {
  const theirs = { ...declared, colour: "green", owner: markText(OTHER) };
  beforeEach(() => void memory.things.set("a", { ...theirs }));

  test("is refused with its owner's name, and taken over by adopt only", async () => {
    await expect(providerOf(memory).create(sent(declared))).rejects.toThrow(
      'it belongs to "theirs" of stack shop/other (zzzzzzzzzzzz)',
    );
    expect(memory.things.get("a")).toEqual(theirs);
    await providerOf(memory, { adopt: "overwrite" }).create(sent(declared));
    expect(owner()).toBe(US);
  });

  test("is shown to whoever had it, not repaired, and taken back by adopt only", async () => {
    const provider = providerOf(memory);
    const seen = await provider.read(ID, sent(declared));
    const replacedBy = '"theirs" of stack shop/other (zzzzzzzzzzzz)';
    expect(seen.inputs).toEqual({ ...declared, replacedBy, __owner: OWNER });
    await expect(provider.update(ID, sent(seen.props), sent(declared))).rejects.toThrow("ERR_OBJECT_EXISTS");
    expect(memory.things.get("a")).toEqual(theirs);

    const olds = sent(seen.inputs);
    const { inputs } = await provider.check(olds, sent({ ...declared, adopt: "overwrite" }));
    const { outs } = await provider.update(ID, sent(seen.props), sent(inputs));
    expect(outs).not.toHaveProperty("replacedBy");
    expect(memory.things.get("a")).toMatchObject({ colour: "red", owner: US });
  });

  test("stays when the former owner deletes what it had, which is said", async () => {
    await providerOf(memory).delete(ID, sent(declared));
    expect(memory.things.get("a")).toEqual(theirs);
    expect(warned).toEqual([
      'warning: test:Thing things/a is left alone: it belongs to "theirs" of stack shop/other (zzzzzzzzzzzz)',
    ]);
  });
});

test("what a person made anew under the name is nobody's of ours: drift, and untouched", async () => {
  memory.things.set("a", { ...declared, owner: "somebody" });
  const provider = providerOf(memory, {});
  const seen = await provider.read(ID, sent(declared));
  expect(seen.inputs).toMatchObject({ replacedBy: "somebody else" });
  await expect(provider.update(ID, sent(seen.props), sent(declared))).rejects.toThrow("ERR_OBJECT_EXISTS");
  await provider.delete(ID, sent(seen.props));
  expect(owner()).toBe("somebody");
});

test("a renamed stack, and another id of it, mark the object anew", async () => {
  const renamed = { ...OWNER, name: "shop/prod" };
  const provider = providerOf(memory);
  await provider.update(ID, sent(declared), sent(declared, renamed));
  expect(owner()).toBe(markText(renamed));
  const moved = { ...renamed, stack: "bbbbbbbbbbbb", resource: "moved" };
  await provider.update(ID, sent(declared, renamed), sent(declared, moved));
  expect(owner()).toBe(markText(moved));
});

test("a resource that moves to another parent under its name keeps the object", async () => {
  const provider = providerOf(memory);
  await provider.create(sent(declared));
  await provider.delete(ID, sent(declared));
  expect(owner()).toBe(US);
});

test("a renamed key takes over the object, and the delete of the old one leaves it", async () => {
  const renamed = { ...OWNER, resource: "new name" };
  const provider = providerOf(memory);
  const { inputs } = await provider.check(undefined, sent(declared, renamed));
  await provider.create(sent(inputs));
  expect(owner()).toBe(markText(renamed));
  await provider.delete(ID, sent(declared));
  expect(memory.things.has("a")).toBe(true);
  // In a run that does not declare it, the mark tells.
  await providerOf(memory).delete(ID, sent(declared));
  expect(memory.things.has("a")).toBe(true);
  expect(warned).toEqual([]);
});
