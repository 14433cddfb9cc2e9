/**
 * What binds a stack to its tenant: the first resource of a stack, on which all others depend. Its outputs, a random id of the
 * stack and the identity of the tenant, are in the state before anything is written to the tenant (decision 0002).
 */

import { randomInt } from "node:crypto";
import { SettingError } from "../errors.ts";
import { requireCheckpoint } from "./checkpoint.ts";
import type { Platform } from "./kind.ts";
import type { DynamicProvider } from "./lifecycle.ts";
import type { Properties } from "./pulumi-values.ts";
import { otherTenant, requireTenant } from "./tenant-identity.ts";

/** The name of the kind, after the platform: `aic:StackBinding`. */
export const BINDING = "StackBinding";

/** What a binding answers. */
export type Bound = {
  /** 12 lower-case letters and digits. */
  readonly stackId: string;
  /** Identity of the tenant. */
  readonly tenant: string;
  /** Its address when it was last looked at, for messages. */
  readonly origin: string;
};

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const newStackId = () => Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join("");

/**
 * The dynamic provider of the binding of a platform.
 *
 * @param connect gives the platform
 */
export function bindingProvider<C>(type: string, connect: () => Promise<Platform<C>>): DynamicProvider {
  const boundOf = (props: Properties) => props as Properties & Bound;
  /** The platform; undefined where a preview has no account, which the program says. */
  const reachable = () =>
    connect().catch((error: unknown) => {
      if (error instanceof SettingError && error.code === "ERR_SETTING_MISSING") return undefined;
      throw error;
    });

  return {
    check: async (_olds, { __provider, ...inputs }) => ({ inputs, failures: [] }),

    diff: async (_id, olds, news) => {
      const platform = await reachable();
      if (!platform) return { changes: false };
      const bound = boundOf(olds);
      const identity = await platform.identity(news);
      platform.binding.anew = platform.bindTo === identity;
      if (identity === bound.tenant || platform.binding.anew) return { changes: identity !== bound.tenant };
      throw otherTenant(platform.origin, bound, identity, type);
    },

    create: async (inputs) => {
      requireCheckpoint(type);
      const platform = await connect();
      const stackId = newStackId();
      return {
        id: stackId,
        outs: { ...inputs, stackId, tenant: await platform.identity(inputs), origin: platform.origin },
      };
    },

    read: async (id, props) => {
      const platform = await connect();
      await requireTenant(platform, props, boundOf(props), type);
      const { stackId: _stackId, tenant: _tenant, origin: _origin, ...inputs } = boundOf(props);
      return { id, props: { ...props, origin: platform.origin }, inputs };
    },

    update: async (_id, olds, inputs) => {
      const platform = await connect();
      const { stackId } = boundOf(olds);
      return { outs: { ...inputs, stackId, tenant: await platform.identity(inputs), origin: platform.origin } };
    },

    delete: async (_id, props) => requireTenant(await connect(), props, boundOf(props), type),

    assert: async () => {},
    announce: async () => {},
    foresee: async () => [],
  };
}
