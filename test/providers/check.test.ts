/** What `check` makes of inputs, on a kind that lives in memory: canonical form, mistakes, what a preview does not know. */

import { describe, expect, test } from "vitest";
import type { CheckFailure } from "../../src/providers/check.ts";
import { markSecret, type Properties, UNKNOWN } from "../../src/providers/pulumi-values.ts";
import { type Memory, providerOf } from "./memory-kind.ts";

const POINTER = { __provider: "pointer" };
const declared = { name: "a", colour: "red", tags: ["y", "x", "x"], code: "c0de", password: "p4ss", ...POINTER };
const memory: Memory = { things: new Map(), calls: [] };

/** The fields that the reasons name. */
const fieldsOf = (failures: readonly CheckFailure[]) => failures.map(({ reason }) => reason.split(":")[0]).sort();

describe("check", () => {
  const check = (news: Properties, olds?: Properties) => providerOf(memory).check(olds, news);

  test("makes inputs canonical, marks secrets, drops what is undefined and calls nobody", async () => {
    const { inputs, failures } = await check({ ...declared, details: undefined });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      ...{ name: "a", colour: "red", tags: ["x", "y"] },
      ...{ code: markSecret("c0de"), password: markSecret("p4ss") },
    });
    expect(memory.calls).toEqual([]);
  });

  test("names every field that is wrong", async () => {
    const { failures } = await check({ name: "", tags: "x", details: { size: "big" }, block: { off: 1 }, ...POINTER });
    expect(fieldsOf(failures)).toEqual(["block", "details.size", "name", "tags"]);
  });

  test("leaves alone what a preview does not know, and still checks the rest", async () => {
    const partly = { name: "a", tags: UNKNOWN, code: UNKNOWN, details: { size: UNKNOWN }, ...POINTER };
    expect(await check(partly)).toEqual({
      inputs: { name: "a", tags: UNKNOWN, code: UNKNOWN, details: { size: UNKNOWN } },
      failures: [],
    });
    const { failures } = await check({ ...partly, colour: 3, shade: "dark" });
    expect(fieldsOf(failures)).toEqual(["Unrecognized key", "colour"]);
  });

  test("never has the engine print a value, which may be a secret: the reason names the field", async () => {
    const canary = "canary";
    const wrong = [
      { name: "a", password: [canary] },
      { name: "a", pasword: canary },
      { name: "a", block: { on: canary } },
    ];
    for (const inputs of [...wrong, { ...wrong[0], tags: UNKNOWN }]) {
      const { failures } = await check(inputs);
      expect(failures).toMatchObject([{ property: "" }]);
      expect(JSON.stringify(failures)).not.toContain(canary);
    }
    expect((await check({ name: "a", password: [canary] })).failures[0]?.reason).toMatch(/^password: /);
  });

  test("keeps the adoption policy of the first check: a later change of it changes nothing", async () => {
    const adopted = { ...declared, adopt: "match" };
    const first = await check(adopted);
    expect(first.inputs.adopt).toBe("match");
    expect((await check({ ...adopted, adopt: "overwrite" }, { ...first.inputs, ...POINTER })).inputs.adopt).toBe(
      "match",
    );
    expect((await check(declared, { ...first.inputs, ...POINTER })).inputs.adopt).toBe("match");
    const without = await check(declared);
    expect((await check(adopted, { ...without.inputs, ...POINTER })).inputs).not.toHaveProperty("adopt");
    expect((await check({ ...declared, adopt: "always" })).failures).toMatchObject([
      { reason: expect.stringMatching(/^adopt: /) },
    ]);
  });
});
