/**
 * `aic:CibaKey`: a key pair that signs CIBA requests, with overlap rotation (contract oauth-flows §7). The private key is
 * kept in the state, encrypted: for development only; elsewhere `ping-agents keys` makes keys that never get there.
 */

import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { z } from "zod";
import type { ResourceKind } from "../kind.ts";
import type { Properties } from "../values.ts";
import type { PublicJwk } from "./jwks.ts";

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

/** EC P-256 for ES256; the `kid` is the RFC 7638 thumbprint, so the same key never changes its name. */
async function newKey(retiring: readonly PublicJwk[]): Promise<KeyPair> {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(pair.privateKey);
  const kid = await calculateJwkThumbprint({ kty, crv, x, y } as JWK);
  const active = { kty, crv, x, y, use: "sig", alg: "ES256", kid } as PublicJwk;
  return { active, retiring, privateKey: JSON.stringify({ ...active, d }) };
}
