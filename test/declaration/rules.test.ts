/** Rules over a whole declaration: what they leave alone, and what is no more than a warning. */

import { describe, expect, test } from "vitest";
import { parseDeclaration } from "../../src/declaration/load.ts";
import { inspectDeclaration } from "../../src/platforms.ts";
import { HEAD, load, mistakesOf } from "./load.ts";

const ENTRY =
  "  bot: { name: Bot, pattern: autonomous, access: [{ application: APP, scopes: [read] }], owners: [ann] }\n";
const withAccessTo = (application: string) => `agents:\n${ENTRY.replace("APP", application)}`;
const APP = "applications:\n  shop-app: { name: Shop, type: service, scopes: ['read|Read all'] }\n";

describe("names that are fine", () => {
  test.for([
    ["of the tenant, unlike all that are declared", `${HEAD}${APP}${withAccessTo("invoices")}`],
    [
      "of the tenant, much like a short one",
      `${HEAD}applications:\n  db: { name: A, type: web }\n${withAccessTo("dc")}`,
    ],
    [
      "like a declared one, and listed",
      `${HEAD}existing: { applications: [shop-apps] }\n${APP}${withAccessTo("shop-apps")}`,
    ],
    ["listed with what they are", `${HEAD}existing: { users: { ann: runs the shop } }\n${withAccessTo("x")}`],
    [
      "of users, whatever their case",
      `${HEAD}users:\n  ANN: { givenName: A, sn: B, mail: a@example.net }\n${withAccessTo("x")}`,
    ],
    ["of a scope with a text that is shown", `${HEAD}${APP}${withAccessTo("shop-app")}`],
    [
      "of scopes that nobody declares",
      `${HEAD}applications:\n  shop-app: { name: Shop, type: web }\n${withAccessTo("shop-app")}`,
    ],
  ])("%s", ([, text]) => {
    expect(mistakesOf(text as string)).toEqual([]);
  });
});

test("what an agent that acts by may_act comes to is not known on AIC: an application acts", () => {
  const delegates = "delegates: [{ with: bot, audience: tool, scopes: [read] }]";
  expect(mistakesOf(`${HEAD}agents:\n  bot: { name: B, pattern: autonomous, ${delegates} }\n`)).toContainEqual(
    expect.stringMatching(/agents\.bot\.delegates: nobody knows .*: let an application act/),
  );
});

test("keys are the text that stands there, also where YAML takes it for a number", () => {
  const keys = ["007", "0x1F", "1e3", "12345678901234567890", "true"];
  const text = `${HEAD}agents:\n${keys.map((key) => `  ${key}: { name: A, pattern: autonomous }\n`).join("")}`;
  expect(Object.keys(load(text).agents ?? {}).sort()).toEqual(keys.toSorted());
});

test("a description is kept without the line break that ends its block, and an empty one is none", () => {
  const block = "groups:\n  a:\n    description: |\n      One.\n      Two.\n  b: { description: '' }\n";
  expect(load(HEAD + block)).toMatchObject({ groups: { a: { description: "One.\nTwo." }, b: {} } });
  expect(load(HEAD + block)).not.toHaveProperty("groups.b.description", "");
});

test("times are seconds, or have a unit, on both platforms", () => {
  const times = "tokens: { accessTokenLifetime: 15m, refreshTokenLifetime: 1h, idTokenLifetime: 90 }";
  expect(load(`${HEAD}agents:\n  bot: { name: B, pattern: autonomous, ${times} }\n`)).toMatchObject({
    agents: { bot: { tokens: { accessTokenLifetime: 900, refreshTokenLifetime: 3_600, idTokenLifetime: 90 } } },
  });
  const lives = "tokens: { refreshTokenLifetime: 7d, refreshTokenGracePeriod: 30s }";
  expect(load(`platform: pingone\nagents:\n  bot: { name: B, pattern: autonomous, ${lives} }\n`)).toMatchObject({
    agents: { bot: { tokens: { refreshTokenLifetime: 604_800, refreshTokenGracePeriod: 30 } } },
  });
});

const PORTAL = "platform: pingone\napplications:\n  app:\n    name: App\n    type: web\n";

