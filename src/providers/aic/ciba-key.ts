/**
 * `aic:CibaKey`: a key pair that signs CIBA requests, with overlap rotation (oauth-flows §7). The private key is
 * kept in the state, encrypted: for development only; elsewhere `ping-agents keys` makes keys that never get there.
 */

import { z } from "zod";
import { newSigningKey, type PublicJwk } from "../jwks.ts";
import type { ResourceKind } from "../kind.ts";
import type { Properties } from "../pulumi-values.ts";

const schema = z.strictObject({
  /** Name of the key, usually the client id. */
  name: z.string().min(1),
  /** Any text; a change makes a new key, and the one before stays published beside it. */
  rotation: z.string().optional(),
  /** `false` takes the key before the last rotation out of the published set. */
  overlap: z.boolean().default(true),
});
type CibaKeyInputs = z.infer<typeof schema>;
/** Arguments of `aic:CibaKey`. */
export type CibaKeyArgs = z.input<typeof schema>;

type KeyPair = { readonly active: PublicJwk; readonly retiring: readonly PublicJwk[]; readonly privateKey: string };

export const cibaKey: ResourceKind<CibaKeyInputs, Properties, unknown> = {
  type: "aic:CibaKey",
  schema,
  immutable: ["name"],
  secret: ["privateKey"],
  writeOnly: ["name", "rotation", "overlap"],
  id: ({ name }) => name,
  /** Lives in the state alone. */
  observe: async (_context, _inputs, outputs) => ("active" in outputs ? outputs : undefined),
  isOwn: () => true,
  decode: async (_context, { active, retiring, privateKey }) => ({
    inputs: {},
    outputs: { active, retiring, privateKey, jwks: { keys: [active, ...(retiring as PublicJwk[])] } },
  }),
  write: async (_context, { inputs, previous, live }) => {
    const current = live as KeyPair | undefined;
    if (!current) return { live: await newKey([]) };
    if (inputs.rotation !== previous?.rotation) return { live: await newKey(inputs.overlap ? [current.active] : []) };
    return { live: inputs.overlap ? current : { ...current, retiring: [] } };
  },
  remove: async () => {},
};

async function newKey(retiring: readonly PublicJwk[]): Promise<KeyPair> {
  const { publicKey, privateKey } = await newSigningKey();
  return { active: publicKey, retiring, privateKey: JSON.stringify(privateKey) };
}
