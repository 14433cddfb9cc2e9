/** One declaration extends another: what comes of the two, and where a mistake is told. */

import { describe, expect, test } from "vitest";
import { inspectDeclaration } from "../../src/platforms.ts";
import { loaded, mistakesIn, parsed, variable } from "./files.ts";

const BASE = `platform: aic
realm: alpha
tier: development
agents:
  bot:
    name: Bot
    pattern: on-behalf-of
    description: Answers
    access:
      - application: shop
        scopes: [read]
        subjects: [ann]
`;
const over = (...lines: string[]) => ({
  "stacks/base.yaml": BASE,
  "stacks/dev.yaml": ["extends: base.yaml", ...lines].join("\n"),
});

describe("merges", () => {
  const bot = (...lines: string[]) =>
    loaded(over("agents:", "  bot:", ...lines.map((line) => `    ${line}`))).agents?.bot;

  test("nothing: the base as it is", () => {
    expect(loaded(over())).toEqual(loaded({ "stacks/dev.yaml": BASE }));
  });

  test("a mapping key by key, and a text with the other one", () => {
    expect(bot("name: Robot", "owners: [ann]")).toMatchObject({
      name: "Robot",
      owners: ["ann"],
      description: "Answers",
      access: [{ application: "shop" }],
    });
    expect(loaded(over("tier: production"))).toMatchObject({ tier: "production", agents: { bot: { name: "Bot" } } });
  });

  test("no list: it is replaced as a whole", () => {
    expect(bot("access:", "  - { application: bank, scopes: [pay], subjects: [bob] }")).toMatchObject({
      access: [{ application: "bank", scopes: ["pay"], subjects: ["bob"] }],
    });
  });

  test("an entry that the base lacks is added", () => {
    const { agents } = loaded(over("agents:", "  other: { name: Other, pattern: autonomous }"));
    expect(Object.keys(agents ?? {})).toEqual(["bot", "other"]);
  });

  test("null takes a key away, and an entry", () => {
    expect(bot("description: null")).not.toHaveProperty("description");
    expect(loaded(over("agents: { bot: ~ }")).agents).toEqual({});
    expect(loaded(over("agents: null"))).not.toHaveProperty("agents");
  });

  test("several levels, the nearest wins; each is named from the file that extends it", () => {
    const files = {
      "shared/base.yaml": BASE,
      "stacks/eu.yaml": "extends: ../shared/base.yaml\nrealm: bravo\nagents: { bot: { description: EU } }\n",
      "stacks/dev.yaml": "extends: ./eu.yaml\nagents: { bot: { name: Dev } }\n",
    };
    expect(loaded(files)).toMatchObject({ realm: "bravo", agents: { bot: { name: "Dev", description: "EU" } } });
    expect(parsed(files).files).toEqual(["stacks/dev.yaml", "stacks/eu.yaml", "shared/base.yaml"]);
  });

  test("platform may come from either", () => {
    const [platform = "", ...rest] = BASE.split("\n");
    const files = { "stacks/base.yaml": rest.join("\n"), "stacks/dev.yaml": `${platform}\nextends: base.yaml\n` };
    expect(loaded(files).platform).toBe("aic");
  });
});

