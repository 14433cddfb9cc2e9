/** Every rule over access: a declaration that it finds something in, and one that it does not, on each cloud that has the thing. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Live } from "../../src/access/access.ts";
import { aicAccess } from "../../src/access/aic/rows.ts";
import { type Findings, findingsOf, newFindings } from "../../src/access/findings.ts";
import { rules } from "../../src/access/rules/all.ts";
import type { World } from "../../src/access/rules/rule.ts";
import { scopeKind } from "../../src/access/rules/scope-words.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";
import { RULES, type RuleId } from "../../src/fields/access-policy.ts";
import { checkDeclaration, declaredWorld } from "../../src/platforms.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import * as published from "./published.ts";
import { example } from "./support.ts";

const NOW = new Date("2026-06-15T12:00:00Z");

function findings(text: string): Findings {
  const parsed = parseDeclaration(text, "stacks/test.yaml", { env: {} });
  const declaration = checkDeclaration(parsed);
  return findingsOf(declaredWorld(declaration, parsed, NOW), declaration.accessPolicy, parsed.placeOf);
}

/** What a rule finds, as `line name: what`. */
const foundBy = (id: RuleId, text: string): string[] =>
  findings(text)
    .open.filter(({ rule }) => rule === id)
    .map(({ about, what, place }) => `${place?.line} ${about.name}: ${what}`);

const indented = (lines: string, by: number) => lines.trim().replaceAll(/^(?=.)/gm, " ".repeat(by));
const AIC = "platform: aic\nrealm: alpha\n";
const PINGONE = "platform: pingone\n";

/** An agent that nothing is to be found in, on an application with three scopes; more of the agent, and more of the file. */
const aic = (agent: string, more = "", tier = "production") => `${AIC}tier: ${tier}
applications:
  shop: { name: Shop, type: service, authMethod: private_key_jwt, scopes: [read, write, ship], tokens: { accessTokenLifetime: 10m } }
  desk: { name: Desk, type: service, scopes: [write], tokens: { accessTokenLifetime: 10m } }
agents:
  bot:
    name: Bot
${indented(agent, 4)}
${more}
`;

const FINE = "owners: [ann]\nexpires: 2027-12-31\nauthMethod: private_key_jwt\ntokens: { accessTokenLifetime: 10m }\n";
const SELF = `pattern: autonomous\n${FINE}`;
const expiring = (agent: string, last: string) => agent.replace("2027-12-31", last);
const USERS = `pattern: on-behalf-of\n${FINE}`;
const reach = (scopes: string, more = "", application = "shop") =>
  `access: [{ application: ${application}, scopes: ${scopes}${more} }]`;
const FOR_STAFF = ", subjectGroups: [staff]";

/** The same on PingOne: an agent, resources with three scopes and one, and an application that users sign in to. */
const pingone = (
  agent: string,
  more = "",
  portal = "userAccess: { groups: { match: any, names: [staff] } }",
) => `${PINGONE}resources:
  shop: { name: Shop, accessTokenLifetime: 600, scopes: { read: "", write: "", ship: "" } }
  desk: { name: Desk, accessTokenLifetime: 600, scopes: { use: "" } }
applications:
  portal:
    name: Portal
    type: web
    redirectUris: [https://portal.example.com/cb]
    access: [{ resource: desk, scopes: [use] }]
${indented(portal, 4)}
agents:
  bot:
    name: Bot
    keys: { jwksUri: https://bot.example.com/jwks }
${indented(agent, 4)}
${more}`;

const ON = { self: `pattern: autonomous\nowners: [ann]\nexpires: 2027-12-31\nauthMethod: private_key_jwt\n` };
const ON_USERS = ON.self.replace("autonomous", "on-behalf-of\nactsForUsersOf: [desk]");
const grant = (scopes: string, resource = "shop") => `access: [{ resource: ${resource}, scopes: ${scopes} }]`;

