/** Where published keys go in the text of a declaration: one place, and comments, styles and line ends stay. */

import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { declaredKeys } from "../../src/cli/declared-keys.ts";
import { loadAnyDeclaration } from "../../src/platforms.ts";
import { newSigningKey, type PublicJwk } from "../../src/providers/jwks.ts";

const HEAD = "# agents of the shop\nplatform: aic\nrealm: alpha\ntier: production\n\n";

let key: PublicJwk;
beforeAll(async () => {
  key = (await newSigningKey()).publicKey;
});

/** The text with the key in it, written as KEYS; it is a declaration without a mistake. */
function inserted(before: string): string | undefined {
  const after = declaredKeys(before, "bot", parse(before))?.replaced([key]);
  loadAnyDeclaration(after ?? "", "stacks/dev.yaml");
  return after?.replace(JSON.stringify({ keys: [key] }), "KEYS");
}

test.for<[name: string, before: string, after: string]>([
  [
    "block style",
    "agents:\n  bot:\n    name: Bot # the bot\n    pattern: approved\n    scopes: [openid] # for CIBA\n\n  # another one\n  other: { name: Other, pattern: autonomous }\n",
    "agents:\n  bot:\n    name: Bot # the bot\n    pattern: approved\n    scopes: [openid] # for CIBA\n    ciba: { keys: KEYS }\n\n  # another one\n  other: { name: Other, pattern: autonomous }\n",
  ],
  [
    "block style, a list at the end",
    "agents:\n  bot:\n    name: Bot\n    pattern: approved\n    scopes:\n      - openid\n      - pay # money\n# the end\n",
    "agents:\n  bot:\n    name: Bot\n    pattern: approved\n    scopes:\n      - openid\n      - pay # money\n    ciba: { keys: KEYS }\n# the end\n",
  ],
  [
    "no line end at the end of the file",
    "agents:\n  bot:\n    name: Bot\n    pattern: approved\n    scopes: [openid]",
    "agents:\n  bot:\n    name: Bot\n    pattern: approved\n    scopes: [openid]\n    ciba: { keys: KEYS }",
  ],
  [
    "line ends of Windows",
    "agents:\r\n  bot:\r\n    name: Bot\r\n    pattern: approved\r\n    scopes: [openid]\r\n",
    "agents:\r\n  bot:\r\n    name: Bot\r\n    pattern: approved\r\n    scopes: [openid]\r\n    ciba: { keys: KEYS }\r\n",
  ],
  [
    "flow style",
    "agents:\n  bot: { name: Bot, pattern: approved, scopes: [openid] } # the bot\n",
    "agents:\n  bot: { name: Bot, pattern: approved, scopes: [openid], ciba: { keys: KEYS } } # the bot\n",
  ],
  [
    "flow style with a comma at the end",
    "agents: {\n  bot: {\n    name: Bot,\n    pattern: approved,\n    scopes: [openid], # last\n  },\n}\n",
    "agents: {\n  bot: {\n    name: Bot,\n    pattern: approved,\n    scopes: [openid], ciba: { keys: KEYS }, # last\n  },\n}\n",
  ],
  [
    "settings for keys without keys",
    "agents:\n  bot: { ciba: { overlap: false }, name: Bot, pattern: approved, scopes: [openid] }\n",
    "agents:\n  bot: { ciba: { overlap: false, keys: KEYS }, name: Bot, pattern: approved, scopes: [openid] }\n",
  ],
  [
    "settings for keys, in block style",
    "agents:\n  bot:\n    ciba:\n      overlap: false # at once\n    name: Bot\n    pattern: approved\n    scopes: [openid]\n",
    "agents:\n  bot:\n    ciba:\n      overlap: false # at once\n      keys: KEYS\n    name: Bot\n    pattern: approved\n    scopes: [openid]\n",
  ],
  [
    "generated keys, which production does not allow",
    "agents:\n  bot: { name: Bot, pattern: approved, ciba: { keys: generated }, scopes: [openid] } # mended\n",
    "agents:\n  bot: { name: Bot, pattern: approved, ciba: { keys: KEYS }, scopes: [openid] } # mended\n",
  ],
  [
    "an application",
    "applications:\n  bot:\n    name: Bot\n    type: web\n",
    "applications:\n  bot:\n    name: Bot\n    type: web\n    ciba: { keys: KEYS }\n",
  ],
])("%s", ([, before, after]) => {
  const head = before.includes("\r") ? HEAD.replaceAll("\n", "\r\n") : HEAD;
  expect(inserted(head + before)).toBe(head + after);
});

test("a byte order mark stays where it is", () => {
  const agents = "agents:\n  bot: { name: Bot, pattern: approved, scopes: [openid]";
  expect(inserted(`\uFEFF${HEAD}${agents} }\n`)).toBe(`\uFEFF${HEAD}${agents}, ciba: { keys: KEYS } }\n`);
});

test("keys in block style are found, and replaced in their place", () => {
  const lines = Object.entries(key).map(([name, value], index) => `${index ? "   " : " - "} ${name}: ${value}`);
  const bot = "agents:\n  bot:\n    name: Bot\n    pattern: approved\n    scopes: [openid]\n    ciba:\n      keys:\n";
  const block = ["        keys:", ...lines.map((line) => `         ${line}`)].join("\n");
  const rest = "\n  # after\n  other: { name: Other, pattern: autonomous }\n";
  const text = HEAD + bot + block + rest;
  expect(declaredKeys(text, "bot", parse(text))?.published).toEqual([key]);
  expect(inserted(text)).toBe(`${HEAD}${bot}        KEYS${rest}`);
});

test("a client that is not declared has no place", () => {
  const text = `${HEAD}agents:\n  other: { name: Other, pattern: autonomous }\n`;
  expect(declaredKeys(text, "bot", parse(text))).toBeUndefined();
});
