/** `${env:NAME}`: taken where a text decides about no access, refused everywhere else, and missed all at once. */

import { describe, expect, test } from "vitest";
import { inspectDeclaration } from "../../src/platforms.ts";
import { loaded, mistakesIn, parsed, variable } from "./files.ts";

const REFUSED = `takes no ${variable("…")}: what was reviewed must not depend on a shell`;
const V = variable("HOST");
const ENV = { HOST: "https://dev.example.com" };
const HEAD = { aic: "platform: aic\nrealm: alpha\ntier: development\n", pingone: "platform: pingone\n" };

const agent = (...fields: string[]) =>
  `agents:\n  bot: { ${["name: Bot", "pattern: autonomous", ...fields].join(", ")} }\n`;
const app = (...fields: string[]) => `applications:\n  app: { ${["name: App", "type: web", ...fields].join(", ")} }\n`;
const api = (...fields: string[]) => `resources:\n  api: { ${["name: API", ...fields].join(", ")} }\n`;

describe("taken in texts and addresses", () => {
  const expected = "https://dev.example.com";
  test.for<[name: string, platform: keyof typeof HEAD, text: string, value: unknown]>([
    ["tenant", "aic", `tenant: ${V}\n`, { tenant: expected }],
    ["description", "aic", agent(`description: "at ${V}"`), { agents: { bot: { description: `at ${expected}` } } }],
    [
      "display name",
      "aic",
      `agents:\n  bot: { name: "Bot ${V}", pattern: autonomous }\n`,
      { agents: { bot: { name: `Bot ${expected}` } } },
    ],
    [
      "redirect URI",
      "aic",
      app(`redirectUris: ["${V}/cb"]`),
      { applications: { app: { redirectUris: [`${expected}/cb`] } } },
    ],
    [
      "URL further in",
      "aic",
      app(`logout: { backchannelLogoutUri: "${V}/out" }`),
      { applications: { app: { logout: { backchannelLogoutUri: `${expected}/out` } } } },
    ],
    [
      "redirect URI on PingOne",
      "pingone",
      app(`redirectUris: ["${V}/cb"]`),
      { applications: { app: { redirectUris: [`${expected}/cb`] } } },
    ],
    ["audience", "pingone", api(`audience: "${V}"`), { resources: { api: { audience: expected } } }],
    ["CORS origin", "pingone", app(`corsOrigins: ["${V}"]`), { applications: { app: { corsOrigins: [expected] } } }],
    [
      "home page",
      "pingone",
      app(`authorization: { homePageUrl: "${V}" }`),
      { applications: { app: { authorization: { homePageUrl: expected } } } },
    ],
  ])("%s", ([, platform, text, value]) => {
    expect(loaded({ "stacks/dev.yaml": HEAD[platform] + text }, ENV)).toMatchObject(value as object);
  });
});

