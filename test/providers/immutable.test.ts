/** What replaces an object, and what only says the same in other words. */

import { expect, test } from "vitest";
import { replacedBy } from "../../src/providers/immutable.ts";
import { markSecret, type Properties, UNKNOWN } from "../../src/providers/pulumi-values.ts";
import { OWNER } from "../support/properties.ts";

const inTenant = (tenant: string, more: Properties = {}) => ({ ...more, __owner: { ...OWNER, tenant } });
const TENANT = [{ tenant: "environment" }] as const;
const REFERENCE = [{ name: "resource", id: "resourceId" }] as const;

test.each<[immutable: Parameters<typeof replacedBy>[0], olds: Properties, news: Properties, replaces: string[]]>([
  [["type"], { type: "a" }, { type: "b" }, ["type"]],
  [["type"], { type: markSecret("a") }, { type: "a" }, []],
  [["type"], { type: "a" }, { type: UNKNOWN }, []],
  // Names are labels where both ids are known.
  [REFERENCE, { resource: "A", resourceId: "1" }, { resource: "B", resourceId: "1" }, []],
  [REFERENCE, { resource: "A", resourceId: "1" }, { resource: "A", resourceId: "2" }, ["resourceId"]],
  [REFERENCE, { resource: "A", resourceId: "1" }, { resource: "B", resourceId: UNKNOWN }, []],
  [REFERENCE, { resource: "A" }, { resource: "A", resourceId: "1" }, []],
  [REFERENCE, { resource: "A" }, { resource: "B" }, ["resource"]],
  [REFERENCE, { resource: "A", resourceId: "1" }, { resource: "B" }, ["resource"]],
  // A tenant that is named now is another one only where it was not that of the settings.
  [TENANT, inTenant("one"), inTenant("one", { environment: "one" }), []],
  [TENANT, inTenant("one", { environment: "one" }), inTenant("one"), []],
  [TENANT, inTenant("one"), inTenant("two", { environment: "two" }), ["environment"]],
  [TENANT, inTenant("one"), { environment: "two", __owner: UNKNOWN }, ["environment"]],
  [TENANT, inTenant("one"), { environment: "one", __owner: UNKNOWN }, []],
  [TENANT, inTenant("one", { environment: "one" }), { __owner: UNKNOWN }, []],
  [TENANT, inTenant("one"), inTenant("two"), []], // a stack that is bound anew
  [TENANT, {}, inTenant("one", { environment: "one" }), ["environment"]],
])("%j: %j -> %j replaces %j", (immutable, olds, news, replaces) => {
  expect(replacedBy(immutable, olds, news)).toEqual(replaces);
});
