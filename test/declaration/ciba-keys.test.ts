/** Public keys that sign CIBA requests: what may be published, and under which name (oauth-flows §7). */

import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { beforeAll, expect, test } from "vitest";
import { mistakesOf, withAgent } from "./load.ts";

type Key = Record<string, unknown>;
let first: Key;
let second: Key;
let third: Key;
let privateMember: string;

async function newKey(alg: "ES256" | "ES384"): Promise<{ key: Key; d: string }> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const { kty, crv, x, y, d = "" } = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint({ kty, crv, x, y } as JWK);
  return { key: { kty, crv, x, y, use: "sig", alg, kid }, d };
}

beforeAll(async () => {
  const made = await Promise.all([newKey("ES256"), newKey("ES256"), newKey("ES256")]);
  [first, second, third] = made.map(({ key }) => key) as [Key, Key, Key];
  privateMember = made[0].d;
});

/** Mistakes of a key set, without the place and the way to the set. */
const mistakes = (...keys: Key[]) =>
  mistakesOf(withAgent("pattern: approved", "scopes: [openid]", `ciba: { keys: ${JSON.stringify({ keys })} }`)).map(
    (mistake) => mistake.replace(/^\S+ agents\.bot\.ciba\.keys\.?/, ""),
  );

test("one key, or two while one replaces the other", () => {
  expect(mistakes(first)).toEqual([]);
  expect(mistakes(first, second)).toEqual([]);
  expect(mistakes()).toEqual(["keys: holds no key: npx ping-agents keys makes one"]);
  expect(mistakes(first, second, third)).toEqual(["keys: more than two keys: take out the one that was retired"]);
});

test("two keys never have one kid", () => {
  expect(mistakes(first, first)).toEqual(["keys: two keys have the same kid"]);
});

test("no private member is published, and none is shown", () => {
  const told = mistakes({ ...first, d: privateMember });
  expect(told).toEqual(["keys[0]: private member d: publish the public key only"]);
  expect(mistakes({ kty: "oct", k: "c2VjcmV0", kid: "a" })).toEqual([
    "keys[0]: private member k: publish the public key only",
  ]);
});

test("the kid is the thumbprint of the key", () => {
  const said = [
    "keys[0].kid: is not the key's thumbprint (RFC 7638); npx ping-agents keys makes keys that are named right",
  ];
  expect(mistakes({ ...first, kid: "2026-key" })).toEqual(said);
  expect(mistakes({ ...first, kid: second.kid })).toEqual(said);
});

test.for<[name: string, change: Key, ...mistakes: string[]]>([
  ["symmetric", { kty: "oct" }, "keys[0].kty: expected EC"],
  ["RSA", { kty: "RSA", alg: "RS256" }, "keys[0].kty: expected EC", "keys[0].alg: expected ES256"],
  ["for encryption", { use: "enc" }, "keys[0].use: expected sig"],
  ["without a use", { use: undefined }, "keys[0].use: is missing: expected sig"],
  [
    "with a member that nobody knows",
    { colour: "red" },
    'keys[0].colour: unknown key "colour"; known are kty, crv, x, y, use, alg, kid',
  ],
])("a key that is %s is refused", ([, change, ...said]) => {
  expect(mistakes({ ...first, ...change })).toEqual(said);
});

test("a key of another curve is refused", async () => {
  const { key } = await newKey("ES384");
  expect(mistakes(key)).toEqual([
    "keys[0].crv: expected P-256",
    "keys[0].x: a coordinate of P-256 is 43 characters of base64url",
    "keys[0].y: a coordinate of P-256 is 43 characters of base64url",
    "keys[0].alg: expected ES256",
  ]);
});

test("an approved agent says its keys and has the scope openid", () => {
  expect(mistakesOf(withAgent("pattern: approved"))).toEqual([
    "5:3 agents.bot.ciba: an approved agent signs its requests: say which keys",
    '5:3 agents.bot.scopes: CIBA needs the scope "openid"',
  ]);
  expect(mistakesOf(withAgent("pattern: approved", "scopes: [openid]", "ciba: { keys: generated }"))).toEqual([]);
});
