/** The engine behind every kind, on a kind that lives in memory: refusals, failures half-way, ownership, secrets. */

import { beforeEach, describe, expect, test, vi } from "vitest";
import { AdminApiError } from "../../src/admin-api/http/errors.ts";
import { PingAgentsError } from "../../src/errors.ts";
import { markSecret, type Properties, revealSecret, UNKNOWN } from "../../src/providers/pulumi-values.ts";
import { OWNER } from "../support/properties.ts";
import { type Memory, providerOf, type Thing, US } from "./memory-kind.ts";

const POINTER = { __provider: "pointer", __owner: OWNER };
const declared = { name: "a", colour: "red", tags: ["y", "x", "x"], code: "c0de", password: "p4ss", ...POINTER };
const theirs: Thing = { name: "a", colour: "blue", owner: "somebody" };

let memory: Memory;
beforeEach(() => {
  memory = { things: new Map(), calls: [] };
});

/** What the engine sends to the provider: plain values, since it keeps track of what is secret itself. */
const sent = (props: Properties = {}) =>
  Object.fromEntries(Object.entries(props).map(([key, value]) => [key, revealSecret(value)]));

async function create(options: Parameters<typeof providerOf>[1] = {}, inputs: object = declared) {
  const provider = providerOf(memory, options);
  const checked = await provider.check(undefined, { ...inputs });
  expect(checked.failures).toEqual([]);
  // The SDK adds the pointer again to what check answers.
  return { provider, ...(await provider.create({ ...sent(checked.inputs), ...POINTER })) };
}

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("should fail"),
    (error: PingAgentsError & { id?: string; properties?: Properties; reasons?: string[] }) => error,
  );

/** Fails the n-th call of a name, before it does anything or after. */
function fail(when: "before" | "after", name: string, error = new Error("connection reset")): void {
  memory[when] = (call) => {
    if (call !== name) return;
    memory[when] = undefined;
    throw error;
  };
}

test("diff names what replaces, unless it is not known yet, or was changed by hand and goes back", async () => {
  const diff = (olds: Properties, news: Properties) => providerOf(memory).diff("id", olds, news);
  expect(await diff({ name: "a", colour: "red" }, { name: "a", colour: "blue" })).toMatchObject({ replaces: [] });
  expect(await diff({ name: "a" }, { name: "b" })).toEqual({ replaces: ["name"], deleteBeforeReplace: true });
  expect(await diff({ name: markSecret("a") }, { name: "a" })).toMatchObject({ replaces: [] });
  expect(await diff({ name: "a" }, { name: UNKNOWN })).toMatchObject({ replaces: [] });
  const byHand = await providerOf(memory).diff("things/a", { name: "theirs" }, { name: "a" });
  expect(byHand).toMatchObject({ replaces: [] });
});

