/** The life of an agent on both clouds, at the border: what stands on the tenant, what a stop keeps, and what is left at the end (decision 0012). */

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import { type LocalAic, startAic } from "../support/aic.ts";
import { hands, part } from "../support/hands.ts";
import { checked, type KindTenant, made } from "../support/kinds.ts";
import { type LocalPingOne, startPingOne } from "../support/pingone.ts";
import { OWNER, plain, sent } from "../support/properties.ts";

const SINCE = "2026-11-26T10:00:00.000Z";
const life = { sponsor: "care@example.com", expires: "2026-12-31" };

/** What a test does with an agent of a cloud. */
type Cloud = {
  readonly cloud: string;
  readonly type: string;
  readonly inputs: Properties;
  readonly start: () => Promise<{
    readonly tenant: KindTenant;
    /** What the tenant keeps of the life. */
    readonly kept: () => Promise<unknown>;
    /** Changes it by hand; undefined takes a member away. */
    readonly edit: (changes: Properties) => Promise<void>;
    readonly isOn: () => Promise<boolean>;
    readonly switched: (on: boolean) => Promise<void>;
  }>;
};

async function aic() {
  const tenant: LocalAic = await startAic();
  const by = hands(tenant);
  const am = tenant.admin.am("alpha");
  const identity = async () => (await by.find("aiagent", "oauth2ClientId", "helper")) ?? expect.unreachable();
  const attributes = async () => (await identity()).customAttributes as Properties;
  const name = (key: string) => `pingAgents${key[0]?.toUpperCase()}${key.slice(1)}`;
  return {
    tenant,
    kept: async () => {
      const found = Object.entries((await attributes()) ?? {}).filter(([key]) => key.startsWith("pingAgents"));
      return Object.fromEntries(found.map(([key, value]) => [key.slice(10).toLowerCase(), value]));
    },
    edit: async (changes: Properties) => {
      const named = Object.entries(changes).map(([key, value]) => [name(key), value]);
      const customAttributes = JSON.parse(JSON.stringify({ ...(await attributes()), ...Object.fromEntries(named) }));
      await by.managed("aiagent", "oauth2ClientId", "helper", { customAttributes });
    },
    isOn: async () => {
      const [row] = await am.query("AIAgent", "_id eq 'helper'");
      return part(row ?? expect.unreachable(), "coreOAuth2ClientConfig").status === "Active";
    },
    switched: (on: boolean) =>
      by.agent("AIAgent", "helper", "coreOAuth2ClientConfig", { status: on ? "Active" : "Inactive" }),
  };
}

async function pingOne() {
  const tenant: LocalPingOne = await startPingOne();
  const { admin } = tenant;
  const live = async () => (await admin.applications.list()).find(({ name }) => name === "Helper");
  const id = async () => (await live())?.id ?? expect.unreachable();
  const stamp = async () => (await admin.metadata(await id())).pingAgents as Properties;
  return {
    tenant,
    kept: async () => {
      const found = Object.entries(await stamp()).filter(([key]) => ["sponsor", "expires", "stopped"].includes(key));
      return Object.fromEntries(found);
    },
    edit: async (changes: Properties) =>
      void (await admin.setMetadata(await id(), { pingAgents: { ...(await stamp()), ...changes } })),
    isOn: async () => (await live())?.enabled === true,
    switched: async (on: boolean) => {
      const { createdAt: _c, updatedAt: _u, ...body } = (await live()) ?? expect.unreachable();
      await admin.applications.replace(await id(), { ...body, enabled: on });
    },
  };
}

const clouds: readonly Cloud[] = [
  {
    ...{ cloud: "AIC", type: "aic:AiAgent", start: aic },
    inputs: { realm: "alpha", clientId: "helper", name: "Helper", customAttributes: { team: "care" }, enabled: true },
  },
  { cloud: "PingOne", type: "pingone:AiAgent", start: pingOne, inputs: { name: "Helper", enabled: true } },
];