describe("warnings, beside which a declaration is right", () => {
  const warningsOf = (text: string, day: string) => {
    const { declaration, warnings } = inspectDeclaration(parseDeclaration(text, "x.yaml"), new Date(day));
    expect(declaration).toBeDefined();
    return warnings.map(({ line, column, field, message }) => `${line}:${column} ${field}: ${message}`);
  };

  test("refresh tokens as JWTs, with the days that are left", () => {
    const text = `${PORTAL}    tokens: { refreshTokenFormat: json_web_token }\n`;
    const said = (when: string) => [
      `6:15 applications.app.tokens.refreshTokenFormat: PingOne withdraws json_web_token after 1 March 2027, ${when}: use opaque_token`,
    ];
    expect(warningsOf(text, "2027-02-19T00:00:00Z")).toEqual(said("in 10 days"));
    expect(warningsOf(text, "2027-03-02T00:00:00Z")).toEqual(said("and that day is over"));
    expect(warningsOf(text.replace("json_web_token", "opaque_token"), "2027-02-19")).toEqual([]);
  });

  test("words that the documentation does not know", () => {
    expect(warningsOf(`${PORTAL}    authorization: { pkce: s256_requird }\n`, "2027-01-01")).toEqual([
      '6:22 applications.app.authorization.pkce: is no word of the documentation; did you mean "s256_required"?',
    ]);
    const web = `${HEAD}applications:\n  app:\n    name: App\n    type: web\n`;
    expect(
      warningsOf(`${web}    responseTypes: [cod]\n    idToken: { signedResponseAlg: RS265 }\n`, "2027-01-01"),
    ).toEqual([
      '8:21 applications.app.responseTypes[0]: is no word of the documentation; did you mean "code"?',
      '9:16 applications.app.idToken.signedResponseAlg: is no word of the documentation; did you mean "RS256"?',
    ]);
  });

  test.each([
    ["platform: aic\nrealm: alpha\ntier: production\n", "4"],
    ["platform: pingone\n", "2"],
  ])("an agent whose last day is near or over, unless it is switched off", (head, line) => {
    const agent = (more = "") =>
      `${head}agents:\n  bot: { name: Bot, pattern: autonomous, expires: 2026-12-31${more} }\n`;
    const at = `${Number(line) + 1}:42 agents.bot.expires`;
    const next = "renew expires, or end it: enabled: false, or take its entry out";
    expect(warningsOf(agent(), "2026-11-30T23:59:59Z")).toEqual([]);
    expect(warningsOf(agent(), "2026-12-01T00:00:00Z")).toEqual([
      `${at}: ends in 30 days, then verify and access fail for it; ${next}`,
    ]);
    expect(warningsOf(agent(), "2026-12-31T23:59:59Z")).toEqual([
      `${at}: ends in 0 days, then verify and access fail for it; ${next}`,
    ]);
    expect(warningsOf(agent(), "2027-01-01T00:00:00Z")).toEqual([
      `${at}: expired 1 day ago: verify and access fail for it; ${next}`,
    ]);
    expect(warningsOf(agent(", enabled: false"), "2027-01-01")).toEqual([]);
  });

  test("redirect URIs in clear, but for the machine of the browser", () => {
    const uris = "[http://app.example.net/cb, http://localhost:3000/cb, https://app.example.net/cb]";
    expect(warningsOf(`${PORTAL}    redirectUris: ${uris}\n`, "2027-01-01")).toEqual([
      "6:20 applications.app.redirectUris[0]: the authorization code goes there in clear: use https",
    ]);
  });
});

