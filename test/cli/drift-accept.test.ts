/** What `drift --accept` writes: what a declaration takes, each value where it stands; what it does not take is left with the reason. */

import { expect, test } from "vitest";
import type { Part } from "../../src/adoption/candidate.ts";
import { acceptanceText, accepted } from "../../src/cli/drift/accept.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";
import type { Finding } from "../../src/drift/finding.ts";
import { checkDeclaration } from "../../src/platforms.ts";

const BASE = `platform: aic
realm: alpha
tier: development
provider:
  grantTypes: [client_credentials, token_exchange]
applications:
  shop:
    name: Shop
    type: web
    redirectUris: [https://shop.example/callback]
    scopes: [read, write]
agents:
  bot:
    name: Bot
    pattern: autonomous
    description: "\${env:WHAT}"
    access:
      - { application: shop, scopes: [read] }
`;
const TEXT = `# of production
extends: base.yaml
agents:
  bot: # pays
    scopes: [read] # the first
`;

const parse = (text: string) =>
  parseDeclaration(text, "stacks/dev.yaml", { env: { WHAT: "it" }, readBase: () => ({ text: BASE }) });

const of = (field: readonly string[], is: unknown, more: Partial<Finding> = {}): Finding => ({
  ...{ type: "aic:AiAgent", name: "bot", class: "widened", means: "it may do more", path: field, field },
  ...{ at: ["agents", "bot"], access: `${field.join(".")}#00000000`, values: { was: undefined, is } },
  ...{ entry: [...(more.at ?? ["agents", "bot"]), ...field].join("."), ...more },
});
const privilege = (access: string) => of([], undefined, { access, isUndeclared: true, values: undefined });
const PARTS: Readonly<Record<string, Part>> = {
  one: {
    ...{ path: ["access"], isItem: true },
    values: ["", "ours"].map((name) => ({ application: "shop", ...(name && { name }), scopes: ["write"] })),
  },
};
const accept = (text: string, findings: readonly Finding[]) =>
  accepted({ platform: "aic", text, parse, partOf: ({ access }) => PARTS[access] }, findings);
const reasons = ({ left }: ReturnType<typeof accept>) => left.map(({ reason }) => reason);

test("what a base says is said by the file that extends it, and its comments stay", () => {
  const findings = [
    of(["scopes"], ["read", "pay"]),
    of(["enabled"], false),
    of(["scopes"], ["read", "write"], { at: ["agents", "bot", "access", "shop"], type: "aic:AgentPrivilege" }),
    privilege("one"),
  ];
  const { text, accepted: taken, left } = accept(TEXT, findings);
  expect({ taken, left }).toEqual({ taken: findings, left: [] });
  expect(checkDeclaration(parse(text)).agents?.bot).toMatchObject({
    ...{ enabled: false, scopes: ["pay", "read"] },
    access: [
      { application: "shop", scopes: ["read", "write"] },
      { application: "shop", name: "ours", scopes: ["write"] },
    ],
  });
  expect(text).toMatch(
    /^# of production\nextends: base\.yaml\nagents:\n {2}bot: # pays\n {4}scopes: \[read, pay\] # the first\n/,
  );
});

test("what needs another difference is taken with it, although a third is left", () => {
  const findings = [
    of(["grantTypes"], ["client_credentials", "password"]),
    of(["grantTypes"], ["client_credentials", "password"], { at: ["provider"], type: "aic:GrantTypes" }),
    of(["scopes"], ["a b"]),
  ];
  const base = "agents:\n  bot:\n    access: null\napplications: null\n";
  const acceptance = accept(`extends: base.yaml\n${base}`, findings);
  expect(acceptance.accepted).toEqual(findings.slice(0, 2));
  expect(reasons(acceptance)).toEqual([expect.stringContaining("agents.bot.scopes[0]: a scope has no blank")]);
});

test.each<[string, Finding, string]>([
  ["gone", of([], undefined, { isMissing: true, values: undefined }), "it is gone"],
  ["a secret", of(["keys", "jwksUri"], "https://x.example", { class: "replaced" }), "a secret or key is not written"],
  ["an unmarked secret", of(["customAttributes", "apiKey"], "hunter2"), "a secret or key is not written"],
  [
    "a secret by its form",
    of(["customAttributes", "note"], "-----BEGIN PRIVATE KEY-----"),
    "a secret or key is not written",
  ],
  ["another object", of([], undefined, { values: undefined }), "another object stands in its place"],
  ["of a variable", of(["description"], "another"), "the declaration takes it from a variable"],
  ["a variable", of(["name"], `$${"{env:HOME}"}`), "the declaration would take it for a variable"],
  ["unknown access", privilege("two"), "no adoption reads it"],
  ["of a program", of(["name"], "x", { at: ["aic:AiAgent bot"] }), "no entry of the declaration says it"],
  ["no field", of(["clientId"], "x"), 'agents.bot.clientId: unknown key "clientId"'],
])("%s is left", (_what, finding, reason) => {
  const acceptance = accept(TEXT, [finding]);
  expect(acceptance).toMatchObject({ text: TEXT, accepted: [] });
  expect(reasons(acceptance)).toEqual([expect.stringContaining(reason)]);
});

test("what others take by its name is left", () => {
  const tokens = "    tokens: &tokens\n      accessTokenLifetime: 300\n";
  const noted = `${TEXT}${tokens}  other: { name: Other, pattern: autonomous, tokens: *tokens }\n`;
  const acceptance = accept(noted, [of(["tokens", "accessTokenLifetime"], 60)]);
  expect(acceptance.text).toBe(noted);
  expect(reasons(acceptance)).toEqual(["the file is written so that this cannot be changed by itself"]);
});

test("people see a patch, what is left, and what to do next", () => {
  const acceptance = accept(TEXT, [of(["enabled"], false), privilege("one"), privilege("two")]);
  const shown = acceptanceText("stacks/dev.yaml", TEXT, acceptance, false);
  expect(shown).toContain("--- stacks/dev.yaml\n+++ stacks/dev.yaml\n");
  expect(shown).toContain("+    enabled: false\n");
  expect(shown).toContain("agents.bot two: no adoption reads it");
  expect(shown).toContain("Nothing was written. Next: the same with --yes");
  expect(shown).toContain("PING_AGENTS_ADOPT=match npx pulumi up --refresh");
  expect(acceptanceText("stacks/dev.yaml", TEXT, acceptance, true)).toContain(
    "2 differences written to stacks/dev.yaml",
  );
});