test.for<[name: string, platform: keyof typeof HEAD, text: string, field: string]>([
  ["tier", "aic", "", "tier"],
  ["realm", "aic", "", "realm"],
  ["client id", "aic", `agents:\n  "${V}": { name: Bot, pattern: autonomous }\n`, `agents.${V}`],
  ["pattern", "aic", `agents:\n  bot: { name: Bot, pattern: "${V}" }\n`, "agents.bot.pattern"],
  ["owner", "aic", agent(`owners: ["${V}"]`), "agents.bot.owners[0]"],
  ["scope of a client", "aic", agent(`scopes: ["${V}"]`), "agents.bot.scopes[0]"],
  ["grant type", "aic", agent(`grantTypes: ["${V}"]`), "agents.bot.grantTypes[0]"],
  [
    "application of an access",
    "aic",
    agent(`access: [{ application: "${V}", scopes: [a] }]`),
    "agents.bot.access[0].application",
  ],
  [
    "scope of an access",
    "aic",
    agent(`access: [{ application: a, scopes: ["${V}"] }]`),
    "agents.bot.access[0].scopes[0]",
  ],
  ["scopes as a word", "aic", agent(`access: [{ application: a, scopes: "${V}" }]`), "agents.bot.access[0].scopes"],
  [
    "subject",
    "aic",
    `agents:\n  bot: { name: Bot, pattern: on-behalf-of, access: [{ application: a, scopes: [b], subjects: ["${V}"] }] }\n`,
    "agents.bot.access[0].subjects[0]",
  ],
  [
    "group of subjects",
    "aic",
    `agents:\n  bot: { name: Bot, pattern: on-behalf-of, access: [{ application: a, scopes: [b], subjectGroups: ["${V}"] }] }\n`,
    "agents.bot.access[0].subjectGroups[0]",
  ],
  ["acr value", "aic", `provider: { acr: { push: "${V}" } }\n`, "provider.acr.push"],
  ["acr as a key", "aic", `provider: { acr: { "${V}": Push } }\n`, `provider.acr.${V}`],
  ["keys' address", "aic", app(`keys: { location: jwks_uri, jwksUri: "${V}" }`), "applications.app.keys.jwksUri"],
  ["allowed access", "aic", agent(`allow: [{ access: "${V}", reason: a, owner: b }]`), "agents.bot.allow[0].access"],
  [
    "what an attribute is, by its own name",
    "aic",
    app(`extra: { coreOAuth2ClientConfig: { a: [{ b: "${V}" }] } }`),
    "applications.app.extra.coreOAuth2ClientConfig.a[0].b",
  ],
  [
    "a node of a journey",
    "aic",
    `journeys:\n  J: { entry: a, nodes: { a: { type: X, outcomes: { b: success }, properties: { c: "${V}" } } } }\n`,
    "journeys.J.nodes.a.properties.c",
  ],
  [
    "resource of an access",
    "pingone",
    agent(`access: [{ resource: "${V}", scopes: [a] }]`),
    "agents.bot.access[0].resource",
  ],
  ["value of a claim", "pingone", agent(`claims: { email: { value: "${V}" } }`), "agents.bot.claims.email.value"],
  ["scope of a resource, as a key", "pingone", api(`scopes: { "${V}": Read }`), `resources.api.scopes.${V}`],
  [
    "group that may sign on",
    "pingone",
    app(`userAccess: { groups: { match: any, names: ["${V}"] } }`),
    "applications.app.userAccess.groups.names[0]",
  ],
])("refused: %s", ([, platform, text, field]) => {
  const head = HEAD[platform].replace(new RegExp(`^${field}: .*`, "m"), `${field}: "${V}"`);
  const told = mistakesIn({ "stacks/dev.yaml": head + text }, ENV);
  expect(told).toEqual([expect.stringContaining(` ${field}: ${REFUSED}`)]);
});

test("missing ones are told all at once, each where it stands", () => {
  const files = {
    "stacks/base.yaml": `${HEAD.aic}${app(`redirectUris: ["${variable("PORTAL")}/a", "${variable("PORTAL")}/b"]`)}`,
    "stacks/dev.yaml": `extends: base.yaml\ntenant: ${variable("TENANT")}\ntier: prod\nagents: { bot: { name: "${variable("A")} ${variable("B")}", pattern: autonomous } }\n`,
  };
  expect(mistakesIn(files, { PORTAL: "" })).toEqual([
    "stacks/dev.yaml:2:1 tenant: environment variable TENANT is not set",
    "stacks/dev.yaml:3:1 tier: expected development, staging or production",
    "stacks/dev.yaml:4:18 agents.bot.name: environment variable A is not set",
    "stacks/dev.yaml:4:18 agents.bot.name: environment variable B is not set",
    "stacks/base.yaml:5:47 applications.app.redirectUris[0]: environment variable PORTAL is not set",
    "stacks/base.yaml:5:66 applications.app.redirectUris[1]: environment variable PORTAL is not set",
  ]);
});

test("what comes in is checked as if it was written, and not shown", () => {
  const told = mistakesIn({ "stacks/dev.yaml": `${HEAD.aic}tenant: ${V}\n` }, { HOST: "s3cr3t-canary" });
  expect(told).toEqual(["stacks/dev.yaml:4:1 tenant: expected an address such as https://tenant.example.com"]);
});

test("rules over the whole look at what comes in", () => {
  const uris = (text: string) => ({ "stacks/dev.yaml": `${HEAD.aic}${text}` });
  const native = app(`redirectUris: ["${V}/cb"]`);
  expect(mistakesIn(uris(native), { HOST: "com.example.app:/x" })).toEqual([
    expect.stringContaining("applications.app.redirectUris[0]: a scheme of its own is for a native application"),
  ]);
  expect(inspectDeclaration(parsed(uris(native), { HOST: "http://dev.example.com" })).warnings).toEqual([
    expect.objectContaining({ field: "applications.app.redirectUris[0]" }),
  ]);
});

test("$ before it leaves it as it stands, and other expressions are none", () => {
  const text = agent(`description: "say $${V}, \${user.email}"`);
  expect(loaded({ "stacks/dev.yaml": HEAD.aic + text }).agents?.bot).toMatchObject({
    description: `say ${V}, \${user.email}`,
  });
});

test("a word that every object inherits is an unknown word, whatever stands below it", () => {
  const told = mistakesIn({ "stacks/dev.yaml": `${HEAD.aic}${agent("constructor: { name: [x] }")}` });
  expect(told).toEqual([expect.stringContaining("constructor")]);
});
