/** What is deleted side by side is read in batches, and what belongs to another by then stays. */

import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Owner } from "../../src/providers/owner.ts";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import { startAic } from "../support/aic.ts";
import { checked, type KindTenant, made } from "../support/kinds.ts";
import { startPingOne } from "../support/pingone.ts";
import { OWNER, sent } from "../support/properties.ts";
import { calls } from "../support/tenant.ts";

const COUNT = 20;
const OTHER: Owner = { ...OWNER, stack: "zzzzzzzzzzzz", name: "shop/other", resource: "theirs" };
const numbers = Array.from({ length: COUNT }, (_, index) => index);
const realm = "alpha";

const [aic, pingOne] = [await startAic(), await startPingOne()];
afterAll(() => Promise.all([aic.stop(), pingOne.stop()]));
beforeEach(async () => {
  vi.spyOn(console, "warn").mockReturnValue();
  await Promise.all([aic.reset(), pingOne.reset()]);
});

type Made = { readonly id: string; readonly outs: Properties };

const create = (tenant: KindTenant, type: string, inputs: readonly Properties[]) =>
  Promise.all(inputs.map((one) => made(tenant, { type, inputs: one })));

/** Deletes all at once, as an engine with enough workers does, and answers what was asked. */
const deletion = async (tenant: KindTenant, type: string, all: readonly Made[]) => {
  const provider = tenant.provider(type);
  return calls(await tenant.count(() => Promise.all(all.map(({ id, outs }) => provider.delete(id, sent(outs))))));
};
const reads = (seen: Awaited<ReturnType<typeof deletion>>) =>
  seen.filter(({ method }) => method === "GET").map(({ path }) => path);

const agents = numbers.map((number) => ({ realm, clientId: `agent-${number}`, name: `Agent ${number}` }));
const applications = numbers.map((number) => ({ name: `Agent ${number}`, grantTypes: ["client_credentials"] }));

describe("on AIC", () => {
  test("twenty agents with two privileges each take a read for forty privileges, and one for the agents", async () => {
    const needed = ["orders", "invoices"].map((clientId) => ({
      ...{ type: "aic:Application", inputs: { realm, clientId, name: clientId, template: "service" } },
    }));
    for (const need of needed) await made(aic, need);
    const before = await aic.content();
    const privileges = agents.flatMap(({ clientId }) =>
      needed.map(({ inputs }) => ({ realm, agent: clientId, application: inputs.clientId, scopes: ["read"] })),
    );
    const madeAgents = await create(aic, "aic:AiAgent", agents);
    const madePrivileges = await create(aic, "aic:AgentPrivilege", privileges);

    const first = await deletion(aic, "aic:AgentPrivilege", madePrivileges);
    expect(reads(first)).toEqual(["/openidm/managed/alpha_aiagentprivilege"]);
    const second = await deletion(aic, "aic:AiAgent", madeAgents);
    expect(reads(second)).toEqual([expect.stringMatching(/\/alpha\/realm-config\/agents\/AIAgent$/)]);
    expect(first.length + second.length).toBe(3 * COUNT + 2);
    expect(await aic.content()).toEqual(before);
  });

  test("agents that are left are each read alone: what is written is made of that", async () => {
    const left = agents.slice(0, 3).map((agent) => ({ ...agent, onRemove: "disable" }));
    const seen = await deletion(aic, "aic:AiAgent", await create(aic, "aic:AiAgent", left));
    for (const { clientId } of left) {
      const own = seen.filter(({ path }) => path.endsWith(`/agents/AIAgent/${clientId}`));
      expect(own.map(({ method }) => method)).toEqual(["GET", "PUT"]);
    }
    expect(reads(seen).filter((path) => path.endsWith("/agents/AIAgent"))).toEqual([]);
  });

  test("one agent takes a read of itself", async () => {
    const seen = await deletion(aic, "aic:AiAgent", await create(aic, "aic:AiAgent", agents.slice(0, 1)));
    expect(reads(seen)).toEqual([expect.stringMatching(/\/agents\/AIAgent\/agent-0$/)]);
  });
});

describe("on PingOne", () => {
  test("twenty agents take the pages of a list, and the metadata of each", async () => {
    const seen = reads(
      await deletion(pingOne, "pingone:AiAgent", await create(pingOne, "pingone:AiAgent", applications)),
    );
    const pages = seen.filter((path) => path.endsWith("/applications"));
    expect(pages.length).toBeLessThanOrEqual(2);
    expect(seen.filter((path) => path.endsWith("/metadata"))).toHaveLength(COUNT);
    expect(seen).toHaveLength(pages.length + COUNT);
  });

  test("the grants of an agent share the reads of what they hang on", async () => {
    const [application = ""] = applications.map(({ name }) => name);
    await create(pingOne, "pingone:AiAgent", applications.slice(0, 1));
    const names = ["orders", "invoices", "returns"];
    await create(
      pingOne,
      "pingone:Resource",
      names.map((name) => ({ name, scopes: { [`${name}:read`]: "" } })),
    );
    const grants = names.map((resource) => ({ application, resource, scopes: [`${resource}:read`] }));
    const seen = reads(
      await deletion(pingOne, "pingone:ScopeGrant", await create(pingOne, "pingone:ScopeGrant", grants)),
    );
    const ends = (what: string) => seen.filter((path) => path.endsWith(`/${what}`)).length;
    expect([ends("grants"), ends("metadata")]).toEqual([1, 1]);
  });
});

test.for<[where: string, tenant: KindTenant, type: string, inputs: readonly Properties[]]>([
  ["AIC", aic, "aic:AiAgent", agents],
  ["PingOne", pingOne, "pingone:AiAgent", applications],
])("what belongs to another when its batch is read stays, on %s", async ([, tenant, type, inputs]) => {
  const all = await create(tenant, type, inputs.slice(0, 4));
  const provider = tenant.provider(type);
  const remove = (some: readonly Made[]) => Promise.all(some.map(({ id, outs }) => provider.delete(id, sent(outs))));
  const takeOver = async (one: Properties | undefined) =>
    provider.create(await checked(tenant, { type, inputs: { ...one, adopt: "overwrite" } }, OTHER));
  await takeOver(inputs[1]);
  await remove(all.slice(0, 2));
  // Seen as ours by the list of that batch, and another's since.
  await takeOver(inputs[3]);
  await remove(all.slice(2));
  const left = all.map(({ id, outs }) => provider.read(id, sent(outs)));
  expect((await Promise.all(left)).map(({ id, inputs: seen }) => id && String(seen?.replacedBy))).toEqual([
    undefined,
    expect.stringContaining("shop/other"),
    undefined,
    expect.stringContaining("shop/other"),
  ]);
});
