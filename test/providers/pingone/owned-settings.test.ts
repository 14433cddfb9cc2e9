/** Settings of PingOne that decide about access and that nobody declared: changed by hand, seen, and put back (decision 0004). */

import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { get, put } from "../../../src/providers/fields.ts";
import { aiAgent } from "../../../src/providers/pingone/ai-agent.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { checked, made } from "../../support/kinds.ts";
import { listedSettings } from "../../support/owned-settings.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { plain, sent } from "../../support/properties.ts";
import { rows } from "./console-rows.ts";

let tenant: LocalPingOne;
beforeAll(async () => {
  tenant = await startPingOne();
  await tenant.control("pingone", { properties: ["idTokenDuration"] });
});
afterAll(() => tenant.stop());

type Edit = (live: Properties) => Properties | Promise<Properties>;

/** Makes a resource, changes its object by hand, looks, and puts it back: what was declared, seen, and there at each moment. */
async function changed(type: string, inputs: Properties, edit: Edit) {
  const provider = () => tenant.provider(type);
  const wanted = await checked(tenant, { type, inputs });
  const { id, outs } = await made(tenant, { type, inputs });
  const { resources, applications } = tenant.admin;
  const collection = type === "pingone:Resource" ? resources : applications;
  const objectId = String(outs.resourceId ?? outs.applicationId);
  const live = async (): Promise<Properties> => {
    const { updatedAt: _at, ...rest }: Properties = (await collection.get(objectId)) ?? {};
    return rest;
  };
  const before = await live();
  await collection.replace(objectId, await edit(before));
  const byHand = await live();
  expect(byHand).not.toEqual(before);
  const seen = await provider().read(id, sent(outs));
  const repaired = await provider().update(id, sent(seen.props), wanted);
  const after = await live();
  const { inputs: last } = await provider().read(id, sent(repaired.outs));
  expect(plain(last)).toEqual(plain(wanted));
  await provider().delete(id, sent(repaired.outs));
  return { wanted: plain(wanted), seen: plain(seen.inputs), before, byHand, after };
}

const listed = listedSettings<never>(aiAgent);
const fates = rows.map(
  (row) => [listed.includes(row.field) ? "is put back" : "is left alone", row.console, row] as const,
);

test.each(fates)("what somebody set by hand and nobody declared %s: %s", async (_fate, _name, row) => {
  const { field, property, first, second, byHand: third, beside = {} } = row;
  const path = property.split(".");
  let shown: unknown;
  const { wanted, seen, before, byHand, after } = await changed(
    "pingone:AiAgent",
    { name: "quiet", ...beside },
    (live) => {
      const values = [first, second, third];
      const [ours, theirs] = values.find(([, value]) => !isDeepStrictEqual(value, get(live, path))) ?? first;
      shown = ours;
      const body = structuredClone(live);
      put(body, path, theirs);
      return body;
    },
  );
  const isOwned = listed.includes(field);
  const drift = structuredClone(wanted);
  if (isOwned) put(drift, field.split("."), shown);
  expect(seen).toEqual(drift);
  expect(after).toEqual(isOwned ? before : byHand);
});

test("a group that may use an agent is put back, and every owned setting of an agent has its row", async () => {
  const { seen, before, after } = await changed("pingone:AiAgent", { name: "open" }, async (live) => {
    const groups = await tenant.admin.collection("groups").list();
    const group = groups.find(({ name }) => name === "customers");
    return { ...live, accessControl: { group: { type: "ANY_GROUP", groups: [{ id: group?.id }] } } };
  });
  expect(seen.userAccess).toEqual({ groups: { match: "any", names: ["customers"] } });
  expect(after).toEqual(before);
  // The last three stand in the metadata: test/providers/life.test.ts.
  const fields = [...rows.map(({ field }) => field), "userAccess.groups", "sponsor", "expires", "stopped"];
  expect(listed.filter((field) => !fields.includes(field))).toEqual([]);
});

test.each([
  ["audience", { audience: "https://somebody.example.com" }, "https://somebody.example.com"],
  ["accessTokenLifetime", { accessTokenValiditySeconds: 2_592_000 }, 2_592_000],
  ["introspectionAuthMethod", { introspectEndpointAuthMethod: "NONE" }, "none"],
  ["permissionsClaim", { applicationPermissionsSettings: { claimEnabled: true } }, true],
])("a resource's %s is put back", async (field, values, shown) => {
  const { wanted, seen, before, after } = await changed("pingone:Resource", { name: "API" }, (live) => ({
    ...live,
    ...values,
  }));
  expect(seen).toEqual({ ...wanted, [field]: shown });
  expect(after).toEqual(before);
});

test("a secret that somebody rotated is rotated again, without overlap", async () => {
  const agent = await made(tenant, { type: "pingone:AiAgent", inputs: { name: "rotated" } });
  const declared = { type: "pingone:Secret", inputs: { application: "rotated", overlap: 240 } };
  const wanted = await checked(tenant, declared);
  const provider = () => tenant.provider(declared.type);
  const { id, outs } = await made(tenant, declared);
  const applicationId = String(agent.outs.applicationId);
  const theirs = await tenant.admin.rotateSecret(applicationId);

  const seen = await provider().read(id, sent(outs));
  expect(plain(seen.inputs)).toEqual({ ...plain(wanted), rotation: expect.any(String) });
  const again = await provider().read(id, sent(seen.props));
  expect(again.inputs).toEqual(seen.inputs);

  const repaired = await provider().update(id, sent(seen.props), wanted);
  const ours = await tenant.admin.secret(applicationId);
  expect(ours?.secret).not.toBe(theirs.secret);
  expect(ours).not.toHaveProperty("previous");
  const after = await provider().read(id, sent(repaired.outs));
  expect(plain(after.inputs)).toEqual(plain(wanted));
});
