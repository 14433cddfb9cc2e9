/** Whoever weakens the environment is noticed: each rule of its token service that is switched off makes its cases fail. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeCases } from "../../../src/verify/pingone/cases/code.ts";
import { ownCases } from "../../../src/verify/pingone/cases/own.ts";
import { PINGONE_CASES } from "../../../src/verify/pingone/catalogue.ts";
import { startTenant, type Tenant } from "./tenant.ts";

/** Rules that the verifier does not watch, and why. That their switches work is shown in test/sandbox/pingone/oauth/rules.test.ts. */
const UNWATCHED: Readonly<Record<string, string>> = {
  workerSecret: "by it the verifier itself would not get in",
  workerGrant: "by it the verifier itself would not get in",
  wrongAssertion: "the verifier's agents prove themselves by secrets",
  noScope: "no exchange is asked for without a scope",
  unequalResources: "no declared agent mixes resources",
  requiredSubject: "no declared resource requires sub",
  wrongPolicy: "no request names a policy",
  wrongMessage: "every request has an acceptable message",
  requestedType: "every exchange asks for an access token",
};

/** Cases of agents that sign users in, and those of them that other agents have, too: the two kinds of agents have a plan each. */
const OF_SIGN_ON = new Set(codeCases.cases.map(({ id }) => id));
const SHARED = new Set(ownCases.cases.map(({ id }) => id));

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant({ delegates: true, signsIn: true });
});
afterAll(() => tenant.sandbox.stop());

/** Ids of the cases that expect to be refused by the rule. */
const casesOf = (rule: string): string[] =>
  Object.entries(PINGONE_CASES).flatMap(([id, { exact }]) =>
    "rules" in exact && exact.rules?.includes(rule) ? [id] : [],
  );

test("switching off any single rule makes every case of that rule fail", async () => {
  const { pingone } = (await tenant.control("rules")) as { pingone: Record<string, { fixed?: boolean }> };
  const switches = Object.keys(pingone).filter((id) => !pingone[id]?.fixed);
  const watched = switches.filter((id) => casesOf(id).length > 0);
  expect(switches.filter((id) => !watched.includes(id)).sort()).toEqual(Object.keys(UNWATCHED).sort());

  const unnoticed: string[] = [];
  for (const id of watched) {
    await tenant.control("rules", { off: [id] });
    const cases = casesOf(id);
    for (const { plan, has } of [
      { plan: tenant.plan, has: (one: string) => !OF_SIGN_ON.has(one) || SHARED.has(one) },
      { plan: tenant.signOn, has: (one: string) => OF_SIGN_ON.has(one) },
    ]) {
      const tried = cases.filter(has);
      if (tried.length === 0) continue;
      const { rows } = await tenant.verify(plan, { cases: tried });
      const isNoticed = (one: string) => rows.some((row) => row.case === one && row.verdict === "fail");
      unnoticed.push(...tried.filter((one) => !isNoticed(one)).map((one) => `${id}: ${one}`));
    }
  }
  await tenant.control("rules", { off: [] });

  const cases = watched.flatMap(casesOf);
  console.log(
    `${watched.length} of ${switches.length} rules switched off one by one, ` +
      `${cases.length - unnoticed.length} of their ${cases.length} cases noticed it`,
  );
  expect(unnoticed).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(20);
});
