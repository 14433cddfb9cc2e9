/** A preview and the `up` after it: what is known in the first is the same in the second, so that a saved plan holds. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { provider } from "../../src/providers/entry.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import { hasUnknown, type Properties, UNKNOWN } from "../../src/providers/pulumi-values.ts";
import { arbitraryOf, type Choices } from "../support/arbitrary.ts";
import { plain, sent } from "../support/properties.ts";
import * as aic from "./aic/choices.ts";
import * as pingOne from "./pingone/choices.ts";

/** What other tests leave to the tenant; ids above all, for they are what a preview does not know. */
const ids = Object.fromEntries(
  ["environmentId", "applicationId", "resourceId", "agentIdentityId"].map((name) => [name, fc.uuid()]),
);
const kinds = [
  ...aicKinds.map((kind) => [
    kind.type,
    kind.inputs,
    { ...aic.choices["*"], ...ids, ...aic.choices[kind.type], ...ids },
  ]),
  ...pingOneKinds.map((kind) => [
    kind.type,
    kind.inputs,
    { ...pingOne.choices["*"], ...pingOne.choices[kind.type], ...ids },
  ]),
] as [string, (typeof aicKinds)[number]["inputs"], Choices][];

type Path = readonly string[];
const isNested = (value: unknown): value is Properties => typeof value === "object" && value !== null;

/** Every place of a value, at any depth. */
const places = (value: unknown, at: Path = []): Path[] =>
  isNested(value)
    ? Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...places(inner, [...at, key])])
    : [];

/** The value with an unknown output in a place. */
function hide<T>(value: T, [key, ...rest]: Path): T {
  if (key === undefined) return UNKNOWN as T;
  if (!isNested(value) || !(key in value)) return value; // is hidden already
  const copy = Array.isArray(value) ? [...value] : { ...value };
  Object.assign(copy, { [key]: hide((value as Properties)[key], rest) });
  return copy as T;
}

/** Fails where a preview says something else than the `up`, or knows less than it was told. */
function expectAgreement(preview: unknown, up: unknown, told: unknown, at = "inputs"): void {
  if (preview === UNKNOWN) expect(hasUnknown(told), `${at} is known`).toBe(true);
  else if (hasUnknown(told) && isNested(preview) && !Array.isArray(preview)) {
    expect(Object.keys(preview).sort(), at).toEqual(Object.keys(up as Properties).sort());
    for (const key of Object.keys(preview))
      expectAgreement(preview[key], (up as Properties)[key], (told as Properties)[key], `${at}.${key}`);
  } else expect(preview, at).toEqual(up);
}

describe("what a preview knows of the inputs is what the up makes of them", () => {
  test.each(kinds)("%s", async (type, schema, choices) => {
    const arbitrary = arbitraryOf(schema, choices) as fc.Arbitrary<Properties>;
    let accepted = 0;
    const property = fc.asyncProperty(
      arbitrary,
      fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      async (inputs, at) => {
        const { inputs: up, failures } = await provider(type).check(undefined, sent(inputs));
        fc.pre(failures.length === 0);
        const all = places(inputs);
        const told = at.reduce((value, index) => hide(value, all[index % all.length] ?? []), inputs);
        const preview = await provider(type).check(undefined, sent(told));
        expect(preview.failures).toEqual([]);
        expectAgreement(plain(preview.inputs), plain(up), told);
        accepted += 1;
      },
    );
    await fc.assert(property, { numRuns: 100 });
    expect(accepted).toBeGreaterThan(0);
  });
});

describe("a preview refuses what the up would, as far as it knows", () => {
  const id = { applicationId: UNKNOWN };
  const grant = { application: "a", resource: "openid", scopes: ["openid"] };
  const claim = { application: "a", name: "c", value: "v", idToken: false, userInfo: false };
  const agent = { environmentId: UNKNOWN, name: "a" };
  const exchange = "urn:ietf:params:oauth:grant-type:token-exchange";

  test.for<[type: string, inputs: Properties, field: string]>([
    ["aic:AgentPrivilege", { realm: "alpha", agent: "a", application: "b", applicationId: UNKNOWN }, "scopes"],
    [
      "aic:AiAgent",
      { realm: "alpha", clientId: "a", name: UNKNOWN, tokens: { accessTokenLifetime: -1, idTokenLifetime: UNKNOWN } },
      "tokens.accessTokenLifetime",
    ],
    ["aic:Journey", { realm: UNKNOWN, tier: "development", name: "j", entry: "a", nodes: {} }, "entry"],
    ["pingone:ScopeGrant", { ...grant, ...id }, "scopes"],
    ["pingone:AttributeMapping", { ...claim, ...id }, "userInfo"],
    ["pingone:Owner", { application: "a", ...id }, "name a user or a group"],
    ["pingone:AiAgent", { ...agent, keys: UNKNOWN, authMethod: "none", grantTypes: [exchange] }, "authMethod"],
    ["pingone:AiAgent", { ...agent, extra: { name: UNKNOWN } }, "extra.name"],
  ])("%s %j", async ([type, inputs, field]) => {
    const { failures } = await provider(type).check(undefined, sent(inputs));
    expect(failures.map(({ reason }) => reason.split(": ")[0])).toEqual([field]);
  });

  test.for<[type: string, inputs: Properties]>([
    ["pingone:ScopeGrant", { ...grant, scopes: UNKNOWN }],
    ["pingone:Owner", { application: "a", user: "u", group: UNKNOWN }],
    ["pingone:AiAgent", { ...agent, authMethod: "private_key_jwt", keys: { jwks: UNKNOWN } }],
    ["pingone:AiAgent", { ...agent, authMethod: "private_key_jwt", keys: UNKNOWN }],
  ])("and waits for what it does not know: %s %j", async ([type, inputs]) => {
    expect((await provider(type).check(undefined, sent(inputs))).failures).toEqual([]);
  });
});