describe("create", () => {
  test("of those who wait for one call that fails each records its own object, and says its own place", async () => {
    const shared = new AdminApiError("ERR_API_OUTAGE", "no token", { status: 503 });
    let isDown = false;
    memory.before = (call) => {
      isDown ||= call === "write";
      if (isDown) throw shared;
    };
    const provider = providerOf(memory);
    const errors = await Promise.all(["a", "b"].map((name) => caught(provider.create({ ...declared, name }))));
    expect(errors.map(({ id, properties }) => [id, properties?.name])).toEqual([
      ["things/a", "a"],
      ["things/b", "b"],
    ]);
    for (const error of errors) expect(error).toMatchObject({ code: "ERR_API_OUTAGE", status: 503 });
    expect(shared).not.toHaveProperty("id");
  });

  test("writes, and records inputs, outputs and what is secret", async () => {
    const { id, outs } = await create();
    expect(id).toBe("things/a");
    expect(outs).toEqual({
      ...{ name: "a", colour: "red", tags: ["x", "y"], owner: US, ...POINTER, __schema: 1 },
      ...{ code: markSecret("c0de"), password: markSecret("p4ss"), key: markSecret("k3y") },
    });
    expect(memory.things.get("a")).toMatchObject({ colour: "red", password: "p4ss" });
  });

  test("refuses an object that somebody else made, and says in what it differs", async () => {
    memory.things.set("a", { ...theirs, code: "th3irs" });
    for (const policy of ["never", "match"] as const) {
      const error = await caught(create({ adopt: policy }));
      expect(error).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
      expect(error.message).toContain('colour: declared "red", found "blue"');
      expect(error.message).toContain("code: declared [secret], found [secret]");
      expect(error.message).toContain("at test:Thing things/a, tenant https://tenant.example.com");
      expect(error.message).toContain('"adopt: overwrite" changes it');
      expect(error.message).toContain("npx ping-agents adopt writes a declaration of what is there");
      expect(error.message).not.toMatch(/c0de|th3irs|p4ss/);
      expect(error).not.toHaveProperty("id"); // nothing for the engine to record
    }
    expect(memory.calls).not.toContain("write");
  });

  test("takes over what equals the declaration, or what may be overwritten; the resource's own word wins", async () => {
    const equal = { ...theirs, colour: "red", tags: ["x", "y"], code: "c0de" };
    memory.things.set("a", { ...equal });
    expect((await caught(create())).message).toContain('"adopt: match" takes it over as it is');
    await create({ adopt: "match" });
    expect(memory.things.get("a")).toMatchObject({ owner: US });
    memory.things.set("a", { ...theirs });
    await expect(create({ adopt: "overwrite" }, { ...declared, adopt: "never" })).rejects.toThrow("ERR_OBJECT_EXISTS");
    await create({}, { ...declared, adopt: "overwrite" });
    expect(memory.things.get("a")).toMatchObject({ colour: "red", owner: US });
  });

  test("goes on with its own object of an earlier run, and with entries that others share", async () => {
    memory.things.set("a", { ...theirs, owner: US });
    await create();
    expect(memory.things.get("a")).toMatchObject({ colour: "red" });
    memory.things.set("a", { ...theirs });
    await create({ shared: true });
    expect(memory.things.get("a")).toMatchObject({ colour: "red" });
  });

  test("that failed after it made something carries what the engine must record, and the next update goes on", async () => {
    fail("after", "write");
    const error = await caught(create());
    expect(error).toMatchObject({ message: "connection reset", id: "things/a", reasons: ["connection reset"] });
    expect(error.properties).toMatchObject({ name: "a", password: markSecret("p4ss"), ...POINTER, __partial: true });

    memory.things.delete("a"); // even if nothing of it is left
    const provider = providerOf(memory);
    const olds = sent(error.properties);
    const { outs } = await provider.update("things/a", olds, { ...olds, colour: "green" });
    expect(outs).not.toHaveProperty("__partial");
    expect(memory.things.get("a")).toMatchObject({ colour: "green" });
  });

  test("that failed before it made anything leaves nothing to record", async () => {
    fail("before", "write");
    const error = await caught(create());
    expect(error.message).toBe("connection reset");
    expect(error).not.toHaveProperty("id");
  });

  test("of which nobody can tell whether it made something is recorded, so that destroy looks again", async () => {
    memory.before = (call) => {
      if (call === "write" || memory.calls.includes("write")) throw new Error("tenant down");
    };
    expect(await caught(create())).toMatchObject({ id: "things/a", message: "tenant down" });
  });

  test("whose answer was lost, and that was refused when repeated, found its own object", async () => {
    memory.before = (call) => {
      if (call !== "write") return;
      memory.before = undefined;
      memory.things.set("a", { ...theirs, owner: US }); // the first request arrived, its answer did not
    };
    const { outs } = await create();
    expect(outs).toMatchObject({ colour: "red" });
    expect(memory.calls).toEqual(["observe", "write", "observe", "write"]);
  });

  test("that was made and whose part is refused, each time, carries what the engine must record", async () => {
    const conflict = new PingAgentsError("ERR_API_CONFLICT", "a part of it exists");
    memory.after = (call) => {
      if (call === "write") throw conflict;
    };
    const error = await caught(create({ refusesTaken: true }));
    expect(memory.calls).toEqual(["write", "observe", "write"]);
    expect(memory.things.get("a")).toMatchObject({ owner: US });
    expect(error).toMatchObject({ id: "things/a", reasons: [conflict.message] });
    expect(error.properties).toMatchObject({ name: "a", __partial: true });
  });

  test("that lost a race against somebody else is refused and records nothing", async () => {
    memory.before = (call) => {
      if (call === "write") memory.things.set("a", { ...theirs });
    };
    const error = await caught(create());
    expect(error).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
    expect(error).not.toHaveProperty("id");
    expect(memory.things.get("a")).toEqual(theirs);
  });

  test("of a kind whose tenant refuses what exists looks only when it is refused", async () => {
    const createFirst = { refusesTaken: true };
    await create(createFirst);
    expect(memory.calls).toEqual(["write"]);
    memory.calls.length = 0;
    await create(createFirst);
    expect(memory.calls).toEqual(["write", "observe", "write"]);

    memory.things.set("a", { ...theirs });
    expect(await caught(create(createFirst))).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
    memory.calls.length = 0;
    await create({ ...createFirst, adopt: "overwrite" });
    expect(memory.calls).toEqual(["observe", "write"]);
  });

  test("that was refused in other words because somebody's object is there says whose, and records nothing", async () => {
    memory.things.set("a", { ...theirs });
    fail("before", "write", new Error("no such value"));
    const error = await caught(create({ refusesTaken: true }));
    expect(error).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
    expect(error).not.toHaveProperty("id");
    expect(memory.things.get("a")).toEqual(theirs);
  });

  test("that was refused and cannot look says why it cannot", async () => {
    memory.things.set("a", { ...theirs });
    fail("before", "observe", new Error("another type"));
    const error = await caught(create({ refusesTaken: true }));
    expect(error).toMatchObject({ message: "another type" });
    expect(error).not.toHaveProperty("id");
  });
});

