/** Mistakes in the fields of a declaration: where each is, and what helps. */

import { describe, expect, test } from "vitest";
import { HEAD, load, mistakesOf, withAgent } from "./load.ts";

const AUTONOMOUS = "pattern: autonomous";
const inAccess = (pattern: string, ...entries: string[]) =>
  withAgent(`pattern: ${pattern}`, "access:", ...entries.map((entry) => `  - ${entry}`));

describe("fields", () => {
  test.for<[name: string, text: string, ...mistakes: string[]]>([
    ["unknown key", `${HEAD}agnets: {}\n`, '4:1 agnets: unknown key "agnets"; did you mean "agents"?'],
    [
      "unknown key unlike any that is known",
      `${HEAD}frobnicate: {}\n`,
      '4:1 frobnicate: unknown key "frobnicate"; known are platform, tenant, realm, tier, provider, journeys, users, groups, esvSecrets, esvVariables, undeclaredAccess, allow, accessPolicy, existing, applications, agents',
    ],
    [
      "unknown key, further in",
      withAgent(AUTONOMOUS, "tokens: { acessTokenLifetime: 3 }"),
      '8:15 agents.bot.tokens.acessTokenLifetime: unknown key "acessTokenLifetime"; did you mean "accessTokenLifetime"?',
    ],
    [
      "unknown key in one of several forms",
      withAgent(AUTONOMOUS, "secret: { env: NAME, confg: other }"),
      '8:26 agents.bot.secret.confg: unknown key "confg"; did you mean "config"?',
    ],
    [
      "missing text",
      `${HEAD}agents:\n  bot: { pattern: autonomous }\n`,
      "5:3 agents.bot.name: is missing: expected a text",
    ],
    ["missing word", withAgent(), "5:3 agents.bot.pattern: is missing: expected autonomous, on-behalf-of or approved"],
    [
      "missing form",
      `${HEAD}esvSecrets:\n  esv-a: {}\n`,
      "5:3 esvSecrets.esv-a.value: is missing: no secret stands in a declaration: say where it is, { env: VARIABLE } or { config: KEY }",
    ],
    ["wrong type", withAgent(AUTONOMOUS, "scopes: read"), "8:5 agents.bot.scopes: expected a list"],
    [
      "wrong type in a list",
      withAgent(AUTONOMOUS, "scopes: [read, 1]"),
      "8:20 agents.bot.scopes[1]: expected a text: put it in quotes",
    ],
    ["nothing where a mapping belongs", `${HEAD}agents:\n  bot:\n`, "5:3 agents.bot: expected a mapping"],
    ["a list where a mapping belongs", `${HEAD}agents: [bot]\n`, "4:1 agents: expected a mapping"],
    [
      "wrong word",
      withAgent("pattern: alone"),
      "7:5 agents.bot.pattern: expected autonomous, on-behalf-of or approved",
    ],
    [
      "empty name",
      `${HEAD}agents:\n  bot: { name: "", pattern: autonomous }\n`,
      "5:10 agents.bot.name: must not be empty",
    ],
    [
      "client id that AM would not take",
      `${HEAD}agents:\n  my bot: { name: Bot, pattern: autonomous }\n`,
      "5:3 agents.my bot: a client id has letters, digits, dashes and underscores only",
    ],
    [
      "ESV id without its prefix",
      `${HEAD}esvVariables:\n  url: { value: x }\n`,
      '5:3 esvVariables.url: an ESV id starts with "esv-"; lower-case letters, digits, dash, underscore',
    ],
    ["group that IDM would not take", `${HEAD}groups:\n  "a/*": {}\n`, '5:3 groups.a/*: must not contain "/*"'],
    [
      "secret in something that is no ESV",
      withAgent(AUTONOMOUS, "secret: { esv: bot-secret }"),
      '8:15 agents.bot.secret.esv: an ESV id starts with "esv-"; lower-case letters, digits, dash, underscore',
    ],
    [
      "journey that leads nowhere",
      `${HEAD}journeys:\n  J: { entry: b, nodes: { a: { type: X, outcomes: { yes: c } } } }\n`,
      '5:8 journeys.J.entry: no node "b"',
      '5:53 journeys.J.nodes.a.outcomes.yes: no node "c"',
    ],
    [
      "unknown grant type",
      withAgent(AUTONOMOUS, "grantTypes: [client_credential]"),
      '8:18 agents.bot.grantTypes[0]: no grant type "client_credential"; use authorization_code, client_credentials, implicit, password, refresh_token, token_exchange, ciba, device_code, jwt_bearer, saml2_bearer, uma_ticket or a urn:… value',
    ],
    [
      "unknown journey pattern",
      `${HEAD}journeys:\n  J: { pattern: push }\n`,
      "5:8 journeys.J.pattern: expected push-approval or push-registration",
    ],
    [
      "journey node without outcomes",
      `${HEAD}journeys:\n  J: { entry: a, nodes: { a: { type: X } } }\n`,
      "5:27 journeys.J.nodes.a.outcomes: is missing: expected a mapping",
    ],
    [
      "journey of no form",
      `${HEAD}journeys:\n  J: push-approval\n`,
      "5:3 journeys.J: expected a mapping with a pattern, or with entry and nodes",
    ],
  ])("%s", ([, text, ...mistakes]) => {
    expect(mistakesOf(text)).toEqual(mistakes);
  });

  test("several mistakes come in the order of the file", () => {
    const text =
      'platform: aic\nrealm: "a b"\ntier: test\nagents:\n  b: { access: [{ scopes: [], application: x }], pattern: alone, name: B }\n  a: { colour: red, name: 3, pattern: autonomous }\nrealms: x\n';
    expect(mistakesOf(text).map((mistake) => mistake.split(": ", 1)[0])).toEqual([
      "2:1 realm",
      "3:1 tier",
      "5:19 agents.b.access[0].scopes",
      "5:50 agents.b.pattern",
      "6:8 agents.a.colour",
      "6:21 agents.a.name",
      "7:1 realms",
    ]);
  });

  test("the error says the file, every mistake and what to do", () => {
    expect(() => load(`${HEAD}a: 1\nb: 2\n`)).toThrow(
      /^ERR_DECLARATION: 2 mistakes in the declaration\n {2}stacks\/dev\.yaml:4:1 a: unknown key .*\n {2}stacks\/dev\.yaml:5:1 b: unknown key .*\n {2}Next: correct stacks\/dev\.yaml; nothing was changed$/,
    );
  });
});

