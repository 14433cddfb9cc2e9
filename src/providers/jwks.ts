/** JSON Web Key Sets as they may be published: public members only, by allow-list (oauth-flows §7.2, RFC 7517). */

import type { JWK } from "jose";
import { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { PRIVATE_MEMBERS, refusePrivateMembers } from "../jwk.ts";
import type { Properties } from "./pulumi-values.ts";

const text = z.string().min(1);
const member = (description: string, example: string) =>
  text.optional().meta({ description, otherwise: "none", examples: [example] });

/** Schema of a public JSON Web Key, whatever its members say. */
export const publicJwk = z.strictObject({
  kty: z.enum(["EC", "RSA", "OKP"]).describe("Key type"),
  kid: text.meta({ description: "Id of the key", examples: ["2026-11"] }),
  use: z.enum(["sig", "enc"]).optional().meta({ description: "What the key is for", otherwise: "any" }),
  alg: member("Algorithm", "ES256"),
  key_ops: z
    .array(text)
    .optional()
    .meta({ description: "Operations that the key is for", otherwise: "any", examples: [["verify"]] }),
  crv: member("Curve, of EC and OKP", "P-256"),
  x: member("Coordinate of the public point, of EC and OKP", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"),
  y: member("Coordinate of the public point, of EC", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"),
  n: member("Modulus, of RSA, base64url", "0vx7agoebGcQ…"),
  e: member("Exponent, of RSA, base64url", "AQAB"),
  x5c: z
    .array(text)
    .optional()
    .meta({ description: "Certificate chain", otherwise: "none", examples: [["MIIDQjCCAiqg…"]] }),
  x5t: member("SHA-1 thumbprint of the certificate", "dGhpcyBpcyBhIFNIQTEgdGVzdA"),
  "x5t#S256": member("SHA-256 thumbprint of the certificate", "dGhpcyBpcyBhIFNIQS0yNTYgdGVzdA"),
  x5u: z
    .url()
    .optional()
    .meta({
      description: "Where the certificate is",
      otherwise: "none",
      examples: ["https://agent.example.com/cert.pem"],
    }),
});

/** A public JSON Web Key. */
export type PublicJwk = z.infer<typeof publicJwk>;

/**
 * Schema of a public JWK set. Refuses private members, symmetric keys, members that are not known and two keys of one
 * `kid`; keys are sorted by `kid`.
 */
export function publicJwks() {
  const keys = z
    .array(z.preprocess(refusePrivateMembers, publicJwk))
    .refine((list) => new Set(list.map(({ kid }) => kid)).size === list.length, "two keys have the same kid")
    .transform((list) => list.toSorted((a, b) => (a.kid < b.kid ? -1 : 1)));
  return z.strictObject({ keys: keys.describe("The keys") });
}

/**
 * A JWK set as the JSON text that both clouds keep. Values of private members are left out when it is read, since the API shows
 * them to every reader.
 */
export const jwksText = z.codec(z.string(), z.unknown(), {
  decode: readJwks,
  encode: (value) => JSON.stringify(value),
});

function readJwks(value: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return "(not a JSON Web Key Set)";
  }
  const keys = isRecord(parsed) && Array.isArray(parsed.keys) ? parsed.keys : [parsed];
  const hide = (key: unknown) => (isRecord(key) ? Object.fromEntries(Object.entries(key).map(hidePrivate)) : key);
  return {
    keys: keys.map(hide).toSorted((a, b) => (String((a as Properties)?.kid) < String((b as Properties)?.kid) ? -1 : 1)),
  };
}

const hidePrivate = ([member, value]: [string, unknown]) => [
  member,
  PRIVATE_MEMBERS.includes(member) ? "[private]" : value,
];

/** A key pair that signs CIBA requests. */
export type SigningKey = { readonly publicKey: PublicJwk; readonly privateKey: JWK };

/** Makes an EC P-256 key for ES256; its `kid` is the RFC 7638 thumbprint, so the same key never changes its name. */
export async function newSigningKey(): Promise<SigningKey> {
  // By the first key: most processes make none, and start sooner.
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import("jose");
  const pair = await generateKeyPair("ES256", { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(pair.privateKey);
  const bare = { kty, crv, x, y } as JWK;
  const kid = await calculateJwkThumbprint(bare);
  const publicKey = { ...bare, use: "sig", alg: "ES256", kid } as PublicJwk;
  return { publicKey, privateKey: { ...publicKey, d } as JWK };
}
