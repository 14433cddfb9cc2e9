/** What a declaration gives its agents, row by row, on both clouds. */

import { describe, expect, test } from "vitest";
import { keyOf } from "../../src/access/row.ts";
import { example, rowsOf, sentences } from "./support.ts";

describe("aic", () => {
  test("the example: an agent for itself, one for users, and an application that asks them", () => {
    expect(sentences(rowsOf(example("dev")))).toEqual([
      "Bot Traffic Analyzer Agent may *monitor-system* (its own scope) for itself, without a user",
      "Bot Traffic Analyzer Agent may *logs-read* and *logs-search* on Web Server Logs API App for itself, by exchange",
      "Digital Assistant AI Agent may *read-data* on Digital Assistant Web App for *barbara.jensen*, by exchange",
      "Digital Assistant AI Agent may *read-data* on Digital Assistant Web App for anyone in *customers*, by exchange",
      "AI Agent may *address*, *openid*, *payment* and *prices* (its own scopes) for itself, without a user",
      "AI Agent may *address*, *openid*, *payment* and *prices* (its own scopes) for anyone, after the user approves",
    ]);
  });

  const agent = (more: string) => `
platform: aic
realm: alpha
tier: development
applications:
  shop:
    name: Shop
    type: web
    scopes: ["read|Read it", write]
agents:
  bot:
    name: Bot
    pattern: autonomous
${more.replaceAll(/^(?=.)/gm, "    ")}
`;

  test("all is every scope that the application has, without the text that is shown", () => {
    const rows = rowsOf(agent("access: [{ application: shop, scopes: all }]"));
    expect(rows.map(({ scope }) => scope)).toEqual(["read", "write"]);
    expect(rows[0]?.place).toEqual({ file: "stacks/test.yaml", line: 14, column: 35 });
  });

  test("all of an application that others manage stays every scope", () => {
    expect(sentences(rowsOf(agent("access: [{ application: others-app, scopes: all }]")))).toEqual([
      "Bot may use every scope on others-app for itself, by exchange",
    ]);
  });

  test("each scope knows the line where it is written, although a set has no order", () => {
    const rows = rowsOf(agent("access:\n  - application: shop\n    scopes:\n      - write\n      - read"));
    expect(rows.map(({ scope, place }) => [scope, place?.line])).toEqual([
      ["read", 18],
      ["write", 17],
    ]);
  });

  test("an agent that is switched off may do nothing, nor is there an exchange without its grant type", () => {
    expect(rowsOf(agent("enabled: false\naccess: [{ application: shop, scopes: [read] }]"))).toEqual([]);
    expect(rowsOf(agent("grantTypes: []\naccess: [{ application: shop, scopes: [read] }]"))).toEqual([]);
  });

  test("an agent that users sign in at says so; an application does not", () => {
    const rows = rowsOf(agent("grantTypes: [password]\nscopes: [openid]"));
    expect(sentences(rows)).toEqual(["Bot may *openid* (its own scope) for anyone, after the user signs in"]);
  });

  test("a privilege is named by the id that the tenant has it under", () => {
    const [first, second] = rowsOf(
      agent(
        "access:\n  - { application: shop, scopes: [read] }\n  - { application: shop, name: more, scopes: [write] }",
      ),
    );
    expect(first?.grantedBy).toMatch(/^privilege\/[0-9a-f-]{36}$/);
    expect(second?.grantedBy).not.toBe(first?.grantedBy);
  });

  test("what two entries give is one row", () => {
    const rows = rowsOf(
      agent("access:\n  - { application: shop, scopes: [read] }\n  - { application: shop, name: more, scopes: all }"),
    );
    expect(rows.map(({ scope, place }) => [scope, place?.line])).toEqual([
      ["read", 15],
      ["write", 16],
    ]);
    expect(new Set(rows.map(keyOf)).size).toBe(2);
  });
});

