/** Anything at all in place of a value: mistakes and warnings come of it, and never a crash. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectDeclaration, platforms } from "../../src/platforms.ts";

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
    const { declaration, mistakes } = inspectDeclaration(text, "x.yaml");
    expect(declaration === undefined).toBe(mistakes.length > 0);
    for (const { line, column } of mistakes) expect([line, column > 0]).toEqual([1, true]);
  });
  fc.assert(property, { numRuns: 100, endOnFailure: true });
});
