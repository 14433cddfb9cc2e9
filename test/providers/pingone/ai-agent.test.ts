/** `pingone:AiAgent` where it is more than its settings: pictures, the licence, names, and what is refused before it is sent. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { apply } from "./operate.ts";

const AGENT = "pingone:AiAgent";
const agent = { name: "support-agent", authMethod: "client_secret_basic" };
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

let tenant: LocalPingOne;
let folder: string;
beforeEach(async () => {
  tenant = await startPingOne();
  folder = mkdtempSync(join(tmpdir(), "ping-agents-icon-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await tenant.stop();
});

const failures = async (inputs: Properties) => {
  const result = await tenant.provider(AGENT).check(undefined, { ...agent, ...inputs });
  return result.failures.map(({ reason }) => reason);
};
const images = async () =>
  Object.keys(((await tenant.control("dump")) as Record<string, object>)["pingone/images"] ?? {});
const picture = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return { file: join(folder, name) };
};

describe("an icon", () => {
  test("is uploaded once, again when the file changes, and the old image goes", async () => {
    const icon = picture("a.png", PNG);
    const created = await apply(tenant, AGENT, { ...agent, icon });
    const [first] = await images();
    expect(created.outs.uploadedIcon).toMatchObject({ id: first });
    expect(await created.read()).toMatchObject({ icon });

    const same = await created.update({ ...agent, icon, description: "x" });
    expect(await images()).toEqual([first]);

    picture("a.png", Buffer.concat([PNG, PNG]));
    const changed = await same.update({ ...agent, icon, description: "x" });
    expect(await images()).toHaveLength(1);
    expect(await images()).not.toContain(first);

    const live = await tenant.admin.applications.get(String(changed.outs.applicationId));
    const other = await tenant.admin.uploadImage(PNG, "image/png", "other.png");
    const byHand = { icon: { id: other.id, href: other.targets.original.href } };
    await tenant.admin.applications.replace(String(live?.id), { ...live, ...byHand });
    expect((await changed.read())?.icon).toEqual({ file: `(image ${other.id})` });
    const repaired = await changed.update({ ...agent, icon, description: "x" });
    expect(await repaired.read()).toMatchObject({ icon });

    const without = await repaired.update({ ...agent, description: "x" });
    expect(await tenant.admin.applications.get(String(live?.id))).not.toHaveProperty("icon");
    await without.delete();
    expect(await images()).toHaveLength(1);
  });

  test("that somebody set by hand stays while none is declared", async () => {
    const created = await apply(tenant, AGENT, agent);
    const { id, targets } = await tenant.admin.uploadImage(PNG, "image/png", "x.png");
    const live = await tenant.admin.applications.get(String(created.outs.applicationId));
    const icon = { id, href: targets.original.href };
    await tenant.admin.applications.replace(String(live?.id), { ...live, icon });
    await created.update({ ...agent, description: "changed" });
    expect(await tenant.admin.applications.get(String(live?.id))).toMatchObject({ icon, description: "changed" });
  });

  test("is a PNG, JPEG or GIF of at most 1 MB that can be read", async () => {
    expect(await failures({ icon: picture("a.txt", Buffer.from("hello")) })).toEqual([
      expect.stringContaining("is no PNG, JPEG or GIF"),
    ]);
    const large = Buffer.concat([PNG, Buffer.alloc(1_048_576)]);
    expect(await failures({ icon: picture("b.png", large) })).toEqual([expect.stringContaining("larger than 1 MB")]);
    expect(await failures({ icon: { file: join(folder, "c.png") } })).toEqual([expect.stringContaining("cannot read")]);
    expect(await failures({ icon: picture("d.png", Buffer.from([0xff, 0xd8, 0xff, 0])) })).toEqual([]);
    expect(await failures({ icon: picture("e.gif", Buffer.from("GIF89a")) })).toEqual([]);
  });
});

describe("is refused before anything is sent", () => {
  const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  test.each<[string, Properties, string]>([
    ["keys in both forms", { authMethod: "private_key_jwt" }, "keys: private_key_jwt needs"],
    [
      "a refresh token that outlives its rolling lifetime",
      { tokens: { refreshTokenLifetime: 90, refreshTokenRollingLifetime: 60 } },
      "tokens.refreshTokenLifetime: is longer",
    ],
    ["code without its grant", { responseTypes: ["code"], grantTypes: ["implicit"] }, "responseTypes: code needs"],
    ["token exchange without authentication", { authMethod: "none", grantTypes: [EXCHANGE] }, "authMethod: the grant"],
    ["a fragment", { redirectUris: ["https://a.example.com/#x"] }, "redirectUris.0: a redirect URI has no fragment"],
    [
      "41 origins",
      { corsOrigins: Array.from({ length: 41 }, (_, index) => `https://a${index}.example.com`) },
      "corsOrigins",
    ],
    [
      "a private key",
      { keys: { jwks: { keys: [{ kty: "EC", kid: "1", d: "x" }] } } },
      "keys.jwks.keys.0: private member d",
    ],
    ["a field that does not exist", { grantType: [] }, 'Unrecognized key: "grantType"'],
  ])("%s", async (_what, inputs, reason) => {
    expect((await failures(inputs)).join("\n")).toContain(reason);
    expect(await tenant.calls()).toEqual([]);
  });
});

test("an environment without the licence says so, and makes nothing", async () => {
  await tenant.control("pingone", { licensed: false });
  const before = await tenant.dump();
  const error = await apply(tenant, AGENT, agent).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: "ERR_AI_AGENTS_DISABLED" });
  expect((error as Error).message).toContain("Agent IAM Core");
  expect(error).not.toHaveProperty("id");
  expect(await tenant.dump()).toEqual(before);
});

test("a group that does not exist is named, and nothing is made", async () => {
  const before = await tenant.dump();
  const inputs = { ...agent, userAccess: { groups: { match: "any", names: ["Customers"] } } };
  const error = await apply(tenant, AGENT, inputs).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: "ERR_NAME_NOT_FOUND", where: { field: "userAccess.groups.names[0]" } });
  expect(await tenant.dump()).toEqual(before);
});

test("the name of an application of another type is refused", async () => {
  const error = await apply(tenant, AGENT, { ...agent, name: "Legacy Portal" }).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: "ERR_NAME_TAKEN" });
});

test("a new name is an update: the agent keeps its client id", async () => {
  const created = await apply(tenant, AGENT, agent);
  const renamed = await created.update({ ...agent, name: "renamed" });
  expect(renamed.outs).toMatchObject({ name: "renamed", clientId: created.outs.clientId });
  expect(await tenant.provider(AGENT).diff("", created.outs, { ...agent, name: "renamed" })).toMatchObject({
    replaces: [],
  });
});

test("calls: a create is three writes, a refresh of many agents a list, and whose each is", async () => {
  const created = await apply(tenant, AGENT, agent);
  expect(await tenant.calls()).toEqual(["POST applications", "PUT applications/*/metadata", "PUT applications/*"]);
  const provider = tenant.provider(AGENT);
  await Promise.all(Array.from({ length: 10 }, () => provider.read(created.id, created.outs)));
  expect(await tenant.calls()).toEqual(["GET applications", "GET applications/*/metadata"]);
  await created.delete();
  expect(await tenant.calls()).toEqual(["GET applications/*", "GET applications/*/metadata", "DELETE applications/*"]);
});
