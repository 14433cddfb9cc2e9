/** Keys that sign CIBA requests (oauth-flows §7.1). */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { publicPart } from "../jwt.ts";

export type SigningKey = { readonly kid: string; readonly privateKey: JWK; readonly publicKey: JWK };

/** A new signing key whose kid is its thumbprint. */
export async function signingKey(): Promise<SigningKey> {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const privateKey = await exportJWK(pair.privateKey);
  return { kid: await calculateJwkThumbprint(privateKey), privateKey, publicKey: await publicPart(privateKey) };
}
