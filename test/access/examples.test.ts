/** What the example stacks of PingOne let each client do: every source with every target, hop by hop, declared or not as a pair. */

import { expect, test } from "vitest";
import { example, rowsOf, sentences } from "./support.ts";

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
