/** Access tokens of whoever administers the tenant: issued where that one logs in, checked by all administration APIs. */
import { randomBytes } from "node:crypto";
import { ApiError } from "./errors.ts";
import { sha256 } from "./json.ts";
import type { Tenant } from "./tenant.ts";

/** Kept by hash, beside the tenant, so that they outlive a reset and a restart. */
const TOKENS = "sandbox/access-tokens";
const LIFETIME_SECONDS = 900;

type AccessToken = { subject: string; scopes: string[]; expiresAt: number };

/** Issues a token. @returns the token and the seconds that it is said to live (aic §11.1: 899) */
export function issue({ store, clock }: Tenant, subject: string, scopes: string[]): { token: string; seconds: number } {
  const token = randomBytes(32).toString("base64url");
  store.transaction(() => {
    for (const { id, document } of store.list<AccessToken>(TOKENS)) {
      if (document.expiresAt <= clock.now()) store.delete(TOKENS, id);
    }
    const expiresAt = clock.now() + LIFETIME_SECONDS * 1000;
    store.put(TOKENS, sha256(token), { subject, scopes, expiresAt } satisfies AccessToken);
  });
  return { token, seconds: LIFETIME_SECONDS - 1 };
}

/**
 * Checks the bearer token of a request.
 * @param scopes of which the token needs one; an empty list takes any valid token
 * @throws {ApiError} 401 without a valid token; 403 without a scope. Both shapes are inferred (aic §12.11).
 */
export function authorize(
  { store, clock }: Tenant,
  header: string | undefined,
  scopes: readonly string[],
): AccessToken {
  const [, token] = header?.match(/^Bearer\s+(\S+)$/i) ?? [];
  const known = token ? store.get<AccessToken>(TOKENS, sha256(token)) : undefined;
  if (!known || known.expiresAt <= clock.now()) throw new ApiError(401, "Access Denied");
  if (scopes.length && !scopes.some((scope) => known.scopes.includes(scope))) throw new ApiError(403, "Access denied");
  return known;
}

/** Ends all tokens, as an administrator does who revokes them. */
export function forgetTokens({ store }: Tenant): void {
  store.transaction(() => {
    for (const { id } of store.list(TOKENS)) store.delete(TOKENS, id);
  });
}
