/** What a declaration asserts of access, on both clouds and on rows of a tenant. */

import { describe, expect, test } from "vitest";
import type { Access } from "../../src/access/access.ts";
import { allFindings, brokenAssertions, unapproved } from "../../src/access/assertions.ts";
import { isAssertion } from "../../src/access/findings.ts";
import { EVERY_SCOPE, type Row } from "../../src/access/row.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";
import { checkDeclaration, declaredAccess, declaredWorld } from "../../src/platforms.ts";
import { CHANGES } from "./changes.ts";
import { rowsOf } from "./support.ts";

const placeOf = () => ({ file: "stacks/test.yaml", line: 1, column: 1 });

/** What does not hold of the declaration before the prepared changes, with a policy: `rule about: what`. */
function broken(cloud: "aic" | "pingone", policy: string): string[] {
  const parsed = parseDeclaration(`${CHANGES[cloud].base}accessPolicy: ${policy}\n`, "stacks/test.yaml");
  const declaration = checkDeclaration(parsed);
  const access = declaredAccess(declaration, parsed.placeOf);
  return brokenAssertions(access, declaration.accessPolicy, parsed.placeOf).map(
    ({ rule, about, what }) => `${rule} ${about.name}: ${what}`,
  );
}

describe.each(["aic", "pingone"] as const)("%s", (cloud) => {
  test.each([
    ["no agent reaches a scope that none has", "{ never: [{ scope: admin }] }"],
    ["agents for themselves only read", '{ never: [{ subject: itself, scope: ["*", "!read"] }] }'],
    ["an agent may read for a group", "{ allow: [{ agent: assistant, scope: read, subject: group/customers }] }"],
    [
      "nobody outside two groups",
      '{ never: [{ agent: assistant, subject: ["group/*", "!group/customers", "!group/staff"] }] }',
    ],
  ])("holds: %s", (_what, policy) => expect(broken(cloud, policy)).toEqual([]));

  test("does not hold: what never may be, with its sentence and place", () => {
    const [found, ...others] = broken(cloud, "{ never: [{ agent: watch*, scope: read }] }");
    expect(found).toMatch(/^never Watcher: may read on Shop.* for itself, /);
    expect(others).toEqual([]);
  });

  test("does not hold: what has to be possible", () => {
    expect(broken(cloud, "{ allow: [{ agent: assistant, scope: admin, subject: group/customers }] }")).toEqual([
      "allow accessPolicy: says that something is possible, and it is not: agent assistant; scope admin; subject group/customers",
    ]);
  });

  test("an assertion says why", () => {
    const parsed = parseDeclaration(
      `${CHANGES[cloud].base}accessPolicy: { never: [{ scope: read, reason: nobody reads }] }\n`,
      "stacks/test.yaml",
    );
    const { accessPolicy, ...rest } = checkDeclaration(parsed);
    const access = declaredAccess({ ...rest, accessPolicy } as Parameters<typeof declaredAccess>[0], parsed.placeOf);
    const [found] = brokenAssertions(access, accessPolicy, parsed.placeOf);
    const last = CHANGES[cloud].base.split("\n").length;
    expect(found).toMatchObject({ severity: "high", reason: "nobody reads", place: { file: "stacks/test.yaml" } });
    expect(found?.fix).toBe(`take the access away, or change the assertion at stacks/test.yaml:${last}`);
  });
});

/** What does not hold of a declaration, with a policy: `about: what; reason`. */
function brokenWith(text: string, policy: string): string[] {
  const parsed = parseDeclaration(`${text}accessPolicy: ${policy}\n`, "stacks/test.yaml");
  const declaration = checkDeclaration(parsed);
  const { open } = allFindings([declaredWorld(declaration, parsed)], declaration.accessPolicy, parsed.placeOf);
  return open.filter(isAssertion).map(({ about, what, reason }) => `${about.name}: ${what}; ${reason}`);
}

const UNREAD = {
  aic: `platform: aic
realm: alpha
tier: development
agents:
  bot: { name: Bot, pattern: autonomous, owners: [ann], scopes: [read], overrides: { accessTokenMayActScript: 01e1a3c0-038b-4c16-956a-6c9d89328cff } }
`,
  pingone: `platform: pingone
environment: 8c1c3f1a-0000-4000-8000-000000000000
resources:
  orders: { name: Orders, audience: orders, scopes: { read: Read }, claims: { may_act: "${["$", "{user.mayAct}"].join("")}" } }
agents:
  bot: { name: Bot, pattern: autonomous, access: [{ resource: orders, scopes: [read] }] }
`,
};