test("an agent and an application never have one client id", () => {
  const text = `${HEAD}agents:\n  bot: { name: A, pattern: autonomous }\napplications:\n  bot: { name: A, type: web }\n`;
  expect(mistakesOf(text)).toEqual(["5:3 agents.bot: an application has this client id"]);
});

describe("two entries that the tenant would find under one key", () => {
  test.for<[name: string, text: string, ...mistakes: string[]]>([
    [
      "users",
      "users:\n  ann: { givenName: A, sn: B, mail: a@b.org }\n  Ann: { givenName: A, sn: B, mail: a@b.org }\n",
      "6:3 users.Ann: users.ann has this user name already",
    ],
    ["groups", "groups:\n  a b: {}\n  A B: {}\n", "6:3 groups.A B: groups.a b has this group name already"],
    [
      "ESVs of both sorts",
      "esvSecrets:\n  esv-a: { value: { env: A } }\nesvVariables:\n  esv-a: { value: x }\n",
      "7:3 esvVariables.esv-a: esvSecrets.esv-a has this id already",
    ],
    [
      "applications",
      "applications:\n  a: { name: Toll, type: web }\n  b: { name: toll, type: web }\n",
      "6:8 applications.b.name: applications.a has this name already",
    ],
    [
      "journeys and acr values, by their keys",
      "provider:\n  acr:\n    a: J\n    a: K\n",
      "7:5 this key stands in the mapping already",
    ],
  ])("%s", ([, text, ...mistakes]) => {
    expect(mistakesOf(`${HEAD}${text}`)).toEqual(mistakes);
  });
});

describe("secret labels", () => {
  const client = (id: string, secret: string) => `  ${id}: { name: A, secret: ${secret}, `;
  const text = (application: string, agent: string, secret = "{ esv: esv-a }") =>
    `${HEAD}applications:\n${client(application, secret)}type: web }\nagents:\n${client(agent, secret)}pattern: autonomous }\n`;

  test("two clients never get one, which would be one secret", () => {
    expect(mistakesOf(text("my-bot", "my_bot"))).toEqual([
      '7:22 agents.my_bot.secret: the secret label "my.bot" is that of my-bot: change one of the client ids',
    ]);
    expect(mistakesOf(text("my-bot", "mybot"))).toEqual([]);
    expect(mistakesOf(text("my-bot", "my_bot", "generated"))).toEqual([]);
  });

  test("a client id without a letter or digit has none", () => {
    expect(mistakesOf(text("--", "bot"))).toEqual([
      "5:18 applications.--.secret: a secret label needs a letter or digit in the client id",
    ]);
  });
});

