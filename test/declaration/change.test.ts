/** A change in the text of a declaration: the text says it then, and what stands beside it keeps its form and comments. */

import { expect, test } from "vitest";
import { type Change, changed, withChange } from "../../src/declaration/change.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";

const TEXT = `# the shop
x-tokens: &tokens
  accessTokenLifetime: 300
agents:
  bot: # pays
    name: "Bot"
    scopes: ["pay.read", pay.write] # both
    redirectUris:
      - https://one.example # the first
      # the second is new
      - https://two.example
    tokens: { accessTokenLifetime: 900, refreshTokenLifetime: 60 } # seconds
    access:
      - application: shop
        scopes: [read]
        # only her
        subjects:
          - ann
      - { application: bank, scopes: [pay], subjects: [ann] }
    customAttributes:
      one: "1" # of two
      two: "2"
  other:
    name: Other
    tokens: *tokens
    authorization:
      <<: *tokens
      journey: Login
`;
const BASE = `agents:
  bot:
    name: Bot
    tokens: { accessTokenLifetime: 900 }
    access:
      - { application: shop, scopes: [read], subjects: [ann] }
`;
const at = (...path: Change["path"]) => ["agents", "bot", ...path];
const read = (text: string) => parseDeclaration(text, "dev.yaml", { env: {}, readBase: () => ({ text: BASE }) }).value;
const comments = (text: string) => text.match(/#.*/g);

test.each<[string, Change["path"], unknown, string, string]>([
  ["a value", at("name"), "New Bot", '    name: "Bot"', "    name: New Bot"],
  [
    "a value in a line",
    at("tokens", "accessTokenLifetime"),
    60,
    "accessTokenLifetime: 900,",
    "accessTokenLifetime: 60,",
  ],
  [
    "a key more in a line",
    at("tokens", "format"),
    "jwt",
    "refreshTokenLifetime: 60 }",
    "refreshTokenLifetime: 60, format: jwt }",
  ],
  ["a key less in a line", at("tokens", "refreshTokenLifetime"), undefined, "900, refreshTokenLifetime: 60 }", "900 }"],
  [
    "an item more in brackets",
    at("scopes"),
    ["pay.read", "pay.write", "a"],
    '["pay.read", pay.write]',
    '["pay.read", pay.write, a]',
  ],
  ["an item less in brackets", at("scopes"), ["pay.read"], '["pay.read", pay.write]', '["pay.read"]'],
  ["no item in brackets", at("scopes"), [], '["pay.read", pay.write]', "[]"],
  [
    "a line more",
    at("redirectUris"),
    ["https://one.example", "https://two.example", "https://x.example"],
    "      - https://two.example\n",
    "      - https://two.example\n      - https://x.example\n",
  ],
  ["a line less", at("redirectUris"), ["https://one.example"], "      - https://two.example\n", ""],
  ["another item", at("access", 0, "subjects"), ["ben"], "          - ann\n", "          - ben\n"],
  [
    "in an item of a list in a line",
    at("access", 1, "subjects"),
    ["ann", "ben"],
    "subjects: [ann] }",
    "subjects: [ann, ben] }",
  ],
  ["a key less", at("customAttributes", "two"), undefined, '      two: "2"\n', ""],
  ["a key more", at("enabled"), false, '      two: "2"\n', '      two: "2"\n    enabled: false\n'],
  [
    "a section",
    at("overrides", "clientsCanSkipConsent"),
    true,
    '      two: "2"\n',
    '      two: "2"\n    overrides:\n      clientsCanSkipConsent: true\n',
  ],
])("%s", (_what, path, value, before, after) => {
  const declared = read(TEXT);
  const text = withChange(TEXT, declared, { path, value });
  expect(text).toBe(TEXT.replace(before, after));
  expect(read(text)).toEqual(changed(declared, { path, value }));
  expect(comments(text)).toEqual(comments(TEXT));
});

test.each<[string, Change["path"], unknown, string]>([
  ["a value", at("tokens", "accessTokenLifetime"), 60, "agents:\n  bot:\n    tokens:\n      accessTokenLifetime: 60\n"],
  [
    "nothing",
    at("tokens", "accessTokenLifetime"),
    undefined,
    "agents:\n  bot:\n    tokens:\n      accessTokenLifetime: null\n",
  ],
  [
    "an item of a list, with the others of the base",
    at("access", 0, "subjects"),
    ["ann", "ben"],
    "agents:\n  bot:\n    access:\n      - application: shop\n        scopes: [read]\n        subjects: [ann, ben]\n",
  ],
])("what a base says gets %s in the file that extends it", (_what, path, value, added) => {
  const own = "# own\nextends: base.yaml\n";
  const declared = read(own);
  const text = withChange(own, declared, { path, value });
  expect(text).toBe(own + added);
  expect(read(text)).toEqual(changed(declared, { path, value }));
});

test("what a mapping takes over by << is written whole, since it would hide it", () => {
  const text = TEXT.replace("accessTokenLifetime: 300", "section: { one: 1, two: 2 }");
  const change = { path: ["agents", "other", "authorization", "section", "one"], value: 3 };
  expect(read(withChange(text, read(text), change))).toEqual(changed(read(text), change));
});

test("what an alias stands for is left: others say it, too", () => {
  const change = { path: ["agents", "other", "tokens", "accessTokenLifetime"], value: 60 };
  expect(withChange(TEXT, read(TEXT), change)).toBe(TEXT);
});
