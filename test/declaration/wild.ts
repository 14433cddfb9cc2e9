/** Declarations that nobody checked: anything in place of values, and good ones in which a few places went wrong. */

import fc from "fast-check";
import type { PlatformName } from "../../src/platforms.ts";
import { aicDeclarations, pingOneDeclarations } from "./arbitrary.ts";
import { mutationOf } from "./mutation.ts";

const anything = fc.jsonValue({ maxDepth: 2 });
const some = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...keys), value, { noNullPrototype: true });

const SECTIONS = ["applications", "agents", "resources", "users", "groups", "journeys", "provider", "existing"];
const ACCESS = ["application", "resource", "scopes", "subjects", "subjectGroups", "name"];
const FIELDS = [
  ...["name", "type", "pattern", "scopes", "access", "owners", "secret", "ciba", "claims", "policies", "userAccess"],
  ...["tokens", "authorization", "idToken", "redirectUris", "grantTypes", "responseTypes", "actsForUsersOf", "members"],
];
const entry = fc.oneof(anything, fc.array(fc.oneof(anything, some(ACCESS, anything)), { maxLength: 3 }));
const section = fc.oneof(anything, some(["a", "b", "c"], fc.oneof(anything, some(FIELDS, entry))));

const GOOD: Readonly<Record<PlatformName, fc.Arbitrary<unknown>>> = {
  aic: aicDeclarations,
  pingone: pingOneDeclarations,
};

/** A good declaration after one or two changes, each to some place of what the one before left. */
function mutated(platform: PlatformName): fc.Arbitrary<unknown> {
  const changed = (value: unknown) => mutationOf(value).map((mutate) => mutate(value));
  return fc
    .tuple(GOOD[platform], fc.integer({ min: 1, max: 2 }))
    .chain(([good, count]) =>
      Array.from({ length: count }).reduce<fc.Arbitrary<unknown>>((value) => value.chain(changed), fc.constant(good)),
    );
}

/** The text of a declaration of a platform, on one line. */
export function wildDeclarations(platform: PlatformName): fc.Arbitrary<string> {
  const filled = some(SECTIONS, section).map((written) => ({
    realm: "alpha",
    tier: "development",
    ...written,
    platform,
  }));
  return fc.oneof(filled, mutated(platform)).map((written) => JSON.stringify(written));
}
