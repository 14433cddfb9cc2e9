/** What is read of an environment to know who may do what on it: chains of agents, and who may sign in. */

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Access } from "../../../src/access/access.ts";
import { pingOneAccess } from "../../../src/access/pingone/rows.ts";
import { keyOf } from "../../../src/access/row.ts";
import { connectPingOne } from "../../../src/admin-api/pingone/tenant.ts";
import { pingOneContexts } from "../../../src/providers/pingone/context.ts";
import { liveFacts } from "../../../src/providers/pingone/live-access.ts";
import { accessOf, example, sentences } from "../../access/support.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";

let local: LocalPingOne;
beforeAll(async () => {
  local = await startPingOne();
});
afterAll(() => local.stop());

async function application(name: string, type: string, grantTypes: string[], more: object = {}): Promise<string> {
  const common = { name, type, grantTypes, protocol: "OPENID_CONNECT", enabled: true };
  const body = { ...common, tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", ...more };
  return (await local.admin.applications.create(body)).id;
}

async function resource(name: string, mayAct?: string) {
  const { id } = await local.admin.resources.create({ name, audience: name });
  const scope = await local.admin.scopes(id).create({ name: `use-${name}` });
  if (mayAct) await local.admin.resourceAttributes(id).create({ name: "may_act", value: mayAct });
  return { resource: { id }, scopes: [{ id: scope.id }] };
}

test("from a group that signs in, through one agent, to the next one's resource", async () => {
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = local.sandbox.pingone;
  const settings = { environmentId, clientId, clientSecret, apiUrl: `${local.url}/v1`, authUrl: local.url };
  const [group] = await local.admin.groups.list();
  const limit = { accessControl: { group: { type: "ANY_GROUP", groups: [{ id: group?.id }] } } };
  const web = await application("Web", "WEB_APP", ["AUTHORIZATION_CODE"], limit);
  const helper = await application("Helper", "AI_AGENT", ["TOKEN_EXCHANGE"]);
  const looker = await application("Looker", "AI_AGENT", ["TOKEN_EXCHANGE"]);
  const portal = await resource("portal", JSON.stringify({ sub: helper }));
  const desk = await resource("desk", JSON.stringify({ sub: looker }));
  const orders = await resource("orders");
  await local.admin.below(web, "grants").create(portal);
  await local.admin.below(helper, "grants").create(desk);
  await local.admin.below(looker, "grants").create(orders);
  const { coalesced } = pingOneContexts(connectPingOne(settings));
  const keys = { clients: new Map([["Helper", "helper"]]), resources: new Map() };
  const access = pingOneAccess(await liveFacts(coalesced, undefined, keys));
  expect(sentences(access.rows)).toEqual([
    `Helper may *use-desk* on desk for anyone in *${group?.name}* signed in to portal, by exchange (not enforced)`,
    `Looker may *use-orders* on orders for anyone in *${group?.name}* signed in to portal, by exchange (not enforced), through Helper`,
  ]);
  // What the declaration has a key for is known by it.
  expect(access.agents.map(({ id }) => id)).toEqual(["helper", looker]);
});

test("grants are asked for where they decide about an agent, and nowhere else", async () => {
  await local.reset();
  const agent = await application("Agent", "AI_AGENT", ["CLIENT_CREDENTIALS"]);
  const idle = await application("Idle", "AI_AGENT", ["CLIENT_CREDENTIALS"], { enabled: false });
  await application("Shop", "WEB_APP", ["AUTHORIZATION_CODE"]);
  const orders = await resource("orders");
  for (const id of [agent, idle]) await local.admin.below(id, "grants").create(orders);
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = local.sandbox.pingone;
  const settings = { environmentId, clientId, clientSecret, apiUrl: `${local.url}/v1`, authUrl: local.url };
  const rows = async () => {
    const { coalesced } = pingOneContexts(connectPingOne(settings));
    const seen = await local.count(async () => {
      const facts = await liveFacts(coalesced, undefined, { clients: new Map(), resources: new Map() });
      expect(sentences(pingOneAccess(facts).rows)).toEqual([
        "Agent may *use-orders* on orders for itself, without a user",
      ]);
    });
    return seen.filter(({ path }) => path.endsWith("/grants")).map(({ path }) => path.split("/").at(-2));
  };
  expect(await rows()).toEqual([agent]);
  // Whoever signs in somewhere may be acted for, where a resource names an agent.
  await resource("portal", JSON.stringify({ sub: agent }));
  expect(await rows()).toHaveLength(3); // and of the application that is there from the start
});

test("an agent that signs users in has the rows that its declaration has, whatever becomes of its claims", async () => {
  await local.reset();
  const declared = example("examples/pingone-signs-users-in");
  const [, mayAct = "", act = ""] = declared.match(/ may_act: '(.*)'\n[\s\S]* act: "(.*)"\n/) ?? [];
  const grantTypes = ["AUTHORIZATION_CODE", "CLIENT_CREDENTIALS", "REFRESH_TOKEN", "TOKEN_EXCHANGE"];
  const agent = await application("MCP Tutorial", "AI_AGENT", grantTypes, { responseTypes: ["CODE"] });
  const claims: Record<string, string> = {};
  for (const [name, claim, value] of [
    ["agent", "may_act", mayAct],
    ["test", "act", act],
  ] as const) {
    const { id } = await local.admin.resources.create({ name, audience: name });
    const scope = await local.admin.scopes(id).create({ name });
    claims[claim] = (await local.admin.resourceAttributes(id).create({ name: claim, value })).id;
    claims[`${claim} of`] = id;
    await local.admin.below(agent, "grants").create({ resource: { id }, scopes: [{ id: scope.id }] });
  }
  const change = (claim: string, value: string, required?: boolean) =>
    local.admin
      .resourceAttributes(String(claims[`${claim} of`]))
      .replace(String(claims[claim]), { name: claim, value, ...(required !== undefined && { required }) });
  const { environmentId, workerClientId: clientId, workerClientSecret: clientSecret } = local.sandbox.pingone;
  const settings = { environmentId, clientId, clientSecret, apiUrl: `${local.url}/v1`, authUrl: local.url };
  const keys = {
    clients: new Map([["MCP Tutorial", "mcp-tutorial"]]),
    resources: new Map([...["agent", "test"].map((one) => [one, one] as const)]),
  };
  const told = ({ rows, unread = [] }: Access) => [
    ...rows.map((row) => [keyOf(row), row.claims]),
    ...unread.map(({ about, what }) => `${about.id}: ${what}`),
  ];
  const isAsDeclared = async (text: string) => {
    const { coalesced } = pingOneContexts(connectPingOne(settings));
    const live = pingOneAccess(await liveFacts(coalesced, undefined, keys));
    expect(told(live)).toEqual(told(accessOf(text)));
    return sentences(live.rows.filter(({ flow }) => flow === "exchange"));
  };
  const row = "MCP Tutorial may *test* on test for anyone signed in to agent, by exchange";
  expect(await isAsDeclared(declared)).toEqual([`${row} (not enforced)`]);
  await change("act", act, true);
  expect(await isAsDeclared(declared.replace(`"${act}"`, () => `{ value: "${act}", required: true }`))).toEqual([row]);
  const always = act.replace(/\{.*\?(.*):null\}/, "{$1}");
  await change("act", always, false);
  expect(await isAsDeclared(declared.replace(act, () => always))).toEqual([
    `${row} (not enforced: act names it whoever asks)`,
  ]);
  const beyond = act.replace(/\{.*\}/, "{user.name.length()}");
  await change("act", beyond);
  expect(await isAsDeclared(declared.replace(act, () => beyond))).toEqual([
    `${row} (nobody knows whether it is enforced)`,
  ]);
  await change("act", act);
  await change("may_act", beyond);
  expect(await isAsDeclared(declared.replace(mayAct, () => beyond))).toEqual([]);
});
