/** What a run could not remove is reported, and the rest is removed all the same. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configPath, providerPath } from "../../../src/verify/aic/snapshot.ts";
import { exitCode } from "../../../src/verify/index.ts";
import { machineTimer } from "../../../src/verify/timer.ts";
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

/** A case with a client that is thrown away, and pauses that nobody waits for. */
const paused: number[] = [];
const timer = { ...machineTimer, pause: async (seconds: number) => void paused.push(seconds) };
const run = () => tenant.verify(tenant.plan, { cases: ["I01"], timer });
const failingDeletes = (times: number, fault: object) =>
  tenant.control("faults", {
    faults: [{ method: "DELETE", pathPattern: "/agents/OAuth2Client/ping-agents-verify", times, ...fault }],
  });

test.for([
  { status: 503 },
  { status: 429, headers: { "retry-after": "2" } },
  { drop: "before" },
  { drop: "after" },
  // As a gateway says it: the object is still there.
  { status: 404 },
])("a delete that is answered by %o once is made good", async (fault) => {
  await failingDeletes(1, fault);
  expect(exitCode(await run())).toBe(0);
  expect(await leftovers()).toEqual([]);
});

test("a delete that keeps failing leaves one object, which the report names, and which the next run removes", async () => {
  await failingDeletes(100, { status: 404 });
  paused.length = 0;
  const report = await run();
  await tenant.control("faults", { faults: [] });
  const [left, ...others] = await leftovers();
  expect(others).toEqual([]);
  expect(report.rows.filter((row) => row.case === "cleanup")).toEqual([
    expect.objectContaining({ verdict: "fail", cause: expect.stringContaining(String(left)) }),
  ]);
  expect(exitCode(report)).toBe(1);
  expect(paused).toEqual([1, 3]);

  const lines: string[] = [];
  expect(exitCode(await tenant.verify(tenant.plan, { cases: ["F01"], progress: (line) => lines.push(line) }))).toBe(0);
  expect(lines.join()).toContain(
    `removed what an earlier run left behind: ${configPath(REALM)}/agents/OAuth2Client/${left}`,
  );
  expect(await leftovers()).toEqual([]);
});

test("when the time for clean-up is over nothing more is tried, and all that stays is named", async () => {
  const over = { ...timer, deadline: () => AbortSignal.abort() };
  const { rows } = await tenant.verify(tenant.plan, { cases: ["I01"], timer: over });
  const left = await leftovers();
  expect(left).not.toEqual([]);
  const named = rows.filter((row) => row.case === "cleanup").map(({ got }) => got);
  for (const id of left) expect(named).toContain(`${configPath(REALM)}/agents/OAuth2Client/${id}`);
  await tenant.verify(tenant.plan, { cases: ["F01"] });
  expect(await leftovers()).toEqual([]);
});

const failingPut = (status: number) =>
  tenant.control("faults", {
    faults: [{ method: "PUT", pathPattern: "/agents/AIAgent/ping-agents-verify.*delegate", status }],
  });

test("a tenant that refuses in the middle of the preparation keeps nothing of it", async () => {
  await failingPut(403);
  await expect(tenant.verify()).rejects.toMatchObject({ code: "ERR_VERIFY_ADMIN" });
  expect(await leftovers()).toEqual([]);
});

test("what could not be made during an outage leaves its cases unproven, and the others are run", async () => {
  await failingPut(500);
  const { rows } = await tenant.verify();
  const unproven = rows.filter(({ verdict }) => verdict !== "pass");
  expect(unproven.length).toBeGreaterThan(3);
  for (const { verdict, cause } of unproven) {
    expect({ verdict, cause }).toEqual({ verdict: "inconclusive", cause: expect.stringContaining("ERR_VERIFY_BUSY") });
  }
  expect(await leftovers()).toEqual([]);
});

describe("the provider of a local tenant, which a case changes", () => {
  const provider = async () => (await tenant.admin.get(providerPath(REALM)))?.advancedOIDCConfig;
  /** @param times how often it cannot be put back */
  const failing = (times: number) =>
    tenant.control("faults", {
      faults: [{ method: "PUT", pathPattern: "/oauth-oidc$", after: 1, times, status: 503 }],
    });

  test("is put back, also when that fails at first", async () => {
    const before = await provider();
    await failing(1);
    const { rows } = await tenant.verify(tenant.plan, { cases: ["C05"] });
    expect(rows.map(({ verdict }) => verdict)).toEqual(["pass"]);
    expect(await provider()).toEqual(before);
  });

  test("that cannot be put back ends the run, which says what it was", async () => {
    await failing(3);
    await expect(tenant.verify(tenant.plan, { cases: ["C05"] })).rejects.toMatchObject({
      code: "ERR_VERIFY_ADMIN",
      message: expect.stringMatching(
        /services\/oauth-oidc could not be put back: ERR_VERIFY_BUSY: .*\n {2}Next: put it back by hand/,
      ),
    });
    expect(await leftovers()).toEqual([]);
  });
});

test("a tenant that is down is one clear error", async () => {
  const gone = await startTenant();
  await gone.sandbox.stop();
  await expect(gone.verify()).rejects.toMatchObject({
    code: "ERR_VERIFY_UNREACHABLE",
    message: expect.stringContaining("Next: check that it is up"),
  });
});