test.for<[name: string, lines: string[], ...mistakes: string[]]>([
  ["a value of the overlay", ["tier: prod"], "stacks/dev.yaml:2:1 tier: expected development, staging or production"],
  [
    "a key of the overlay that nobody knows",
    ["agents:", "  bot: { pettern: x }"],
    'stacks/dev.yaml:3:10 agents.bot.pettern: unknown key "pettern"; did you mean "pattern"?',
  ],
  [
    "a rule over both: told where the entry is, in the base",
    ["agents: { bot: { pattern: autonomous } }"],
    "stacks/base.yaml:10:9 agents.bot.access[0]: an autonomous agent acts for itself: no subjects, or pattern: on-behalf-of",
  ],
  [
    "what is missing of an entry of the overlay",
    ["agents:", "  other: { name: Other }"],
    "stacks/dev.yaml:3:3 agents.other.pattern: is missing: expected autonomous, on-behalf-of or approved",
  ],
  [
    "what is missing of an entry of a list that replaces one",
    ["agents:", "  bot:", "    access:", "      - { application: bank, subjects: [bob] }"],
    'stacks/dev.yaml:5:9 agents.bot.access[0].scopes: is missing: name the scopes, or write "scopes: all"',
  ],
  [
    "null for what has to be there",
    ["agents: { bot: { pattern: null } }"],
    "stacks/dev.yaml:2:11 agents.bot.pattern: is missing: expected autonomous, on-behalf-of or approved",
  ],
  [
    "null for what is not there",
    ["agents: { bot: { owners: null } }"],
    "stacks/dev.yaml:2:18 agents.bot.owners: null takes away what a base says, and stacks/base.yaml says nothing here",
  ],
  [
    "nothing, where null would take away",
    ["agents:"],
    "stacks/dev.yaml:2:1 agents: is empty: write null to take away what stacks/base.yaml says",
  ],
  [
    "text that is no YAML",
    ["agents: ["],
    "stacks/dev.yaml:2:10 Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
])("a mistake is told where it stands: %s", ([, lines, ...mistakes]) => {
  expect(mistakesIn(over(...lines))).toEqual(mistakes);
});

test("mistakes of all levels are told at once, the overlay's first", () => {
  const files = {
    "stacks/base.yaml": BASE.replace("realm: alpha", "realm: a b").replace("[read]", "[]"),
    "stacks/eu.yaml": "extends: base.yaml\nagents:\n  bot:\n    pattern: alone\n",
    "stacks/dev.yaml": "# ours\nextends: eu.yaml\nagnets: {}\n",
  };
  expect(mistakesIn(files)).toEqual([
    'stacks/dev.yaml:3:1 agnets: unknown key "agnets"; did you mean "agents"?',
    "stacks/eu.yaml:4:5 agents.bot.pattern: expected autonomous, on-behalf-of or approved",
    "stacks/base.yaml:2:1 realm: there is no such realm: expected alpha or bravo",
    'stacks/base.yaml:11:9 agents.bot.access[0].scopes: name the scopes, or write "scopes: all"',
  ]);
});

test("a rule over the whole looks at both files, and its mistakes and warnings are told where they stand", () => {
  const base = [
    "x-shared: { redirectUris: [a, a] }",
    "applications:",
    "  bank: { name: Bank, type: service, scopes: [read] }",
    "  portal: { name: Portal, type: web, redirectUris: ['http://portal.example.com/cb'] }",
    "agents:",
    "  bot: { name: Bot, pattern: autonomous, access: [{ application: bank, scopes: [raed] }] }",
  ];
  const other = "  other: { name: O, pattern: autonomous, access: [{ application: bnk, scopes: [read] }] }";
  const files = {
    "stacks/base.yaml": `platform: aic\nrealm: alpha\ntier: development\n${base.join("\n")}\n`,
    "stacks/dev.yaml": `extends: base.yaml\napplications: { bank: { scopes: [write] } }\nagents:\n${other}\n`,
  };
  const { mistakes, warnings } = inspectDeclaration(parsed(files));
  const told = [...mistakes, ...warnings].map(({ file, line, field }) => `${file}:${line} ${field}`);
  expect(told).toEqual([
    "stacks/dev.yaml:4 agents.other.access[0].application",
    "stacks/base.yaml:9 agents.bot.access[0].scopes[0]",
    "stacks/base.yaml:7 applications.portal.redirectUris[0]",
  ]);
});

test("what is missing of an entry that two files have is told in the nearer one", () => {
  const files = {
    "stacks/base.yaml": "platform: aic\nrealm: alpha\ntier: development\nagents: { bot: { description: x } }\n",
    "stacks/dev.yaml": "extends: base.yaml\nagents:\n  bot: { pattern: autonomous }\n",
  };
  expect(mistakesIn(files)).toEqual(["stacks/dev.yaml:3:3 agents.bot.name: is missing: expected a text"]);
});

describe("what cannot be extended", () => {
  const OUTSIDE = "extends: a base stands in the folder of the project, and is named relative to this file";
  test.for<[name: string, value: string, mistake: string]>([
    ["a file that is not there", "no.yaml", "extends: there is no stacks/no.yaml"],
    ["a file outside of the project", "../../base.yaml", OUTSIDE],
    ["a path from the root", "/etc/passwd", OUTSIDE],
    ["no text", "[base.yaml]", "extends: expected the name of a file, relative to this one"],
    [
      "what a shell says",
      `${variable("BASE")}.yaml`,
      "extends: takes no variable: what was reviewed must not depend on a shell",
    ],
    ["itself", "dev.yaml", "extends: a circle: stacks/dev.yaml extends stacks/dev.yaml"],
  ])("%s", ([, value, mistake]) => {
    const files = { "stacks/base.yaml": BASE, "stacks/dev.yaml": `# dev\nextends: ${value}\n`, "base.yaml": BASE };
    expect(mistakesIn(files)).toEqual([`stacks/dev.yaml:2:1 ${mistake}`]);
  });

  test("a base that extends what extends it", () => {
    const files = {
      "stacks/base.yaml": `${BASE}extends: ../stacks/dev.yaml\n`,
      "stacks/dev.yaml": "extends: base.yaml\n",
    };
    expect(mistakesIn(files)).toEqual([
      "stacks/base.yaml:13:1 extends: a circle: stacks/dev.yaml extends stacks/base.yaml extends stacks/dev.yaml",
    ]);
  });
});

test("x-… keys hold what anchors share, and are no part of the declaration", () => {
  const files = over(
    "x-note: for the auditors",
    "agents:",
    "  x-common: &common { pattern: autonomous, x-why: nightly }",
    "  a: { <<: *common, name: A, x-owner: { team: shop } }",
    "  x-ray: { name: X-Ray, pattern: autonomous }",
  );
  const { agents } = loaded(files);
  expect(Object.keys(agents ?? {})).toEqual(["bot", "a", "x-ray"]);
  expect(agents?.a).toEqual({ name: "A", pattern: "autonomous" });
});
