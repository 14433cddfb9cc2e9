/** Access that may stay although nobody declared it: how long, and how a declaration says so. */

import { expect, test } from "vitest";
import { verdict } from "../../src/fields/undeclared-access.ts";
import { mistakesOf, withAgent } from "../declaration/load.ts";

const entry = { access: "p-1", reason: "a trial", owner: "ann" };

test.for<[name: string, access: string, expires: string | undefined, is: string]>([
  ["another access", "p-2", undefined, "unknown"],
  ["for ever", "p-1", undefined, "allowed"],
  ["until tomorrow", "p-1", "2026-12-01", "allowed"],
  ["on the last day", "p-1", "2026-11-30", "allowed"],
  ["the day after", "p-1", "2026-11-29", "expired"],
])("%s", ([, access, expires, is]) => {
  expect(verdict(access, [{ ...entry, expires }], "2026-11-30").is).toBe(is);
});

const agent = (...allow: string[]) =>
  withAgent("pattern: autonomous", "allow:", ...allow.map((text) => `  - { ${text}, reason: a trial, owner: ann }`));
const pingOne = (access: string) =>
  `platform: pingone\nagents:\n  bot:\n    name: Bot\n    pattern: autonomous\n    allow: [{ access: ${access}, reason: r, owner: ann }]\n`;

test.for<[name: string, text: string, ...mistakes: string[]]>([
  ["a privilege", agent("access: 11111111-2222-4333-8444-555555555555, expires: 2026-12-31")],
  [
    "no day of the calendar",
    agent("access: a, expires: 2026-02-30"),
    "9:22 agents.bot.allow[0].expires: expected a day such as 2026-12-31",
  ],
  ["one access twice", agent("access: a", "access: a"), "8:5 agents.bot.allow: each access has one entry"],
  [
    "nobody who answers for it",
    withAgent("pattern: autonomous", "allow: [{ access: a, reason: r }]"),
    "8:13 agents.bot.allow[0].owner: is missing: expected a text",
  ],
  ["a grant", pingOne("grant/Safe API")],
  [
    "a name without what it is of",
    pingOne("Safe API"),
    "6:15 agents.bot.allow[0].access: say what is allowed: grant/RESOURCE, claim/NAME, policy/NAME, owner/USER or scope/NAME",
  ],
  [
    "another word than remove or report",
    withAgent("pattern: autonomous", "undeclaredAccess: keep"),
    "8:5 agents.bot.undeclaredAccess: expected remove or report",
  ],
])("a declaration with %s", ([, text, ...mistakes]) => {
  expect(mistakesOf(text)).toEqual(mistakes);
});
