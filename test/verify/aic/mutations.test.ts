/** Whoever weakens the tenant is noticed: each rule of its token flows that is switched off makes a case fail. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTenant, type Tenant } from "./tenant.ts";

/** Answers to what is not there at all, which no switch can turn into a success. */
const NO_SWITCH = ["G01", "G02", "I04"];
/** What takes scripts or tokens that the declared delegation does not have (test/sandbox/aic/oauth/delegation.test.ts). */
const UNPROVOKED = ["X34", "X35", "X36"];
/** A rule that a positive flow watches: before the approval there is no token. */
const WATCHED_BY: Readonly<Record<string, string>> = { B21: "F04" };

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.sandbox.stop());

test("switching off any single rule of the token flows makes the case of that rule fail", {
  timeout: 240_000,
}, async () => {
  const { rules, delegation } = (await tenant.control("rules")) as Record<string, Record<string, unknown>>;
  const all = Object.keys({ ...rules, ...delegation });
  const switches = all.filter((id) => ![...NO_SWITCH, ...UNPROVOKED].includes(id));
  expect(switches.length).toBeGreaterThanOrEqual(20);

  const unnoticed: string[] = [];
  for (const id of switches) {
    await tenant.control("rules", { off: [id] });
    const watcher = WATCHED_BY[id] ?? id;
    const { rows } = await tenant.verify(tenant.plan, { cases: [watcher] });
    if (!rows.some((row) => row.case === watcher && row.verdict === "fail")) unnoticed.push(id);
  }
  await tenant.control("rules", { off: [] });

  console.log(`${switches.length} rules switched off one by one, ${switches.length - unnoticed.length} noticed`);
  expect(unnoticed).toEqual([]);
});