test("an act that cannot be read opens nothing", () => {
  const text = UNREAD.pingone.replace("may_act", "act");
  expect(brokenWith(text, "{ never: [{ scope: admin }] }")).toEqual([]);
});

describe.each(["aic", "pingone"] as const)("%s: what cannot be read, and may open more than is shown", (cloud) => {
  test("is not shown never to be", () => {
    expect(brokenWith(UNREAD[cloud], "{ never: [{ scope: admin }] }")).toEqual([
      expect.stringMatching(/^(Bot|Orders): .*; stacks\/test.yaml:\d+ cannot be shown to hold: whoever may act by it/),
    ]);
  });

  test.each([
    ["nothing is asserted", "{}"],
    ["what has to be possible is", "{ allow: [{ agent: bot }] }"],
    [
      "somebody answers for it",
      "{ never: [{ scope: admin }], accept: [{ rule: unread-claim, reason: read, owner: ann, expires: 2099-01-01 }] }",
    ],
  ])("stops nothing where %s", (_what, policy) => expect(brokenWith(UNREAD[cloud], policy)).toEqual([]));
});

const bot = { id: "bot", name: "Bot" };
const row = (more: Partial<Row>): Row => ({
  ...{ agent: bot, flow: "exchange", scope: "read", via: [], grantedBy: "privilege/1" },
  ...{ target: { is: "application", id: "shop", name: "Shop App" }, subject: { is: "group", name: "staff" } },
  ...more,
});
const access = (rows: Row[]): Access => ({
  rows,
  agents: [bot],
  people: new Map([["staff", { size: 2, members: new Set(["ann", "ben"]) }]]),
});

describe("rows of a tenant", () => {
  const never = (pattern: object, rows: Row[]) => brokenAssertions(access(rows), { never: [pattern] }, placeOf);

  test("an undeclared row that never may be names the object that grants it", () => {
    expect(never({ scope: "admin" }, [row({ scope: "admin" })])).toMatchObject([
      { about: bot, what: "may admin on Shop App for anyone in staff, by exchange", grantedBy: "privilege/1" },
    ]);
  });

  test.each<[string, object, Partial<Row>, number]>([
    ["every scope is each scope", { scope: "admin" }, { scope: EVERY_SCOPE }, 1],
    ["a group is each of its members", { subject: "user/ann" }, {}, 1],
    ["and nobody else", { subject: "user/eve" }, {}, 0],
    ["anyone is every user", { subject: "user/eve" }, { subject: { is: "anyone" } }, 1],
    ["but not the agent itself", { subject: "itself" }, { subject: { is: "anyone" } }, 0],
    ["a group that is taken out is out, members included", { subject: ["*", "!group/staff"] }, {}, 0],
    ["a target by its key", { target: "shop" }, {}, 1],
    ["or its name", { target: "Shop *" }, {}, 1],
    ["a dot is a dot", { target: "Sho." }, {}, 0],
    ["another agent by its key", { subject: "client/b2" }, { subject: { is: "client", id: "b2", name: "B" } }, 1],
  ])("%s", (_what, pattern, more, count) => expect(never(pattern, [row(more)])).toHaveLength(count));
});

describe("critical", () => {
  const critical = [{ scope: "write", approvers: ["ann", "ben"], reason: "money moves" }];
  const gained = rowsOf(
    CHANGES.aic.base.replace("scopes: [read]\n        subjects", "scopes: [write]\n        subjects"),
  );

  test("what is gained without an approval, and who can give it", () => {
    expect(unapproved(gained, critical, ["eve"], new Map())[0]).toMatchObject({
      rule: "critical",
      reason: "money moves",
      what: expect.stringMatching(/^may now write on Shop/),
      fix: "have it approved by ann or ben, and say so with --approved-by",
    });
  });

  test("one of the approvers is enough", () => {
    expect(unapproved(gained, critical, ["eve", "ben"], new Map())).toEqual([]);
  });
});
