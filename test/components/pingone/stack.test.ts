/**
 * The demonstration's declaration on PingOne, from the file to what the environment then holds: the program under Pulumi's
 * mocks, whose resources are made by the kit's own providers.
 */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import { loadAnyDeclaration } from "../../../src/platforms.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { settled } from "../program.ts";
import { expectInSync, type Made, provisioned } from "./provisioned.ts";

const file = new URL("../../../stacks/pingone-dev.yaml", import.meta.url);

let tenant: LocalPingOne;
let made: readonly Made[] = [];
let outputs: Record<"clientIds" | "secrets" | "privateKeys", Record<string, string | undefined>>;

beforeAll(async () => {
  tenant = await startPingOne();
  const declaration = loadAnyDeclaration(readFileSync(file, "utf8"), "pingone-dev.yaml");
  if (declaration.platform !== "pingone") expect.unreachable();
  const stack = await provisioned(tenant, declaration);
  made = stack.made;
  const all = [stack.outputs.clientIds, stack.outputs.secrets, stack.outputs.privateKeys];
  const [clientIds = {}, secrets = {}, privateKeys = {}] = await Promise.all(all.map(settled));
  outputs = { clientIds, secrets, privateKeys };
});
afterAll(() => tenant.stop());

const applications = () => tenant.admin.applications.list();
const named = async (rows: Promise<PingOneObject[]>, name: string) =>
  (await rows).find((row) => row.name === name) ?? expect.unreachable(name);
const claims = async (resource: string) => {
  const { id } = await named(tenant.admin.resources.list(), resource);
  const rows = await tenant.admin.resourceAttributes(id).list();
  return Object.fromEntries(rows.filter(({ type }) => type === "CUSTOM").map(({ name, value }) => [name, value]));
};
/** Scopes that an application may ask for, by resource. */
const granted = async (application: string) => {
  const { id } = await named(applications(), application);
  const names = new Map((await tenant.admin.resources.list()).map((row) => [row.id, String(row.name)]));
  const result: Record<string, string[]> = {};
  for (const { resource, scopes } of await tenant.admin.below(id, "grants").list()) {
    const owner = (resource as { id: string }).id;
    const rows = await tenant.admin.scopes(owner).list();
    const ids = (scopes as { id: string }[]).map((scope) => scope.id);
    result[names.get(owner) ?? ""] = rows.filter((row) => ids.includes(row.id)).map((row) => String(row.name));
  }
  return result;
};

describe("stacks/pingone-dev.yaml", () => {
  test.each([
    ["Support Agent", ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"]],
    ["Stock Watcher", ["CLIENT_CREDENTIALS"]],
    ["Refund Agent", ["CIBA"]],
  ])("%s is an enabled AI agent with what its pattern needs", async (name, grantTypes) => {
    expect(await named(applications(), name)).toMatchObject({
      ...{ type: "AI_AGENT", protocol: "OPENID_CONNECT", enabled: true, grantTypes },
      ...{ tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", redirectUris: [] },
    });
  });

  test.each([
    ["Support Portal", { "Support Portal API": ["portal:use"] }],
    ["Support Agent", { "Orders API": ["orders:read"], "Agents API": ["agent:act"] }],
    ["Stock Watcher", { "Orders API": ["orders:read"] }],
    ["Refund Agent", { "Orders API": ["orders:write"], openid: ["profile"] }],
  ])("%s reaches what is declared, and nothing else", async (name, scopes) => {
    expect(await granted(name)).toEqual(scopes);
  });

  test("users' tokens for the portal name the agent that may act, and tokens for orders name the one that does", async () => {
    const { clientId } = await named(applications(), "Support Agent");
    expect(await claims("Support Portal API")).toEqual({ may_act: JSON.stringify({ sub: clientId }) });
    expect(await claims("Orders API")).toEqual({ act: expect.stringContaining("actorToken.client_id") });
  });

  test("gives out client ids, and the secrets that are asked for", async () => {
    const { clientId, id } = await named(applications(), "Stock Watcher");
    expect(outputs.clientIds["stock-watcher"]).toBe(clientId);
    expect(outputs.secrets["stock-watcher"]).toBe((await tenant.admin.secret(id))?.secret);
    expect(outputs.secrets["support-portal"]).toBeUndefined();
    expect(Object.values(outputs.privateKeys).filter(Boolean)).toEqual([]); // PingOne has no keys of ours
  });

  test("has nothing to do a second time: every resource reads back as declared", async () => {
    await expectInSync(tenant, made);
  });
});
