/** Names are labels: whoever is renamed keeps what hangs on the id, and nothing of it is replaced, made anew or written. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { sent } from "../../support/properties.ts";
import { apply } from "./operate.ts";

const AGENT = "pingone:AiAgent";
const RESOURCE = "pingone:Resource";
const OTHER_ID = "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a";
const agent = { name: "Invoice Bot", grantTypes: ["client_credentials"] };
const billing = { name: "Billing API", scopes: { "invoice:read": "Read invoices" } };

let tenant: LocalPingOne;
beforeEach(async () => {
  tenant = await startPingOne();
});
afterEach(() => tenant.stop());

const writes = async () => (await tenant.calls()).filter((call) => !call.startsWith("GET "));
const replaces = async (type: string, olds: Properties, news: Properties) =>
  (await tenant.provider(type).diff("id", sent(olds), sent(news))).replaces;
const named = async (rows: Promise<PingOneObject[]>, name: string, property = "name") =>
  (await rows).find((row) => row[property] === name) ?? expect.unreachable();
/** Renames a person or a group, which the API only lets us read. */
const rename = async (collection: "users" | "groups", row: PingOneObject, names: Properties) => {
  const path = `/v1/environments/${tenant.environmentId}/${collection}/${row.id}`;
  await tenant.control("load", { objects: [{ path, body: { ...row, ...names } }] });
};

/** What hangs below an application, or names a resource: its own inputs by type. */
const CHILDREN = [
  ["pingone:ScopeGrant", { resource: "Billing API", scopes: ["invoice:read"] }],
  ["pingone:AttributeMapping", { name: "email", value: "mail", userInfo: false }],
  ["pingone:PolicyAssignments", { policies: { kind: "sign-on", names: ["Single_Factor"] } }],
  ["pingone:Secret", { rotation: "1", output: true }],
  ["pingone:Owner", { user: "demo.owner" }],
] as const;

describe.each(CHILDREN)("%s", (type, own) => {
  test("stays as it is when its application is renamed, and is another one below another application", async () => {
    const parent = await apply(tenant, AGENT, agent);
    await apply(tenant, RESOURCE, billing);
    const inputs = { ...own, application: agent.name, applicationId: parent.outs.applicationId };
    const child = await apply(tenant, type, inputs);
    await parent.update({ ...agent, name: "Billing Bot" });
    const before = await tenant.dump();
    await tenant.calls();

    expect(await child.read()).toMatchObject(inputs);
    const renamed = { ...inputs, application: "Billing Bot" };
    expect(await replaces(type, child.outs, renamed)).toEqual([]);
    const after = await child.update(renamed);
    expect(await writes()).toEqual([]);
    expect(await after.read()).toMatchObject(renamed);
    expect(await tenant.dump()).toEqual(before);

    expect(await replaces(type, after.outs, { ...renamed, applicationId: OTHER_ID })).toEqual(["applicationId"]);
  });

  test("that names its application alone follows a new name in the tenant, which shows as drift", async () => {
    const parent = await apply(tenant, AGENT, agent);
    await apply(tenant, RESOURCE, billing);
    const before = await tenant.dump();
    const child = await apply(tenant, type, { ...own, application: agent.name });
    await parent.update({ ...agent, name: "Billing Bot" });

    expect(await child.read()).toMatchObject({ ...own, application: "Billing Bot" });
    expect(await replaces(type, child.outs, { ...own, application: "Another" })).toEqual(["application"]);
    await child.delete();
    await parent.update(agent);
    if (type !== "pingone:Secret") expect(await tenant.dump()).toEqual(before);
  });
});

test("a grant keeps its id when its resource is renamed, and goes with its entry whatever the resource is called", async () => {
  const parent = await apply(tenant, AGENT, agent);
  const resource = await apply(tenant, RESOURCE, billing);
  const ids = { applicationId: parent.outs.applicationId, resourceId: resource.outs.resourceId };
  const names = { application: agent.name, resource: billing.name, scopes: ["invoice:read"] };
  const grant = await apply(tenant, "pingone:ScopeGrant", { ...names, ...ids });
  await resource.update({ ...billing, name: "Invoices API" });
  await tenant.calls();

  const renamed = { ...names, ...ids, resource: "Invoices API" };
  expect(await replaces("pingone:ScopeGrant", grant.outs, renamed)).toEqual([]);
  await grant.update(renamed);
  expect(await writes()).toEqual([]);
  expect(await replaces("pingone:ScopeGrant", grant.outs, { ...renamed, resourceId: OTHER_ID })).toEqual([
    "resourceId",
  ]);

  await grant.delete();
  const byName = await apply(tenant, "pingone:ScopeGrant", { ...names, resource: "Invoices API" });
  await resource.update(billing);
  expect(await byName.read()).toMatchObject({ resource: billing.name });
  await byName.delete();
  expect(await tenant.admin.below(String(parent.outs.applicationId), "grants").list()).toEqual([]);
});