const KEY = `{ kty: EC, crv: P-256, use: sig, alg: ES256, kid: cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s, x: MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4, y: 4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM }`;
const keyed = (name: string, jwks: string) =>
  `  ${name}:\n    name: ${name}\n${indented(ON.self, 4)}\n    keys: { jwks: { keys: [${jwks}] } }\n`;
const other = (kid: string) => KEY.replace("MKBC", "NKBC").replace("cn-I", kid);

type Case = readonly [cloud: string, positive: string, expected: string, negative: string];

/** What a tenant shows that a rule finds something in, and how that is told. */
const LIVE = {
  "open-registration": [
    { isRegistrationOpen: true },
    "service/oauth-oidc provider: lets anybody register clients and agents",
  ],
  "owner-disabled": [
    { disabledOwners: [{ of: { id: "bot", name: "Bot" }, owner: "ann" }] },
    "user/ann Bot: has the owner ann, whose account is switched off",
  ],
} as const satisfies Partial<Record<RuleId, readonly [positive: Partial<Live>, expected: string]>>;

const CASES: Readonly<Record<Exclude<RuleId, keyof typeof LIVE | "delegates-combine">, readonly Case[]>> = {
  "acts-for-everyone": [
    [
      "aic",
      aic(USERS + reach("[read]", ", subjectGroups: [Everyone]")),
      '"read"',
      aic(USERS + reach("[read]", FOR_STAFF)),
    ],
    ["pingone", pingone(ON_USERS + grant("[read]"), "", ""), '"read"', pingone(ON_USERS + grant("[read]"))],
  ],
  "agent-reaches-agent": [
    [
      "aic",
      aic(SELF + reach("[openid]", "", "helper"), "", "development").replace(
        "applications:",
        "applications:\n  helper: { name: Helper, type: web, scopes: [openid], grantTypes: [ciba], ciba: { keys: generated } }",
      ),
      "Helper",
      aic(SELF + reach("[read]")),
    ],
    [
      "pingone",
      pingone(
        ON_USERS + grant("[read]"),
        `  first:\n    name: First\n${indented(ON.self, 4)}\n    keys: { jwksUri: https://a.example.com/jwks }\n    access: [{ resource: desk, scopes: [use] }]\n`,
      ),
      "First",
      pingone(ON_USERS + grant("[read]")),
    ],
  ],
  "all-scopes": [
    ["aic", aic(SELF + reach("all")), "of Shop", aic(SELF + reach("[read, write]"))],
    ["pingone", pingone(ON.self + grant("[read, ship, write]")), "of Shop", pingone(ON.self + grant("[read, write]"))],
  ],
  "application-as-agent": [
    [
      "aic",
      aic(SELF, "", "development").replace(
        "type: service, authMethod",
        "type: web, grantTypes: [token_exchange], authMethod",
      ),
      "is an application",
      aic(SELF),
    ],
    ["pingone", pingone(ON.self, "", "grantTypes: [authorization_code, ciba]"), "is an application", pingone(ON.self)],
  ],
  "autonomous-writes": [
    ["aic", aic(SELF + reach("[write]")), '"write"', aic(SELF + reach("[read]"))],
    ["pingone", pingone(ON.self + grant("[write]")), '"write"', pingone(ON.self + grant("[read]"))],
  ],
  "clear-redirect": [
    [
      "aic",
      aic(`${SELF}redirectUris: [http://bot.example.com/cb]`),
      "use https",
      aic(`${SELF}redirectUris: [http://localhost/cb]`),
    ],
    [
      "pingone",
      pingone(`${ON.self}redirectUris: [http://bot.example.com/cb]`),
      "use https",
      pingone(`${ON.self}redirectUris: [https://bot.example.com/cb]`),
    ],
  ],
  "endless-exception": [
    [
      "aic",
      aic(`${SELF}allow: [{ access: p1, reason: r, owner: ann }]`),
      "ann answers for p1 for ever",
      aic(`${SELF}allow: [{ access: p1, reason: r, owner: ann, expires: 2026-12-31 }]`),
    ],
    [
      "pingone",
      pingone(`${ON.self}allow: [{ access: grant/X, reason: r, owner: ann }]`),
      "ann answers for grant/X for ever",
      pingone(ON.self, "accessPolicy: { allow: [{ scope: r, reason: a }] }"),
    ],
  ],
  "expired-exception": [
    [
      "aic",
      aic(`${SELF}allow: [{ access: p1, reason: r, owner: ann, expires: 2026-06-14 }]`),
      "ann answered for p1 until 2026-06-14",
      aic(`${SELF}allow: [{ access: p1, reason: r, owner: ann, expires: 2026-06-15 }]`),
    ],
    [
      "pingone",
      pingone(ON.self, "accessPolicy: { accept: [{ rule: no-owner, reason: r, owner: ann, expires: 2026-06-14 }] }"),
      "ann answered for no-owner until 2026-06-14",
      pingone(ON.self, "accessPolicy: { accept: [{ rule: no-owner, reason: r, owner: ann, expires: 2026-06-15 }] }"),
    ],
  ],
  "group-writes-widely": [
    [
      "aic",
      aic(
        `${USERS}access:\n  - { application: shop, scopes: [write]${FOR_STAFF} }\n  - { application: desk, scopes: [write]${FOR_STAFF} }`,
      ),
      "on Shop and Desk",
      aic(
        `${USERS}access:\n  - { application: shop, scopes: [read]${FOR_STAFF} }\n  - { application: desk, scopes: [write]${FOR_STAFF} }`,
      ),
    ],
    [
      "pingone",
      pingone(`${ON_USERS}access: [{ resource: shop, scopes: [write] }, { resource: till, scopes: [pay] }]`).replace(
        "resources:",
        'resources:\n  till: { name: Till, scopes: { pay: "" } }',
      ),
      "on Shop and Till",
      pingone(ON_USERS + grant("[write]")),
    ],
  ],
  "idle-scope": [
    ["aic", aic(`${USERS}scopes: [plans]`), '"plans"', aic(`${SELF}scopes: [plans]`)],
    ["pingone", pingone(ON.self + grant("[read, write]")), '"ship"', pingone(ON.self + grant("[read, ship, write]"))],
  ],
  "implicit-grant": [
    ["aic", aic(`${SELF}grantTypes: [implicit]`), "address", aic(`${SELF}responseTypes: [id_token]`)],
    ["pingone", pingone(ON.self, "", "grantTypes: [implicit]\nresponseTypes: [token]"), "address", pingone(ON.self)],
  ],
  "agent-expired": [
    ["aic", aic(expiring(SELF, "2026-06-10")), "expired 5 days ago", aic(expiring(SELF, "2026-06-20"))],
    [
      "pingone",
      pingone(expiring(ON.self, "2026-06-14")),
      "expired 1 day ago",
      pingone(expiring(ON.self, "2026-06-15")),
    ],
  ],
  "life-ends": [
    ["aic", aic(expiring(SELF, "2026-06-20")), "ends in 5 days", aic(expiring(SELF, "2026-06-10"))],
    ["pingone", pingone(expiring(ON.self, "2026-06-20")), "ends in 5 days", pingone(ON.self)],
  ],
  "long-lived-token": [
    ["aic", aic(SELF.replace("10m", "16m")), "16 minutes", aic(SELF.replace("10m", "16m"), "", "staging")],
    ["pingone", pingone(ON.self).replace("accessTokenLifetime: 600, ", ""), "60 minutes", pingone(ON.self)],
  ],
  "many-targets": [
    [
      "aic",
      aic(
        `${SELF}scopes: [own]\naccess: [${["shop", "desk", "x"].map((one) => `{ application: ${one}, scopes: [write] }`).join(", ")}]`,
      ),
      "reaches 4",
      aic(
        `${SELF}access: [${["shop", "desk", "x"].map((one) => `{ application: ${one}, scopes: [write] }`).join(", ")}]`,
      ),
    ],
    [
      "pingone",
      pingone(
        `${ON.self}access: [${["a", "b", "c", "d"].map((one) => `{ resource: ${one}, scopes: [r] }`).join(", ")}]`,
      ),
      "reaches 4",
      pingone(`${ON.self}access: [${["a", "b", "c"].map((one) => `{ resource: ${one}, scopes: [r] }`).join(", ")}]`),
    ],
  ],
  "no-expiry": [
    ["aic", aic(SELF.replace(/expires.*\n/, "")), "has no end", aic(SELF)],
    ["pingone", pingone(ON.self.replace(/expires.*\n/, "")), "has no end", pingone(ON.self)],
  ],
  "no-owner": [
    ["aic", aic(SELF.replace(/owners.*\n/, "")), "no owner", aic(SELF.replace(/owners.*\n/, "sponsor: team\n"))],
    ["pingone", pingone(ON.self.replace(/owners.*\n/, "")), "no owner", pingone(ON.self)],
  ],
  "password-grant": [
    ["aic", aic(`${SELF}grantTypes: [password]`), "passwords", aic(`${SELF}grantTypes: [password]`, "", "development")],
    ["pingone", pingone(ON.self, "", "grantTypes: [authorization_code, password]"), "passwords", pingone(ON.self)],
  ],
  "reads-and-writes": [
    [
      "aic",
      aic(SELF + reach("[read, write]")),
      'reads ("read") and writes ("write")',
      aic(SELF + reach("[read, ship]")),
    ],
    ["pingone", pingone(ON.self + grant("[read, write]")), "reads", pingone(ON.self + grant("[write]"))],
  ],
  "secret-in-clear": [
    [
      "aic",
      aic(`${SELF}customAttributes: { api-key: hunter2 }`),
      "looks like a secret",
      aic(
        `${SELF}customAttributes: { team: hunter2 }`,
        "esvVariables: { esv-secret-name: { value: esv-shop-secret } }",
      ),
    ],
    [
      "pingone",
      pingone(`${ON.self}description: eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.x`),
      "looks like a secret",
      pingone(`${ON.self}description: The secret of success`),
    ],
  ],
  "shared-key": [
    [
      "pingone",
      pingone(ON.self, keyed("one", KEY) + keyed("two", KEY)),
      "signs with a key of one",
      pingone(ON.self, keyed("one", KEY) + keyed("two", other("x"))),
    ],
    [
      "aic",
      aic(`${SELF}keys: { location: jwks, jwks: { keys: [${KEY}] } }`).replace(
        "type: service, scopes: [write]",
        `type: service, scopes: [write], keys: { location: jwks, jwks: { keys: [${KEY}] } }`,
      ),
      "signs with a key of Bot",
      aic(`${SELF}keys: { location: jwks, jwks: { keys: [${KEY}] } }`),
    ],
  ],
  "shared-secret": [
    ["aic", aic(SELF.replace(/authMethod.*\n/, "")), "client_secret_post", aic(SELF)],
    ["pingone", pingone(ON.self.replace(/authMethod.*\n/, "")), "client_secret_basic", pingone(ON.self)],
  ],
  "undeclared-stays": [
    ["aic", aic(SELF, "undeclaredAccess: report"), "nobody declared", aic(SELF, "undeclaredAccess: remove")],
    ["pingone", pingone(`${ON.self}undeclaredAccess: report`), "nobody declared", pingone(ON.self)],
  ],
  "unread-claim": [
    [
      "aic",
      aic(`${SELF}overrides: { accessTokenMayActScript: 01e1a3c0-038b-4c16-956a-6c9d89328cff }`),
      "script 01e1a3c0-038b-4c16-956a-6c9d89328cff says who may act with its tokens, and cannot be read",
      aic(`${SELF}overrides: { accessTokenMayActScript: "[Empty]" }`),
    ],
    [
      "aic",
      aic(`${SELF}overrides: { enabled: true, accessTokenMayActScript: 01e1a3c0-038b-4c16-956a-6c9d89328cff }`),
      "cannot be read",
      // Switched off, none of them is in force.
      aic(`${SELF}overrides: { enabled: false, accessTokenMayActScript: 01e1a3c0-038b-4c16-956a-6c9d89328cff }`),
    ],
    [
      "pingone",
      pingone(ON.self).replace(
        "scopes: { use",
        `claims: { may_act: "${["$", "{user.mayAct}"].join("")}" }, scopes: { use`,
      ),
      "may_act is an expression that nobody can evaluate here",
      pingone(ON_USERS),
    ],
  ],
  "unused-scope": [
    [
      "aic",
      aic(`${SELF}${reach("[read]")}\ntools: { t: { authorization: none } }`),
      'no tool needs "read"',
      aic(`${SELF}${reach("[read]")}`),
    ],
    [
      "pingone",
      pingone(`${ON.self}${grant("[read]")}\ntools: { t: { authorization: none } }`),
      'no tool needs "read"',
      pingone(`${ON.self}${grant("[read]")}`),
    ],
  ],
  "wildcard-redirect": [
    [
      "aic",
      aic(`${SELF}redirectUris: ["https://*.example.com/cb"]`),
      "*.example.com",
      aic(`${SELF}redirectUris: [https://a.example.com/cb]`),
    ],
    [
      "pingone",
      pingone(ON.self, "", "authorization: { allowRedirectUriPatterns: true }"),
      "wildcards",
      pingone(ON.self),
    ],
  ],
};

