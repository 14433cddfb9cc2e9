/** The tenant's signing keys: made when first needed, kept beside the tenant, so that tokens outlive a restart. */
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from "node:crypto";
import type { JWK } from "jose";
import { Gap } from "./errors.ts";
import { once } from "./json.ts";
import type { Store } from "./store.ts";

const KEYS = "sandbox/oauth-keys";

/** Algorithms of one family share a key. */
type Family = "HS" | "RSA" | "EC";

type KeyRecord = { readonly kid: string; readonly jwk: JWK };

export type SigningKey = {
  readonly kid: string;
  readonly key: KeyObject;
  /** What verifies: the public key, or the same secret. */
  readonly verifier: KeyObject;
};

/** Each asymmetric key is published for one algorithm, and signs with no other. */
const ALGORITHMS: Readonly<Record<string, Family>> = {
  HS256: "HS",
  HS384: "HS",
  HS512: "HS",
  RS256: "RSA",
  ES256: "EC",
};

/**
 * The key that signs and verifies with an algorithm.
 * @throws {Gap} for an algorithm that the sandbox has no key for
 */
export function signingKey(store: Store, algorithm: string): SigningKey {
  const family = ALGORITHMS[algorithm];
  if (!family) throw new Gap(`signing algorithm ${algorithm}`);
  return imported(keyRecord(store, family));
}

const imported = once(({ kid, jwk }: KeyRecord): SigningKey => {
  if (jwk.k !== undefined) {
    const key = createSecretKey(Buffer.from(jwk.k, "base64url"));
    return { kid, key, verifier: key };
  }
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return { kid, key, verifier: createPublicKey(key) };
});

/** Whether the sandbox could have signed with an algorithm. */
export function knowsAlgorithm(algorithm: unknown): algorithm is string {
  return typeof algorithm === "string" && Object.hasOwn(ALGORITHMS, algorithm);
}

/** The public keys, for the JWK set that a token service publishes; symmetric keys are no part of it. */
export function publicKeys(store: Store): JWK[] {
  const families = [
    ["RSA", "RS256"],
    ["EC", "ES256"],
  ] as const;
  return families.map(([family, alg]) => {
    const { kid, jwk } = keyRecord(store, family);
    const { kty, n, e, crv, x, y } = jwk;
    const members = family === "RSA" ? { n, e } : { crv, x, y };
    return { kty, kid, use: "sig", alg, ...members } as JWK;
  });
}

function keyRecord(store: Store, family: Family, make = generate): KeyRecord {
  return store.transaction(() => {
    const known = store.get<KeyRecord>(KEYS, family);
    if (known) return known;
    const made: KeyRecord = { kid: randomUUID(), jwk: make(family) };
    store.put(KEYS, family, made);
    return made;
  });
}

/** Has a tenant without an RSA key sign with this one. */
export function keepSigningKey(store: Store, key: JWK): void {
  keyRecord(store, "RSA", () => key);
}

function generate(family: Family): JWK {
  if (family === "HS") return { kty: "oct", k: randomBytes(64).toString("base64url") };
  const { privateKey } =
    family === "RSA"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ format: "jwk" }) as JWK;
}
