/** New entries in the text of a declaration: in whatever way it is written, the rest stays as it is. */

import { expect, test } from "vitest";
import { parse } from "yaml";
import { withEntries, withSection } from "../../src/declaration/edit.ts";

const bot = { bot: { name: "Bot", scopes: ["a", "b"], access: [{ application: "x" }] } };

test.each([
  ["a file without the section", "platform: aic # ours\n"],
  ["a file that ends without a line break", "platform: aic"],
  ["a section in block style, with a comment behind it", "agents:\n  one: { name: One } # first\n\n# the end\n"],
  ["a section in flow style", "agents: { one: { name: One } }\nplatform: aic\n"],
  ["an empty section", "agents: {}\nplatform: aic\n"],
  ["lines that end as Windows writes them", "platform: aic\r\nagents:\r\n  one:\r\n    name: One\r\n"],
  ["an empty file", ""],
])("%s", (_what, text) => {
  const added = withEntries(text, "agents", bot);
  const before = parse(text) ?? {};
  expect(parse(added)).toEqual({ ...before, agents: { ...before.agents, ...bot } });
  // Every line of before is there, but for the one that a flow mapping stands in.
  const lines = text.split(/\r?\n/).filter((line) => !line.startsWith("agents: {"));
  expect(added.split(/\r?\n/)).toEqual(expect.arrayContaining(lines));
  expect(/(^|[^\r])\n/.test(added)).toBe(!text.includes("\r\n"));
});

test("lists of words stand in one line", () => {
  expect(withEntries("", "agents", bot)).toBe(
    "agents:\n  bot:\n    name: Bot\n    scopes: [a, b]\n    access:\n      - application: x\n",
  );
});

test("a section that is there stays, and one that takes no entry is refused", () => {
  expect(withSection("provider: {}\n", "provider", { acr: {} })).toBe("provider: {}\n");
  expect(() => withEntries("x-all: &all {}\nagents: *all\n", "agents", bot)).toThrow(
    expect.objectContaining({ code: "ERR_FILE" }),
  );
});
