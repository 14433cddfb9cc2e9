/** An agent whose last day is over fails verify, on both clouds, and nothing else does. */
import { afterAll, expect, test } from "vitest";
import { expiryOf } from "../../src/verify/expiry.ts";
import { exitCode } from "../../src/verify/index.ts";
import * as aic from "./aic/tenant.ts";
import * as pingOne from "./pingone/tenant.ts";

const [onAic, onPingOne] = [await aic.startTenant(), await pingOne.startTenant()];
afterAll(() => Promise.all([onAic.sandbox.stop(), onPingOne.sandbox.stop()]));

const clouds = {
  AIC: {
    agent: aic.LOGS_AGENT,
    look: (more: object) => {
      const agents = onAic.plan.agents.map((one) => (one.clientId === aic.LOGS_AGENT ? { ...one, ...more } : one));
      return onAic.verify({ ...onAic.plan, agents }, { cases: ["C01"] });
    },
  },
  PingOne: {
    agent: pingOne.WATCHER,
    look: (more: object) => {
      const agents = onPingOne.plan.agents.map((one) => (one.key === pingOne.WATCHER ? { ...one, ...more } : one));
      return onPingOne.verify({ ...onPingOne.plan, agents }, { cases: ["N06"] });
    },
  },
};

test.each(["AIC", "PingOne"] as const)("on %s", async (cloud) => {
  const { agent, look } = clouds[cloud];
  expect((await look({ expires: "9999-12-31" })).findings).toEqual([]);
  const report = await look({ expires: "2020-01-31" });
  const failed = report.rows.filter(({ verdict }) => verdict !== "pass");
  expect(failed.map(({ agent: of, case: id, title, got }) => [of, id, title, got])).toEqual([
    [agent, "preflight", "expired", expect.stringContaining(`${agent} expired on 2020-01-31: renew expires`)],
  ]);
  expect(exitCode(report)).toBe(1);
  const { findings } = await look({ expires: "2020-01-31", enabled: false });
  expect(findings.map(({ code }) => code)).not.toContain("expired");
});

test("its last day is its own, to the last second in UTC", () => {
  const at = (time: string) =>
    expiryOf({ key: "bot", expires: "2026-12-31" }, Date.parse(time) / 1_000).map(({ code }) => code);
  expect(at("2026-12-31T23:59:59Z")).toEqual([]);
  expect(at("2027-01-01T00:00:00Z")).toEqual(["expired"]);
});
