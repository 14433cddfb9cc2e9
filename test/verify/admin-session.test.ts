/** The token of an administrator: one for many calls; what the tenant does not take any more, and a login that failed, are not kept. */

import { expect, test } from "vitest";
import { createAdminSession } from "../../src/verify/admin-session.ts";
import type { Observation } from "../../src/verify/http.ts";

/** @param logins what each brings in turn @param statuses of the calls in turn, then 200 */
function sessionOf(logins: readonly (string | Error)[], statuses: readonly number[] = []) {
  const [left, answers] = [[...logins], [...statuses]];
  const used: string[] = [];
  const login = async () => {
    const next = left.shift();
    if (typeof next === "string") return next;
    throw next ?? new Error("no more logins");
  };
  let now = 0;
  const session = createAdminSession({ login, seconds: 10, clock: { now: () => now, wait: async () => {} } });
  const send = async (token: string): Promise<Observation> => {
    used.push(token);
    return { status: answers.shift() ?? 200, body: {} };
  };
  const pass = (seconds: number) => {
    now += seconds;
  };
  return { used, call: () => session(send), pass };
}

test("is asked for once, and anew before it ends", async () => {
  const { used, call, pass } = sessionOf(["one", "two"]);
  await Promise.all([call(), call()]);
  pass(9);
  await call();
  pass(1);
  await call();
  expect(used).toEqual(["one", "one", "one", "two"]);
});

test("a call that is refused for it is sent again once, with another one", async () => {
  const { used, call } = sessionOf(["one", "two", "three"], [401, 200, 401, 401]);
  expect((await call()).status).toBe(200);
  expect((await call()).status).toBe(401);
  expect(used).toEqual(["one", "two", "two", "three"]);
});

test("a login that failed fails its call, and no other", async () => {
  const { used, call } = sessionOf([new Error("an outage"), "one"]);
  await expect(call()).rejects.toThrow("an outage");
  await call();
  expect(used).toEqual(["one"]);
});