describe("tools of an agent", () => {
  const SHOP = `${HEAD}applications:\n  shop-app: { name: Shop, type: service, scopes: ["read|Read", write] }\n`;
  const warningsOf = (text: string) =>
    inspectDeclaration(parseDeclaration(text, "x.yaml")).warnings.map(
      ({ line, column, field, message }) => `${line}:${column} ${field}: ${message}`,
    );
  const bot = (...fields: string[]) =>
    `agents:\n  bot:\n    name: Bot\n${fields.map((field) => `    ${field}\n`).join("")}`;
  const read = "order: { authorization: token_exchange, application: shop-app, scopes: [read] }";

  test.for([
    [
      "a public one needs nothing",
      `${HEAD}${bot("pattern: on-behalf-of", "tools: { search: { authorization: none } }")}`,
    ],
    [
      "all scopes of an application that another file declares",
      HEAD +
        bot(
          "pattern: autonomous",
          "access: [{ application: other, scopes: all }]",
          `tools: { ${read.replace("shop-app", "other")} }`,
        ),
    ],
    [
      "what an application has by its own grant types",
      `${HEAD}applications:\n  app:\n    name: App\n    type: service\n    scopes: [read]\n    tools: { job: { authorization: client_credentials, scopes: [read] } }\n`,
    ],
  ])("%s", ([, text]) => {
    expect(mistakesOf(text as string)).toEqual([]);
    expect(warningsOf(text as string)).toEqual([]);
  });

  test("what was granted and no tool needs is a warning, at its place", () => {
    const access = "access: [{ application: shop-app, scopes: [read, write] }]";
    expect(
      warningsOf(SHOP + bot("pattern: autonomous", "scopes: [openid, prices]", access, `tools: { ${read} }`)),
    ).toEqual([
      '10:22 agents.bot.scopes[1]: no tool needs "prices": take it away, or say which tool does',
      '11:54 agents.bot.access[0].scopes[1]: no tool needs "write": take it away, or say which tool does',
    ]);
    const all = "access: [{ application: shop-app, scopes: all }]";
    expect(warningsOf(SHOP + bot("pattern: autonomous", all, `tools: { ${read} }`))).toEqual([
      '10:39 agents.bot.access[0].scopes: no tool needs "write": take it away, or say which tool does',
    ]);
    expect(warningsOf(SHOP + bot("pattern: autonomous", all))).toEqual([]);
  });

  test("on AIC an audience of delegates is as good as an application, and takes the scopes that stand there", () => {
    const text = (tool: string) =>
      `${HEAD}applications:
  app:
    name: App
    type: service
    delegates: [{ with: bot, audience: tool.example.com, scopes: [read, write] }]
    tools: { ${tool} }
${bot("pattern: autonomous")}`;
    const exchange = (more: string) => `order: { authorization: token_exchange, ${more} }`;
    const write =
      '8:73 applications.app.delegates[0].scopes[1]: no tool needs "write": take it away, or say which tool does';
    const sound = text(exchange("audience: tool.example.com, scopes: [read]"));
    expect(mistakesOf(sound)).toEqual([]);
    expect(warningsOf(sound)).toEqual([write]);
    const own = text("job: { authorization: client_credentials, scopes: [write] }");
    expect(mistakesOf(own)).toEqual([]);
    expect(mistakesOf(text(exchange("audience: tool.example.com, scopes: [read, erase]")))).toEqual([
      expect.stringMatching(
        /scopes\[1\]: "erase" is not granted: add it to the scopes of delegates for tool.example.com$/,
      ),
    ]);
    expect(mistakesOf(text(exchange("audience: other.example.com, scopes: [read]")))).toEqual([
      expect.stringMatching(
        /audience: there is no access to other.example.com: name it under delegates, with these scopes$/,
      ),
    ]);
    for (const both of ["application: bot, audience: tool.example.com, scopes: [read]", "scopes: [read]"])
      expect(mistakesOf(text(exchange(both)))).toContainEqual(
        expect.stringMatching(/tools.order: name either the application, or an audience of delegates$/),
      );
  });

  test("on PingOne a resource goes by its key or name, and the actor's scopes are needed, too", () => {
    const text = (actor: string) =>
      `platform: pingone
resources:
  orders: { name: Orders API, scopes: { read: "", write: "" } }
  agents-api: { name: Agents API, scopes: { act: "" } }
agents:
  bot:
    name: Bot
    pattern: on-behalf-of
    actsForUsersOf: [orders]
    access:
      - { resource: orders, scopes: [read, write] }
      - { resource: Agents API, scopes: [act] }
      - { resource: openid, scopes: [profile] }
    tools:
      order: { authorization: token_exchange, resource: Orders API, scopes: [read]${actor} }
`;
    const write = '11:44 agents.bot.access[0].scopes[1]: no tool needs "write": take it away, or say which tool does';
    expect(mistakesOf(text(", actor: { resource: agents-api, scopes: [act] }"))).toEqual([]);
    expect(warningsOf(text(", actor: { resource: agents-api, scopes: [act] }"))).toEqual([write]);
    expect(warningsOf(text(""))).toEqual([
      write,
      '12:42 agents.bot.access[1].scopes[0]: no tool needs "act": take it away, or say which tool does',
    ]);
  });
});

test.for(["https://*.test.com", "https://www.app*.test.com", "http://localhost:3000", "https://10.0.0.1:8443"])(
  "the origin %s is one that PingOne takes",
  (origin) => {
    expect(mistakesOf(`${PORTAL}    corsOrigins: ["${origin}"]\n`)).toEqual([]);
  },
);
