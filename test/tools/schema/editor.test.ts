/** The JSON Schema for editors: it is the one that the sources make, a strict validator takes it, and it judges as they do. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../../tools/bootstrap/paths.mjs";
import { editorSchema } from "../../../tools/schema/editor.ts";
import { writtenSchemas } from "../../../tools/schema/fields.ts";
import { variable } from "../../declaration/files.ts";

const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const committed = read("schema/declaration.schema.json");
const stacks = readdirSync(join(projectRoot, "stacks")).filter((file) => /^(?!Pulumi\.).*\.yaml$/.test(file));

// As strict as it gets: unknown keywords, missing types and fields that are required but unknown are errors.
const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);
for (const name of ["declaration", "base"])
  ajv.addSchema(JSON.parse(read(`schema/${name}.schema.json`)), `${name}.schema.json`);
const judge = (name: "declaration" | "base") => (value: unknown) => ajv.validate(`${name}.schema.json`, value);
const isDeclaration = judge("declaration");

test("is up to date; npm run schema makes it so", () => {
  expect(editorSchema(writtenSchemas())).toEqual(JSON.parse(committed));
});

test("is of a size that somebody can read", () => {
  expect(committed.split("\n").length).toBeLessThan(5_500);
});

test.for(stacks)("%s is a declaration, and names it for the editor", (file) => {
  const text = read(`stacks/${file}`);
  expect(text.split("\n", 1)).toEqual(["# yaml-language-server: $schema=../schema/declaration.schema.json"]);
  expect(isDeclaration(parse(text)), ajv.errorsText()).toBe(true);
});

test.for(["dev", "staging", "production"])("the bank's %s.yaml is a declaration", (file) => {
  const value = parse(read(`test/declaration/bank/${file}.yaml`));
  expect(isDeclaration(value), ajv.errorsText()).toBe(true);
});

test("the bank's base is a base, and no declaration", () => {
  const value = parse(read("test/declaration/bank/base.yaml"), { merge: true });
  expect(judge("base")(value), ajv.errorsText()).toBe(true);
  expect(isDeclaration(value)).toBe(false);
});

describe("a file that extends another", () => {
  test.for([
    ["no more than what differs", { tier: "production" }],
    [
      "null, which takes away",
      { agents: { bot: null, other: { description: null, tokens: { accessTokenLifetime: null } } } },
    ],
    ["a field of an entry that the base has", { agents: { bot: { name: "Robot" } } }],
    ["a part of a journey", { journeys: { Approval: { nodes: { push: { properties: { mandatory: false } } } } } }],
    ["an agent without what its pattern needs", { agents: { bot: { pattern: "approved" } } }],
    ["words of PingOne", { agents: { bot: { actsForUsersOf: ["portal-api"] } } }],
  ] as const)("may say %s", ([, value]) => {
    expect(isDeclaration({ extends: "base.yaml", ...value }), ajv.errorsText()).toBe(true);
  });

  test.for([
    ["an unknown key", { agnets: {} }],
    ["an unknown key further in", { agents: { bot: { nam: "Bot" } } }],
    ["a wrong word", { tier: "prod" }],
    ["an entry of a list that is not whole", { agents: { bot: { access: [{ scopes: ["a"] }] } } }],
  ] as const)("may not say %s", ([, value]) => {
    expect(isDeclaration({ extends: "base.yaml", ...value })).toBe(false);
  });
});

describe("a whole declaration", () => {
  const AIC = { platform: "aic", realm: "alpha", tier: "development" };
  const aic = (fields: object) => ({ ...AIC, ...fields });
  const agent = (fields: object) => aic({ agents: { bot: { name: "Bot", pattern: "autonomous", ...fields } } });
  const pingone = (fields: object) => ({
    platform: "pingone",
    agents: { bot: { name: "Bot", pattern: "autonomous", ...fields } },
  });

  test.for([
    ["no more than has to be there", AIC],
    ["grant types by name and value", agent({ grantTypes: ["token_exchange", "urn:example:grant"] })],
    ["where a secret is", agent({ secret: { env: "X" } })],
    ["keys for what anchors share", aic({ "x-shared": [1] })],
    ["a variable in an address", aic({ tenant: `https://${variable("HOST")}` })],
    ["a time with a unit", agent({ tokens: { accessTokenLifetime: "15m" } })],
    ["null in terms of another API", agent({ extra: { coreOAuth2ClientConfig: { agentgroup: null } } })],
    ["a word that PingOne may have learnt", pingone({ authMethod: "attestation" })],
  ] as const)("has %s", ([, value]) => {
    expect(isDeclaration(value), ajv.errorsText()).toBe(true);
  });

  test.for([
    ["null in place of a mapping", aic({ agents: { bot: null } })],
    ["null in place of a text that has to be there", agent({ name: null })],
    ["an approved agent without keys", agent({ pattern: "approved", scopes: ["openid"] })],
    ["demo users in production", aic({ tier: "production", users: {} })],
    ["an agent for users that is not told whose", pingone({ pattern: "on-behalf-of" })],
    ["a portal without a sign-on", pingone({ userAccess: { portalDisplay: true } })],
    ["an address that is none", aic({ tenant: "none" })],
    ["a private member of a key", agent({ ciba: { keys: { keys: [{ kty: "EC", d: "x" }] } } })],
  ] as const)("has not %s", ([, value]) => {
    expect(isDeclaration(value)).toBe(false);
  });
});

describe("of the broken declarations, those that a JSON Schema can know:", () => {
  test.for([
    "aic-agent-empty",
    "aic-approved-without-openid",
    "aic-autonomous-with-subjects",
    "aic-client-type-mistyped",
    "aic-field-mistyped",
    "aic-grant-type-mistyped",
    "aic-group-name",
    "aic-lifetime-unit",
    "aic-name-missing",
    "aic-on-behalf-of-nobody",
    "aic-scope-blank",
    "aic-secret-in-clear",
    "aic-tier-unknown",
    "pingone-claim-reserved",
    "pingone-cors-wildcard-name",
    "pingone-grace",
    "pingone-policy-twice",
    "pingone-private-key-without-key",
    "pingone-word-of-aic",
    "text-platform-missing",
  ])("%s", (name) => {
    expect(isDeclaration(parse(read(`test/declaration/broken/${name}.yaml`)))).toBe(false);
  });
});
