/** Two stacks own entries of one realm: each releases its own and leaves the other's. */

import { afterAll, expect, test } from "vitest";
import { startAic } from "../support/aic.ts";
import { summary } from "./cli.ts";
import { development } from "./declarations.ts";
import { openProject } from "./project.ts";

// None that an agent needs: what the other's agent needs would stay.
const FIRST = "urn:example:grant-type:first";
const PRE_AUTHORIZED = "urn:example:grant-type:pre-authorized";
const OWN = "urn:example:grant-type:own";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
const declaration = (own: string, acr: string, agent: string) => ({
  ...development,
  provider: { grantTypes: ["password", own], acr: { [acr]: "Login" } },
  agents: { [agent]: { name: agent, pattern: "on-behalf-of", access: [] } },
});
const UP = ["up", "--yes", "--skip-preview"];
const one = await addStack("one", declaration(FIRST, "first", "first-agent"));
const two = await addStack("two", declaration(PRE_AUTHORIZED, "second", "second-agent"));
const before = await tenant.dump();
const grantTypesBefore = (await entries()).grantTypes;

async function entries() {
  const document = await tenant.admin.am("alpha").getOAuth2Provider();
  const sections = { ...document } as {
    advancedOAuth2Config: { grantTypes: string[] };
    advancedOIDCConfig: { loaMapping: Record<string, string> };
  };
  return { grantTypes: sections.advancedOAuth2Config.grantTypes, loaMapping: sections.advancedOIDCConfig.loaMapping };
}

test("both are provisioned at the same time", async () => {
  const runs = await Promise.all([one, two].map((stack) => stack.start(UP).ended));
  expect(runs.map(summary)).toEqual([{ created: 7 }, { created: 7 }]);
  const { grantTypes, loaMapping } = await entries();
  expect(grantTypes.toSorted()).toEqual([...grantTypesBefore, FIRST, PRE_AUTHORIZED].sort());
  expect(loaMapping).toEqual({ first: "Login", second: "Login" });
  expect([await one.driftedProperties(), await two.driftedProperties()]).toEqual([{}, {}]);
});

test("one changes what it owns, and the other's entries stay", async () => {
  const run = await one.declare(declaration(OWN, "first", "first-agent")).up();
  expect(summary(run)).toEqual({ updated: 2, unchanged: 5 }); // its agent carries what it added
  expect((await entries()).grantTypes.toSorted()).toEqual([...grantTypesBefore, OWN, PRE_AUTHORIZED].sort());
});

test("one is destroyed, and the other has no drift", async () => {
  await one.destroy();
  const { grantTypes, loaMapping } = await entries();
  expect(grantTypes.toSorted()).toEqual([...grantTypesBefore, PRE_AUTHORIZED].sort());
  expect(loaMapping).toEqual({ second: "Login" });
  expect(summary(await two.drift())).toEqual({ unchanged: 7 });
});

test("the second is destroyed, and the tenant is as before", async () => {
  await two.destroy();
  expect(await tenant.dump()).toStrictEqual(before);
});
