/** Anything at all in place of a value: mistakes with places come of it, and never a crash. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { platforms } from "../../src/platforms.ts";
import { mistakesOf } from "./load.ts";

const anything = fc.jsonValue({ maxDepth: 2 });
const some = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...keys), value, { noNullPrototype: true });

const ACCESS = ["application", "resource", "scopes", "subjects", "subjectGroups", "name"];
const FIELDS = [
  ...["name", "type", "pattern", "scopes", "access", "owners", "secret", "ciba", "claims", "policies", "userAccess"],
  ...["tokens", "authorization", "idToken", "redirectUris", "grantTypes", "responseTypes", "actsForUsersOf", "members"],
];
const entry = fc.oneof(anything, fc.array(fc.oneof(anything, some(ACCESS, anything)), { maxLength: 3 }));
const section = fc.oneof(anything, some(["a", "b", "c"], fc.oneof(anything, some(FIELDS, entry))));

test.for(Object.keys(platforms))("%s", { timeout: 60_000 }, (platform) => {
  const sections = ["applications", "agents", "resources", "users", "groups", "journeys", "provider", "existing"];
  const property = fc.property(some(sections, section), (written) => {
    const text = JSON.stringify({ platform, realm: "alpha", tier: "development", ...written });
    for (const mistake of mistakesOf(text)) expect(mistake).toMatch(/^1:[1-9]/);
  });
  fc.assert(property, { numRuns: 100, endOnFailure: true });
});