describe("an owner", () => {
  const rolesOf = (holder: "users" | "groups", { id }: PingOneObject) =>
    tenant.admin.roleAssignments(holder, id).list();

  test.each([
    ["user", "users", "demo.owner", "username"],
    ["group", "groups", "customers", "name"],
  ] as const)("that is a %s keeps the role under another name", async (field, holder, name, property) => {
    await apply(tenant, AGENT, agent);
    const owner = await apply(tenant, "pingone:Owner", { application: agent.name, [field]: name });
    const person = await named(tenant.admin[holder].list(), name, property);
    const [assignment] = await rolesOf(holder, person);
    await rename(holder, person, { [property]: "renamed" });
    await tenant.calls();

    expect(await owner.read()).toMatchObject({ [field]: "renamed" });
    const wanted = { application: agent.name, [field]: "renamed" };
    expect(await replaces("pingone:Owner", owner.outs, wanted)).toEqual([]);
    const updated = await owner.update(wanted);
    expect(await writes()).toEqual([]);
    expect(await rolesOf(holder, person)).toEqual([assignment]);
    await updated.delete();
    expect(await rolesOf(holder, person)).toEqual([]);
  });

  test("is somebody else: the new one has the role before the old one loses it", async () => {
    await apply(tenant, AGENT, agent);
    const owner = await apply(tenant, "pingone:Owner", { application: agent.name, user: "demo.owner" });
    const [before, after] = [
      await named(tenant.admin.users.list(), "demo.owner", "username"),
      await named(tenant.admin.groups.list(), "customers"),
    ];
    await tenant.calls();
    const changed = await owner.update({ application: agent.name, group: "customers" });
    expect(await writes()).toEqual(["POST groups/*/roleAssignments", "DELETE users/*/roleAssignments/*"]);
    expect([await rolesOf("users", before), await rolesOf("groups", after)]).toMatchObject([[], [{}]]);
    expect(await changed.read()).toMatchObject({ group: "customers" });
  });
});

test("names that change within a run are followed", async () => {
  const first = await apply(tenant, AGENT, agent);
  const mapping = { application: agent.name, name: "email", value: "mail" };
  await (await apply(tenant, "pingone:AttributeMapping", mapping)).delete(); // the list of names is known now
  await first.update({ ...agent, name: "Old Bot" });
  const second = await apply(tenant, AGENT, agent);
  const { outs } = await apply(tenant, "pingone:AttributeMapping", mapping);
  expect(outs.parentId).toBe(second.outs.applicationId);

  const grant = { application: agent.name, resource: billing.name, scopes: ["invoice:read"] };
  const resource = await apply(tenant, RESOURCE, billing);
  await (await apply(tenant, "pingone:ScopeGrant", grant)).delete();
  await resource.update({ ...billing, name: "Old API" });
  await apply(tenant, RESOURCE, { ...billing, audience: "https://billing.example.com" });
  await apply(tenant, "pingone:ScopeGrant", grant);
  const [found] = await tenant.admin.below(String(second.outs.applicationId), "grants").list();
  expect(found?.resource).not.toEqual({ id: resource.outs.resourceId });
});

test.each([
  [AGENT, agent],
  [RESOURCE, billing],
  [
    "pingone:Agreement",
    {
      ...{ name: "Consent", description: "What agents may do" },
      languages: { en: { title: "Consent", text: "The agent may act in your name." } },
    },
  ],
] as const)("%s that is as declared is not written again", async (type, inputs) => {
  const made = await apply(tenant, type, inputs);
  await tenant.calls();
  await made.update(inputs);
  expect(await writes()).toEqual([]);
});
