/**
 * `aic:CibaKey`: a key pair that signs CIBA requests, with overlap rotation (oauth-flows §7). The private key is
 * kept in the state, encrypted: for development only; elsewhere `ping-agents keys` makes keys that never get there.
 */

import { z } from "zod";
import { secretOutput } from "../annotations.ts";
import { newSigningKey, type PublicJwk, publicJwk } from "../jwks.ts";
import type { ResourceKind } from "../kind.ts";

const schema = z.strictObject({
  name: z.string().min(1).describe("Name of the key, usually the client id"),
  rotation: z
    .string()
    .optional()
    .describe("Any text; a change makes a new key, and the one before stays published beside it"),
  overlap: z
    .boolean()
    .default(true)
    .describe("`false` takes the key before the last rotation out of the published set"),
});

const outputs = z.object({
  active: publicJwk.describe("Public half of the key that signs"),
  retiring: z.array(publicJwk).describe("The key before the last rotation, as long as it stays published"),
  jwks: z.object({ keys: z.array(publicJwk) }).describe("What a client publishes: the active key and the retiring one"),
  privateKey: secretOutput(z.string()).describe("Private JWK as JSON text"),
});

type KeyPair = Pick<z.output<typeof outputs>, "active" | "retiring" | "privateKey">;

export const cibaKey: ResourceKind<typeof schema, typeof outputs, KeyPair, unknown> = {
  type: "aic:CibaKey",
  inputs: schema.describe(
    "A key pair that signs CIBA requests; its private half is in the state, encrypted. Development only.",
  ),
  outputs,
  immutable: ["name"],
  notShown: ["name", "rotation", "overlap"],
  drift: {
    noun: "key",
    fields: {},
    gone: { class: "replaced", means: "the key is gone from the state" },
  },
  id: ({ name }) => name,
  /** Lives in the state alone. */
  observe: async (_context, _inputs, { active, retiring, privateKey }) =>
    active && retiring && privateKey ? { active, retiring, privateKey } : undefined,
  decode: async (_context, { active, retiring, privateKey }) => ({
    inputs: {},
    outputs: { active, retiring, privateKey, jwks: { keys: [active, ...retiring] } },
  }),
  write: async (_context, { inputs, previous, live: current }) => {
    if (!current) return { live: await newKey([]) };
    if (inputs.rotation !== previous?.rotation) return { live: await newKey(inputs.overlap ? [current.active] : []) };
    return { live: inputs.overlap ? current : { ...current, retiring: [] } };
  },
  remove: async () => {},
};

async function newKey(retiring: PublicJwk[]): Promise<KeyPair> {
  const { publicKey, privateKey } = await newSigningKey();
  return { active: publicKey, retiring, privateKey: JSON.stringify(privateKey) };
}
