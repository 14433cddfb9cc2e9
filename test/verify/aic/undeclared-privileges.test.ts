/** Privileges that nobody declared: verify fails, a row says for whom, where and for what, and only what is allowed passes. */
import { describe, expect, test } from "vitest";
import { exitCode } from "../../../src/verify/index.ts";
import { type Added, byHand, expectRow, found, ID } from "./by-hand.ts";
import { ASSISTANT, ASSISTANT_APP, LOGS_AGENT, LOGS_APP } from "./tenant.ts";

const { add, permit, look } = byHand();

test("as declared nothing is found", async () => {
  const report = await look();
  expect(found(report)).toEqual([]);
  expect(exitCode(report)).toBe(0);
});

describe("a privilege that nobody declared", () => {
  const cases: [string, string, Added, string][] = [
    [
      "for another user",
      ASSISTANT,
      { application: ASSISTANT_APP, scopes: ["read-data", "write-data"], user: "demo.owner" },
      `read-data, write-data on ${ASSISTANT_APP} for user demo.owner`,
    ],
    [
      "for more of a declared user",
      ASSISTANT,
      { application: ASSISTANT_APP, scopes: ["admin-action"], user: "barbara.jensen" },
      `admin-action on ${ASSISTANT_APP} for user barbara.jensen`,
    ],
    [
      "equal to the declared one",
      LOGS_AGENT,
      { application: LOGS_APP, scopes: ["logs-read", "logs-search"] },
      `logs-read, logs-search on ${LOGS_APP} for itself`,
    ],
    [
      "for a group",
      ASSISTANT,
      { application: ASSISTANT_APP, scopes: ["read-data"], group: "customers" },
      `read-data on ${ASSISTANT_APP} for group customers`,
    ],
    ["for itself", ASSISTANT, { application: ASSISTANT_APP, scopes: ["read-data"] }, `read-data on ${ASSISTANT_APP}`],
    [
      "for every scope",
      ASSISTANT,
      { application: ASSISTANT_APP, user: "demo.owner" },
      `every scope on ${ASSISTANT_APP} for user demo.owner`,
    ],
    [
      "on another application",
      LOGS_AGENT,
      { application: ASSISTANT_APP, scopes: ["read-data"] },
      `read-data on ${ASSISTANT_APP} for itself`,
    ],
    [
      "on no application yet",
      LOGS_AGENT,
      { scopes: ["logs-read"], user: "end.user" },
      "logs-read on no application for user end.user",
    ],
    [
      "with permissions of another type",
      ASSISTANT,
      { application: ASSISTANT_APP, scopes: ["everything"], type: "actions", user: "demo.owner" },
      `permissions of the type actions on ${ASSISTANT_APP} for user demo.owner`,
    ],
  ];
  test.each(cases)("%s", async (_what, agent, added, sentence) => {
    await add(agent, ID, added);
    const report = await look();
    expectRow(report, agent, "privilege-undeclared", `${agent} may get ${sentence}`);
    expect(found(report)[0]?.got).toContain(`(privilege ${ID})`);
    expect(exitCode(await look([{ access: ID }]))).toBe(0);
  });

  test("that is allowed, until the allowance expires", async () => {
    await add(ASSISTANT, ID, { application: ASSISTANT_APP, user: "demo.owner" });
    expect(found(await look([{ access: ID, expires: "2999-12-31" }]))).toEqual([]);
    const expired = await look([{ access: ID, expires: "2020-01-31" }]);
    expectRow(expired, ASSISTANT, "privilege-undeclared", "it was allowed until 2020-01-31");
    expect(found(await look([{ access: "22222222-2222-4333-8444-555555555555" }]))).toHaveLength(1);
  });

  test("that another stack manages: the row names it", async () => {
    const description = "Tills (managed by ping-agents: shop/prod abcdefghijkl tills)";
    await add(ASSISTANT, ID, { application: ASSISTANT_APP, user: "demo.owner", description });
    expectRow(await look(), ASSISTANT, "privilege-undeclared", `(privilege ${ID}, managed by shop/prod)`);
  });

  test("beside a declared one that somebody narrowed: each is told for itself", async () => {
    await add(ASSISTANT, ID, { application: ASSISTANT_APP, user: "demo.owner" });
    await permit([{ type: "scopes", values: ["write-data"] }]);
    const titles = found(await look()).map(({ title }) => title);
    expect(titles.sort()).toEqual(["privilege-narrower", "privilege-undeclared", "privilege-wider"]);
  });
});

test("a declared privilege with permissions of another type", async () => {
  await permit([
    { type: "scopes", values: ["read-data"] },
    { type: "actions", values: ["delete"] },
  ]);
  expectRow(await look(), ASSISTANT, "privilege-type-undeclared", "permissions of the type actions");
});
