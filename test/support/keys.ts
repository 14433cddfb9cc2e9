/** RSA keys of the local tenants of a process: to make new ones for each takes longer than most tests. */
import { generateKeyPairSync } from "node:crypto";
import type { JWK } from "jose";
import type { RsaKeys } from "../../src/sandbox/index.ts";

const key = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }) as JWK;

let keys: RsaKeys | undefined;

export function rsaKeys(): RsaKeys {
  keys ??= { serviceAccount: key(), tokens: key() };
  return keys;
}
