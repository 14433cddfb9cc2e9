/** An object of PingOne has one owner: who that is, what another stack is told, and what a renamed key leaves as it is. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Owner } from "../../../src/providers/owner.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type Calls, crashEverywhere } from "../../support/crash.ts";
import { made } from "../../support/kinds.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { OWNER, sent } from "../../support/properties.ts";
import { type Applied, apply } from "./operate.ts";

const OTHER: Owner = { ...OWNER, stack: "z9y8x7w6v5u4", name: "shop/other", resource: "its agent" };
const EXISTS = { code: "ERR_OBJECT_EXISTS" };
const agent = { name: "Invoice Bot", grantTypes: ["client_credentials"] };
const billing = {
  name: "Billing API",
  description: "Bills",
  scopes: { "invoice:read": "Read invoices", "invoice:write": "Write" },
};
const languages = { en: { title: "Consent", text: "The agent may act in your name." } };
const consent = { name: "Consent", description: "What agents may do", languages };
const below = { application: agent.name };

let tenant: LocalPingOne;
beforeEach(async () => {
  tenant = await startPingOne();
  vi.spyOn(console, "warn").mockReturnValue();
});
afterEach(() => tenant.stop());

const writes = async () => (await tenant.calls()).filter((call) => !call.startsWith("GET "));
const stampOf = async ({ outs }: Applied) => (await tenant.admin.metadata(String(outs.applicationId))).pingAgents;
const named = (resource: string): Owner => ({ ...OWNER, resource });

describe.each([
  ["pingone:AiAgent", agent],
  ["pingone:Resource", billing],
  ["pingone:Agreement", consent],
] as const)("%s", (type, inputs) => {
  test("whose mark somebody took away is ours still, and is marked again", async () => {
    const ours = await apply(tenant, type, inputs);
    const before = await tenant.dump();
    const collection = { "pingone:Resource": "resources", "pingone:Agreement": "agreements" }[type as string];
    if (collection) {
      const rows = tenant.admin.collection(collection);
      const row = (await rows.list()).find(({ name }) => name === inputs.name) ?? expect.unreachable();
      await rows.replace(row.id, { ...row, description: "by hand" });
      expect(await ours.read()).toEqual({ ...inputs, description: "by hand" });
    } else {
      await tenant.admin.setMetadata(String(ours.outs.applicationId), {});
      expect(await ours.read()).toEqual(inputs);
    }
    await ours.update(inputs);
    expect(await tenant.dump()).toEqual(before);
  });

  test("under another key is the same object: the mark is all that is written, and the old key's delete leaves it", async () => {
    const old = await apply(tenant, type, inputs, named("old"));
    await tenant.calls();
    const renamed = await apply(tenant, type, inputs, named("new"));
    // Beside the create that the tenant refuses, for the name is taken.
    expect((await writes()).filter((call) => !call.startsWith("POST "))).toHaveLength(1);
    expect(renamed.outs).toEqual({ ...old.outs, __owner: named("new") });
    const before = await tenant.dump();
    await old.delete();
    expect(await tenant.dump()).toEqual(before);
    await renamed.delete();
    expect(await renamed.read()).toBeUndefined();
  });

  test("of another key that is declared still is not taken over: its name changes in the same run", async () => {
    await apply(tenant, type, inputs, named("old"));
    const before = await tenant.dump();
    const run = tenant.provider(type);
    await run.check(undefined, sent({ ...inputs, name: "Another name" }, named("old")));
    const { inputs: wanted } = await run.check(undefined, sent(inputs, named("new")));
    await expect(run.create(sent(wanted))).rejects.toMatchObject({
      ...{ ...EXISTS, message: expect.stringContaining('"old" of stack shop/test') },
    });
    expect(await tenant.dump()).toEqual(before);
  });

  test("that was deleted and made anew by hand is somebody else's", async () => {
    const ours = await apply(tenant, type, inputs);
    await ours.delete();
    const path = {
      "pingone:AiAgent": "applications",
      "pingone:Resource": "resources",
      "pingone:Agreement": "agreements",
    };
    const byHand = {
      "pingone:AiAgent": { type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true, assignActorRoles: false },
      "pingone:Resource": {},
      "pingone:Agreement": { enabled: false },
    };
    const tokens = type === "pingone:AiAgent" ? { tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC" } : {};
    await tenant.admin.collection(path[type]).create({ name: inputs.name, ...byHand[type], ...tokens });
    expect(await ours.read()).toBeUndefined();
    await expect(apply(tenant, type, inputs)).rejects.toMatchObject(EXISTS);
  });
});

test("a stack that has another name now says so in its marks", async () => {
  const ours = await apply(tenant, "pingone:AiAgent", agent);
  const news = { ...agent, __owner: { ...OWNER, name: "shop/production" } };
  const { id, outs } = ours;
  await tenant.provider("pingone:AiAgent").update(id, sent(outs), sent(news));
  expect(await stampOf(ours)).toEqual({
    managedBy: "ping-agents",
    ...{ ...OWNER, tenant: undefined },
    name: "shop/production",
  });
});

/** What hangs below an application, by type, a change of it, and the calls where the application is another stack's. */
const CHILDREN = {
  "pingone:ScopeGrant": [
    { resource: billing.name, scopes: ["invoice:read"] },
    { scopes: ["invoice:write"] },
    { create: 9, update: 10, delete: 7 },
  ],
  "pingone:AttributeMapping": [
    { name: "email", value: "mail", required: false },
    { value: "other" },
    { create: 7, update: 7, delete: 6 },
  ],
  "pingone:PolicyAssignments": [
    { policies: { kind: "sign-on", names: ["Single_Factor"] } },
    { policies: { kind: "davinci", names: ["Agent Approval"] } },
    { create: 9, update: 10, delete: 7 },
  ],
  "pingone:Owner": [
    { user: "demo.owner", role: "Application Owner" },
    { user: "end.user" },
    { create: 9, update: 13, delete: 7 },
  ],
} as const satisfies Record<string, readonly [Properties, Properties, Calls]>;
const children = Object.entries(CHILDREN).map(([type, [own, change, calls]]) => {
  return { type, own: { ...below, ...own }, change, calls };
});

