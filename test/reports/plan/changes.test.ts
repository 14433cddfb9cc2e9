/** What changes of a resource, in words: lists by their entries, directions, secrets and people left out. */

import { describe, expect, test } from "vitest";
import { changesOf } from "../../../src/reports/plan/changes.ts";
import { SECRET, UNKNOWN } from "../../../src/reports/plan/plan.ts";
import { changeText } from "../../../src/reports/plan/words.ts";
import { recordedPlan } from "../preview/pull-requests.ts";

const say = (before: object | undefined, after: object, ...differs: string[]) =>
  changesOf({ before: before && { ...before }, after: { ...after }, differs }).map(
    (change) => `${change.path}: ${changeText(change, (value) => value)}`,
  );

test.each([
  ["a list that gains", { scopes: ["a"] }, { scopes: ["a", "b", "c"] }, "scopes: gains b and c"],
  ["a list that shrinks", { scopes: ["a", "b"] }, { scopes: ["b"] }, "scopes: loses a (shrinks from 2 to 1)"],
  ["a list that swaps", { scopes: ["a", "b"] }, { scopes: ["b", "c"] }, "scopes: gains c, loses a"],
  ["a list that is emptied", { scopes: ["a"] }, { scopes: [] }, "scopes: emptied, was a"],
  ["a list that goes", { scopes: ["a"] }, {}, "scopes: emptied, was a"],
  [
    "a list in another order",
    { scopes: ["a", "b"] },
    { scopes: ["b", "a"] },
    "scopes: the same entries in another order",
  ],
  ["the same twice", { scopes: ["a"] }, { scopes: ["a", "a"] }, "scopes: gains a"],
  [
    "objects by what they are",
    { claims: [{ a: 1, b: 2 }] },
    { claims: [{ b: 2, a: 1 }, { c: 3 }] },
    'claims: gains {"c":3}',
  ],
  ["a time that rises", { tokens: { life: 900 } }, { tokens: { life: 3600 } }, "tokens.life: raised from 900 to 3600"],
  ["a time that falls", { life: 3600 }, { life: 900 }, "life: lowered from 3600 to 900"],
  ["a switch", { enabled: true }, { enabled: false }, "enabled: false, was true"],
  ["a field that is declared", {}, { description: "New" }, "description: set to New"],
  ["a field that is not any more", { description: "Old" }, { description: "" }, "description: no longer set, was Old"],
  ["a key with a slash", { a: { "x/y": 1 } }, { a: { "x/y": 2 } }, 'a["x/y"]: raised from 1 to 2'],
  ["what is made in the same run", { id: "1" }, { id: UNKNOWN }, "id: known after up"],
  ["a rotation", { rotation: "1" }, { rotation: "2" }, "rotation: rotates: a new secret or key is made (2)"],
  [
    "keys that rotate",
    { keys: [{ kty: "EC", kid: "one", x: "x" }] },
    { keys: [{ kty: "EC", kid: "two", x: "y" }] },
    "keys: rotates: key two in place of key one",
  ],
  ["a first secret", {}, { clientSecret: SECRET }, "clientSecret: a secret is set"],
])("%s", (_what, before, after, said) => expect(say(before, after)).toEqual([said]));

test("a secret that changes is known by the engine's word alone", () => {
  const state = { clientSecret: SECRET, nested: { password: SECRET } };
  expect(say(state, state)).toEqual([]);
  expect(say(state, state, "nested.password")).toEqual(["nested.password: another secret in place of the present one"]);
});

test("of a new resource all that is set", () => {
  expect(say(undefined, { name: "Bot", scopes: ["a"], none: [], empty: {}, enabled: false })).toEqual([
    "name: set to Bot",
    "scopes: set to a",
    "enabled: set to false",
  ]);
});

describe("what nobody marked", () => {
  const CANARY = "canary-of-the-report";
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl";
  test.each([
    ["a client secret", { clientSecret: CANARY }],
    ["a password in an object in a list", { accounts: [{ name: "x", password: CANARY }] }],
    ["an API key", { apiKey: CANARY }],
    ["a mail address under its name", { mail: `${CANARY}@example.com` }],
    ["a name of a person", { givenName: CANARY }],
    ["a mail address in a text", { description: `ask ${CANARY}@example.com` }],
    ["a token in a text", { description: `${jwt} ${jwt}` }],
    ["a private key as text", { value: `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----` }],
    ["a private JSON Web Key", { key: { kty: "oct", kid: "one", k: CANARY } }],
    ["a secret inside of JSON text", { value: JSON.stringify({ client_secret: CANARY }) }],
  ])("%s is not shown, set, changed or gone", (_what, inputs) => {
    const other = JSON.parse(JSON.stringify(inputs).replaceAll(CANARY, "another").replaceAll(jwt, `${jwt}x`));
    for (const said of [say({}, inputs), say(other, inputs), say(inputs, other), say(inputs, {})]) {
      expect(said).toHaveLength(1);
      expect(said.join()).not.toMatch(new RegExp(`${CANARY}|eyJ`));
    }
  });

  test("people whom the declaration names are shown", () => {
    expect(say({}, { owners: ["jane@example.com"] })).toEqual(["owners: set to jane@example.com"]);
  });
});

test("a recorded plan", () => {
  const { steps } = recordedPlan("gain");
  const said = steps.flatMap((step) =>
    changesOf(step).map((change) => `${step.kind} ${step.name} ${change.path}: ${changeText(change, String)}`),
  );
  expect(said).toMatchInlineSnapshot(`
    [
      "aic:AiAgent assistant privileges["assistant/shop"].scopes: gains write",
      "aic:OAuth2Client shop tokens.accessTokenLifetime: raised from 900 to 3600",
      "aic:AgentPrivilege assistant/shop agentIdentityId: known after up",
      "aic:AgentPrivilege assistant/shop scopes: gains write",
    ]
  `);
});
