/** What the kinds own although nobody declares it is what decision 0004 lists. */

import { expect, test } from "vitest";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import { listedSettings, ownedSettings } from "../support/owned-settings.ts";

test.each([
  ...aicKinds.map((kind) => [kind.type, listedSettings(kind), ownedSettings(kind)] as const),
  ...pingOneKinds.map((kind) => [kind.type, listedSettings(kind), ownedSettings(kind)] as const),
])("%s", (_type, listed, owned) => {
  expect(owned.toSorted()).toEqual(listed.toSorted());
});
