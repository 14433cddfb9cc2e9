/** Texts that are no YAML, or YAML that is no declaration: each a mistake with its place, and never a crash. */

import { expect, test } from "vitest";
import { HEAD, load, mistakesOf } from "./load.ts";

const MISSING = ["1:1 platform: is missing: expected aic or pingone"];

test.for<[name: string, text: string, ...mistakes: string[]]>([
  [
    "a list that does not end",
    `${HEAD}agents: [\n`,
    "5:1 Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
  ["tabs", `${HEAD}agents:\n\tbot: 1\n`, "5:1 Tabs are not allowed as indentation"],
  ["a key twice", `${HEAD}realm: bravo\n`, "4:1 this key stands in the mapping already"],
  [
    "a key twice, further in",
    `${HEAD}agents:\n  bot:\n    name: Bot\n    name: Other\n`,
    "7:5 this key stands in the mapping already",
  ],
  ["two documents", `${HEAD}---\n${HEAD}`, "4:1 a second YAML document: a file holds one declaration"],
  ["nothing", "", ...MISSING],
  ["a platform that nobody has", "platform: ping\n", "1:1 platform: expected aic or pingone"],
  [
    "no more than a platform",
    "# to be written\nplatform: aic\n",
    "2:1 realm: is missing: expected a text",
    "2:1 tier: is missing: expected development, staging or production",
  ],
  ["comments only", "# to be written\n", ...MISSING],
  ["a list at the top", "- platform: aic\n", "1:1 expected a mapping"],
  ["a text at the top", "aic\n", "1:1 expected a mapping"],
  ["an alias without its anchor", `${HEAD}agents: *bots\n`, "4:9 there is no anchor &bots before this alias"],
  [
    "an alias inside what it stands for",
    `${HEAD}journeys:\n  J: { entry: a, nodes: { a: &a { type: X, outcomes: { b: c }, properties: { d: *a } } } }\n`,
    "5:81 the alias *a stands inside what it stands for",
  ],
  ["a key that is a list", `${HEAD}? [a, b]\n: 1\n`, "4:3 a key is a text"],
  ["a key that JavaScript would drop", `${HEAD}agents:\n  __proto__: { name: A }\n`, "5:3 this key is reserved"],
  ["a tag that nobody knows", `${HEAD}agents: !!js/function "x"\n`, "4:9 Unresolved tag"],
  [
    "another encoding",
    `${HEAD}agents:\n  bot: { name: "${Buffer.from("Büro", "latin1").toString()}" }\n`,
    "5:18 is not UTF-8: save the file in that encoding",
  ],
])("%s", ([, text, ...mistakes]) => {
  expect(mistakesOf(text)).toEqual(mistakes);
});

test("aliases that would fill the memory are refused, by what they stand for", () => {
  const ten = (name: string) => Array(10).fill(`*${name}`).join(", ");
  const levels = [..."bcdefghij"].map((name, index) => `${name}: &${name} [${ten("abcdefghi"[index] ?? "")}]\n`);
  expect(mistakesOf(`a: &a [x, x]\n${levels.join("")}`)).toEqual(["1:1 too many aliases (*name)"]);
  const scopes = Array.from({ length: 500 }, (_, index) => `  bot-${index}: *bot\n`).join("");
  const { agents } = load(`${HEAD}agents:\n  bot: &bot { name: Bot, pattern: autonomous, scopes: [a, b] }\n${scopes}`);
  expect(Object.keys(agents ?? {})).toHaveLength(501);
});

test("line ends of Windows and a byte order mark move no place", () => {
  const text = `${HEAD}agnets: {}\n`;
  const expected = ['4:1 agnets: unknown key "agnets"; did you mean "agents"?'];
  expect(mistakesOf(text)).toEqual(expected);
  expect(mistakesOf(text.replaceAll("\n", "\r\n"))).toEqual(expected);
  expect(mistakesOf(`\uFEFF${text}`)).toEqual(expected);
});

test("anchors, aliases and merge keys mean what they mean in YAML", () => {
  const agents = "agents:\n  a: &a { name: A, pattern: autonomous }\n  b: *a\n  c: { <<: *a, name: C }\n";
  expect(load(HEAD + agents).agents).toEqual({
    a: { name: "A", pattern: "autonomous" },
    b: { name: "A", pattern: "autonomous" },
    c: { name: "C", pattern: "autonomous" },
  });
});

test("a mapping wins over what it merges, and of that the first", () => {
  const shared = "x-a: &a { name: A, pattern: autonomous }\nx-b: &b { name: B, description: b }\n";
  expect(load(`${HEAD}${shared}agents:\n  one: { pattern: on-behalf-of, access: [], <<: [*a, *b] }\n`).agents).toEqual({
    one: { name: "A", pattern: "on-behalf-of", access: [], description: "b" },
  });
  expect(mistakesOf(`${HEAD}agents: { <<: [a] }\n`)).toEqual(["4:16 << takes an alias of a mapping"]);
});

test("a mistake behind an alias is told where the alias stands, too", () => {
  const agents = "agents:\n  a: &a { name: A, pattern: alone }\n  b: *a\n";
  expect(mistakesOf(HEAD + agents)).toEqual([
    "5:20 agents.a.pattern: expected autonomous, on-behalf-of or approved",
    "6:3 agents.b.pattern: expected autonomous, on-behalf-of or approved",
  ]);
});
