/** Every field that the console has for an agent (pingone §4.2): set, read back, changed, changed by hand, unset. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PingOneObject } from "../../../src/admin-api/pingone/collection.ts";
import { get, put } from "../../../src/providers/fields.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { rows } from "./console-rows.ts";

const PROVIDER = { __provider: "test" };

describe("a field of the console", () => {
  let tenant: LocalPingOne;
  beforeAll(async () => {
    tenant = await startPingOne();
    await tenant.control("pingone", { properties: ["idTokenDuration", "somethingNew"] });
  });
  afterAll(() => tenant.stop());

  const checked = async (inputs: Properties) => {
    const { inputs: canonical, failures } = await tenant
      .provider("pingone:AiAgent")
      .check(undefined, { ...inputs, ...PROVIDER });
    expect(failures).toEqual([]);
    return { ...canonical, ...PROVIDER };
  };

  test.each(rows.map((row, index) => [row.console, index, row] as const))("%s", async (_name, index, row) => {
    const { field, property, first, second, byHand, unset, beside = {} } = row;
    const provider = () => tenant.provider("pingone:AiAgent");
    const [way, place] = [field.split("."), property.split(".")];
    const declared = (value: unknown) => {
      const inputs: Properties = { name: `agent ${index}`, ...beside };
      if (value !== undefined) put(inputs, way, value);
      return checked(inputs);
    };
    const live = async (): Promise<PingOneObject> => {
      const found = (await tenant.admin.applications.list()).find(({ name }) => name === `agent ${index}`);
      return found ?? expect.unreachable();
    };
    const holds = async (value: unknown) => {
      const found = get(await live(), place);
      const bySet = Array.isArray(found) ? found.toSorted() : found;
      expect(bySet).toEqual(Array.isArray(value) ? value.toSorted() : value);
    };

    const before = await declared(first[0]);
    const { id, outs } = await provider().create(before);
    await holds(first[1]);
    expect(await provider().read(id, outs)).toMatchObject({ inputs: withoutProvider(before) });

    const after = await declared(second[0]);
    const updated = await provider().update(id, outs, after);
    await holds(second[1]);
    expect((await provider().read(id, updated.outs)).inputs).toEqual(withoutProvider(after));

    const body = structuredClone({ ...(await live()) }) as Properties;
    put(body, place, byHand[1]);
    await tenant.admin.applications.replace(String(body.id), body);
    const { inputs: seen = {}, props = {} } = await provider().read(id, updated.outs);
    expect(get(seen, way)).toEqual(byHand[0]);

    const released = await provider().update(id, { ...updated.outs, ...props }, await declared(undefined));
    await holds(unset);
    expect((await provider().read(id, released.outs)).inputs).toEqual(withoutProvider(await declared(undefined)));
    await provider().delete(id, released.outs);
  });
});

const withoutProvider = ({ __provider: _provider, ...inputs }: Properties) => inputs;
