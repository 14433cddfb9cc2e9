/** What the example stacks of PingOne let each client do: every source with every target, hop by hop, declared or not as a pair. */

import { describe, expect, test } from "vitest";
import { difference } from "../../src/access/difference.ts";
import type { Row } from "../../src/access/row.ts";
import { accessOf, example, rowsOf, sentences } from "./support.ts";

const chained = (name: string) => {
  const rows = rowsOf(example(`examples/${name}`)).filter(({ flow }) => flow === "exchange");
  return sentences(rows).map((sentence, index) => (rows[index]?.isCombined ? `(${sentence})` : sentence));
};

test("an autonomous agent's tool", () => {
  expect(chained("pingone-autonomous-tool")).toMatchInlineSnapshot(`
    [
      "Agent Gateway Extension may *supply-chain:restock* on Supply Chain MCP Tool with *CRM Agent*'s token for Agent Gateway, shown as acting",
    ]
  `);
});

test("on behalf of a user", () => {
  expect(chained("pingone-on-behalf-of")).toMatchInlineSnapshot(`
    [
      "Financial Agent may *stripe_mcp:invoke* on Agent Gateway for anyone signed in to Financial Agent API, by exchange",
      "Agent Gateway Extension may *stripe_mcp:invoke* on Stripe MCP Server for anyone signed in to Financial Agent API, by exchange, through Financial Agent",
    ]
  `);
});

test("a chain of agents", () => {
  expect(chained("pingone-chain")).toMatchInlineSnapshot(`
    [
      "Support Agent may *order-status:invoke* on Agent Gateway for anyone signed in to Support Agent API, by exchange",
      "Order Status Agent may *order:read* on Agent Gateway for anyone signed in to Support Agent API, by exchange, through Support Agent, then Agent Gateway Extension",
      "Agent Gateway Extension may *order-status:invoke* on Order Status Agent API for anyone signed in to Support Agent API, by exchange, through Support Agent",
      "Agent Gateway Extension may *order:read* on Order Status MCP Server for anyone signed in to Support Agent API, by exchange, through Support Agent",
      "Agent Gateway Extension may *order-status:invoke* on Order Status Agent API for anyone signed in to Support Agent API, by exchange, through Support Agent, then Agent Gateway Extension, then Order Status Agent",
      "Agent Gateway Extension may *order:read* on Order Status MCP Server for anyone signed in to Support Agent API, by exchange, through Support Agent, then Agent Gateway Extension, then Order Status Agent",
    ]
  `);
});

describe("an agent that signs users in", () => {
  const declared = example("examples/pingone-signs-users-in");
  const [, mayAct = ""] = declared.match(/ may_act: '(.*)'\n/) ?? [];
  const [, act = ""] = declared.match(/ act: "(.*)"\n/) ?? [];
  const exchanged = (text: string) => sentences(rowsOf(text).filter(({ flow }) => flow === "exchange"));
  const unread = (text: string) => accessOf(text).unread?.map(({ about, what }) => `${about.name}: ${what}`);
  const row = "MCP Tutorial may *test* on test for anyone signed in to agent, by exchange";

  test("exchanges the tokens of its users, which the tenant does not enforce", () => {
    expect(exchanged(declared)).toEqual([`${row} (not enforced)`]);
    expect(unread(declared)).toEqual([]);
  });

  test("nobody exchanges tokens that name nobody", () => {
    expect(exchanged(declared.replace(/ may_act: .*\n/, "\n"))).toEqual([]);
  });

  const REQUEST = "#root.context.requestData";
  test.each([
    ["required", `{ value: "${act}", required: true }`, ""],
    [
      "in every token that names somebody",
      `"\${${REQUEST}.subjectToken.may_act}"`,
      " (not enforced: act names it whoever asks)",
    ],
    ["the same for all", `'{"sub": "mcp"}'`, " (not enforced: act names it whoever asks)"],
    ["of a text", "nobody", " (not enforced)"],
    ["over what nobody knows", `"\${${REQUEST}.subjectToken.sub.length}"`, " (nobody knows whether it is enforced)"],
  ])("an act that is %s", (_what, written, said) => {
    expect(exchanged(declared.replace(`"${act}"`, () => written))).toEqual([`${row}${said}`]);
  });

  test("more is enforced than before, which is less access, and the other way round", () => {
    const required = declared.replace(`"${act}"`, () => `{ value: "${act}", required: true }`);
    const verdict = (...texts: [string, string]) => {
      const [before, after] = texts.map(rowsOf) as [Row[], Row[]];
      return difference(before, after, new Map()).map((change) => change.verdict);
    };
    expect(verdict(declared, required)).toEqual(["less"]);
    expect(verdict(required, declared)).toEqual(["more"]);
  });

  test.each([
    ["is of the user", "user.mayAct", "is an expression that nobody can evaluate here"],
    ["is beyond the grammar", "user.id.length()", "is an expression that nobody can evaluate here"],
    [
      "hangs on the way to the token",
      `${REQUEST}.grantType == "password" ? {"sub": "x"} : null`,
      "is an expression that nobody can evaluate here",
    ],
    ["is a client of elsewhere", `{"sub": "4a1f"}`, 'names "4a1f", which is no client that is known here'],
    ["has no sub", `{"client_id": "x"}`, "names nobody by sub"],
  ])("a may_act that %s names nobody and is told", (_what, inner, why) => {
    const text = declared.replace(mayAct, () => ["$", `{${inner}}`].join(""));
    expect(exchanged(text)).toEqual([]);
    expect(unread(text)).toEqual([`agent: may_act ${why}`]);
  });

  test("an act that cannot be read is told", () => {
    expect(unread(declared.replace(act, () => ["$", "{user.act}"].join("")))).toEqual([
      "test: act is an expression that nobody can evaluate here",
    ]);
  });
});
