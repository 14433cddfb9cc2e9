/** The delegation stacks that Ping publishes, as what decides about access (delegation §1). */

import type { Access } from "../../src/access/access.ts";
import type { AgentFacts } from "../../src/access/aic/facts.ts";
import { aicAccess } from "../../src/access/aic/rows.ts";
import type { ClientFacts, GrantFacts, ResourceFacts } from "../../src/access/pingone/facts.ts";
import { pingOneAccess } from "../../src/access/pingone/rows.ts";
import { TOKEN_EXCHANGE } from "../../src/fields/grant-types.ts";

const CLIENT = "client_credentials";
const CODE = "authorization_code";
const EXCHANGES = [CLIENT, TOKEN_EXCHANGE];

const grant = (resource: string, ...scopes: string[]): GrantFacts => ({ resource, scopes });
const given = (resource: string, scope: string, source: string): GrantFacts => ({
  ...{ resource, scopes: [scope], with: [source] },
});

const client = (
  id: string,
  name: string,
  grantTypes: readonly string[],
  grants: readonly GrantFacts[],
): ClientFacts => ({
  ...{ id, name, grantTypes, grants },
  ...{ isAgent: false, enabled: true },
});
const agent: typeof client = (...of) => ({ ...client(...of), isAgent: true });

const resource = (id: string, name: string, mayAct: readonly string[] = [], more: Partial<ResourceFacts> = {}) => ({
  ...{ id, name, mayAct },
  ...{ isOpenId: false, nestsAct: true, ...more },
});

const pingOne = (clients: readonly ClientFacts[], resources: readonly ResourceFacts[]): Access =>
  pingOneAccess({ clients, resources, people: new Map() });

/** P-a: an agent that signs the user in. */
export const signsUsersIn = () =>
  pingOne(
    [
      agent(
        "mcp-tutorial",
        "MCP Tutorial",
        [CODE, ...EXCHANGES],
        [grant("agent", "agent"), given("test", "test", "agent")],
      ),
    ],
    [
      resource("agent", "agent", ["mcp-tutorial"], { isForUsers: true, isForHolder: true }),
      resource("test", "test", [], { nestsAct: false, unenforced: "unnamed" }),
    ],
  );

/** P-b: an autonomous agent to a tool, through a gateway. */
export const autonomousTool = () =>
  pingOne(
    [
      agent("crm-agent", "CRM Agent", [CLIENT], [grant("gateway", "supply-chain:restock")]),
      client("extension", "Gateway Extension", EXCHANGES, [given("tool", "supply-chain:restock", "gateway")]),
    ],
    [
      resource("gateway", "Agent Gateway", ["extension"]),
      resource("tool", "Supply Chain MCP Tool", [], { nestsAct: false, namesClient: true }),
    ],
  );

/** P-c: on behalf of a user. */
export const onBehalfOf = () =>
  pingOne(
    [
      client("chat", "Chat UI", [CODE], [grant("financial", "stripe_mcp:invoke")]),
      client("agent", "Financial Agent", EXCHANGES, [given("gateway", "stripe_mcp:invoke", "financial")]),
      client("extension", "Gateway Extension", EXCHANGES, [given("stripe", "stripe_mcp:invoke", "gateway")]),
    ],
    [
      resource("financial", "Financial Agent API", ["agent"]),
      resource("gateway", "Agent Gateway", ["extension"]),
      resource("stripe", "Stripe MCP Server"),
    ],
  );

/** P-d: an agent calls an agent calls a tool. @param entries whether the entries of `delegates` are known, as they are declared */
export const chain = (entries = true) => {
  const to = entries ? given : (of: string, scope: string) => grant(of, scope);
  return pingOne(
    [
      client("chat", "Chat UI", [CODE], [grant("support-agent", "support-agent:invoke")]),
      client("support", "Support Agent", EXCHANGES, [to("gateway", "order-status:invoke", "support-agent")]),
      client("order", "Order Status Agent", EXCHANGES, [to("gateway", "order:read", "order-agent")]),
      client("extension", "Gateway Extension", EXCHANGES, [
        to("order-agent", "order-status:invoke", "gateway"),
        to("order-server", "order:read", "gateway"),
      ]),
    ],
    [
      resource("support-agent", "Support Agent API", ["support"]),
      resource("gateway", "Agent Gateway", ["extension"]),
      resource("order-agent", "Order Status Agent API", ["order"]),
      resource("order-server", "Order Status MCP Server"),
    ],
  );
};

/** No published stack: one client that exchanges tokens for two resources, each for a tool of its own. */
export const twoGateways = () =>
  pingOne(
    [
      agent("crm-agent", "CRM Agent", [CLIENT], [grant("first", "restock"), grant("second", "pay")]),
      client("extension", "Gateway Extension", EXCHANGES, [
        given("tool", "restock", "first"),
        given("bank", "pay", "second"),
      ]),
    ],
    [
      resource("first", "First Gateway", ["extension"]),
      resource("second", "Second Gateway", ["extension"]),
      ...[resource("tool", "Tool"), resource("bank", "Bank")],
    ],
  );

const acting = (
  more: Pick<AgentFacts, "is" | "id" | "name" | "grantTypes" | "scopes"> & Partial<AgentFacts>,
): AgentFacts => ({
  ...{ enabled: true, privileges: [] },
  ...more,
});

/** The clients of A-a. */
export const aicAgents = () =>
  [
    acting({
      ...{ is: "agent", id: "crm-agent", name: "CRM Agent" },
      ...{ grantTypes: [CLIENT], scopes: ["supply-chain:restock"] },
      ...{ mayAct: "extension", audience: "google-cloud-agent-gateway" },
    }),
    acting({
      ...{ is: "application", id: "extension", name: "Gateway Extension" },
      ...{ grantTypes: EXCHANGES, scopes: ["supply-chain:restock"], audiences: ["supply-chain-mcp-tool"] },
      delegates: [{ with: "crm-agent", audience: "supply-chain-mcp-tool", scopes: ["supply-chain:restock"] }],
    }),
  ] as const;

/** A-a: an autonomous agent with a may-act script, exchanged by an ordinary application. */
export const aicAutonomousTool = () => aicAccess({ agents: aicAgents(), applications: new Map(), people: new Map() });
