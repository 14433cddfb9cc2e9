/** Which entry of a declaration a resource comes from: what its URN tells is what the program says of it. */

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { aicDeclarationSchema } from "../../src/components/aic/declaration.ts";
import { declareAic } from "../../src/components/aic/stack.ts";
import { declarePingOne } from "../../src/components/pingone/stack.ts";
import { declaredEntry, loadAnyDeclaration } from "../../src/platforms.ts";
import { example } from "../access/support.ts";
import { everything, everythingEnv } from "../engine/declarations.ts";
import { type Registered, register } from "./program.ts";

beforeAll(() => {
  for (const [name, value] of Object.entries(everythingEnv)) vi.stubEnv(name, value);
});
afterAll(() => void vi.unstubAllEnvs());

/** Path, as `type name / type name`, to the URNs of the last and of the one that it is below. */
function located({ path }: Registered) {
  const parts = path.split(" / ").map((part) => {
    const at = part.indexOf(" ");
    return { type: part.slice(0, at), name: part.slice(at + 1) };
  });
  const [own, above] = parts.toReversed();
  const urn = (type: string, name = "") => `urn:pulumi:dev::ping-agents::${type}::${name}`;
  const type = `pulumi-nodejs:dynamic/${own?.type}`;
  if (!above) return { urn: urn(type, own?.name) };
  return { urn: urn(`ping-agents:${above.type}$${type}`, own?.name), parent: urn(above.type, above.name) };
}

/** As the program says it: an entry of a list by its place there, which no URN has. */
const withoutPlaces = (entry: string | undefined) => entry?.replace(/\[\d+\]$/, "");

/** The path of an entry as far as the program says it: `agents.bot.access` of `agents`, `bot`, `access`, `shop`. */
function expectEntries(resources: readonly Registered[]): void {
  const kinds = resources.filter(({ entry }) => entry !== undefined);
  expect(kinds.length).toBeGreaterThan(10);
  for (const one of kinds) {
    const found = declaredEntry(located(one))?.join(".") ?? "";
    const said = withoutPlaces(one.entry) ?? "";
    // What is more to say of it names a part of the entry.
    expect(`${found}.`.startsWith(`${said}.`), `${one.path}: ${found}, said ${said}`).toBe(true);
    expect(declaredEntry({ urn: located(one).urn })?.join("."), "without its parent").toBe(found);
  }
}

test("on AIC, of every kind that a declaration makes", async () => {
  const declaration = aicDeclarationSchema.parse(everything);
  const { resources } = await register(() =>
    declareAic(declaration, { placeOf: () => ({ file: "", line: 1, column: 1 }) }),
  );
  expectEntries(resources);
  expect(resources.filter(({ entry, type }) => !entry && !/Declared|Custom/.test(type))).toEqual([]);
});

test("on PingOne", async () => {
  const text = example("pingone-dev").replace(
    "    secret: { output: true }\n",
    "    secret: { output: true }\n    claims: { team: { value: a } }\n",
  );
  const declaration = loadAnyDeclaration(text, "pingone-dev.yaml");
  if (declaration.platform !== "pingone") expect.unreachable();
  expect(parse(text).agents["support-agent"].claims).toBeDefined();
  const { resources } = await register(() =>
    declarePingOne(declaration, { placeOf: () => ({ file: "", line: 1, column: 1 }) }),
  );
  expectEntries(resources);
});

test("what no declaration makes has none", () => {
  expect(declaredEntry({ urn: "urn:pulumi:dev::p::random:index:Id::x" })).toBeUndefined();
  expect(declaredEntry({ urn: "urn:pulumi:dev::p::pulumi-nodejs:dynamic/aic:StackBinding::tenant" })).toBeUndefined();
});
