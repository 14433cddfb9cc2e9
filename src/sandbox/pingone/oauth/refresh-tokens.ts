/** Opaque refresh tokens: each is rolled when it is used, and one that comes back later is a replay (pingone §5.11). */
import { randomBytes, randomUUID } from "node:crypto";
import { secondsNow } from "../../clock.ts";
import { Gap } from "../../errors.ts";
import { sha256 } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import type { Document } from "../documents.ts";
import { grantsOf } from "./clients.ts";
import type { EnvironmentContext } from "./context.ts";
import type { SignOn } from "./sign-on.ts";
import { revoke } from "./tokens.ts";

const COLLECTION = "sandbox/pingone-refresh";

/** What a refresh token brings again. */
type Renewed = {
  readonly user: string;
  readonly scopes: readonly string[];
  readonly signOn: SignOn;
  /** Id of the access token that came with it. */
  readonly accessToken: string;
};

export type RefreshRecord = Renewed & {
  readonly client: string;
  readonly family: string;
  readonly expiresAt: number;
  /** Until when the family can be renewed. */
  readonly rollsUntil: number;
  /** When it was used first, in seconds since 1970. */
  readonly usedAt?: number;
};

/** Defaults of the console (pingone §4.2). */
const LIFETIME_S = 2_592_000;
const ROLLING_S = 15_552_000;

/** Issues a refresh token where the application gets one; the first of a family, or the next. */
export function issueRefreshToken(
  tenant: Tenant,
  client: Document,
  renewed: Renewed,
  before?: RefreshRecord,
): string | undefined {
  if (!Array.isArray(client.grantTypes) || !client.grantTypes.includes("REFRESH_TOKEN")) return undefined;
  if (!before && !isWanted(tenant, client, renewed.scopes)) return undefined;
  if (client.refreshTokenType === "JSON_WEB_TOKEN") throw new Gap("refresh tokens that are JWTs");
  const now = secondsNow(tenant);
  const rollsUntil = before?.rollsUntil ?? now + Number(client.refreshTokenRollingDuration ?? ROLLING_S);
  const expiresAt = Math.min(rollsUntil, now + Number(client.refreshTokenDuration ?? LIFETIME_S));
  const token = randomBytes(32).toString("base64url");
  const family = before?.family ?? randomUUID();
  const record: RefreshRecord = { ...renewed, client: client.id, family, expiresAt, rollsUntil };
  tenant.store.put(COLLECTION, sha256(token), record);
  return token;
}

/** An application that is granted `offline_access` asks for a refresh token by it; any other gets one always (pingone §5.11). */
function isWanted(tenant: Tenant, client: Document, scopes: readonly string[]): boolean {
  const isGranted = grantsOf(tenant, client).some(
    ({ resource, scopes: held }) => resource.type === "OPENID_CONNECT" && held.includes("offline_access"),
  );
  return !isGranted || scopes.length === 0 || scopes.includes("offline_access");
}

/**
 * Uses a refresh token. For the grace period it can be used again, by a client that did not get the next one.
 *
 * @throws {Refusal} for one that is unknown, expired or another client's, and for a replay: with additional protection that
 * ends all tokens that came from the same sign-on
 */
export function useRefreshToken({ tenant, rules }: EnvironmentContext, client: Document, token: string): RefreshRecord {
  const { store } = tenant;
  const id = sha256(token);
  const record = store.get<RefreshRecord>(COLLECTION, id);
  if (!record) throw rules.refusal("refreshUnknown");
  const now = secondsNow(tenant);
  rules.require("refreshInvalid", record.client === client.id && record.expiresAt > now);
  const { usedAt = now } = record;
  const isReplayed = record.usedAt !== undefined && now >= usedAt + gracePeriod(client);
  if (isReplayed && client.additionalRefreshTokenReplayProtectionEnabled === true) endFamily(tenant, record.family);
  rules.require("refreshReplayed", !isReplayed);
  store.put(COLLECTION, id, { ...record, usedAt });
  return record;
}

/** Seconds; null is none (pingone §4.2). */
const gracePeriod = (client: Document) => Number(client.refreshTokenRollingGracePeriodDuration ?? 0);

/** Refresh tokens and access tokens alike (pingone §5.11). */
function endFamily(tenant: Tenant, family: string): void {
  const { store } = tenant;
  for (const { id, document } of store.list<RefreshRecord>(COLLECTION)) {
    if (document.family !== family) continue;
    store.delete(COLLECTION, id);
    revoke(tenant, document.accessToken);
  }
}
