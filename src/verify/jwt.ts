/** JSON Web Tokens: read without trusting them, changed, and signed as CIBA requests. */
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, importJWK, type JWK, SignJWT } from "jose";
import type { Json } from "./http.ts";

/** The claims of a token, not verified; undefined when it is no JWT. */
export function claimsOf(token: string): Json | undefined {
  try {
    return decodeJwt(token) as Json;
  } catch {
    return undefined;
  }
}

/** The header of a token; undefined when it is no JWT. */
export function headerOf(token: string): Json | undefined {
  try {
    return decodeProtectedHeader(token) as Json;
  } catch {
    return undefined;
  }
}

/** The token with one character of its payload altered, so that it still parses and no longer verifies. */
export function tampered(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const json = Buffer.from(payload, "base64url").toString();
  // A digit of `exp` makes another valid payload of the same length.
  const altered = json.replace(
    /("exp":\d*)(\d)/,
    (_, head: string, last: string) => `${head}${(Number(last) + 1) % 10}`,
  );
  return [header, Buffer.from(altered).toString("base64url"), signature].join(".");
}

/** Signs a request with a private JWK, or with a secret for HS256. */
export async function sign(
  claims: object,
  key: JWK | Uint8Array,
  { alg = "ES256", kid }: { alg?: string; kid?: string | undefined } = {},
): Promise<string> {
  const header = kid === undefined ? { alg } : { alg, kid };
  const secret = key instanceof Uint8Array ? key : await importJWK(key, alg);
  return new SignJWT(claims as Json).setProtectedHeader(header).sign(secret);
}

/** A request that nobody signed: `alg` `none`, which no library signs with (RFC 7519 §6). */
export function unsigned(claims: object): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${encode({ alg: "none" })}.${encode(claims)}.`;
}

/** The public part of an EC key as it is published (oauth-flows §7.2). */
export async function publicPart({ kty, crv, x, y }: JWK): Promise<JWK> {
  const kid = await calculateJwkThumbprint({ kty, crv, x, y } as JWK);
  return { kty, crv, x, y, use: "sig", alg: "ES256", kid } as JWK;
}
