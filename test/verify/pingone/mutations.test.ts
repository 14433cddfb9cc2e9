/** Every refusal of the token service that turns into a token makes the cases that expect it fail. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PINGONE_CASES } from "../../../src/verify/pingone/catalogue.ts";
import { startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await tenant.sandbox.stop();
});

/** Issues a token wherever the tenant refuses by one of the rules. */
async function failingWithout(isOff: (rule: string) => boolean): Promise<string[]> {
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    const response = await real(url, init);
    const rule = response.headers.get("x-sandbox-rule");
    if (rule === null || !isOff(rule)) return response;
    return Response.json({ access_token: "e30.e30.", token_type: "Bearer", expires_in: 900 });
  });
  const { rows } = await tenant.verify();
  return [...new Set(rows.filter(({ verdict }) => verdict === "fail").map(({ case: id }) => id))].sort();
}

// Polling goes on while a request is pending: with that rule off no other polling case would start.
const byPending = (exact: object) => "rules" in exact && [exact.rules].flat().includes("pending");
const refusals = Object.entries(PINGONE_CASES).filter(([, { exact }]) => "error" in exact);

test("all but the answer that polling waits for", async () => {
  const expected = refusals.filter(([, { exact }]) => !byPending(exact)).map(([id]) => id);
  expect(await failingWithout((rule) => rule !== "pending")).toEqual(expected);
  expect(expected).toHaveLength(20);
});

test("a token before the user has answered", async () => {
  expect(await failingWithout((rule) => rule === "pending")).toContain("N32");
});
