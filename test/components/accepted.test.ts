/** What the types of the classes accept, `check` accepts: every word of an enumeration and every name of a grant type. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { provider } from "../../src/providers/entry.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/** A value that a type accepts at a place of a resource's arguments. */
type Accepted = { readonly type: string; readonly at: readonly string[]; readonly value: fc.Arbitrary<unknown> };

/** Places with words, in the arguments of every resource of a cloud. */
function placesOf(wing: string): Accepted[] {
  const file = join(projectRoot, "src", "components", wing, "types.ts");
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const interfaces = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one]));

  /** The words of a type, and what they stand in. */
  function below(node: ts.TypeNode, at: readonly string[]): { at: readonly string[]; value: fc.Arbitrary<unknown> }[] {
    if (ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node)) return below(node.type, at);
    if (ts.isArrayTypeNode(node)) {
      const inner = below(node.elementType, []).filter((one) => one.at.length === 0);
      return inner.map(({ value }) => ({ at, value: fc.array(value, { minLength: 1, maxLength: 3 }) }));
    }
    if (ts.isUnionTypeNode(node)) {
      const parts = node.types.flatMap((one) => below(one, at));
      const here = parts.filter((one) => one.at === at).map(({ value }) => value);
      return [...parts.filter((one) => one.at !== at), ...(here.length > 0 ? [{ at, value: fc.oneof(...here) }] : [])];
    }
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal))
      return [{ at, value: fc.constant(node.literal.text) }];
    if (ts.isTemplateLiteralTypeNode(node)) return [{ at, value: fc.string().map((text) => node.head.text + text) }];
    const named = ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && interfaces.get(node.typeName.text);
    return named ? members(named, at) : [];
  }

  function members(node: ts.InterfaceDeclaration, at: readonly string[]) {
    return node.members.flatMap((member) =>
      ts.isPropertySignature(member) && member.type && ts.isIdentifier(member.name)
        ? below(member.type, [...at, member.name.text])
        : [],
    );
  }

  return [...interfaces].flatMap(([name, one]) =>
    name.endsWith("Inputs")
      ? members(one, []).map((place) => ({ type: `${wing}:${name.slice(0, -6)}`, ...place }))
      : [],
  );
}

const places = [...placesOf("aic"), ...placesOf("pingone")];

/** People and keys in the state are for development only, which a rule says and no type. */
const RULES = [/development only/];

test("there are places of every sort", () => {
  const names = places.map(({ type, at }) => `${type} ${at.join(".")}`);
  expect(names).toEqual(
    expect.arrayContaining(["aic:OAuth2Client grantTypes", "aic:Script context", "pingone:AiAgent authorization.pkce"]),
  );
});

test("a word is no mistake where it stands", async () => {
  const drawn = fc
    .constantFrom(...places)
    .chain(({ value, ...place }) => value.map((one) => ({ ...place, value: one })));
  const property = fc.asyncProperty(drawn, async ({ type, at, value }) => {
    const inputs = at.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;
    const { failures } = await provider(type).check(undefined, { ...inputs, __provider: "pointer" });
    const about = failures.map(({ reason }) => reason).filter((reason) => reason.startsWith(at.join(".")));
    expect(about.filter((reason) => !RULES.some((rule) => rule.test(reason)))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 500 });
});

test.each([
  ["aic:AiAgent", { realm: "alpha", clientId: "a", name: "A" }],
  ["aic:OAuth2Client", { realm: "alpha", clientId: "a" }],
  ["aic:GrantTypes", { realm: "alpha", baseline: [] }],
  ["pingone:AiAgent", { name: "A" }],
  ["pingone:Application", { name: "A", type: "web" }],
])("a short grant name of %s becomes the value that goes over the wire", async (type, needed) => {
  const grantTypes = ["token_exchange", "ciba", "client_credentials"];
  const { inputs, failures } = await provider(type).check(undefined, { ...needed, grantTypes });
  expect(failures).toEqual([]);
  expect(inputs.grantTypes).toEqual([
    "client_credentials",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:openid:params:grant-type:ciba",
  ]);
});
