/** The verifier on PingOne: passes where everything is as declared, and fails where somebody changed it by hand. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ACT_EXPRESSION } from "../../../src/components/pingone/patterns.ts";
import { type PingOneAgent, type PingOnePlan, Unprovable, verifyPingOne } from "../../../src/verify/pingone/index.ts";
import { startFlows } from "../../sandbox/pingone/environment.ts";

const ORDERS = { audience: "https://orders.example.com", lifetime: 900 };
const AGENTS = { audience: "https://agents.example.com", lifetime: 900, scopes: ["agent:act"] };

let flows: Awaited<ReturnType<typeof startFlows>>;
let plan: PingOnePlan;
let ids: Record<"support" | "watcher" | "refund" | "portal" | "orders" | "portalApi", string>;

beforeEach(async () => {
  flows = await startFlows();
  const client = async (key: string, grantTypes: string[]) => {
    const { id, secret } = await flows.application(key, { grantTypes });
    return { key, clientId: id, authMethod: "client_secret_basic" as const, secret };
  };
  const support = await client("support-agent", ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"]);
  const watcher = await client("stock-watcher", ["CLIENT_CREDENTIALS"]);
  const refund = await client("refund-agent", ["CIBA"]);
  const portal = await flows.application("portal", { type: "WEB_APP", grantTypes: ["AUTHORIZATION_CODE"] });
  const mayAct = JSON.stringify({ sub: support.clientId });
  const portalApi = await flows.resource("portal.example.com", ["portal:use"], { may_act: mayAct });
  const orders = await flows.resource("orders.example.com", ["orders:read", "orders:write"], { act: ACT_EXPRESSION });
  const agents = await flows.resource("agents.example.com", ["agent:act"]);
  const grant = (one: { clientId: string }, ...grants: [string, string[]][]) =>
    Promise.all(grants.map(([resource, scopes]) => flows.grant({ id: one.clientId }, resource, scopes)));
  await grant(support, [orders, ["orders:read"]], [agents, ["agent:act"]]);
  await grant(watcher, [orders, ["orders:read"]]);
  await grant(refund, [orders, ["orders:write"]]);
  await flows.grant(portal, portalApi, ["portal:use"]);
  const policy = (await flows.admin.flowPolicies.list()).find(({ name }) => name === "Agent Approval");
  const assignments = flows.admin.below(refund.clientId, "flowPolicyAssignments");
  await assignments.create({ flowPolicy: { id: policy?.id }, priority: 1 });
  ids = {
    ...{ support: support.clientId, watcher: watcher.clientId, refund: refund.clientId },
    ...{ portal: portal.id, orders, portalApi },
  };
  const read = { ...ORDERS, scopes: ["orders:read"] };
  const agentsOf: PingOneAgent[] = [
    { client: support, pattern: "on-behalf-of", access: [read, AGENTS] },
    { client: watcher, pattern: "autonomous", access: [read] },
    { client: refund, pattern: "approved", access: [{ ...ORDERS, scopes: ["orders:write"] }] },
  ];
  plan = {
    issuer: flows.issuer,
    agents: agentsOf,
    scopes: ["orders:read", "orders:write", "agent:act", "portal:use"],
  };
});
afterEach(() => flows.stop());

/** Runs the verifier, with the control plane in the place of the user's phone and browser. */
async function run(signOn = true) {
  const [user] = await flows.admin.users.list('username eq "barbara.jensen"');
  const person = flows.person("barbara.jensen");
  return verifyPingOne(plan, {
    target: "sandbox",
    user: { name: "barbara.jensen", id: String(user?.id) },
    subjectToken: async () => {
      if (!signOn) throw new Unprovable("no token of a user: sign on and set it");
      const { body } = await flows.control("pingone/sign-on", {
        ...person,
        client_id: ids.portal,
        scope: "portal:use",
      });
      return String(body.access_token);
    },
    clock: { now: () => 0, wait: async (seconds) => void (await flows.control("clock", { advanceSeconds: seconds })) },
    approver: {
      decide: async (_request, decision) => {
        const { body } = await flows.control("pingone/approvals");
        for (const { id } of body.pending as { id: string }[]) {
          await flows.control(`pingone/approvals/${id}/${decision}`, person);
        }
      },
    },
  });
}

