/** Which way a value has gone, and what that means: what cannot be compared counts as the worse. */

import { describe, expect, test } from "vitest";
import { type Bearing, guard, ladder, limit, reach } from "../../src/drift/bearing.ts";

const classOf = (bearing: Bearing, was: unknown, is: unknown) => bearing(was, is).class;

describe("of more of it", () => {
  const plain = reach("more", "less");
  test.each([
    ["a scope more", ["a"], ["a", "b"], "widened"],
    ["a scope less", ["a", "b"], ["a"], "narrowed"],
    ["another scope in place of one", ["a"], ["b"], "widened"],
    ["all scopes", ["a"], "all", "widened"],
    ["no longer all scopes", "all", ["a"], "narrowed"],
    ["scopes where there were none", undefined, ["a"], "widened"],
    ["an emptied list", ["a"], [], "narrowed"],
    ["switched on", false, true, "widened"],
    ["a longer time", 900, 3_600, "widened"],
    ["a shorter time", 3_600, 900, "narrowed"],
    ["no end", 3_600, -1, "widened"],
    ["a word that has no order", "a", "b", "widened"],
  ])("%s", (_what, was, is, expected) => expect(classOf(plain, was, is)).toBe(expected));

  test("an agent that acts for nobody acts for itself", () => {
    const subjects = reach("more", "less", { empty: "most" });
    expect(classOf(subjects, ["ann"], [])).toBe("widened");
    expect(classOf(subjects, [], ["ann"])).toBe("narrowed");
  });

  test("what has no last day lasts longest", () => {
    const day = reach("later", "earlier", { absent: "most" });
    expect(classOf(day, "2026-12-31", undefined)).toBe("widened");
    expect(classOf(day, undefined, "2026-12-31")).toBe("narrowed");
    expect(classOf(day, "2026-12-31", "2027-01-31")).toBe("widened");
  });

  test("of the realm's own lifetime nobody knows whether it is longer", () => {
    const lifetime = reach("longer", "shorter", { zeroIsElsewhere: true });
    expect([classOf(lifetime, 900, 0), classOf(lifetime, 0, 900)]).toEqual(["widened", "widened"]);
  });
});

test("of what holds back less is worse", () => {
  const required = limit("less", "more");
  expect([classOf(required, true, false), classOf(required, false, true)]).toEqual(["weakened", "narrowed"]);
});

test("words stand in an order; an unknown one is the weakest, and one of the same worth is neither", () => {
  const means = ladder(["none", ["post", "basic"], "key"], "weaker", "stronger", "other");
  expect(means("key", "post")).toEqual({ class: "weakened", means: "weaker" });
  expect(means("post", "key")).toEqual({ class: "narrowed", means: "stronger" });
  expect(means("post", "basic")).toEqual({ class: "narrowed", means: "other" });
  expect([classOf(means, "key", "new"), classOf(means, "new", "key")]).toEqual(["weakened", "weakened"]);
});

test("nothing makes a change of what protects harmless", () => {
  expect(classOf(guard("other"), "a", undefined)).toBe("weakened");
});
