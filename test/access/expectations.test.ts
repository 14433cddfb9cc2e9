/** Which rows assertions ask tokens for: those that may be, and those that nobody may have and somebody could ask for. */

import { describe, expect, test } from "vitest";
import type { Access } from "../../src/access/access.ts";
import { expectationsOf } from "../../src/access/expectations.ts";
import { membersOf } from "../../src/access/people.ts";
import { EVERY_SCOPE, type Row, type Target } from "../../src/access/row.ts";
import type { AccessPolicy } from "../../src/fields/access-policy.ts";

const bot = { id: "bot", name: "Bot" };
const shop: Target = { is: "application", id: "shop", name: "Shop" };
const bank: Target = { is: "application", id: "bank", name: "Bank" };
const row = (more: Partial<Row> = {}): Row => ({
  ...{ agent: bot, flow: "exchange", scope: "read", via: [], grantedBy: "privilege/1", target: shop },
  ...{ subject: { is: "group", name: "staff" }, ...more },
});
const KNOWN = new Map([
  ["staff", membersOf(["ann", "ben"])],
  ["guests", membersOf(["ben", "eve"])],
]);

/** `scope target subject` of each row; alternatives stand beside each other. */
function asked(policy: AccessPolicy, rows: Row[], people: Access["people"] = KNOWN) {
  const targets = [
    { target: bank, scopes: ["pay"] },
    { target: shop, scopes: ["openid", "read", "write"] },
  ];
  const [found] = expectationsOf({ rows, agents: [bot], people }, policy, { targets, users: ["ann", "ben", "eve"] });
  const text = ({ scope, target, subject }: Row) =>
    `${scope} ${target.id} ${"name" in subject ? subject.name : subject.is}`;
  return {
    granted: found?.granted.map((all) => all.map(text).join(" or ")),
    refused: found?.refused.map((all) => all.map((one) => text(one.row)).join(" or ")),
    twins: found?.refused.map(([one]) => one && text(one.twin)),
  };
}

describe("never", () => {
  const never = (entry: object) => ({ never: [entry] });

  test("what the agent's target has and the agent has not comes first, for one of the people whom it acts for", () => {
    const { refused, granted, twins } = asked(never({}), [row()]);
    expect(refused).toEqual(["write shop ann or write shop ben", "pay bank ann or pay bank ben"]);
    expect(granted).toEqual([]);
    expect(twins).toEqual(["read shop staff", "read shop staff"]);
  });

  test("a member of a group whom nobody else tries is tried first", () => {
    const rows = [row(), row({ subject: { is: "user", name: "ann" } })];
    expect(asked(never({ scope: "write" }), rows).refused).toEqual([
      "write shop ben or write shop ann",
      "write shop ann",
    ]);
  });

  test("somebody who has it as a member of another group is left out", () => {
    expect(asked(never({ scope: "read", subject: "group/guests" }), [row()]).refused).toEqual(["read shop eve"]);
    expect(asked(never({ scope: "read", subject: ["user/*"] }), [row()]).refused).toEqual(["read shop eve"]);
  });

  test("who is in a group that nobody counted, nobody can say: it is computed only", () => {
    const rows = [row(), row({ subject: { is: "group", name: "crowd" } })];
    expect(asked(never({ scope: "read", subject: ["user/eve", "!group/*"] }), rows).refused).toEqual([""]);
  });

  test("a scope that is known nowhere is asked for all the same, and openid never", () => {
    expect(asked(never({ scope: ["admin", "openid"] }), [row({ subject: { is: "itself" } })]).refused).toEqual([
      "admin shop itself",
    ]);
  });

  test("scopes of its own: every one that is known", () => {
    const own = row({ flow: "client-credentials", target: { is: "agent", ...bot }, subject: { is: "itself" } });
    expect(asked(never({}), [own]).refused).toEqual(["pay bot itself", "write bot itself"]);
  });

  test("on PingOne a scope that it has on another resource is no other scope", () => {
    const orders: Target = { is: "resource", id: "orders", name: "Orders" };
    const rows = [row({ target: orders, scope: "read", subject: { is: "itself" }, flow: "client-credentials" })];
    const targets = [{ target: { ...orders, id: "stock" }, scopes: ["read", "count"] }];
    const [found] = expectationsOf({ rows, agents: [bot], people: KNOWN }, never({}), { targets, users: [] });
    expect(found?.refused.flat().map((one) => one.row.scope)).toEqual(["count"]);
  });

  test("of many the nearest are asked for, and the rest is counted", () => {
    const scopes = Array.from({ length: 30 }, (_, index) => `scope-${index}`);
    const targets = [
      { target: bank, scopes },
      { target: shop, scopes: ["read", "write"] },
    ];
    const access = { rows: [row({ subject: { is: "itself" } })], agents: [bot], people: KNOWN };
    const [found] = expectationsOf(access, never({}), { targets, users: [] });
    expect(found?.refused.map(([one]) => one?.row.scope).slice(0, 2)).toEqual(["write", "scope-0"]);
    expect([found?.refused.length, found?.left]).toEqual([20, 11]);
  });

  test("an agent without a row that a request can be made of is tried with nothing", () => {
    for (const more of [
      { flow: "login" },
      { via: [bot] },
      { subject: { is: "client", ...bot } },
      { scope: EVERY_SCOPE },
    ]) {
      expect(asked(never({}), [row(more as Partial<Row>)]).refused).toEqual([]);
    }
  });
});

test("allow: one of the rows of each agent and target", () => {
  const rows = [
    row(),
    row({ scope: "write" }),
    row({ target: bank, scope: "pay" }),
    row({ target: bank, flow: "login" }),
  ];
  expect(asked({ allow: [{}] }, rows).granted).toEqual(["read shop staff or write shop staff", "pay bank staff"]);
});

test("critical: what is declared is granted, and all else is refused", () => {
  const critical = [{ scope: ["write", "read"], approvers: ["ann"] }];
  const { granted, refused } = asked({ critical }, [row(), row({ scope: "write", flow: "login" })]);
  expect(granted).toEqual(["read shop staff", ""]);
  expect(refused).toEqual(["write shop ann or write shop ben"]);
});