describe("pingone", () => {
  test("the example", () => {
    expect(sentences(rowsOf(example("pingone-dev")))).toEqual([
      "Support Agent may *orders:read* on Orders API for itself, without a user",
      "Support Agent may *agent:act* on Agents API for itself, without a user",
      "Support Agent may *orders:read* on Orders API for anyone signed in to Support Portal API, by exchange (not enforced)",
      "Support Agent may *agent:act* on Agents API for anyone signed in to Support Portal API, by exchange (not enforced)",
      "Stock Watcher may *orders:read* on Orders API for itself, without a user",
      "Refund Agent may *orders:write* on Orders API for anyone, after the user approves",
      "Refund Agent may *profile* on OpenID Connect for anyone, after the user approves",
    ]);
  });

  const chained = (portal = "") => `
platform: pingone
resources:
  portal: { name: Portal API, audience: portal, scopes: { use: "" } }
  desk: { name: Desk API, audience: desk, scopes: { ask: "" } }
  orders: { name: Orders API, audience: orders, scopes: { read: "" } }
applications:
  web:
    name: Web
    type: web
    redirectUris: [https://web.example.com/callback]
    access: [{ resource: portal, scopes: [use] }]
${portal}
agents:
  helper:
    name: Helper
    pattern: on-behalf-of
    grantTypes: [token_exchange]
    actsForUsersOf: [portal]
    access: [{ resource: Desk API, scopes: [ask] }]
  looker:
    name: Looker
    pattern: on-behalf-of
    grantTypes: [token_exchange]
    actsForUsersOf: [desk]
    access: [{ resource: orders, scopes: [read] }]
`;

  test("a token that an agent exchanges onward: the chain back to the user", () => {
    expect(sentences(rowsOf(chained()))).toEqual([
      "Helper may *ask* on Desk API for anyone signed in to Portal API, by exchange (not enforced)",
      "Looker may *read* on Orders API for anyone signed in to Portal API, by exchange (not enforced), through Helper",
    ]);
  });

  test("an application that only groups may use limits what is exchanged, along the chain", () => {
    const limited = "    userAccess: { groups: { match: any, names: [staff, partners] } }";
    expect(sentences(rowsOf(chained(limited)))).toEqual([
      "Helper may *ask* on Desk API for anyone in *partners* signed in to Portal API, by exchange (not enforced)",
      "Helper may *ask* on Desk API for anyone in *staff* signed in to Portal API, by exchange (not enforced)",
      "Looker may *read* on Orders API for anyone in *partners* signed in to Portal API, by exchange (not enforced), through Helper",
      "Looker may *read* on Orders API for anyone in *staff* signed in to Portal API, by exchange (not enforced), through Helper",
    ]);
  });

  test("an agent's own token is exchanged for the agent", () => {
    const text = chained().replace("grantTypes: [token_exchange]", "grantTypes: [client_credentials]");
    expect(sentences(rowsOf(text))).toEqual([
      "Helper may *ask* on Desk API for itself, without a user",
      "Looker may *read* on Orders API with *Helper*'s token for Desk API, shown as acting (not enforced)",
    ]);
  });

  test("agents that may act for each other's users end", () => {
    const text = chained().replace("actsForUsersOf: [portal]", "actsForUsersOf: [orders]");
    expect(sentences(rowsOf(text))).toEqual([
      "Helper may *ask* on Desk API for anyone signed in to Orders API, by exchange (not enforced)",
      "Helper may *ask* on Desk API for anyone signed in to Desk API, by exchange (not enforced), through Looker",
      "Helper may *ask* on Desk API for anyone signed in to Orders API, by exchange (not enforced), through Helper, then Looker",
      "Looker may *read* on Orders API for anyone signed in to Desk API, by exchange (not enforced)",
      "Looker may *read* on Orders API for anyone signed in to Orders API, by exchange (not enforced), through Helper",
      "Looker may *read* on Orders API for anyone signed in to Desk API, by exchange (not enforced), through Looker, then Helper",
    ]);
  });

  test("agents that all exchange each other's tokens have a row for each who acts for each on each, not for each way", () => {
    const all = Array.from({ length: 8 }, (_one, index) => `a${index}`);
    const agents = all.map(
      (name) => `  ${name}:
    name: ${name}
    pattern: on-behalf-of
    grantTypes: [token_exchange]
    actsForUsersOf: [r-${name}]
    access: [${all.map((other) => `{ resource: r-${other}, scopes: [use] }`).join(", ")}]\n`,
    );
    const resources = all.map((name) => `  r-${name}: { name: R ${name}, audience: r-${name}, scopes: { use: "" } }\n`);
    const rows = rowsOf(`platform: pingone\nresources:\n${resources.join("")}agents:\n${agents.join("")}`);
    expect(rows.length).toBe(8 ** 3);
    expect(Math.max(...rows.map(({ via }) => via.length))).toBe(1);
  });

  test("who signs in at an application needs no agent for it", () => {
    const text = chained().replace(
      "    access: [{ resource: orders, scopes: [read] }]",
      "    access: [{ resource: orders, scopes: [read] }, { resource: portal, scopes: [use] }]",
    );
    const login = text.replace(/(name: Looker\n.*\n {4}grantTypes: \[)/, "$1authorization_code, ");
    expect(sentences(rowsOf(`${login}    redirectUris: [https://looker.example.com/cb]\n`))).toContain(
      "Helper may *ask* on Desk API for anyone signed in to Portal API, by exchange (not enforced)",
    );
  });
});
