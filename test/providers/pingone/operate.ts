/** Runs a resource as the engine does: inputs through `check`, secrets in clear on the way back. */

import { expect } from "vitest";
import { type Properties, revealSecret } from "../../../src/providers/values.ts";
import type { LocalPingOne } from "../../support/pingone.ts";

const PROVIDER = { __provider: "test" };
const plain = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, revealSecret(value)]));

/** A resource that exists. */
export type Applied = {
  readonly id: string;
  /** What stands in the state, secrets as they are marked. */
  readonly outs: Properties;
  update(inputs: Properties): Promise<Applied>;
  /** The inputs as the tenant has them, without the engine's own. */
  read(): Promise<Properties | undefined>;
  delete(): Promise<void>;
};

/** Creates a resource. */
export async function apply(tenant: LocalPingOne, type: string, inputs: Properties): Promise<Applied> {
  const wanted = await checked(tenant, type, inputs);
  const { id, outs } = await tenant.provider(type).create(wanted);
  return applied(tenant, type, id, outs);
}

/** What `check` makes of inputs. */
async function checked(tenant: LocalPingOne, type: string, inputs: Properties): Promise<Properties> {
  const result = await tenant.provider(type).check(undefined, { ...inputs, ...PROVIDER });
  expect(result.failures).toEqual([]);
  return { ...plain(result.inputs), ...PROVIDER };
}

function applied(tenant: LocalPingOne, type: string, id: string, outs: Properties): Applied {
  const provider = () => tenant.provider(type);
  return {
    id,
    outs,
    update: async (inputs) => {
      const { outs: next } = await provider().update(id, plain(outs), await checked(tenant, type, inputs));
      return applied(tenant, type, id, next);
    },
    read: async () => {
      const { inputs } = await provider().read(id, plain(outs));
      return inputs && plain(inputs);
    },
    delete: () => provider().delete(id, plain(outs)),
  };
}