describe.each(clouds)("on $cloud", ({ type, inputs, start }) => {
  let world: Awaited<ReturnType<Cloud["start"]>>;
  let said: string[];
  beforeAll(async () => {
    vi.spyOn(console, "warn").mockImplementation((text) => void said.push(text));
    said = [];
    world = await start();
  });
  afterAll(() => world.tenant.stop());

  const provider = () => world.tenant.provider(type);
  const wanted = (more: Properties = {}) => checked(world.tenant, { type, inputs: { ...inputs, ...more } });
  /** What a run of the engine checks: with what the state has. */
  const again = async (olds: Properties | undefined, more: Properties = {}) =>
    sent((await provider().check(sent(olds), sent({ ...inputs, ...more }))).inputs);
  const create = (more: Properties = {}) => made(world.tenant, { type, inputs: { ...inputs, ...more } });

  test("what is declared stands on the tenant, is seen when somebody changes it, and goes when it is declared no more", async () => {
    const { id, outs } = await create(life);
    expect(await world.kept()).toEqual(life);
    await world.edit({ sponsor: "somebody", expires: undefined });
    const seen = await provider().read(id, sent(outs));
    expect(plain(seen.inputs)).toEqual({ ...plain(await wanted()), sponsor: "somebody" });
    const repaired = await provider().update(id, sent(seen.props), sent(await wanted(life)));
    expect(await world.kept()).toEqual(life);
    const none = await provider().update(id, sent(repaired.outs), sent(await wanted()));
    expect(await world.kept()).toEqual({});
    const { inputs: last } = await provider().read(id, sent(none.outs));
    expect(plain(last)).toEqual(plain(await wanted()));
    await provider().delete(id, sent(none.outs));
  });

  test("a stop stays: seen as one property, carried on without a difference, kept by an update and said", async () => {
    const { id, outs } = await create(life);
    await world.edit({ stopped: SINCE });
    await world.switched(false);
    const seen = await provider().read(id, sent(outs));
    expect(plain(seen.inputs)).toEqual({ ...plain(await wanted(life)), stopped: SINCE });
    expect(await again(seen.inputs, life)).toEqual(sent(seen.inputs));

    said = [];
    const next = await again(seen.inputs, { ...life, description: "new" });
    const updated = await provider().update(id, sent(seen.props), next);
    expect(said).toEqual([expect.stringContaining(`is stopped since ${SINCE} and stays switched off`)]);
    expect(await world.isOn()).toBe(false);
    expect(await world.kept()).toEqual({ ...life, stopped: SINCE });
    const after = await provider().read(id, sent(updated.outs));
    expect(plain(after.inputs)).toEqual(plain(next));

    await provider().update(id, sent(updated.outs), await again(after.inputs, life));
    const back = await provider().read(id, sent(updated.outs));
    expect(plain(back.inputs)).toMatchObject({ stopped: SINCE });
    await provider().delete(id, sent(updated.outs));
  });

  test("an update that knows nothing of a stop leaves it, too, and so does a create that goes on with what is there", async () => {
    const { id, outs } = await create();
    await world.edit({ stopped: SINCE });
    await world.switched(false);
    await provider().update(id, sent(outs), sent(await wanted({ description: "new" })));
    expect([await world.isOn(), await world.kept()]).toEqual([false, { stopped: SINCE }]);
    const anew = await create();
    expect([await world.isOn(), await world.kept()]).toEqual([false, { stopped: SINCE }]);
    await provider().delete(id, sent(anew.outs));
  });

  test("one that somebody switched on by hand is seen, and switched off again", async () => {
    const { id, outs } = await create();
    await world.edit({ stopped: SINCE });
    const seen = await provider().read(id, sent(outs));
    const told = `${SINCE}, and switched on by hand since`;
    expect(plain(seen.inputs)).toEqual({ ...plain(await wanted()), stopped: told });
    const next = await again(seen.inputs);
    expect(plain(next)).not.toHaveProperty("stopped");
    await provider().update(id, sent(seen.props), next);
    expect(await world.isOn()).toBe(false);
    await provider().delete(id, sent(outs));
  });

  test("declared as switched off it is stopped no more, and then it can be switched on", async () => {
    const { id, outs } = await create();
    await world.edit({ stopped: SINCE });
    await world.switched(false);
    const seen = await provider().read(id, sent(outs));
    const off = await again(seen.inputs, { enabled: false });
    expect(plain(off)).not.toHaveProperty("stopped");
    const updated = await provider().update(id, sent(seen.props), off);
    expect([await world.isOn(), await world.kept()]).toEqual([false, {}]);
    const on = await provider().update(id, sent(updated.outs), await again(updated.outs));
    expect(await world.isOn()).toBe(true);
    await provider().delete(id, sent(on.outs));
  });

  test("disabled at its end it stays, switched off, and goes on when it is declared again", async () => {
    const { id, outs } = await create({ ...life, onRemove: "disable" });
    said = [];
    await provider().delete(id, sent(outs));
    expect(said).toEqual([expect.stringContaining("stays on the tenant: it is switched off")]);
    expect([await world.isOn(), await world.kept()]).toEqual([false, life]);
    const left = await world.tenant.dump();
    await provider().delete(id, sent(outs)); // killed before the state knew
    expect(await world.tenant.dump()).toEqual(left);

    const back = await create(life);
    expect(await world.isOn()).toBe(true);
    await provider().delete(id, sent(back.outs));
  });

  test("retained at its end it stays as it is and belongs to nobody: its own resource goes on, another stack adopts it", async () => {
    const { id, outs } = await create({ ...life, onRemove: "retain" });
    await provider().delete(id, sent(outs));
    expect([await world.isOn(), await world.kept()]).toEqual([true, life]);
    await provider().delete(id, sent(outs));

    const own = await create({ ...life, onRemove: "retain" });
    await provider().delete(id, sent(own.outs));

    const other = { ...OWNER, stack: "zzzzzzzzzzzz", name: "shop/other", resource: "theirs" };
    const refused = await made(world.tenant, { type, inputs: { ...inputs, ...life } }, other).catch((error) => error);
    expect(refused).toMatchObject({ code: "ERR_OBJECT_EXISTS" });
    expect(refused.message).toContain("nobody: stack shop/test let it go");
    const taken = await made(world.tenant, { type, inputs: { ...inputs, ...life, adopt: "match" } }, other);
    const seen = await provider().read(taken.id, sent(taken.outs));
    expect(plain(seen.inputs)).not.toHaveProperty("replacedBy");
    await provider().delete(taken.id, sent(taken.outs));
  });
});

test("names of custom attributes that are the kit's own cannot be declared", async () => {
  const tenant = await startAic();
  const declared = {
    realm: "alpha",
    clientId: "helper",
    name: "Helper",
    customAttributes: { pingAgentsStopped: "no" },
  };
  const { failures } = await tenant.provider("aic:AiAgent").check(undefined, sent(declared));
  expect(failures.map(({ reason }) => reason)).toEqual([
    "customAttributes: names that begin with pingAgents are the kit's own",
  ]);
  await tenant.stop();
});
