/** What a run could not remove is reported, and the rest is removed all the same. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { configPath } from "../../../src/verify/aic/snapshot.ts";
import { exitCode } from "../../../src/verify/index.ts";
import { REALM, startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.sandbox.stop());

const leftovers = async () => {
  const clients = await tenant.admin.query(`${configPath(REALM)}/agents/OAuth2Client`, "true");
  const agents = await tenant.admin.query(`${configPath(REALM)}/agents/AIAgent`, "true");
  return [...clients, ...agents].map(({ _id }) => String(_id)).filter((id) => id.startsWith("ping-agents-verify-"));
};

it("a delete that fails once leaves one object, which the report names", async () => {
  const faults = [{ method: "DELETE", pathPattern: "/agents/OAuth2Client/ping-agents-verify", status: 503 }];
  await tenant.control("faults", { faults });
  // A case with a client that is thrown away.
  const report = await tenant.verify(tenant.plan, { cases: ["I01"] });

  const [left, ...others] = await leftovers();
  expect(others).toEqual([]);
  expect(report.rows.filter((row) => row.case === "cleanup")).toEqual([
    expect.objectContaining({ verdict: "fail", cause: expect.stringContaining(String(left)) }),
  ]);
  expect(exitCode(report)).toBe(1);
});

it("a tenant that refuses in the middle of the preparation keeps nothing of it", async () => {
  const known = await leftovers();
  const faults = [{ method: "PUT", pathPattern: "/agents/AIAgent/ping-agents-verify.*delegate", status: 500 }];
  await tenant.control("faults", { faults });
  await expect(tenant.verify()).rejects.toMatchObject({ code: "ERR_VERIFY_ADMIN" });
  expect(await leftovers()).toEqual(known);
});

it("a tenant that is down is one clear error", async () => {
  const gone = await startTenant();
  await gone.sandbox.stop();
  await expect(gone.verify()).rejects.toMatchObject({
    code: "ERR_VERIFY_UNREACHABLE",
    message: expect.stringContaining("is the tenant up?"),
  });
});