describe.each(children)("$type", ({ type, own, change, calls }) => {
  test("belongs to the owner of its application", async () => {
    await apply(tenant, "pingone:AiAgent", agent, OTHER);
    await apply(tenant, "pingone:Resource", billing, OTHER);
    const theirs = await apply(tenant, type, own, { ...OTHER, resource: "its child" });
    await expect(apply(tenant, type, own)).rejects.toMatchObject({
      ...{ ...EXISTS, message: expect.stringContaining("of stack shop/other") },
    });
    await apply(tenant, "pingone:AiAgent", { ...agent, adopt: "match" });
    const before = await tenant.dump();
    expect(await theirs.read()).toMatchObject({ replacedBy: expect.stringContaining("of stack shop/test") });
    await theirs.delete();
    expect(await tenant.dump()).toEqual(before);
  });

  test("below an application of another stack is registered there, and released", async () => {
    const parent = await apply(tenant, "pingone:AiAgent", agent, OTHER);
    await apply(tenant, "pingone:Resource", billing, OTHER);
    const before = await tenant.dump();
    const stamp = await stampOf(parent);
    const ours = await apply(tenant, type, own);
    expect(await stampOf(parent)).toEqual({ ...(stamp as object), others: await others(parent) });
    expect(Object.values(await others(parent))).toEqual([expect.stringContaining("shop/test k3v9x0q1w2e4 a resource")]);

    expect(await ours.read()).toEqual(own);
    await expect(apply(tenant, type, own, OTHER)).rejects.toMatchObject({
      ...{ ...EXISTS, message: expect.stringContaining("of stack shop/test") },
    });
    await ours.delete();
    expect(await tenant.dump()).toEqual(before);
  });

  const others = async (parent: Applied) => ((await stampOf(parent)) as { others: Properties }).others;

  test("below an application of a person is ours alone", async () => {
    const { id } = await tenant.admin.applications.create({
      ...{ name: agent.name, type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true },
      ...{ tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", assignActorRoles: false },
    });
    await tenant.admin.setMetadata(id, { team: "billing" });
    await apply(tenant, "pingone:Resource", billing);
    const before = await tenant.dump();
    const ours = await apply(tenant, type, own);
    await expect(apply(tenant, type, own, OTHER)).rejects.toMatchObject(EXISTS);
    await tenant.admin.setMetadata(id, {}); // what the state knows by its id is ours without an entry, too
    expect(await ours.read()).toEqual(own);
    await tenant.admin.setMetadata(id, { team: "billing" });
    const changed = await ours.update({ ...own, ...change });
    expect(await tenant.admin.metadata(id)).toMatchObject({ team: "billing", pingAgents: { others: {} } });
    await changed.delete();
    expect(await tenant.dump()).toEqual(before);
  });

  test("goes on where a killed run stopped below an application of another stack", async () => {
    await apply(tenant, "pingone:AiAgent", agent, OTHER);
    await apply(tenant, "pingone:Resource", billing, OTHER);
    const sample = { type, inputs: own, changed: { ...own, ...change } };
    await crashEverywhere(tenant, { ...sample, calls }, await tenant.dump());
  });

  test.each(["in one run", "after a run that was killed between the two"])(
    "under another key is the same object, %s",
    async (when) => {
      await apply(tenant, "pingone:AiAgent", agent, named("old"));
      await apply(tenant, "pingone:Resource", billing, named("api"));
      const inputs = await idsOf(own);
      const old = await made(tenant, { type, inputs }, named("old/child"));
      await apply(tenant, "pingone:AiAgent", agent, named("new"));
      const before = await tenant.dump();
      await tenant.calls();

      const news = sent({ ...inputs, __owner: named("new/child") });
      let run = tenant.provider(type);
      const { id, outs } = await run.create(sent((await run.check(undefined, news)).inputs));
      if (when !== "in one run") {
        run = tenant.provider(type);
        await run.diff(id, sent(outs), sent((await run.check(sent(outs), news)).inputs));
      }
      await run.delete(old.id, sent(old.outs));
      expect(await writes()).toEqual([]);
      expect(await tenant.dump()).toEqual(before);
      expect(outs).toEqual({ ...old.outs, __owner: named("new/child") });
    },
  );
});

/** Inputs as a declaration gives them: names with their ids. */
async function idsOf(own: Properties): Promise<Properties> {
  const idOf = async (rows: Promise<readonly Properties[]>, name: string) =>
    (await rows).find((row) => row.name === name)?.id;
  const resourceId = await idOf(tenant.admin.resources.list(), billing.name);
  return {
    ...own,
    applicationId: await idOf(tenant.admin.applications.list(), agent.name),
    ...("resource" in own && { resourceId }),
  };
}
