/**
 * The demonstration's declaration on PingOne, from the file to what the environment then holds: the program under Pulumi's
 * mocks, whose resources are made by the kit's own providers.
 */

import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import { declarePingOne } from "../../../src/components/pingone/stack.ts";
import { loadAnyDeclaration } from "../../../src/platforms.ts";
import { type Properties, revealSecret } from "../../../src/providers/pulumi-values.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { sent } from "../../support/properties.ts";

const file = new URL("../../../stacks/pingone-dev.yaml", import.meta.url);

type Made = { readonly type: string; readonly id: string; readonly outs: Properties };

let tenant: LocalPingOne;
const made: Made[] = [];
let outputs: Record<"clientIds" | "secrets" | "privateKeys", Record<string, string | undefined>>;

/** Runs check and create as the engine does. */
async function create({ type, inputs }: pulumi.runtime.MockResourceArgs) {
  const kind = type.replace("pulumi-nodejs:dynamic/", "");
  if (kind === type) return { id: "", state: {} };
  const provider = tenant.provider(kind);
  const checked = await provider.check(undefined, inputs as Properties);
  expect(checked.failures).toEqual([]);
  const { id, outs } = await provider.create({ ...checked.inputs, __provider: inputs.__provider });
  made.push({ type: kind, id, outs });
  return { id, state: Object.fromEntries(Object.entries(outs).map(([key, value]) => [key, revealSecret(value)])) };
}

const settled = (output: pulumi.Output<Record<string, string | undefined>>) =>
  new Promise<Record<string, string | undefined>>((resolve) => output.apply(resolve));

beforeAll(async () => {
  tenant = await startPingOne();
  await pulumi.runtime.setMocks({ newResource: create, call: () => ({}) }, "ping-agents", "pingone-dev");
  const declaration = loadAnyDeclaration(readFileSync(file, "utf8"), "pingone-dev.yaml");
  if (declaration.platform !== "pingone") expect.unreachable();
  const stack = declarePingOne(declaration);
  const [clientIds = {}, secrets = {}, privateKeys = {}] = await Promise.all(
    [stack.clientIds, stack.secrets, stack.privateKeys].map(settled),
  );
  await pulumi.runtime.disconnect(); // when every resource is made
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
    for (const { type, id, outs } of made) {
      const known = sent(outs);
      const { inputs = {} } = await tenant.provider(type).read(id, known);
      for (const [key, value] of Object.entries(inputs))
        expect({ type, id, [key]: value }).toEqual({ type, id, [key]: known[key] });
    }
  });
});