describe("a write that the tenant took and changed", () => {
  test("is an error that names the fields and hides what is secret", async () => {
    memory.policy = (thing) => ({ ...thing, colour: "grey", code: "0ther" });
    const error = await caught(create());
    expect(error).toMatchObject({ code: "ERR_NOT_APPLIED", id: "things/a" });
    expect(error.message).toContain('colour: declared "red", found "grey"');
    expect(error.message).toContain("code: declared [secret], found [secret]");
    expect(error.message).not.toMatch(/c0de|0ther|p4ss/);
  });
});

describe("update", () => {
  test("changes what is declared and leaves the rest", async () => {
    const { provider, outs } = await create({}, { ...declared, details: { size: 1 } });
    memory.things.set("a", { ...(memory.things.get("a") as Thing), details: { size: 1, shape: "round" } });
    await provider.update("things/a", sent(outs), { ...sent(outs), details: { size: 2 } });
    expect(memory.things.get("a")?.details).toEqual({ size: 2, shape: "round" });
  });

  test("on a tenant that the stack is bound to anew makes what is not there", async () => {
    const { outs } = await create();
    memory.things.clear();
    const there = providerOf(memory, { tenant: "another-tenant" });
    const owner = { ...OWNER, tenant: "another-tenant" };
    const { outs: made } = await there.update("things/a", sent(outs), { ...sent(outs), __owner: owner });
    expect(memory.things.get("a")).toMatchObject({ name: "a" });
    expect(made).toMatchObject({ __owner: owner });
  });

  test("of an object that is gone says how to make it again", async () => {
    const { provider, outs } = await create();
    memory.things.clear();
    const error = await caught(provider.update("things/a", sent(outs), sent(outs)));
    expect(error).toMatchObject({ code: "ERR_OBJECT_GONE", hint: "pulumi refresh, then pulumi up" });
    expect(memory.things.size).toBe(0);
  });
});

