/** The text of a mark, at the end of a description or alone: read as it was written, and nothing else is one. */

import { expect, test } from "vitest";
import { isOf, isOfStack, markIn, markText, releasedText, withMark, withoutMark } from "../../src/providers/owner.ts";
import { OWNER } from "../support/properties.ts";

const { stack, name, resource } = OWNER;
const TEXT = "(managed by ping-agents: shop/test k3v9x0q1w2e4 a resource)";

test("a mark names stack and resource, and is no part of the description", () => {
  expect(markText(OWNER)).toBe(TEXT);
  expect(withMark("Of the shop", OWNER)).toBe(`Of the shop ${TEXT}`);
  expect(withMark(undefined, OWNER)).toBe(TEXT);
  expect(withoutMark(`Of the shop ${TEXT}`)).toBe("Of the shop");
  expect(withoutMark(TEXT)).toBeUndefined();
  expect(withoutMark(null)).toBeUndefined();
  expect(withoutMark("Of the shop")).toBe("Of the shop");
});

test.each(["agent/privilege (2)", "naïve ☃", "two\nlines", "a) b"])(
  "any name of a resource is read back: %j",
  (odd) => {
    expect(markIn(withMark("Text (see below)", { ...OWNER, resource: odd }))).toEqual({
      ...{ whose: "stack", stack, name },
      resource: odd,
    });
  },
);

test("what a stack let go is nobody's, but for the resource that had it", () => {
  const text = releasedText(OWNER);
  const released = { stack, name, resource };
  expect(markIn(`Of the shop ${text}`)).toEqual({ whose: "nobody", released });
  expect(withoutMark(`Of the shop ${text}`)).toBe("Of the shop");
  expect(isOf(markIn(text), OWNER)).toBe(true);
  expect(isOf(markIn(text), { ...OWNER, resource: "another" })).toBe(false);
  expect(isOfStack(markIn(text), OWNER)).toBe(false);
});

test("a mark of before names nobody, and text that only looks like one is none", () => {
  expect(markIn("Of the shop (managed by ping-agents)")).toEqual({ whose: "kit" });
  expect(withoutMark("Of the shop (managed by ping-agents)")).toBe("Of the shop");
  expect(markIn(`${TEXT} and more`)).toEqual({ whose: "nobody" });
  expect(markIn("managed by ping-agents")).toEqual({ whose: "nobody" });
  expect(markIn(7)).toEqual({ whose: "nobody" });
  expect(markIn(TEXT)).toEqual({ whose: "stack", stack, name, resource });
});