const failed = async () => {
  const { rows } = await run();
  return rows
    .filter(({ verdict }) => verdict === "fail")
    .map(({ agent, case: id, cause }) => `${agent} ${id}: ${cause}`);
};

test("what is as declared passes, every refusal beside its twin, and nothing secret is told", async () => {
  const report = await run();
  expect(report.rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  expect(report.rows.map(({ agent, case: id }) => `${agent} ${id}`)).toEqual([
    ...["P01", "P01", "N01", "N02", "P02", "N03", "N04", "N05", "N06", "N07", "N08"].map((id) => `support-agent ${id}`),
    ...["P01", "N01", "N02"].map((id) => `stock-watcher ${id}`),
    ...["P03", "N09", "N10", "N11", "N12"].map((id) => `refund-agent ${id}`),
  ]);
  const text = JSON.stringify(report);
  for (const { client } of plan.agents) expect(text).not.toContain(client.secret);
  expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
  expect(report.rows.find(({ case: id }) => id === "P02")?.claims).toContain(`act.sub=${ids.support}`);
});

describe("what somebody changed by hand fails", () => {
  const claim = async (resource: string, name: string) => {
    const claims = flows.admin.resourceAttributes(resource);
    return { claims, row: (await claims.list()).find((row) => row.name === name) ?? expect.unreachable(name) };
  };

  test("the agent is no longer named in may_act", async () => {
    const { claims, row } = await claim(ids.portalApi, "may_act");
    await claims.replace(row.id, { name: "may_act", value: JSON.stringify({ sub: "somebody-else" }) });
    expect(await failed()).toEqual([`support-agent P02: act.sub (none) instead of ${ids.support}`]);
  });

  test("tokens for orders name whoever the subject's token allows, whoever acts", async () => {
    const { claims, row } = await claim(ids.orders, "act");
    const value = ["$", "{#root.context.requestData.subjectToken.may_act}"].join("");
    await claims.replace(row.id, { name: "act", value });
    expect(await failed()).toEqual([
      "support-agent N06: the token names an actor",
      "support-agent N07: the token names an actor",
    ]);
  });

  test("the agent was granted more than is declared", async () => {
    const grants = flows.admin.below(ids.watcher, "grants");
    const [grant] = await grants.list();
    const scopes = (await flows.admin.scopes(ids.orders).list()).map(({ id }) => ({ id }));
    await grants.replace(String(grant?.id), { resource: grant?.resource, scopes });
    expect(await failed()).toEqual(["stock-watcher N02: issued"]);
  });

  test("the agent's grant type is gone, or the agent is switched off", async () => {
    const support = await flows.admin.applications.get(ids.support);
    await flows.admin.applications.replace(ids.support, { ...support, grantTypes: ["CLIENT_CREDENTIALS"] });
    expect((await failed())[0]).toMatch(/^support-agent P02/);
    const watcher = await flows.admin.applications.get(ids.watcher);
    await flows.admin.applications.replace(ids.watcher, { ...watcher, enabled: false });
    expect((await failed()).at(-1)).toMatch(/^stock-watcher P01/);
  });

  test("tokens live longer than is declared", async () => {
    const live = await flows.admin.resources.get(ids.orders);
    await flows.admin.resources.replace(ids.orders, { ...live, accessTokenValiditySeconds: 7_200 });
    expect((await failed()).every((line) => line.includes("expires_in 7200, the lifetime is 900"))).toBe(true);
  });

  test("no policy asks the user any more", async () => {
    const assignments = flows.admin.below(ids.refund, "flowPolicyAssignments");
    for (const { id } of await assignments.list()) await assignments.delete(id);
    expect((await failed()).map((line) => line.slice(0, "refund-agent P03".length))).toEqual(["refund-agent P03"]);
  });
});

test("what cannot be proven is inconclusive, not passed", async () => {
  const { rows } = await run(false);
  const exchange = rows.filter(({ flow }) => flow === "exchange");
  expect(new Set(exchange.map(({ verdict }) => verdict))).toEqual(new Set(["inconclusive"]));
  expect(exchange[0]?.cause).toContain("sign on");
});