describe("access", () => {
  test.for<[name: string, text: string, ...mistakes: string[]]>([
    [
      "no scopes",
      inAccess("autonomous", "{ application: a, scopes: [] }"),
      '9:27 agents.bot.access[0].scopes: name the scopes, or write "scopes: all"',
    ],
    [
      "a word that is not all",
      inAccess("autonomous", "{ application: a, scopes: any }"),
      '9:27 agents.bot.access[0].scopes: name the scopes, or write "scopes: all"',
    ],
    [
      "scopes left out",
      inAccess("autonomous", "{ application: a }"),
      '9:9 agents.bot.access[0].scopes: is missing: name the scopes, or write "scopes: all"',
    ],
    [
      "an autonomous agent with subjects",
      inAccess("autonomous", "{ application: a, scopes: all, subjects: [barbara.jensen] }"),
      "9:9 agents.bot.access[0]: an autonomous agent acts for itself: no subjects, or pattern: on-behalf-of",
    ],
    [
      "an agent on behalf of nobody",
      inAccess("on-behalf-of", "{ application: a, scopes: all, subjects: [] }"),
      "9:9 agents.bot.access[0]: say for whom the agent acts: subjects or subjectGroups",
    ],
    [
      "a second entry for an application",
      inAccess("autonomous", "{ application: a, scopes: [x] }", "{ application: a, scopes: [y] }"),
      "10:9 agents.bot.access[1]: a second entry for a: give it a name of its own",
    ],
    [
      "a third entry of the name of the second",
      inAccess(
        "autonomous",
        "{ application: a, scopes: [x] }",
        "{ application: a, name: y, scopes: [y] }",
        "{ application: a, name: y, scopes: [z] }",
      ),
      "11:9 agents.bot.access[2]: a second entry for a: give it a name of its own",
    ],
    [
      "two entries that would be one resource of the stack",
      inAccess("autonomous", "{ application: a/b, scopes: [x] }", "{ application: a, name: b, scopes: [y] }"),
      "10:9 agents.bot.access[1]: a second entry for a: give it a name of its own",
    ],
  ])("%s", ([, text, ...mistakes]) => {
    expect(mistakesOf(text)).toEqual(mistakes);
  });

  test("all scopes, groups, and entries with names of their own are fine", () => {
    const entries = [
      "{ application: a, scopes: all, subjectGroups: [customers] }",
      "{ application: a, name: write, scopes: [write], subjects: [barbara.jensen] }",
      "{ application: b, scopes: all, subjects: [barbara.jensen] }",
    ];
    expect(mistakesOf(inAccess("on-behalf-of", ...entries))).toEqual([]);
  });
});

test.for([
  ["https://tenant.example.com", []],
  ["http://127.0.0.1:4000/am", []],
  ["tenant.example.com", ["4:1 tenant: expected an address such as https://tenant.example.com"]],
  ["ftp://tenant.example.com", ["4:1 tenant: expected an address such as https://tenant.example.com"]],
  ["https://a:canary@tenant.example.com", ["4:1 tenant: an address holds no user and no password"]],
] as const)("the tenant %s", ([tenant, mistakes]) => {
  expect(mistakesOf(`${HEAD}tenant: ${tenant}\n`)).toEqual(mistakes);
});

describe("outside development", () => {
  test.for(["staging", "production"])("%s has no demo identities and no private key in its state", (tier) => {
    const text = `platform: aic
realm: alpha
tier: ${tier}
agents:
  bot: { name: Bot, pattern: approved, scopes: [openid], ciba: { keys: generated } }
users: {}
groups: {}
applications:
  app: { name: App, type: web, ciba: { keys: generated } }
`;
    expect(mistakesOf(text)).toEqual([
      "5:66 agents.bot.ciba.keys: would put a private key into the state: run npx ping-agents keys new bot",
      "6:1 users: users are declared in tier development only",
      "7:1 groups: groups are declared in tier development only",
      "9:40 applications.app.ciba.keys: would put a private key into the state: run npx ping-agents keys new app",
    ]);
    expect(mistakesOf(text.replace(tier, "development"))).toEqual([]);
  });
});