describe.each(Object.entries(CASES) as [RuleId, readonly Case[]][])("%s", (id, cases) => {
  test.each(cases)("on %s", (_cloud, positive, expected, negative) => {
    const found = foundBy(id, positive);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\d+ \S.*: /);
    expect(found[0]).toContain(expected);
    expect(foundBy(id, negative)).toEqual([]);
  });
});

describe.each(Object.entries(LIVE) as [RuleId, (typeof LIVE)[keyof typeof LIVE]][])(
  "%s",
  (id, [positive, expected]) => {
    const parsed = parseDeclaration(aic(SELF), "stacks/test.yaml", { env: {} });
    const found = (live: Partial<Live> | undefined) => {
      const nothing = { disabledOwners: [], isRegistrationOpen: false };
      const world = { ...declaredWorld(checkDeclaration(parsed), parsed, NOW), live: live && { ...nothing, ...live } };
      return findingsOf(world, {}, parsed.placeOf)
        .open.filter(({ rule }) => rule === id)
        .map(({ about, what, grantedBy }) => `${grantedBy} ${about.name}: ${what}`);
    };

    test("on a tenant", () => {
      expect(found(positive)).toEqual([expected]);
      expect(found({})).toEqual([]);
      expect(found(undefined)).toEqual([]); // no tenant was looked at
    });
  },
);

