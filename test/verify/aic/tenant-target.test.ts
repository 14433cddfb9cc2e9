/** `target` `tenant`: nothing that others share is written, time is waited for, a person decides, everything made is removed. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { exitCode, type Report, type RunOptions } from "../../../src/verify/index.ts";
import { startTenant, type Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.sandbox.stop());

type Pending = { pending: { id: string; user: string; binding_message: string }[] };
type Seen = { requests: { method: string; path: string }[] };

/** A user at the phone, who does what the progress line asks for. */
async function decide(line: string): Promise<void> {
  const [, user = "", decision = "", message = ""] =
    /^(\S+): please (approve|deny) "(.+)" on your phone$/.exec(line) ?? [];
  if (!user) return;
  const { pending } = (await tenant.control("ciba")) as Pending;
  const request = pending.find(({ binding_message }) => binding_message === message);
  const password = tenant.sandbox.users[user]?.password;
  await tenant.control(`ciba/${request?.id}/${decision}`, { username: user, password });
}

/** Passes the tenant's time without waiting for it, and after the user has decided. */
function passingClock(decided: () => Promise<unknown>) {
  let ahead = 0;
  return {
    now: () => Math.floor(Date.now() / 1000 + ahead),
    async wait(seconds: number) {
      await decided();
      ahead += seconds;
      await tenant.control("clock", { advanceSeconds: seconds });
    },
  };
}

type Given = Pick<RunOptions, "signal" | "cases" | "approvalTimeout"> & { readonly isAway?: boolean };

/** @param isAway nobody looks at the phone */
async function run({ isAway, ...options }: Given = {}): Promise<{ report: Report; asked: string[] }> {
  const asked: string[] = [];
  let decisions = Promise.resolve();
  const progress = (line: string) => {
    asked.push(line);
    if (!isAway) decisions = decisions.then(() => decide(line));
  };
  const clock = passingClock(() => decisions);
  try {
    const report = await tenant.verify(tenant.plan, {
      target: "tenant",
      controlToken: undefined,
      progress,
      clock,
      ...options,
    });
    return { report, asked };
  } finally {
    await tenant.control("clock", { reset: true });
  }
}

test("passes with a person who approves and denies, and leaves no trace", async () => {
  const before = await tenant.control("dump");
  await tenant.control("requests/clear", {});
  const { report, asked } = await run();
  const { requests } = (await tenant.control("requests")) as Seen;

  expect(report.rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  expect(exitCode(report)).toBe(0);
  expect(asked.some((line) => line.includes("please approve"))).toBe(true);
  expect(asked.some((line) => line.includes("please deny"))).toBe(true);
  const written = requests.filter(
    ({ method, path }) => !["GET", "POST"].includes(method) && /realm-config|openidm/.test(path),
  );
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter(({ path }) => path.includes("/services/") || path.includes("/authentication/"))).toEqual([]);
  expect(written.filter(({ path }) => /bot-traffic|digital-assistant|ai-agent|legacy/.test(path))).toEqual([]);
  expect(await tenant.control("dump")).toEqual(before);
});

test.each([
  [60, 60],
  [3600, 600],
  [undefined, 600],
])(
  "a user who gets %s s and does not decide is asked once; what hangs on it proves nothing",
  async (given, seconds) => {
    const cases = ["F04", "B17", "B20"];
    const { report, asked } = await run({ isAway: true, cases, approvalTimeout: given });
    const of = (id: string) => report.rows.find((row) => row.case === id);
    expect(of("F04")).toMatchObject({ verdict: "inconclusive", cause: `end.user did not decide within ${seconds} s` });
    for (const id of ["B17", "B20"]) {
      const cause = `not asked again, since end.user did not decide within ${seconds} s`;
      expect(of(id)).toMatchObject({ verdict: "inconclusive", cause });
    }
    expect(asked.filter((line) => line.includes("please approve"))).toHaveLength(1);
    expect(exitCode(report)).toBe(2);
  },
);

test("says what it leaves out", async () => {
  const { report } = await run();
  const cases = new Set(report.rows.map((row) => row.case));
  expect(report.notes.join(" ")).toMatch(/C05.*B18/s);
  expect(cases.has("C05")).toBe(false);
  expect(cases.has("B18")).toBe(false);
});

test("holds a tenant to what must not be issued, not to the words of its answers", async () => {
  // Without this rule another one refuses, with other words: to a local tenant's exact answer that would be a failure.
  await tenant.control("rules", { off: ["X19", "C03"] });
  const { report } = await run();
  await tenant.control("rules", { off: [] });
  const verdict = (id: string) => report.rows.find((row) => row.case === id)?.verdict;
  expect(verdict("X19")).toBe("pass");
  // Nobody knows what a tenant does here: it is recorded.
  expect(verdict("C03")).toBe("pass");
});

test("fails when a tenant issues what was not declared", async () => {
  await tenant.control("rules", { off: ["X06", "X01", "U01", "B03"] });
  const { report } = await run();
  await tenant.control("rules", { off: [] });
  const failed = new Set(report.rows.filter(({ verdict }) => verdict === "fail").map((row) => row.case));
  for (const id of ["X06", "X01", "U01", "B03"]) expect(failed).toContain(id);
});

test("interrupted, it removes what it made", async () => {
  const before = await tenant.control("dump");
  await expect(run({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  expect(await tenant.control("dump")).toEqual(before);
});
