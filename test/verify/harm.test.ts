/** What a run must not do to a tenant of either cloud: lock people out, leave or take objects, and take an outage for a refusal. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { endRun, startRun } from "../../src/verify/run-name.ts";
import { startTenant as startAic } from "./aic/tenant.ts";
import { startTenant as startPingOne } from "./pingone/tenant.ts";

type Row = { readonly case: string; readonly verdict: string; readonly cause?: string | undefined };
type Run = { readonly lines: readonly string[]; readonly rows: readonly Row[] };

/** A tenant of either cloud, as far as these tests go. */
type Subject = {
  stop(): Promise<void>;
  control(path: string, body?: object): Promise<unknown>;
  /** Runs the cases, all by default; the password is everybody's. */
  verify(options?: { cases?: readonly string[]; password?: string }): Promise<Run>;
  /** Makes an object under the name of a run, with its mark or another one. */
  make(run: string, mark: string): Promise<void>;
};

async function aic(): Promise<Subject> {
  const tenant = await startAic();
  const { sandbox, admin } = tenant;
  return {
    stop: () => sandbox.stop(),
    control: tenant.control,
    async verify({ cases, password } = {}) {
      const lines: string[] = [];
      const credentials = { ...tenant.credentials, ...(password && { password: async () => password }) };
      const options = { cases, credentials, progress: (line: string) => void lines.push(line) };
      const { rows } = await tenant.verify(tenant.plan, options);
      return { lines, rows };
    },
    async make(run, mark) {
      const config = "/am/json/realms/root/realms/alpha/realm-config";
      const advancedOAuth2ClientConfig = { softwareIdentity: mark };
      await admin.write("PUT", `${config}/agents/OAuth2Client/${run}-other`, { advancedOAuth2ClientConfig });
    },
  };
}

async function pingOne(): Promise<Subject> {
  const tenant = await startPingOne();
  const { sandbox, admin } = tenant;
  return {
    stop: () => sandbox.stop(),
    control: tenant.control,
    async verify({ cases, password } = {}) {
      const lines: string[] = [];
      const credentials = {
        clientId: async (key: string) => tenant.ids[key],
        clientSecret: async (key: string) => tenant.secrets[key],
        password: async (name: string) => password ?? sandbox.users[name]?.password,
        privateKey: async () => undefined,
      };
      const options = { cases, credentials, progress: (line: string) => void lines.push(line) };
      const { rows } = await tenant.verify(tenant.plan, options);
      return { lines, rows };
    },
    async make(run, mark) {
      const kind = { type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true };
      const more = { grantTypes: ["CLIENT_CREDENTIALS"], tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC" };
      await admin.applications.create({ ...kind, ...more, name: `${run}-0`, description: mark });
    },
  };
}

describe.each([
  [
    "AIC",
    aic,
    { own: "F01", with: "I01", refused: ["F01", "C01", "C02", "X01", "B01"] },
    { answers: "/oauth2/realms/", administrators: 0 },
  ],
  [
    "PingOne",
    pingOne,
    { own: "P01", with: "N51", refused: ["P01", "N01", "N02", "N03"] },
    // The administrator's tokens come from the same service: one to read with, one to remove with.
    { answers: "/as/", administrators: 2 },
  ],
] as const)("on %s", (_cloud, start, cases, service) => {
  let tenant: Subject;
  beforeEach(async () => {
    tenant = await start();
  });
  afterEach(() => tenant.stop());
  const now = () => Math.floor(Date.now() / 1000);
  const failing = ({ rows }: Run) => rows.filter(({ verdict }) => verdict !== "pass");

  test("what a run that has ended left behind is removed, and said", async () => {
    const before = await tenant.control("dump");
    const run = startRun(now());
    await tenant.make(run, run);
    endRun(run);
    const { lines } = await tenant.verify({ cases: [cases.own] });
    expect(lines.join()).toMatch(new RegExp(`removed what an earlier run left behind: \\S+/${run}`));
    expect(await tenant.control("dump")).toEqual(before);
  });

  test("what a run that goes on has made is left alone, and said", async () => {
    const run = startRun(now());
    await tenant.make(run, run);
    const before = await tenant.control("dump");
    const report = await tenant.verify({ cases: [cases.own] });
    endRun(run);
    expect(report.lines.join()).toMatch(new RegExp(`left alone, .*: \\S+/${run}`));
    expect(failing(report)).toEqual([]);
    expect(await tenant.control("dump")).toEqual(before);
  });

  test("what only looks like a leftover is left alone", async () => {
    const run = startRun(now());
    endRun(run);
    await tenant.make(run, "made by somebody");
    await tenant.make("ping-agents-verify-mine", "ping-agents-verify-mine");
    const before = await tenant.control("dump");
    await tenant.verify({ cases: [cases.own] });
    expect(await tenant.control("dump")).toEqual(before);
  });

  test("two runs at the same time do not take each other's objects", async () => {
    const before = await tenant.control("dump");
    const one = () => tenant.verify({ cases: [cases.with] });
    for (const report of await Promise.all([one(), one()])) {
      expect(report.rows.length).toBeGreaterThan(0);
      expect(failing(report)).toEqual([]);
    }
    expect(await tenant.control("dump")).toEqual(before);
  });

  test.for([429, 500, 502, 503, 403, 404])("%i of a gateway in place of an answer proves nothing", async (status) => {
    const { answers: pathPattern, administrators: after } = service;
    await tenant.control("faults", { faults: [{ method: "POST", pathPattern, status, times: 1_000, after }] });
    const { rows } = await tenant.verify({ cases: cases.refused });
    await tenant.control("faults", { faults: [] });
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ verdict }) => verdict !== "inconclusive")).toEqual([]);
  });

  test("a wrong password of a person is not sent again", async () => {
    const { rows } = await tenant.verify({ password: "an-old-password" });
    const said = rows.filter(({ cause = "" }) => cause.includes("a login of"));
    expect(said.length).toBeGreaterThan(2);
    for (const { verdict, cause } of said) {
      expect({ verdict, cause }).toEqual({
        verdict: "inconclusive",
        cause: expect.stringContaining("not tried again"),
      });
    }
  });
});
