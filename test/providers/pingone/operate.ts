/** Runs a resource as the engine does: inputs through `check`, secrets in clear on the way back. */

import { expect } from "vitest";
import type { Owner } from "../../../src/providers/owner.ts";
import type { Properties } from "../../../src/providers/pulumi-values.ts";
import { checked, made } from "../../support/kinds.ts";
import type { LocalPingOne } from "../../support/pingone.ts";
import { plain, sent } from "../../support/properties.ts";

/** A resource that exists. */
export type Applied = {
  readonly id: string;
  /** What stands in the state, secrets as they are marked. */
  readonly outs: Properties;
  update(inputs: Properties): Promise<Applied>;
  /** The inputs as the tenant has them, without the engine's own. */
  read(): Promise<Properties | undefined>;
  /** The same resource as a refresh leaves it in the state: an update knows from it what was changed by hand. */
  refreshed(): Promise<Applied>;
  delete(): Promise<void>;
};

/** Creates a resource. @param owner @default that of the tests */
export async function apply(tenant: LocalPingOne, type: string, inputs: Properties, owner?: Owner): Promise<Applied> {
  const { id, outs } = await made(tenant, { type, inputs }, owner);
  return applied(tenant, type, id, outs);
}

function applied(tenant: LocalPingOne, type: string, id: string, outs: Properties): Applied {
  const provider = () => tenant.provider(type);
  return {
    id,
    outs,
    update: async (inputs) => {
      const news = await checked(tenant, { type, inputs }, outs.__owner as Owner);
      const { outs: next } = await provider().update(id, sent(outs), news);
      return applied(tenant, type, id, next);
    },
    read: async () => {
      const { inputs } = await provider().read(id, sent(outs));
      return inputs && plain(inputs);
    },
    refreshed: async () => {
      const { props } = await provider().read(id, sent(outs));
      return applied(tenant, type, id, props ?? expect.unreachable(`${type} ${id} is gone`));
    },
    delete: () => provider().delete(id, sent(outs)),
  };
}
