/** The signed request of `bc-authorize`: who signed it, for whom, and when (oauth-flows §6.1). */
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWK, type JWTPayload } from "jose";
import { secondsNow } from "../../../clock.ts";
import { isObject } from "../../../json.ts";
import { isFirstUse } from "../../../replay-guard.ts";
import type { Client } from "../clients.ts";
import type { RealmContext } from "../realm.ts";

/** Seconds that a request may be valid for (Ping's documentation). */
const MAX_AHEAD = 1800;
/** Seconds by which the client's clock may be ahead, for `nbf` and `iat`; none for `exp`. */
const SKEW = 300;
/** Ids of request JWTs that were accepted. */
const USED = "sandbox/ciba-jwts";

/**
 * @param jwt value of the `request` parameter
 * @returns its claims, with signature, issuer, audience and times checked
 * @throws {Refusal} B01 to B10
 */
export async function verifyRequestJwt(context: RealmContext, client: Client, jwt: string): Promise<JWTPayload> {
  const { header, claims } = decode(context, jwt);
  context.rules.require("B02", context.provider.ciba.signingAlgorithms.includes(header.alg));
  await checkSignature(context, client, jwt, header);
  checkClaims(context, client, claims);
  return claims;
}

/**
 * Takes the id of an accepted request JWT out of use.
 * @throws {Refusal} B23 for one that was accepted before
 */
export function useJwtOnce({ tenant, rules }: RealmContext, client: Client, claims: JWTPayload): void {
  rules.require("B23", isFirstUse(tenant, USED, client.id, claims));
}

type Header = { readonly alg: string; readonly kid: string | undefined };

function decode({ rules }: RealmContext, jwt: string): { header: Header; claims: JWTPayload } {
  try {
    const { alg, kid } = decodeProtectedHeader(jwt);
    return { header: { alg: String(alg), kid }, claims: decodeJwt(jwt) };
  } catch {
    throw rules.refusal("B01");
  }
}

/** The keys of the client only: keys in the header are ignored. A `kid` in the header is authoritative. */
async function checkSignature(
  { rules }: RealmContext,
  client: Client,
  jwt: string,
  { alg, kid }: Header,
): Promise<void> {
  // Both can be reached with B02 switched off only: what a server that takes any algorithm lets through.
  if (alg === "none") return;
  if (alg.startsWith("HS") && (await verifies(jwt, alg, Buffer.from(client.secret ?? "")))) return;
  const keys = registeredKeys(client);
  const usable = client.publicKeyLocation === "jwks" && keys.length > 0;
  rules.require("B05", usable);
  if (keys.length === 0) return;
  const signers = [];
  for (const key of keys) if (await signedBy(jwt, alg, key)) signers.push(key);
  rules.require("B03", signers.length > 0);
  rules.require("B04", kid === undefined || signers.length === 0 || signers.some((key) => key.kid === kid));
}

/** The public parts of the signing keys in `jwkSet`, which holds a JWK set or a single JWK as text. */
function registeredKeys({ jwkSet }: Client): JWK[] {
  try {
    const parsed: unknown = JSON.parse(jwkSet ?? "");
    const keys = isObject(parsed) && Array.isArray(parsed.keys) ? parsed.keys : [parsed];
    return keys.filter(isObject).filter(({ kty, use }) => kty !== "oct" && use !== "enc") as JWK[];
  } catch {
    return [];
  }
}

async function signedBy(jwt: string, alg: string, { kty, crv, x, y, n, e }: JWK): Promise<boolean> {
  const members = kty === "RSA" ? { kty, n, e } : { kty, crv, x, y };
  try {
    return await verifies(jwt, alg, await importJWK(members as JWK, alg));
  } catch {
    return false;
  }
}

async function verifies(jwt: string, alg: string, key: Parameters<typeof compactVerify>[1] & object): Promise<boolean> {
  try {
    await compactVerify(jwt, key, { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
}

/** Those that Ping's own example leaves out are checked when they are there. */
function checkClaims({ rules, issuer, tenant }: RealmContext, client: Client, claims: JWTPayload): void {
  const now = secondsNow(tenant);
  const { iss, aud, exp, nbf, iat } = claims;
  rules.require("B06", iss === client.id);
  rules.require("B07", [aud].flat().includes(issuer));
  rules.require("B08", typeof exp === "number" && exp > now);
  rules.require("B09", Number(exp) <= now + MAX_AHEAD);
  for (const time of [nbf, iat]) {
    rules.require("B10", time === undefined || (typeof time === "number" && time <= now + SKEW));
  }
}
