/** The JSON Schema for editors: it is the one that the sources make, and it judges as they do. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { variable } from "../declaration/files.ts";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const committed = readFileSync(at("schema/declaration.schema.json"), "utf8");
const schema = JSON.parse(committed);
const stacks = readdirSync(at("stacks")).filter((file) => file.endsWith(".yaml") && !file.startsWith("Pulumi."));

test("is up to date; npm run schema makes it so", () => {
  const folder = mkdtempSync(join(tmpdir(), "schema-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "made.json");
  execFileSync(process.execPath, [at("tools/schema.ts"), file]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
});

test("every reference in it leads somewhere", () => {
  const targets = committed.matchAll(/"\$ref": "#\/\$defs\/([^"]+)"/g);
  for (const [, name = ""] of targets) expect(schema.$defs).toHaveProperty([name]);
});

test.for(stacks)("%s is one of its declarations, and names it for the editor", (file) => {
  const text = readFileSync(at(`stacks/${file}`), "utf8");
  expect(text.split("\n", 1)).toEqual(["# yaml-language-server: $schema=../schema/declaration.schema.json"]);
  const { $defs } = schema;
  const declaration = parse(text);
  const ofPlatform = z.fromJSONSchema({ ...$defs[declaration.platform], $defs });
  expect(ofPlatform.safeParse(declaration)).toMatchObject({ success: true });
});

describe("what a file and its base share", () => {
  const { $defs } = schema;
  const of = (name: string) => z.fromJSONSchema({ ...$defs[name], $defs });
  const takes = (name: string, value: object) => of(name).safeParse(value).success;

  test.for([
    ["no more than what differs", { extends: "base.yaml", tier: "production" }],
    ["null, which takes away", { extends: "base.yaml", agents: { bot: null, other: { description: null } } }],
    ["a field of an entry that the base has", { extends: "base.yaml", agents: { bot: { name: "Robot" } } }],
    ["no more than a platform", { platform: "aic" }],
  ] as const)("a part takes %s", ([, value]) => {
    expect(takes("aic.part", value)).toBe(true);
  });

  test.for([
    ["an unknown key", { extends: "base.yaml", agnets: {} }],
    ["an unknown key further in", { extends: "base.yaml", agents: { bot: { nam: "Bot" } } }],
    ["a wrong word", { extends: "base.yaml", tier: "prod" }],
    [
      "an entry of a list that is not whole",
      { extends: "base.yaml", agents: { bot: { access: [{ scopes: ["a"] }] } } },
    ],
  ] as const)("a part does not take %s", ([, value]) => {
    expect(takes("aic.part", value)).toBe(false);
  });

  test.each(["base", "dev", "staging", "production"])("a part takes the bank's %s.yaml", (file) => {
    const text = readFileSync(at(`test/declaration/bank/${file}.yaml`), "utf8");
    expect(takes("aic.part", parse(text, { merge: true }))).toBe(true);
  });

  test("x-… keys, and a variable in an address", () => {
    const declared = (fields: object) => ({ platform: "aic", realm: "alpha", tier: "development", ...fields });
    expect(takes("aic", declared({ "x-shared": [1] }))).toBe(true);
    expect(takes("aic", declared({ tenant: `https://${variable("HOST")}` }))).toBe(true);
    expect(takes("aic", declared({ tenant: "none" }))).toBe(false);
  });
});

describe("refuses", () => {
  const { aic, ...rest } = schema.$defs;
  const declared = z.fromJSONSchema({ ...aic, $defs: { aic, ...rest } });
  const good = { platform: "aic", realm: "alpha", tier: "development" };
  const agent = (fields: object) => ({ ...good, agents: { bot: { name: "Bot", pattern: "autonomous", ...fields } } });
  const accepts = (value: object) => declared.safeParse(value).success;

  test("nothing that is right", () => {
    expect(accepts(good)).toBe(true);
    expect(accepts(agent({ grantTypes: ["token_exchange", "urn:example:grant"], secret: { env: "X" } }))).toBe(true);
  });

  test.for([
    ["an unknown key", { ...good, agnets: {} }],
    ["a field left out", { platform: "aic", realm: "alpha" }],
    ["an unknown grant type", agent({ grantTypes: ["tokens"] })],
    ["a secret as text", agent({ secret: "s3cr3t" })],
    ["no scopes", agent({ access: [{ application: "a", scopes: [] }] })],
    ["a private member of a key", agent({ ciba: { keys: { keys: [{ kty: "EC", d: "x" }] } } })],
  ] as const)("%s", ([, value]) => {
    expect(accepts(value)).toBe(false);
  });
});
