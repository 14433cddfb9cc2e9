/** A resource kind on a map instead of a tenant: every part of the engine shows in it, and nothing else. */

import { z } from "zod";
import { PingAgentsError } from "../../src/errors.ts";
import type { AdoptPolicy } from "../../src/fields/adopt.ts";
import { set } from "../../src/fields/text.ts";
import { owned, secretOutput } from "../../src/providers/annotations.ts";
import { connectedPlatform } from "../../src/providers/coalescing.ts";
import { Evidence } from "../../src/providers/evidence.ts";
import type { ResourceKind } from "../../src/providers/kind.ts";
import { type DynamicProvider, lifecycle } from "../../src/providers/lifecycle.ts";
import { markIn, markText } from "../../src/providers/owner.ts";
import { OWNER } from "../support/properties.ts";

const block = z.strictObject({ on: owned(z.boolean().optional()), level: owned(z.int().optional(), 1) });

const schema = z.strictObject({
  name: z.string().min(1),
  tier: z.string().optional(),
  colour: z.string().optional(),
  tags: set().optional(),
  /** Objects of which single fields are owned. */
  details: z.strictObject({ size: z.int().optional(), shape: z.string().optional() }).optional(),
  /** An object whose fields are owned although nobody declares them. */
  block: block.optional(),
  /** Shown by the tenant. */
  code: z.string().optional(),
  /** Never shown by the tenant. */
  password: z.string().optional(),
});
type Inputs = z.infer<typeof schema>;
const outputs = z.object({ owner: z.string(), key: secretOutput(z.string()) });

/** A thing as the tenant keeps it. */
export type Thing = Inputs & { owner: string };

/** The tenant: its things, every call that reached it, and what goes wrong. */
export type Memory = {
  readonly things: Map<string, Thing>;
  readonly calls: string[];
  /** Run before a call, and after it; may throw. */
  before?: ((call: string) => void) | undefined;
  after?: ((call: string) => void) | undefined;
  /** What the tenant makes of a thing that is written. */
  policy?: (thing: Thing) => Thing;
};

type Options = { /** An entry that others share. */ readonly shared?: boolean } & Partial<
  Pick<ResourceKind<typeof schema, typeof outputs, Thing, Memory>, "refusesTaken" | "promoted">
>;

/** Who made the things that this kit made. */
export const US = markText(OWNER);

const kindOf = ({ shared, ...options }: Options): ResourceKind<typeof schema, typeof outputs, Thing, Memory> => ({
  type: "test:Thing",
  inputs: schema,
  outputs,
  immutable: ["name"],
  secret: ["code", "password"],
  notShown: ["password"],
  drift: { noun: "thing", fields: {} },
  ...options,
  id: ({ name }) => `things/${name}`,
  async observe(memory, { name }) {
    return call(memory, "observe", () => structuredClone(memory.things.get(name)));
  },
  async decode(_memory, { password: _password, owner, ...inputs }) {
    return { inputs, outputs: { owner } };
  },
  ...(!shared && { mark: ({ owner }: Thing) => markIn(owner) }),
  async write(memory, { inputs, live, owner }) {
    return call(memory, "write", () => {
      if (live === undefined && memory.things.has(inputs.name)) throw taken();
      const details = live?.details || inputs.details ? { details: { ...live?.details, ...inputs.details } } : {};
      const wanted = { ...live, block: undefined, ...inputs, ...details, owner: markText(owner) };
      const thing = memory.policy?.(wanted) ?? wanted;
      memory.things.set(inputs.name, thing);
      return { live: structuredClone(thing), outputs: { key: "k3y" } };
    });
  },
  async remove(memory, { name }) {
    await call(memory, "remove", () => memory.things.delete(name));
  },
});

/** How the API refuses to create what exists. */
const taken = () => new PingAgentsError("ERR_API_PRECONDITION", "it exists");

function call<T>(memory: Memory, name: string, effect: () => T): T {
  memory.calls.push(name);
  memory.before?.(name);
  const result = effect();
  memory.after?.(name);
  return result;
}

/** The engine over the memory. */
export function providerOf(
  memory: Memory,
  options: Options & { adopt?: AdoptPolicy; tenant?: string; bindTo?: string } = {},
): DynamicProvider {
  const { adopt = "never", tenant = OWNER.tenant, bindTo, ...kind } = options;
  const platform = connectedPlatform(
    { fresh: memory, gathered: memory, coalesced: memory },
    { origin: "https://tenant.example.com", adopt, bindTo, identity: async () => tenant },
    new Evidence(0),
  );
  return lifecycle(kindOf(kind), async () => platform);
}
