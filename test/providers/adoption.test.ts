/** What becomes of a create, in every case: what is found, whose it is, whether it equals the declaration, and the policy. */

import { describe, expect, test } from "vitest";
import type { PingAgentsError } from "../../src/errors.ts";
import type { AdoptPolicy } from "../../src/fields/adopt.ts";
import { type Found, outcome, stackAdoptPolicy } from "../../src/providers/adoption.ts";
import { markText, NOBODY } from "../../src/providers/owner.ts";
import { OWNER, sent } from "../support/properties.ts";
import { type Memory, providerOf, type Thing, US } from "./memory-kind.ts";

const declared = { name: "a", colour: "red" };
const differing: Found = {
  whose: "foreign",
  mark: NOBODY,
  differences: [{ path: "colour", wanted: "red", found: "blue" }],
};

type Row = readonly [
  situation: string,
  found: Found,
  there: Thing | undefined,
  ...outcomes: readonly [never: string, match: string, overwrite: string],
];
const TABLE: readonly Row[] = [
  ["nothing", { whose: "nobody" }, undefined, "create", "create", "create"],
  ["an object of its own", { whose: "own" }, { name: "a", colour: "blue", owner: US }, "resume", "resume", "resume"],
  [
    "an object of another resource of this stack",
    { whose: "stack" },
    { name: "a", colour: "blue", owner: markText({ ...OWNER, resource: "old key" }) },
    ...(["rename", "rename", "rename"] as const),
  ],
  [
    "an object that this kit made before it named stacks",
    differing,
    { name: "a", colour: "blue", owner: "(managed by ping-agents)" },
    ...(["refuse", "refuse", "overwrite"] as const),
  ],
  [
    "another stack's object",
    differing,
    { name: "a", colour: "blue", owner: markText({ ...OWNER, stack: "zzzzzzzzzzzz" }) },
    ...(["refuse", "refuse", "overwrite"] as const),
  ],
  ["a shared document", { whose: "shared" }, { name: "a", colour: "blue", owner: "all" }, "join", "join", "join"],
  [
    "somebody's object that equals the declaration",
    { whose: "foreign", mark: NOBODY, differences: [] },
    { ...declared, owner: "somebody" },
    ...(["refuse", "adopt", "adopt"] as const),
  ],
  [
    "somebody's object that differs",
    differing,
    { name: "a", colour: "blue", owner: "somebody" },
    ...(["refuse", "refuse", "overwrite"] as const),
  ],
];
const POLICIES: readonly AdoptPolicy[] = ["never", "match", "overwrite"];
const cells = TABLE.flatMap(([situation, found, there, ...outcomes]) =>
  POLICIES.map((policy, index) => [situation, policy, outcomes[index] ?? "", found, there] as const),
);

describe.each(cells)("a create that finds %s, with the policy %s: %s", (_situation, policy, expected, found, there) => {
  test("is the table's word", () => {
    expect(outcome(found, policy)).toBe(expected);
  });

  test("is what the engine does", async () => {
    const memory: Memory = { things: new Map(there && [["a", { ...there }]]), calls: [] };
    const provider = providerOf(memory, { adopt: policy, shared: found.whose === "shared" });
    const { inputs } = await provider.check(undefined, sent(declared));
    const refusal: PingAgentsError | undefined = await provider.create(inputs).then(
      () => undefined,
      (error) => error,
    );
    expect(refusal?.code).toBe(expected === "refuse" ? "ERR_OBJECT_EXISTS" : undefined);
    expect(memory.things.get("a")).toEqual(expected === "refuse" ? there : { ...declared, owner: US });
  });
});

test("the policy of the stack is never, unless it says otherwise, and one of the three words", () => {
  expect(stackAdoptPolicy(() => undefined)).toBe("never");
  expect(stackAdoptPolicy((key) => (key === "ping-agents:adopt" ? "match" : undefined))).toBe("match");
  // That of the run comes first.
  expect(stackAdoptPolicy(() => "never", { PING_AGENTS_ADOPT: "match" })).toBe("match");
  expect(() => stackAdoptPolicy(() => "always")).toThrow(
    expect.objectContaining({ code: "ERR_SETTING_INVALID", hint: "use never, match, overwrite" }),
  );
});