describe("delegates-combine", () => {
  const found = (rows: World["rows"]) => {
    const parsed = parseDeclaration(aic(SELF), "stacks/test.yaml", { env: {} });
    const world = { ...declaredWorld(checkDeclaration(parsed), parsed, NOW), rows };
    const { open } = findingsOf(world, {}, parsed.placeOf);
    return open
      .filter(({ rule }) => rule === "delegates-combine")
      .map(({ about, what, grantedBy }) => `${grantedBy} ${about.name}: ${what}`);
  };

  test("on pingone", () => {
    expect(found(published.twoGateways().rows)).toEqual([
      'grant/extension/bank Gateway Extension: gets "pay" on Bank with tokens of First Gateway, which no entry names together',
      'grant/extension/tool Gateway Extension: gets "restock" on Tool with tokens of Second Gateway, which no entry names together',
    ]);
    expect(found(published.chain().rows)).toEqual([]);
  });

  test("on aic", () => {
    const [agent, extension] = published.aicAgents();
    const second = { ...agent, id: "bot", name: "Bot" };
    const more = { with: "bot", audience: "bank", scopes: ["pay"] };
    const both = {
      ...extension,
      scopes: ["supply-chain:restock", "pay"],
      ...{ audiences: ["supply-chain-mcp-tool", "bank"], delegates: [...(extension.delegates ?? []), more] },
    };
    const facts = { agents: [agent, second, both], applications: new Map(), people: new Map() };
    expect(found(aicAccess(facts).rows)).toEqual([
      'client/extension Gateway Extension: gets "pay" on supply-chain-mcp-tool with tokens of CRM Agent, which no entry names together',
      'client/extension Gateway Extension: gets "pay", "supply-chain:restock" on bank with tokens of CRM Agent, which no entry names together',
      'client/extension Gateway Extension: gets "pay", "supply-chain:restock" on supply-chain-mcp-tool with tokens of Bot, which no entry names together',
      'client/extension Gateway Extension: gets "supply-chain:restock" on bank with tokens of Bot, which no entry names together',
    ]);
    expect(found(published.aicAutonomousTool().rows)).toEqual([]);
  });
});

