/** Checks a token's signature against the provider's keys, where a key can be had: HS256, AM's default, has none (oauth-flows §2). */
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { headerOf } from "../jwt.ts";
import type { Session } from "./session.ts";

/** @returns why the signature is not good; nothing for a token that cannot be checked */
export async function signatureProblems(
  { issuer, clock, send }: Pick<Session, "issuer" | "clock" | "send">,
  token: string,
): Promise<string[]> {
  const { alg } = headerOf(token) ?? {};
  if (typeof alg !== "string" || alg.startsWith("HS")) return [];
  const { body } = await send(`${issuer}/connect/jwk_uri`);
  try {
    const keys = createLocalJWKSet(body as unknown as JSONWebKeySet);
    await jwtVerify(token, keys, { currentDate: new Date(clock.now() * 1000), clockTolerance: 60 });
    return [];
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return [`the signature does not verify (${code})`];
  }
}
