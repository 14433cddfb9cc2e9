/** Refresh tokens: when one is issued, and the records that make it usable, kept with the tenant. */
import { secondsNow } from "../../clock.ts";
import { type Client, effective } from "./clients.ts";
import type { RealmContext } from "./realm.ts";
import { type Grant, newGrantId, signRefreshToken } from "./tokens.ts";

const REFRESH_TOKENS = "sandbox/refresh-tokens";

export type RefreshRecord = {
  readonly realm: string;
  readonly client: string;
  readonly subject: string;
  readonly scopes: string[];
  readonly authTime: number | undefined;
  readonly authGrantId: string | undefined;
  /** Seconds since 1970. */
  readonly expiresAt: number;
};

/** Client and provider must both have the grant, and refresh tokens must be on (oauth-flows §2). */
export function wantsRefreshToken({ provider }: RealmContext, client: Client): boolean {
  const hasGrant = [client, provider].every(({ grantTypes }) => grantTypes.includes("refresh_token"));
  return hasGrant && effective(client, provider, "issueRefreshToken");
}

export async function issueRefreshToken(context: RealmContext, grant: Grant): Promise<string> {
  const { client, subject, scopes, authTime, authGrantId } = grant;
  const { store } = context.tenant;
  const lifetime = client.refreshTokenLifetime ?? context.provider.refreshTokenLifetime;
  const now = secondsNow(context.tenant);
  const jti = newGrantId();
  const token = await signRefreshToken(context, grant, jti, lifetime);
  const record: RefreshRecord = {
    realm: context.realm,
    client: client.id,
    subject,
    scopes: [...scopes],
    authTime,
    authGrantId,
    expiresAt: now + lifetime,
  };
  store.transaction(() => {
    for (const { id, document } of store.list<RefreshRecord>(REFRESH_TOKENS)) {
      if (document.expiresAt <= now) store.delete(REFRESH_TOKENS, id);
    }
    store.put(REFRESH_TOKENS, jti, record);
  });
  return token;
}

export function refreshRecord({ tenant }: RealmContext, jti: string): RefreshRecord | undefined {
  return tenant.store.get<RefreshRecord>(REFRESH_TOKENS, jti);
}

/** Takes a refresh token out of use. @returns false when somebody was faster */
export function useRefreshToken({ tenant }: RealmContext, jti: string): boolean {
  return tenant.store.delete(REFRESH_TOKENS, jti);
}
