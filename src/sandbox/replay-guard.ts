/** Keeps a signed request from being used twice, as long as it would be valid (RFC 7519 §4.1.7). */
import type { JWTPayload } from "jose";
import { secondsNow } from "./clock.ts";
import type { Tenant } from "./tenant.ts";

/**
 * Notes the id of a JWT that was accepted; one without `jti` cannot be recognised again.
 *
 * @param collection where the ids are kept; those of expired JWTs are dropped
 * @param issuer whose ids they are: two issuers may choose the same
 * @returns false when the same was noted before
 */
export function isFirstUse(tenant: Tenant, collection: string, issuer: string, { jti, exp }: JWTPayload): boolean {
  if (jti === undefined) return true;
  const { store } = tenant;
  const id = `${issuer} ${jti}`;
  return store.transaction(() => {
    for (const { id: noted, document } of store.list(collection)) {
      if (Number(document.exp) <= secondsNow(tenant)) store.delete(collection, noted);
    }
    const isFirst = store.get(collection, id) === undefined;
    if (isFirst) store.put(collection, id, { exp });
    return isFirst;
  });
}