test("every rule has a file, a name, and a text of its own", () => {
  const files = readdirSync(join(projectRoot, "src", "access", "rules")).map((file) => file.replace(".ts", ""));
  expect(rules.map(({ id }) => id)).toEqual(Object.keys(RULES));
  expect(files).toEqual(expect.arrayContaining(Object.keys(RULES)));
  for (const field of ["reason", "fix"] as const)
    expect(new Set(rules.map((rule) => rule[field])).size).toBe(rules.length);
});

test.each([
  ["orders:read", "read"],
  ["readAndWrite", "write"],
  ["admin-action", "admin"],
  ["fr:idm:*", "admin"],
  ["already", undefined],
  ["orders.delete", "delete"],
])("what %s lets somebody do is %s", (scope, kind) => expect(scopeKind(scope)).toBe(kind));

describe("what a declaration says of findings", () => {
  const without = aic(SELF.replace(/owners.*\n/, ""), "", "staging");

  test("a severity of its own", () => {
    const { open } = findings(`${without}accessPolicy: { severity: { no-owner: high } }`);
    expect(open.map(({ rule, severity }) => [rule, severity])).toEqual([["no-owner", "high"]]);
  });

  test("somebody answers for one, until its last day and for that agent alone", () => {
    const accept = (more: string) =>
      findings(`${without}accessPolicy: { accept: [{ rule: no-owner, reason: new, owner: ann${more} }] }`);
    const { open, accepted } = accept(", on: bot, expires: 2026-06-15");
    expect(open).toEqual([]);
    expect(accepted).toMatchObject([{ rule: "no-owner", about: { id: "bot" }, entry: { owner: "ann" } }]);
    expect(accept(", on: other, expires: 2026-06-15").open.map(({ rule }) => rule)).toEqual(["no-owner"]);
    expect(accept(", on: bot, expires: 2026-06-14").open.map(({ rule }) => rule)).toEqual([
      "expired-exception",
      "no-owner",
    ]);
  });

  test("a rule that is not there is a mistake", () => {
    const wrong = `${without}accessPolicy: { accept: [{ rule: no-owners, reason: r, owner: ann }] }`;
    expect(() => findings(wrong)).toThrow(/accessPolicy\.accept\[0\]\.rule/);
  });
});

test("what a change brings is told from what was there, although lines move", () => {
  const before = findings(example("dev")).open;
  const after = findings(
    example("dev").replace("agents:\n", "agents:\n  next: { name: Next, pattern: autonomous }\n"),
  ).open;
  expect(newFindings(after, before).map(({ rule, about }) => `${rule} ${about.id}`)).toEqual([
    "no-owner next",
    "no-expiry next",
  ]);
});

test("a finding stands at its own entry, whatever stands before it", () => {
  const access =
    "access:\n  - { resource: openid, scopes: [email] }\n  - { resource: shop, scopes: [read, ship, write] }";
  const text = pingone(ON.self + access);
  const line = text.split("\n").findIndex((one) => one.includes("resource: shop, scopes: [read, ship")) + 1;
  expect(foundBy("all-scopes", text)).toEqual([`${line} Bot: has every scope of Shop`]);
});

test("no finding shows the secret", () => {
  const text = JSON.stringify(findings(aic(`${SELF}customAttributes: { password: hunter2 }`)));
  expect(text).toContain("secret-in-clear");
  expect(text).not.toContain("hunter2");
});