describe("read", () => {
  const seen = async (change: Partial<Thing>, inputs: object = declared) => {
    const { provider, id, outs } = await create({}, inputs);
    Object.assign(memory.things.get("a") ?? {}, change);
    return provider.read(id, sent(outs));
  };

  test("is what was checked, property by property", async () => {
    const { inputs } = await providerOf(memory).check(undefined, { ...declared, adopt: "match" });
    const read = await seen({}, { ...declared, adopt: "match" });
    expect(read.id).toBe("things/a");
    expect(read.inputs).toEqual(inputs);
    expect(read.props).toMatchObject({ ...inputs, ...POINTER, owner: US, key: markSecret("k3y") });
  });

  test("shows what somebody changed, and what is never shown stays as declared", async () => {
    const { inputs } = await seen({ colour: "blue", password: "0ther", code: "0ther" });
    expect(inputs).toMatchObject({ colour: "blue", password: markSecret("p4ss"), code: markSecret("0ther") });
  });

  test("does not look at fields that nobody declared, unless they are owned and not what they then are", async () => {
    const change = { details: { size: 2, shape: "round" }, block: { on: true, level: 3 } };
    const neither = await seen(change, { name: "a", ...POINTER });
    expect(neither.inputs).toEqual({ name: "a", block: { on: true, level: 3 }, __owner: OWNER });
    const unset = await seen({ ...change, block: { level: 1 } }, { name: "a", ...POINTER });
    expect(unset.inputs).toEqual({ name: "a", __owner: OWNER });
    const both = await seen(change, { name: "a", details: { size: 1 }, block: { on: true }, ...POINTER });
    expect(both.inputs).toMatchObject({ name: "a", details: { size: 2 }, block: { on: true, level: 3 } });
  });

  test("of an object that is gone says so", async () => {
    const { provider, id, outs } = await create();
    memory.things.clear();
    expect(await provider.read(id, sent(outs))).toEqual({});
  });
});

describe("static configuration outside development", () => {
  const promoted = { promoted: true };
  const staged = { name: "a", tier: "staging", colour: "red", ...POINTER };
  const inTenant: Thing = { name: "a", tier: "staging", colour: "red", owner: "somebody" };

  test("is written in development", async () => {
    await create(promoted, { ...staged, tier: "development" });
    expect(memory.calls).toContain("write");
  });

  test("is taken note of where it is there, and never written or removed", async () => {
    memory.things.set("a", { ...inTenant });
    const { provider, id, outs } = await create(promoted, staged);
    await provider.update(id, sent(outs), sent(outs));
    await provider.delete(id, sent(outs));
    await provider.assert({ ...staged });
    expect(memory.calls).toEqual(["observe", "observe", "observe"]);
    expect(memory.things.get("a")).toEqual(inTenant);
  });

  test.for<[name: string, there: Thing | undefined, said: string]>([
    ["is missing", undefined, "it does not exist"],
    ["differs", { ...inTenant, colour: "blue" }, 'it differs:\n    colour: declared "red", found "blue"'],
  ])("that %s fails an apply and a preview, with what to do", async ([, there, said]) => {
    if (there) memory.things.set("a", there);
    for (const attempt of [create(promoted, staged), providerOf(memory, promoted).assert({ ...staged })]) {
      const error = await caught(attempt);
      expect(error).toMatchObject({
        code: "ERR_STATIC_CONFIGURATION",
        hint: "promote this from development first, then pulumi up",
      });
      expect(error.message).toContain(`static configuration of a staging tenant cannot be written, and ${said}`);
      expect(error).not.toHaveProperty("id");
    }
    expect(memory.calls).not.toContain("write");
  });
});

test("an object that is made anew says that its secret is new, and which output has it", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const { provider, id, outs } = await create();
  const inputs = sent((await provider.check(undefined, { ...declared })).inputs);
  for (const key of ["k3y", "0ld"]) {
    const run = providerOf(memory);
    await run.delete(id, { ...sent(outs), key });
    await run.create({ ...inputs, ...POINTER });
  }
  expect(warn.mock.calls).toEqual([["warning: test:Thing things/a was made anew and has a new secret: key"]]);
});

test("delete removes the object, and once more is no mistake", async () => {
  const { id, outs } = await create();
  await providerOf(memory).delete(id, sent(outs));
  await providerOf(memory).delete(id, sent(outs));
  expect(memory.things.size).toBe(0);
});
